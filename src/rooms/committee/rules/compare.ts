import { formatDate } from '#kernel/dates.ts';
import { boundFigures, nextUntil } from './bound-numbers.ts';
import { dueNext, type ActionFigures, type PlanFigures, type ReportFigures } from './figures.ts';

/** A figure of a paper, and what it is by another reading. */
export interface ComparedFigure {
  meaning: string;
  said: string;
  now: string;
}

/** Every bound figure whose value differs, in the order of the list of figures. */
export function differingFigures(said: ReportFigures, now: ReportFigures): ComparedFigure[] {
  return comparedFigures(said, now).filter((one) => one.said !== one.now);
}

/** Every bound figure as the paper said it, beside what it is by the other reading. */
export function comparedFigures(said: ReportFigures, now: ReportFigures): ComparedFigure[] {
  const other = new Map(boundFigures(now).map(({ name, value }) => [name, String(value)]));
  return boundFigures(said)
    .filter(({ name, value }) => typeof value === 'number' || name === 'as-at')
    .map(({ name, value, meaning }) => ({
      meaning,
      said: String(value),
      now: other.get(name) ?? 'not known',
    }));
}

/** An action of which a later reading says something else. */
export interface Correction {
  plan: string;
  ref: string;
  changes: { what: string; said: string; now: string }[];
}

const fields: readonly [string, (action: ActionFigures) => string][] = [
  ['Action', ({ text }) => text],
  ['Lead', ({ leads }) => leads.join('; ')],
  ['Status', ({ withdrawn, status }) => (withdrawn ? 'withdrawn' : (status ?? 'not stated'))],
  ['Claimed', ({ claimed }) => claimed],
  ['Derived', ({ derived }) => derived.standing],
  ['Due', ({ due }) => due],
  ['First due date', ({ firstDue }) => firstDue],
  ['Latest update', ({ lastUpdate }) => lastUpdate?.words ?? ''],
  ['Closure', ({ reached }) => reached],
];

/** What differs, action by action; an action that only one reading has differs as a whole. */
export function correctionsOf(said: ReportFigures, now: ReportFigures): Correction[] {
  const names = [...said.plans, ...now.plans];
  return [...new Set(names.map(({ id }) => id))].flatMap((id) => {
    const before = said.plans.find((plan) => plan.id === id);
    const after = now.plans.find((plan) => plan.id === id);
    const plan = before?.title ?? after?.title ?? '';
    return actionIds(before, after).flatMap((actionId): Correction[] => {
      const a = before?.actions.find((action) => action.id === actionId);
      const b = after?.actions.find((action) => action.id === actionId);
      const ref = a?.ref ?? b?.ref ?? '';
      if (a === undefined || b === undefined) {
        const there = { what: 'Action', said: a?.text ?? 'Not there', now: b?.text ?? 'Not there' };
        return [{ plan, ref, changes: [there] }];
      }
      const changes = fields
        .map(([what, of]) => ({ what, said: of(a), now: of(b) }))
        .filter((change) => change.said !== change.now);
      return changes.length === 0 ? [] : [{ plan, ref, changes }];
    });
  });
}

function actionIds(before: PlanFigures | undefined, after: PlanFigures | undefined): string[] {
  const all = [...(before?.actions ?? []), ...(after?.actions ?? [])];
  return [...new Set(all.map(({ id }) => id))];
}

/** An action that the paper named, why it named it, and what has become of it, in sentences. */
export interface NamedAction {
  plan: string;
  ref: string;
  text: string;
  said: string[];
  now: string[];
}

/**
 * What members were told of single actions and what is so now: those that the paper named as
 * overdue, as given a later date, or as due next.
 */
export function namedActions(said: ReportFigures, now: ReportFigures): NamedAction[] {
  const until = nextUntil(said.asAt);
  return said.plans.flatMap((plan) => {
    const after = now.plans.find(({ id }) => id === plan.id);
    const next = new Set(dueNext(plan.actions, said.asAt, until).map(({ id }) => id));
    return plan.actions
      .filter(
        (action) =>
          !action.withdrawn && (action.daysOverdue > 0 || action.revised || next.has(action.id)),
      )
      .map((action) => ({
        plan: plan.title,
        ref: action.ref,
        text: action.text,
        said: toldThen(action, next.has(action.id)),
        now: toldNow(
          action,
          after?.actions.find(({ id }) => id === action.id),
        ),
      }));
  });
}

function toldThen(action: ActionFigures, isNext: boolean): string[] {
  const told: string[] = [];
  if (action.daysOverdue > 0) {
    told.push(`It was due ${action.due}, and ${days(action.daysOverdue)} overdue.`);
  } else if (isNext) {
    told.push(`It was to be done by ${action.due}.`);
  }
  if (action.revised) {
    const later =
      action.slippageDays !== null && action.slippageDays > 0
        ? `, ${days(action.slippageDays)} later than first agreed`
        : '';
    told.push(`Its date had been changed to ${action.due}${later}.`);
  }
  return told;
}

function toldNow(then: ActionFigures, now: ActionFigures | undefined): string[] {
  if (now === undefined) return ['What is so now is not open to you.'];
  if (now.withdrawn) return ['It was withdrawn.'];
  const told: string[] = [];
  if (now.status === 'complete') {
    told.push(then.status === 'complete' ? 'It is complete, as it was.' : 'It is complete.');
    if (now.reached === 'children better off') told.push('Children were shown to be better off.');
    else if (now.reached === 'practice changed') told.push('Practice was shown to have changed.');
    else if (now.reached === 'accepted as untested') told.push('It was accepted as untested.');
    else told.push('Its effect on children has not been shown yet.');
  } else if (then.status === 'complete') {
    told.push('It was complete then, and is open again.');
  } else if (now.daysOverdue > 0) {
    told.push(`It is not complete, and ${days(now.daysOverdue)} overdue.`);
  } else {
    told.push('It is not complete.');
  }
  if (now.due !== then.due) told.push(`It was given another date: ${now.due}.`);
  const update = now.lastUpdate;
  if (update !== null && update.on !== then.lastUpdate?.on) {
    told.push(`Last update on ${formatDate(update.on)}: ${update.words}`);
  } else if (now.status !== 'complete') {
    told.push('Nobody has given an update since.');
  }
  return told;
}

function days(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'day' : 'days'}`;
}
