import type { IsoDate } from '#kernel/dates.ts';

/**
 * Everything that a report says in figures, as at one day: what is frozen when it is finalised, so
 * that the same paper can be made again whatever the plans say by then. It is JSON and nothing
 * else: no dates but texts, no ids but texts, nothing that another room may rename.
 */
export interface ReportFigures {
  asAt: IsoDate;
  /** The day with which it compares; null where there is none. */
  since: IsoDate | null;
  plans: PlanFigures[];
}

export interface PlanFigures {
  id: string;
  title: string;
  owner: string | null;
  boards: string[];
  periodFrom: IsoDate | null;
  periodTo: IsoDate | null;
  colours: { name: string; meaning: string }[];
  /** Titles of what its objectives and actions come from. */
  sources: string[];
  now: Counts;
  /** As at `since`; null where there is no such day, or the plan had not begun by then. */
  then: Counts | null;
  movement: MovementFigures | null;
  objectives: ObjectiveFigures[];
  /** Every action, also withdrawn ones, in the order of the plan. */
  actions: ActionFigures[];
  /** How it stood on the days from `since` to `asAt`: at the rounds, or at the ends of months. */
  points: StatusPoint[];
}

/** How many actions stand how; withdrawn ones are counted nowhere but under their own name. */
export interface Counts {
  actions: number;
  complete: number;
  inProgress: number;
  notStarted: number;
  notStated: number;
  outstanding: number;
  overdue: number;
  revised: number;
  withoutDate: number;
  withoutLead: number;
  withdrawn: number;
  /** In the table that members are shown. */
  shown: number;
}

/**
 * A reconciliation that adds up: opening + added + reopened - completed - withdrawn = closing,
 * with the references of the actions behind each number.
 */
export interface MovementFigures {
  opening: number;
  added: number;
  reopened: number;
  completed: number;
  withdrawn: number;
  closing: number;
  revised: number;
  newlyOverdue: number;
  better: number;
  worse: number;
  /** Completed actions that left the table that members are shown. */
  leftTable: number;
}

export interface ObjectiveFigures {
  id: string;
  section: string | null;
  ref: string | null;
  title: string;
  counts: Counts;
}

/** How far an action has come: done is not improved. */
export type Reached =
  'none' | 'done' | 'practice changed' | 'children better off' | 'accepted as untested';

export interface ActionFigures {
  id: string;
  ref: string;
  objectiveId: string;
  text: string;
  leads: string[];
  priority: 'high' | 'medium' | 'low' | null;
  status: 'not started' | 'in progress' | 'complete' | null;
  /** What its lead claims, in the plan's own name for the colour. */
  claimed: string;
  /** What the rule derives from the facts, and why, in words. */
  derived: { standing: string; reasons: string[] };
  /** Where claim and rule differ; null where they agree. */
  disagreement: 'more hopeful' | 'more cautious' | null;
  due: string;
  dueOn: IsoDate | null;
  firstDue: string;
  firstDueOn: IsoDate | null;
  dates: number;
  slippageDays: number | null;
  daysOverdue: number;
  revised: boolean;
  /** Why the date was last changed, and what that means for children. */
  revisedWhy: string | null;
  revisedEffect: string | null;
  /** Another date that was asked for, and that nobody has agreed to. */
  askedDue: string | null;
  lastUpdate: { on: IsoDate; words: string } | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
  reached: Reached;
  /** What was said when it got there. */
  reachedAccount: string | null;
  withdrawn: boolean;
}

/** How a plan stood on one day. */
export interface StatusPoint {
  /** "November 2014", or the name of a round. */
  label: string;
  on: IsoDate;
  complete: number;
  inProgress: number;
  notStarted: number;
  notStated: number;
}

export const noCounts: Counts = {
  actions: 0,
  complete: 0,
  inProgress: 0,
  notStarted: 0,
  notStated: 0,
  outstanding: 0,
  overdue: 0,
  revised: 0,
  withoutDate: 0,
  withoutLead: 0,
  withdrawn: 0,
  shown: 0,
};

/** The counts of several plans as one. */
export function addCounts(all: readonly Counts[]): Counts {
  return addUp(noCounts, all);
}

/** The movements of several plans as one; null where none is known. */
export function addMovements(all: readonly (MovementFigures | null)[]): MovementFigures | null {
  const known = all.filter((one) => one !== null);
  const [first, ...rest] = known;
  return first === undefined ? null : addUp(first, rest);
}

function addUp<Numbers extends { [Name in keyof Numbers]: number }>(
  from: Numbers,
  all: readonly Numbers[],
): Numbers {
  const sum = { ...from };
  for (const one of all) {
    for (const name of Object.keys(from) as (keyof Numbers)[]) {
      sum[name] = (sum[name] + one[name]) as Numbers[keyof Numbers];
    }
  }
  return sum;
}

/** Every action of the report that was not withdrawn, with its plan. */
export function standingActions(
  figures: ReportFigures,
): { plan: PlanFigures; action: ActionFigures }[] {
  return figures.plans.flatMap((plan) =>
    plan.actions.filter((action) => !action.withdrawn).map((action) => ({ plan, action })),
  );
}

/** Whether anything is still to be done on it. */
export function isOutstanding(action: Pick<ActionFigures, 'status' | 'withdrawn'>): boolean {
  return action.status !== 'complete' && !action.withdrawn;
}

/** Outstanding actions past their date, the longest first. */
export function overdueActions(actions: readonly ActionFigures[]): ActionFigures[] {
  return actions
    .filter((action) => !action.withdrawn && action.daysOverdue > 0)
    .sort((a, b) => b.daysOverdue - a.daysOverdue);
}

/** Actions whose date was changed, those that slipped most first. */
export function revisedActions(actions: readonly ActionFigures[]): ActionFigures[] {
  return actions
    .filter((action) => !action.withdrawn && (action.revised || action.askedDue !== null))
    .sort((a, b) => (b.slippageDays ?? 0) - (a.slippageDays ?? 0) || b.dates - a.dates);
}

/** Outstanding actions due on a day after `asAt` and at most `days` later, the soonest first. */
export function dueNext(
  actions: readonly ActionFigures[],
  from: IsoDate,
  until: IsoDate,
): ActionFigures[] {
  return actions
    .filter(
      (action) =>
        isOutstanding(action) &&
        action.dueOn !== null &&
        action.dueOn >= from &&
        action.dueOn <= until,
    )
    .sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
}
