import { writeCsv } from '#platform/documents/write/csv.ts';
import { writableText } from '#platform/documents/write/writable-text.ts';
import { claimedStanding, deriveRag, reasonInWords } from '../rules/derived-rag.ts';
import type { ActionPicture, ObjectivePicture, PartyRef, PlanPicture } from '../rules/picture.ts';
import { claimAgainst } from './told.ts';

/** An action with all that its row needs. */
interface FlatRow {
  picture: PlanPicture;
  objective: ObjectivePicture | undefined;
  action: ActionPicture;
  place: number;
}

type Cell = string | number | boolean | null;

interface FlatColumn {
  name: string;
  type: 'text' | 'date' | 'number' | 'true or false';
  meaning: string;
  value: (row: FlatRow) => Cell;
}

const text = (name: string, meaning: string, value: FlatColumn['value']): FlatColumn => ({
  name,
  type: 'text',
  meaning,
  value,
});
const date = (name: string, meaning: string, value: FlatColumn['value']): FlatColumn => ({
  ...text(name, meaning, value),
  type: 'date',
});
const number = (name: string, meaning: string, value: FlatColumn['value']): FlatColumn => ({
  ...text(name, meaning, value),
  type: 'number',
});
const truth = (name: string, meaning: string, value: FlatColumn['value']): FlatColumn => ({
  ...text(name, meaning, value),
  type: 'true or false',
});

const names = (parties: readonly PartyRef[]) => parties.map(({ name }) => name).join('; ');
const derivedOf = ({ action, picture }: FlatRow) => deriveRag(action, picture);
const claimedOf = ({ action, picture }: FlatRow) => claimedStanding(action, picture.plan.ragScheme);

/**
 * The columns of the flat file, for programs that make reports. Their names are a promise, held
 * against docs/data-out.md by a test: a new one is added at the end.
 */
export const flatColumns: readonly FlatColumn[] = [
  date('as_at', 'the day of the position', ({ picture }) => picture.asAt),
  text('plan_id', 'stable', ({ picture }) => picture.plan.id),
  text('plan', 'its title', ({ picture }) => picture.plan.title),
  text('plan_state', '`active` or `archived`', ({ picture }) => picture.plan.state),
  text('objective_id', 'stable', ({ action }) => action.objectiveId),
  text(
    'objective_section',
    'the section of the plan',
    ({ objective }) => objective?.section ?? null,
  ),
  text('objective_ref', 'text: 1.10 is not 1.1', ({ objective }) => objective?.ref ?? null),
  text('objective', 'its title', ({ objective }) => objective?.title ?? null),
  text('action_id', 'stable; one row an action', ({ action }) => action.id),
  text('ref', 'text: 1.10 is not 1.1', ({ action }) => action.ref),
  number('place', 'its place in the plan, from 1', ({ place }) => place),
  text('action', 'what is to be done', ({ action }) => action.text),
  text('leads', 'parted by a semicolon and a space', ({ action }) => names(action.leads)),
  text('contributors', 'the same', ({ action }) => names(action.contributors)),
  text('priority', '`high`, `medium`, `low` or empty', ({ action }) => action.priority),
  text('due_as_written', 'the words of the plan', ({ action }) => action.due.asWritten),
  date('due_date', 'the last day that the words mean, or empty', ({ action }) => action.due.to),
  text('due_precision', 'as `precision` below', ({ action }) => action.due.precision),
  date('first_due_date', 'the first one; it never changes', ({ action }) => action.firstDue.to),
  number(
    'due_dates',
    'how many it has had, the first included',
    ({ action }) => action.dueDateCount,
  ),
  truth('date_revised', 'whether it was changed', ({ action }) => action.revised),
  number(
    'slippage_days',
    'from the first date to this one, or empty',
    ({ action }) => action.slippageDays,
  ),
  number('days_overdue', 'while not complete; else 0', ({ action }) => action.daysOverdue),
  text(
    'status',
    '`not started`, `in progress`, `complete` or empty',
    ({ action }) => action.status,
  ),
  text(
    'claimed_rag',
    '`red`, `amber`, `green`, `blue` or empty',
    ({ action }) => action.claimedRag,
  ),
  text('claimed_standing', 'what the claim stands for in this plan', claimedOf),
  text(
    'derived_rag',
    'the colour that the facts bear out',
    (row) => derivedOf(row)?.colour ?? null,
  ),
  text('derived_standing', 'the same, as a standing', (row) => derivedOf(row)?.standing ?? null),
  text(
    'derived_reasons',
    'in words, parted by a semicolon and a space',
    (row) =>
      derivedOf(row)
        ?.reasons.map((reason) => reasonInWords(reason, row.action))
        .join('; ') ?? null,
  ),
  text('claim', '`agrees`, `more hopeful`, `more cautious` or empty', (row) =>
    claimAgainst(claimedOf(row), derivedOf(row)),
  ),
  number('evidence', 'pieces of evidence', ({ action }) => action.evidenceCount),
  text(
    'closure',
    '`none`, `done`, `practice changed`, `children better off` or `accepted as untested`',
    ({ action }) => action.closure.reached,
  ),
  date('closure_since', 'from which day that holds', ({ action }) => action.closure.since),
  truth('on_table', 'whether the table that members see holds it', ({ action }) => action.onTable),
  text('success_measure', 'how we will know', ({ action }) => action.successMeasure),
  text('outcome_for_children', 'what is to change', ({ action }) => action.outcomeForChildren),
  date(
    'last_update_on',
    'the day on which it holds',
    ({ action }) => action.lastUpdate?.effectiveOn ?? null,
  ),
  text('last_update', 'in words', ({ action }) => action.lastUpdate?.whatChanged ?? null),
  truth(
    'withdrawn',
    'no longer to be done: leave it out of counts',
    ({ action }) => action.withdrawn,
  ),
];

/** Every action of these plans, a row each, as a .csv file. */
export function flatCsv(pictures: readonly PlanPicture[]): Uint8Array {
  const rows = pictures.flatMap((picture) => {
    const objectives = new Map(picture.objectives.map((one) => [one.id, one]));
    return picture.actions.map((action, index) => {
      const objective = objectives.get(action.objectiveId);
      const row = { picture, objective, action, place: index + 1 };
      return flatColumns.map(({ value }) => plain(value(row)));
    });
  });
  return writeCsv(
    flatColumns.map(({ name }) => name),
    rows,
  );
}

function plain(value: Cell): string | number | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? writableText(value).replaceAll('\t', ' ').trim() : value;
}
