import { readDue } from '#kernel/due/read-due.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { namesIn } from '#platform/web/names.ts';
import { longest, type DraftJudgement } from '../../rules/read-criteria/draft.ts';
import type { CriteriaChoices, JudgementChoice } from '../../rules/read-criteria/reading.ts';
import type { ShownImport } from './step.view.ts';

/**
 * Reads the criteria of one page. Only what differs from the criterion as it stands is kept as a
 * correction; one that was shown with its doubts and left as it is counts as accepted.
 */
export function readRows(
  values: FormValues,
  { draft, edition, standing }: ShownImport,
): { ok: true; choices: CriteriaChoices } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const { choices, reading } = standing;
  const rows = { ...choices.rows };
  const shown = new Map(
    [...draft.judgements, ...draft.leftOut, ...draft.unknown].map((one) => [one.where, one]),
  );
  const keys = new Set((edition?.levels ?? reading.levels).map(({ key }) => key));
  for (const [place, { where }] of reading.judgements.entries()) {
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
    const changed: JudgementChoice = { ...before, ...changesOf(row, textOf, fault, standing) };
    const level = textOf('level');
    const said = keys.has(level) ? level : null;
    if (said !== row.level) changed.level = said;
    if (row.doubts.length > 0) changed.accepted = true;
    if (Object.keys(changed).length > 0) rows[where] = changed;
    else if (leaveOut === true) rows[where] = {};
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, choices: { ...choices, rows } };
}

function changesOf(
  row: DraftJudgement,
  textOf: (part: string) => string,
  fault: (part: string, text: string) => void,
  { positionOn }: ShownImport['standing'],
): JudgementChoice {
  const changed: JudgementChoice = {};
  const tooLong = (part: string, text: string, most: number) => {
    if (text.length > most) {
      fault(part, `This has more than ${most.toLocaleString('en-GB')} characters. Shorten it`);
    }
  };
  const criterion = textOf('criterion');
  if (criterion === '') fault('criterion', 'Write the criterion, or leave it out');
  tooLong('criterion', criterion, longest.criterion);
  if (criterion !== row.criterion) changed.criterion = criterion;
  for (const part of ['ref', 'howMet', 'why', 'next'] as const) {
    const text = textOf(part);
    tooLong(part, text, longest[part]);
    if (text !== (row[part] ?? '')) changed[part] = text === '' ? null : text;
  }
  const leads = namesIn([textOf('leads')]);
  if (leads.some((lead) => lead.length > longest.lead)) {
    fault('leads', 'A name has more than 300 characters. Put each on a line of its own');
  } else if (leads.join('\n') !== row.leads.join('\n')) changed.leads = leads;
  const due = textOf('due');
  tooLong('due', due, longest.due);
  if (due !== row.due.asWritten) {
    const read = readDue(due, null, { positionOn });
    if (due !== '' && read.due.precision === 'none') {
      const text = `We could not read “${due}” as a date. Write it like 30 June 2026 or June 2026, or leave it empty`;
      fault('due', text);
    } else changed.due = read.due;
  }
  return changed;
}
