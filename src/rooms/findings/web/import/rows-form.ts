import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { namesIn } from '#platform/web/names.ts';
import { answers, findingKinds } from '../../rules/kinds.ts';
import { draftOf, longest, type DraftFinding } from '../../rules/read-findings-table/draft.ts';
import type { FindingChoice, FindingsChoices } from '../../rules/read-findings-table/reading.ts';
import type { FindingImport } from '../../store/imports.ts';

/**
 * Reads the findings of one page. Only what differs from the finding as it stands is kept as a
 * correction; one that was shown with its doubts and left as it is counts as accepted.
 */
export function readRows(
  values: FormValues,
  { reading, choices }: Pick<FindingImport, 'reading' | 'choices'>,
): { ok: true; choices: FindingsChoices } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const rows = { ...choices.rows };
  const draft = draftOf(reading, choices);
  const shown = new Map([...draft.findings, ...draft.leftOut].map((one) => [one.where, one]));
  for (const [place, { where }] of reading.findings.entries()) {
    const name = (part: string) => `row-${place}-${part}`;
    const textOf = (part: string) => {
      const value = values[name(part)];
      return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
    };
    const row = shown.get(where);
    if (row === undefined || textOf('shown') !== where) continue;
    const { leaveOut, ...before } = rows[where] ?? {};
    if (textOf('leave') === 'yes') {
      rows[where] = { ...before, leaveOut: true };
      continue;
    }
    const fault = (part: string, text: string) => errors.push({ field: name(part), text });
    const changed: FindingChoice = { ...before, ...changesOf(row, textOf, fault) };
    if (row.doubts.length > 0) changed.accepted = true;
    if (Object.keys(changed).length > 0) rows[where] = changed;
    else if (leaveOut === true) rows[where] = {};
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, choices: { ...choices, rows } };
}

const texts = ['ref', 'page', 'paragraph', 'area', 'lead', 'reportsTo', 'reason'] as const;

function changesOf(
  row: DraftFinding,
  textOf: (part: string) => string,
  fault: (part: string, text: string) => void,
): FindingChoice {
  const changed: FindingChoice = {};
  const tooLong = (part: keyof typeof longest, text: string) => {
    const most = longest[part];
    if (text.length > most) {
      fault(part, `This has more than ${most.toLocaleString('en-GB')} characters. Shorten it`);
    }
  };
  const words = textOf('words');
  if (words === '') fault('words', 'Write the words of the finding, or leave it out');
  tooLong('words', words);
  if (words !== row.words) changed.words = words;
  for (const part of texts) {
    const text = textOf(part);
    tooLong(part, text);
    if (text !== (row[part] ?? '')) changed[part] = text === '' ? null : text;
  }
  const themes = namesIn([textOf('themes')]);
  if (themes.join('\n') !== row.themes.join('\n')) changed.themes = themes;
  const kind = findingKinds.find((one) => one === textOf('kind'));
  if (kind !== undefined && kind !== row.kind) changed.kind = kind;
  const answer = answers.find((one) => one === textOf('answer')) ?? null;
  if (answer !== row.answer) changed.answer = answer;
  if (answer !== null && answer !== 'accepted' && textOf('reason') === '') {
    fault('reason', 'Say why it is not accepted in whole, or choose “Not stated”');
  }
  return changed;
}
