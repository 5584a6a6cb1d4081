import {
  addDays,
  addMonths,
  formatDate,
  formatMonth,
  lastDayOfMonth,
  type IsoDate,
} from '#kernel/dates.ts';
import type { AuthorityId, PlanId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  deriveRag,
  disagreementsOf,
  dueInWords,
  movementOf,
  ragName,
  readHistory,
  readPictures,
  readRounds,
  reasonInWords,
  summarise,
  type ActionPicture,
  type HistoryFacts,
  type PlanPicture,
} from '#plans';
import {
  isOutstanding,
  type ActionFigures,
  type Counts,
  type MovementFigures,
  type ObjectiveFigures,
  type PlanFigures,
  type ReportFigures,
  type StatusPoint,
} from '../rules/figures.ts';

/** What figures are asked for. */
export interface FiguresAsked {
  planIds: readonly PlanId[];
  asAt: IsoDate;
  since: IsoDate | null;
  /** Facts recorded after this instant are left out; none are unless said. */
  knownAt?: Date;
}

/**
 * The figures of these plans as at a day, against an earlier one. Asks nobody whether they may:
 * the report does. A plan that did not stand by then is left out.
 */
export async function readFigures(
  tx: Tx,
  authority: AuthorityId,
  asked: FiguresAsked,
): Promise<ReportFigures> {
  const { planIds, asAt, since, knownAt } = asked;
  const pictures = (day: IsoDate) => readPictures(tx, authority, day, planIds, knownAt);
  const now = await pictures(asAt);
  const then = since === null ? [] : await pictures(since);
  const rounds = await readRounds(tx, authority, planIds, { asAt, knownAt });
  const closed = rounds.flatMap(({ name, close }) =>
    close === null ? [] : [{ label: name, on: close.on }],
  );
  const days = pointDays(since, asAt, closed);
  const points = new Map<IsoDate, PlanPicture[]>();
  for (const { on } of days) {
    points.set(on, on === asAt ? now : on === since ? then : await pictures(on));
  }
  const plans: PlanFigures[] = [];
  for (const planId of planIds) {
    const picture = now.find(({ plan }) => plan.id === planId);
    if (picture === undefined) continue;
    const facts = await readHistory(tx, authority, { planId }, asAt, knownAt);
    const before = then.find(({ plan }) => plan.id === planId) ?? null;
    plans.push(
      planFigures(
        picture,
        before,
        since,
        facts,
        days.flatMap((day) => {
          const one = points.get(day.on)?.find(({ plan }) => plan.id === planId);
          return one === undefined ? [] : [statusPoint(day, one)];
        }),
      ),
    );
  }
  return { asAt, since, plans };
}

const mostPoints = 13;

/**
 * The days of the picture over time, 13 at most: both ends, and between them the review rounds that
 * closed, or the ends of months where none did.
 */
export function pointDays(
  since: IsoDate | null,
  asAt: IsoDate,
  rounds: readonly { label: string; on: IsoDate }[] = [],
): { label: string; on: IsoDate }[] {
  const from = since ?? lastDayOfMonth(addMonths(asAt, -6));
  const ends: IsoDate[] = [];
  for (let end = lastDayOfMonth(from); end < asAt; end = lastDayOfMonth(addDays(end, 1))) {
    if (end > from) ends.push(end);
  }
  const months = ends.map((on) => ({ label: formatMonth(on), on }));
  const closed = rounds
    .filter(({ on }) => on > from && on < asAt)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .filter((one, index, all) => all[index - 1]?.on !== one.on);
  const all = closed.length > 0 ? closed : months;
  const step = Math.ceil(all.length / (mostPoints - 2)) || 1;
  const between = all.filter((_, index) => (all.length - 1 - index) % step === 0);
  return [{ label: formatDate(from), on: from }, ...between, { label: formatDate(asAt), on: asAt }];
}

function planFigures(
  picture: PlanPicture,
  before: PlanPicture | null,
  since: IsoDate | null,
  facts: HistoryFacts,
  points: StatusPoint[],
): PlanFigures {
  const { plan } = picture;
  const claims = new Map(disagreementsOf(picture).map((one) => [one.action.id, one.claim]));
  const dues = Map.groupBy(facts.dues, (fact) => fact.actionId);
  const sources = [...picture.objectives, ...picture.actions]
    .flatMap((one) => one.sources)
    // A paper names no source that is for few.
    .filter(({ restricted }) => restricted === undefined);
  return {
    id: plan.id,
    title: plan.title,
    owner: plan.owner?.name ?? null,
    boards: plan.boards.map(({ name }) => name),
    periodFrom: plan.periodFrom,
    periodTo: plan.periodTo,
    colours: plan.ragScheme.map(({ colour, meaning }) => ({
      name: ragName(plan.ragScheme, colour),
      meaning,
    })),
    sources: [...new Set(sources.map(({ title }) => title))],
    now: countsOf(picture.actions),
    then: before === null ? null : countsOf(before.actions),
    movement: since === null ? null : movement(picture, before, since, facts),
    objectives: picture.objectives
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ id, section, ref, title }): ObjectiveFigures => ({
        id,
        section,
        ref,
        title,
        counts: countsOf(picture.actions.filter(({ objectiveId }) => objectiveId === id)),
      })),
    actions: picture.actions.map((action) => {
      const moved = (dues.get(action.id) ?? []).filter(({ version }) => version > 1).at(-1);
      return actionFigures(picture, action, claims.get(action.id) ?? null, {
        why: moved?.reason ?? null,
        effect: moved?.effectOnChildren ?? null,
      });
    }),
    points,
  };
}

function movement(
  picture: PlanPicture,
  before: PlanPicture | null,
  since: IsoDate,
  facts: HistoryFacts,
): MovementFigures {
  const moved = movementOf(before, picture, facts, since);
  return {
    opening: moved.opening,
    added: moved.added.length,
    reopened: moved.reopened.length,
    completed: moved.completed.length,
    withdrawn: moved.withdrawn.length,
    closing: moved.closing,
    revised: moved.revised.length,
    newlyOverdue: moved.newlyOverdue.length,
    better: moved.better.length,
    worse: moved.worse.length,
    leftTable: moved.table.left.length,
  };
}

/** The counts of these actions as the report gives them. */
function countsOf(actions: readonly ActionPicture[]): Counts {
  const summary = summarise(actions);
  return {
    actions: summary.actions,
    complete: summary.byStatus.complete,
    inProgress: summary.byStatus['in progress'],
    notStarted: summary.byStatus['not started'],
    notStated: summary.byStatus.none,
    outstanding: actions.filter(isOutstanding).length,
    overdue: summary.overdue,
    revised: summary.revised,
    withoutDate: summary.withoutDate,
    withoutLead: summary.withoutLead,
    withdrawn: summary.withdrawn,
    shown: actions.filter(({ withdrawn, onTable }) => !withdrawn && onTable).length,
  };
}

function actionFigures(
  picture: PlanPicture,
  action: ActionPicture,
  disagreement: ActionFigures['disagreement'],
  moved: { why: string | null; effect: string | null },
): ActionFigures {
  const { ragScheme } = picture.plan;
  const derived = deriveRag(action, picture);
  const { closure, lastUpdate } = action;
  const reachedStep = closure.steps.findLast(({ state }) => state === closure.reached);
  return {
    id: action.id,
    ref: action.ref,
    objectiveId: action.objectiveId,
    text: action.text,
    leads: action.leads.map(({ name }) => name),
    priority: action.priority,
    status: action.status,
    claimed: ragName(ragScheme, action.claimedRag),
    derived: {
      standing: derived?.standing ?? '',
      reasons: derived?.reasons.map((reason) => reasonInWords(reason, action)) ?? [],
    },
    disagreement,
    due: dueInWords(action.due),
    dueOn: action.due.to,
    firstDue: dueInWords(action.firstDue),
    firstDueOn: action.firstDue.to,
    dates: action.dueDateCount,
    slippageDays: action.slippageDays,
    daysOverdue: action.daysOverdue,
    revised: action.revised,
    revisedWhy: moved.why,
    revisedEffect: moved.effect,
    askedDue: action.asked === null ? null : dueInWords(action.asked.due),
    lastUpdate:
      lastUpdate === null ? null : { on: lastUpdate.effectiveOn, words: lastUpdate.whatChanged },
    successMeasure: action.successMeasure,
    outcomeForChildren: action.outcomeForChildren,
    reached: closure.reached,
    reachedAccount: reachedStep?.account ?? null,
    withdrawn: action.withdrawn,
  };
}

function statusPoint(day: { label: string; on: IsoDate }, picture: PlanPicture): StatusPoint {
  const { complete, inProgress, notStarted, notStated } = countsOf(picture.actions);
  return { ...day, complete, inProgress, notStarted, notStated };
}
