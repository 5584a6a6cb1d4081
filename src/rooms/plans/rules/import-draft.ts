import type { ImportChoices, RowChoice } from './import-choices.ts';
import type { PlanReading, ReadAction, ReadObjective, ReadingProblem } from './reading.ts';
import { statusOf } from './update-choices.ts';

/** An objective to be made, with the actions that stand under it. */
export interface DraftObjective extends ReadObjective {
  actions: DraftAction[];
}

export interface DraftAction extends Omit<ReadAction, 'ref'> {
  ref: string;
  /** The doubts that the reader had about this row's cells. */
  doubts: ReadingProblem[];
  /** The person changed this row, or accepted its doubts. */
  settled: boolean;
}

/** What an import would write, after the person's choices. */
export interface ImportDraft {
  objectives: DraftObjective[];
  actions: DraftAction[];
  /** Rows that the person chose to leave out. */
  leftOut: ReadAction[];
  /** Rows with doubts that nobody has settled yet. */
  unsettled: DraftAction[];
  /** Doubts of the document as a whole, which no row carries. */
  elsewhere: ReadingProblem[];
  /** What cannot be kept as it is, because it is longer than a plan can hold. */
  tooLong: ReadingProblem[];
}

/** How long each part of a plan can be, in characters: the limits of its tables. */
const longest = { title: 300, objective: 4000, action: 8000, name: 300, source: 500, text: 20_000 };

/** The reading of a file after the person's choices: exactly what an import would write. */
export function draftOf(reading: PlanReading, choices: ImportChoices): ImportDraft {
  const leftOut = reading.actions
    .filter((one) => choices.rows[one.where]?.leaveOut === true)
    .map((one) => withChoice(one, choices.rows[one.where] ?? {}, choices));
  const kept = reading.actions.filter((one) => choices.rows[one.where]?.leaveOut !== true);
  const refs = actionRefs(kept, reading.objectives);
  const doubtsOf = new Map<string, ReadingProblem[]>();
  const elsewhere: ReadingProblem[] = [];
  const rowOf = new Map(reading.actions.map((one) => [rowKey(one.where), one.where]));
  for (const problem of reading.problems) {
    const where = rowOf.get(rowKey(problem.where));
    if (where === undefined) elsewhere.push(problem);
    else doubtsOf.set(where, [...(doubtsOf.get(where) ?? []), problem]);
  }
  const actions = kept.map((one, index): DraftAction => {
    const choice = choices.rows[one.where] ?? {};
    return {
      ...withChoice(one, choice, choices),
      ref: refs[index] ?? String(index + 1),
      doubts: doubtsOf.get(one.where) ?? [],
      settled: Object.keys(choice).length > 0,
    };
  });
  const objectives = reading.objectives.map((objective) => ({
    ...objective,
    actions: actions.filter((one) => objectiveKey(one) === objectiveKeyOf(objective)),
  }));
  return {
    objectives,
    actions,
    leftOut,
    unsettled: actions.filter((one) => one.doubts.length > 0 && !one.settled),
    elsewhere,
    tooLong: actions.flatMap((one) => whatIsTooLong(one, objectives)),
  };
}

function withChoice(action: ReadAction, choice: RowChoice, choices: ImportChoices): ReadAction {
  const row: ReadAction = {
    ...action,
    text: choice.text ?? action.text,
    leads: choice.leads ?? action.leads,
    due: choice.due ?? action.due,
    revised: choice.revised ?? action.revised,
    claimedRag: choice.claimedRag === undefined ? action.claimedRag : choice.claimedRag,
    status: choice.status === undefined ? action.status : choice.status,
  };
  if (row.status !== null || !choices.statusFromColour || choice.status === null) return row;
  const colour = choices.ragScheme.find((one) => one.colour === row.claimedRag);
  return colour === undefined ? row : { ...row, status: statusOf(colour.standsFor) };
}

function whatIsTooLong(
  action: DraftAction,
  objectives: readonly ReadObjective[],
): ReadingProblem[] {
  const objective = objectives.find((one) => objectiveKeyOf(one) === objectiveKey(action));
  const parts: [string, number, (string | null)[]][] = [
    ['The action', longest.action, [action.text]],
    ['The objective', longest.objective, [action.objective]],
    ['The section', longest.objective, [action.section]],
    ['A lead', longest.name, [...action.leads, ...action.contributors]],
    ['A source', longest.source, [...action.sources, ...(objective?.sources ?? [])]],
    ['The measure', longest.text, [action.successMeasure]],
    ['The outcome', longest.text, [action.outcome]],
    ['The progress', longest.text, [action.progress, action.evidence]],
  ];
  return parts
    .filter(([, most, texts]) => texts.some((text) => text !== null && text.length > most))
    .map(([what, most]) => ({
      where: action.where,
      severity: 'error' as const,
      message: `${what} has more than ${most.toLocaleString('en-GB')} characters. Shorten it, or leave the row out.`,
    }));
}

/**
 * A reference for each action, unique in the plan. As written where that is unique; written
 * under its objective's reference (`2.1` for "1" under objective 2) where numbering begins again
 * in each objective; else numbers in the order of the file.
 */
export function actionRefs(
  actions: readonly ReadAction[],
  objectives: readonly ReadObjective[],
): string[] {
  const written = actions.map((one) => one.ref?.trim().slice(0, 40) ?? '');
  if (written.every((ref) => ref !== '') && new Set(written).size === written.length) {
    return written;
  }
  const place = new Map(
    objectives.map((one, index) => [objectiveKeyOf(one), one.ref ?? String(index + 1)]),
  );
  const under = actions.map((one, index) =>
    written[index] === '' ? '' : `${place.get(objectiveKey(one)) ?? '0'}.${written[index] ?? ''}`,
  );
  if (
    under.every((ref) => ref !== '' && ref.length <= 40) &&
    new Set(under).size === under.length
  ) {
    return under;
  }
  return actions.map((_, index) => String(index + 1));
}

function objectiveKey(action: Pick<ReadAction, 'section' | 'objectiveRef' | 'objective'>): string {
  return JSON.stringify([action.section, action.objectiveRef, action.objective]);
}

function objectiveKeyOf(objective: ReadObjective): string {
  return JSON.stringify([objective.section, objective.ref, objective.title]);
}

/** The row of a place: `Plan!B4` and `Plan!D4` are one row, as are `table 2 row 5 cell 1` and `cell 3`. */
function rowKey(where: string): string {
  const sheet = /^(.*)!\$?[A-Z]{1,3}\$?(\d+)$/.exec(where);
  if (sheet !== null) return `${sheet[1] ?? ''}!${sheet[2] ?? ''}`;
  return where.replace(/ cell \d+$/, '');
}
