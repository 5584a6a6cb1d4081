import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId } from '#kernel/ids.ts';
import { claimedStanding, compareStandings } from './derived-rag.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { fromFirstDate, sameDue } from './picture-action.ts';
import { isOpen } from './position.ts';
import type { Due, Status } from './reading.ts';

/** The facts that move an action, as `readHistory` gives them. */
export interface MovementFacts {
  versions: readonly Dated<{ withdrawn: boolean }>[];
  dues: readonly Dated<{ due: Due }>[];
  updates: readonly Dated<{ status: Status | null }>[];
}

type Dated<Fact> = Fact & { actionId: ActionId; version: number; effectiveOn: IsoDate };

/**
 * What moved in a plan over (from, to]: after the end of the first day, to the end of the second.
 * `opening + added + reopened - completed - withdrawn = closing` always. Open is what is neither
 * complete nor withdrawn. Each list holds an action once for every time that it happened, so that
 * an action completed, reopened and completed again stands twice in `completed`; what changed and
 * changed back on one day did not happen. `reopened` counts too what was withdrawn and came back.
 */
export interface Movement {
  from: IsoDate;
  to: IsoDate;
  opening: number;
  added: ActionId[];
  reopened: ActionId[];
  completed: ActionId[];
  withdrawn: ActionId[];
  closing: number;
  /** Whose due date was changed, once each, whatever became of them. */
  revised: ActionId[];
  /** Overdue at the end, and not at the beginning. */
  newlyOverdue: ActionId[];
  /** Open at both ends with a claim at both, the later claim better or worse. */
  better: ActionId[];
  worse: ActionId[];
  /** The plan's own table, as members are shown it, at both ends. */
  table: { then: TableCount; now: TableCount; left: ActionId[] };
}

/** The actions on a plan's table: those that are shown, and of them the complete ones. */
export interface TableCount {
  /** All that the plan ever took on and did not withdraw. */
  total: number;
  complete: number;
  shown: number;
  shownComplete: number;
  outstanding: number;
}

/**
 * Reckons the movement from the plan at both ends and the facts up to the later one. `before` is
 * null where the plan did not stand yet.
 */
export function movementOf(
  before: PlanPicture | null,
  after: PlanPicture,
  facts: MovementFacts,
  from: IsoDate,
): Movement {
  const to = after.asAt;
  const then = new Map(before?.actions.map((action) => [action.id, action]) ?? []);
  const moved = transitionsOf(facts, from, to);
  const both = after.actions.flatMap((now) => {
    const earlier = then.get(now.id);
    return earlier !== undefined && isOpen(earlier) && isOpen(now) ? [{ earlier, now }] : [];
  });
  const change = ({ earlier, now }: (typeof both)[number]) => {
    const first = claimedStanding(earlier, before?.plan.ragScheme ?? []);
    const last = claimedStanding(now, after.plan.ragScheme);
    return first === null || last === null ? 0 : compareStandings(first, last);
  };
  return {
    from,
    to,
    opening: before?.actions.filter(isOpen).length ?? 0,
    ...moved,
    closing: after.actions.filter(isOpen).length,
    revised: revisedIn(facts.dues, from, to),
    newlyOverdue: after.actions
      .filter(({ id, daysOverdue }) => daysOverdue > 0 && !((then.get(id)?.daysOverdue ?? 0) > 0))
      .map(({ id }) => id),
    better: both.filter((pair) => change(pair) > 0).map(({ now }) => now.id),
    worse: both.filter((pair) => change(pair) < 0).map(({ now }) => now.id),
    table: {
      then: countTable(before?.actions ?? []),
      now: countTable(after.actions),
      left: after.actions
        .filter(
          ({ id, onTable, withdrawn }) => !onTable && !withdrawn && then.get(id)?.onTable !== false,
        )
        .map(({ id }) => id),
    },
  };
}

/** How many actions a plan's table shows, of how many there are. Withdrawn ones count in nothing. */
export function countTable(actions: readonly ActionPicture[]): TableCount {
  const standing = actions.filter(({ withdrawn }) => !withdrawn);
  const shown = standing.filter(({ onTable }) => onTable);
  const complete = (list: typeof standing) =>
    list.filter(({ status }) => status === 'complete').length;
  return {
    total: standing.length,
    complete: complete(standing),
    shown: shown.length,
    shownComplete: complete(shown),
    outstanding: shown.length - complete(shown),
  };
}

type State = 'absent' | 'open' | 'complete' | 'withdrawn';

function transitionsOf(facts: MovementFacts, from: IsoDate, to: IsoDate) {
  const added: ActionId[] = [];
  const reopened: ActionId[] = [];
  const completed: ActionId[] = [];
  const withdrawn: ActionId[] = [];
  const updatesOf = inOrder(facts.updates);
  for (const [id, versions] of inOrder(facts.versions)) {
    const updates = updatesOf.get(id) ?? [];
    const days = [...versions, ...updates]
      .map(({ effectiveOn }) => effectiveOn)
      .filter((day) => day > from && day <= to);
    let state = stateOn(versions, updates, from);
    for (const day of [...new Set(days)].sort()) {
      const next = stateOn(versions, updates, day);
      if (next !== state) {
        if (state === 'absent') added.push(id);
        else if (next === 'open') reopened.push(id);
        if (next === 'complete' && (state === 'open' || state === 'absent')) completed.push(id);
        if (next === 'withdrawn' && (state === 'open' || state === 'absent')) withdrawn.push(id);
      }
      state = next;
    }
  }
  return { added, reopened, completed, withdrawn };
}

/** How an action stood at the end of a day. Its facts come in the order in which they hold. */
function stateOn(
  versions: readonly { effectiveOn: IsoDate; withdrawn: boolean }[],
  updates: readonly { effectiveOn: IsoDate; status: Status | null }[],
  day: IsoDate,
): State {
  const version = versions.findLast(({ effectiveOn }) => effectiveOn <= day);
  if (version === undefined) return 'absent';
  if (version.withdrawn) return 'withdrawn';
  const update = updates.findLast(({ effectiveOn }) => effectiveOn <= day);
  return update?.status === 'complete' ? 'complete' : 'open';
}

function revisedIn(dues: MovementFacts['dues'], from: IsoDate, to: IsoDate): ActionId[] {
  return [...inOrder(dues)]
    .filter(([, entries]) =>
      fromFirstDate(entries).some((entry, index, dates) => {
        const earlier = dates[index - 1];
        return (
          earlier !== undefined &&
          entry.effectiveOn > from &&
          entry.effectiveOn <= to &&
          !sameDue(earlier.due, entry.due)
        );
      }),
    )
    .map(([id]) => id);
}

function inOrder<Fact extends Dated<object>>(facts: readonly Fact[]): Map<ActionId, Fact[]> {
  const grouped = Map.groupBy(facts, ({ actionId }) => actionId);
  for (const list of grouped.values()) {
    list.sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.version - b.version);
  }
  return grouped;
}

/** The movement as figures alone. */
export function movementFigures(movement: Movement) {
  return {
    opening: movement.opening,
    added: movement.added.length,
    completed: movement.completed.length,
    withdrawn: movement.withdrawn.length,
    reopened: movement.reopened.length,
    closing: movement.closing,
    revised: movement.revised.length,
    newlyOverdue: movement.newlyOverdue.length,
    better: movement.better.length,
    worse: movement.worse.length,
  };
}
