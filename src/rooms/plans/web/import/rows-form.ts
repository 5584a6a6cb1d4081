import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { readDue } from '#kernel/due/read-due.ts';
import type { ImportChoices, RowChoice } from '../../rules/import-choices.ts';
import { draftOf } from '../../rules/import-draft.ts';
import { isRag, isStatus } from '../../rules/kinds.ts';
import type { ReadAction } from '../../rules/reading.ts';
import type { PlanImport } from '../../store/imports.ts';
import { namesIn } from '#platform/web/names.ts';

/**
 * Reads the rows of one page. Only what differs from the row as it stands is kept as a
 * correction; a row that was shown with its doubts and left as it is counts as accepted.
 */
export function readRows(
  values: FormValues,
  standing: PlanImport,
): { ok: true; choices: ImportChoices } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const rows = { ...standing.choices.rows };
  const draft = draftOf(standing.reading, standing.choices);
  const shownAs = new Map([...draft.actions, ...draft.leftOut].map((one) => [one.where, one]));
  const doubted = new Set(draft.actions.flatMap((one) => (one.doubts.length > 0 ? one.where : [])));
  standing.reading.actions.forEach((read, place) => {
    const name = (part: string) => `row-${place}-${part}`;
    const textOf = (part: string) => {
      const value = values[name(part)];
      return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
    };
    if (textOf('shown') !== read.where) return;
    const before = rows[read.where] ?? {};
    if (textOf('leave') === 'yes') {
      rows[read.where] = { ...before, leaveOut: true };
      return;
    }
    const { leaveOut, ...kept } = before;
    const row = shownAs.get(read.where) ?? read;
    const changed: RowChoice = {
      ...kept,
      ...changesOf(row, textOf, (part, text) => errors.push({ field: name(part), text }), standing),
    };
    if (doubted.has(read.where)) changed.accepted = true;
    if (Object.keys(changed).length > 0) rows[read.where] = changed;
    else if (leaveOut === true) rows[read.where] = {};
  });
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, choices: { ...standing.choices, rows } };
}

function changesOf(
  row: ReadAction,
  textOf: (part: string) => string,
  fault: (part: string, text: string) => void,
  standing: PlanImport,
): RowChoice {
  const changed: RowChoice = {};
  const text = textOf('text');
  if (text === '') fault('text', 'Write what is to be done, or leave the row out');
  else if (text.length > 8000) fault('text', 'This has more than 8,000 characters. Shorten it');
  else if (text !== row.text) changed.text = text;
  const leads = namesIn([textOf('leads')]);
  if (leads.some((lead) => lead.length > 300)) {
    fault('leads', 'A lead has more than 300 characters. Put each on a line of its own');
  } else if (leads.join('\n') !== row.leads.join('\n')) changed.leads = leads;
  const due = textOf('due');
  if (due !== row.due.asWritten) {
    const read = readDue(due, null, { positionOn: standing.positionOn });
    if (due !== '' && read.due.precision === 'none') {
      fault(
        'due',
        `We could not read “${due}” as a date. Write it like 30 June 2026 or June 2026, or leave it empty`,
      );
    } else {
      changed.due = read.due;
    }
  }
  const revised = textOf('revised') === 'yes';
  if (revised !== row.revised) changed.revised = revised;
  const rag = textOf('rag');
  const colour = isRag(rag) ? rag : null;
  if (colour !== row.claimedRag) changed.claimedRag = colour;
  const status = textOf('status');
  const said = isStatus(status) ? status : null;
  if (said !== row.status) changed.status = said;
  return changed;
}
