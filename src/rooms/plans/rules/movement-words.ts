import { formatDate } from '#kernel/dates.ts';
import type { ActionId } from '#kernel/ids.ts';
import { isSettled } from './closure.ts';
import { changesOf } from './derived-rag.ts';
import type { Movement } from './movement.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { countOf, isOpen, listInWords } from './position.ts';

/** One plain sentence about what moved, and the actions that it counts. */
export interface MovementSentence {
  about:
    | 'reconciliation'
    | 'dates'
    | 'not agreed'
    | 'overdue'
    | 'claims'
    | 'closure'
    | 'regressions'
    | 'table';
  text: string;
  actionIds: ActionId[];
}

/**
 * "Since your last meeting": what moved over (from, to], written from the figures alone and in
 * the order in which members ask. `before` is null where the plan did not
 * stand yet. Nothing is said of what never was in this plan; nobody is blamed.
 */
export function movementSentences(
  movement: Movement,
  before: PlanPicture | null,
  after: PlanPicture,
): MovementSentence[] {
  return [
    reconciliation(movement, before),
    dates(movement, after),
    notAgreed(after),
    overdue(movement, after),
    claims(movement, before, after),
    closure(after),
    regressions(movement, after),
    table(movement),
  ].filter((sentence) => sentence !== null);
}

/** "On 1 September 2014, 40 actions were open. Since then …, so 30 are open on 27 November 2014." */
export function reconciliation(movement: Movement, before: PlanPicture | null): MovementSentence {
  const { from, to, opening, added, reopened, completed, withdrawn, closing } = movement;
  const start =
    before === null
      ? `The plan had not begun by ${formatDate(from)}.`
      : `On ${formatDate(from)}, ${openedWords(opening)} open.`;
  const steps = [
    stepWords(added.length, 'added'),
    stepWords(reopened.length, 'reopened'),
    stepWords(completed.length, 'completed'),
    stepWords(withdrawn.length, 'withdrawn'),
  ].filter((step) => step !== null);
  const end = `${closing === 0 ? 'none is' : `${count(closing)} ${be(closing)}`} open on ${formatDate(to)}`;
  const moved =
    steps.length === 0
      ? `Since then nothing was added, reopened, completed or withdrawn, so ${end}.`
      : `Since then ${listInWords(steps)}, so ${end}.`;
  return {
    about: 'reconciliation',
    text: `${start} ${moved}`,
    actionIds: [...new Set([...added, ...reopened, ...completed, ...withdrawn])],
  };
}

function dates(movement: Movement, after: PlanPicture): MovementSentence {
  const moved = actionsOf(after, movement.revised);
  const again = moved.filter((action) => changesOf(action) > 1);
  const many = movement.revised.length;
  if (many === 0) {
    return { about: 'dates', text: 'No due date was changed since then.', actionIds: [] };
  }
  const often =
    again.length === 0
      ? ''
      : many === 1
        ? ', and not for the first time'
        : `; for ${again.length === many ? 'all of them' : `${count(again.length)} of them`} it was not the first time`;
  return {
    about: 'dates',
    text: `${countOf(many, 'action')} had ${many === 1 ? 'its' : 'their'} due date changed${often}.`,
    actionIds: movement.revised,
  };
}

function notAgreed(after: PlanPicture): MovementSentence | null {
  const asked = after.actions.filter((action) => isOpen(action) && action.asked !== null);
  if (asked.length === 0) return null;
  const one = asked.length === 1;
  return {
    about: 'not agreed',
    text: `Another date was asked for on ${countOf(asked.length, 'action')} and is not agreed yet, so the date${one ? '' : 's'} agreed before still ${one ? 'holds' : 'hold'}.`,
    actionIds: asked.map(({ id }) => id),
  };
}

function overdue(movement: Movement, after: PlanPicture): MovementSentence {
  const all = after.actions.filter((action) => action.daysOverdue > 0);
  const fresh = movement.newlyOverdue.length;
  const words = () => {
    if (all.length === 0) return 'No action is overdue.';
    const total = `${countOf(all.length, 'action')} ${be(all.length)} overdue`;
    if (fresh === 0) {
      return `${total}, and ${all.length === 1 ? 'it was' : 'all of them were'} overdue before.`;
    }
    if (fresh === all.length) {
      return `${total}, and ${all.length === 1 ? 'it became so' : 'all of them became so'} since then.`;
    }
    return `${total}; ${count(fresh)} of them became so since then.`;
  };
  return { about: 'overdue', text: words(), actionIds: all.map(({ id }) => id) };
}

function claims(
  { better, worse }: Movement,
  before: PlanPicture | null,
  after: PlanPicture,
): MovementSentence | null {
  const then = new Map(before?.actions.map((action) => [action.id, action]) ?? []);
  const both = after.actions.filter((now) => {
    const earlier = then.get(now.id);
    return earlier !== undefined && isOpen(earlier) && isOpen(now);
  });
  if (both.length === 0) return null;
  const said = [
    better.length > 0 && `${count(better.length)} ${be(better.length)} claimed to be going better`,
    worse.length > 0 &&
      `${count(worse.length)} ${better.length > 0 ? '' : `${be(worse.length)} claimed to be going `}worse`,
  ].filter((part) => part !== false);
  const text =
    said.length === 0
      ? 'none is claimed to be going better or worse than before.'
      : `${listInWords(said)} than before.`;
  return {
    about: 'claims',
    text: `${countOf(both.length, 'action')} ${was(both.length)} open on both days: ${text}`,
    actionIds: [...better, ...worse],
  };
}

/** How many of the complete actions are known to have changed something for children. */
function closure(after: PlanPicture): MovementSentence | null {
  const complete = after.actions.filter(
    (action) => action.status === 'complete' && !action.withdrawn,
  );
  if (complete.length === 0) return null;
  const at = (reached: ActionPicture['closure']['reached']) =>
    complete.filter((action) => action.closure.reached === reached).length;
  const better = at('children better off');
  const accepted = at('accepted as untested');
  const untested = complete.filter((action) => !isSettled(action.closure));
  const parts = [
    `${better === 0 ? 'none is' : `${count(better)} ${be(better)}`} shown to have left children better off`,
    accepted > 0 && `${count(accepted)} ${be(accepted)} accepted as untested`,
    untested.length > 0 && `${count(untested.length)} ${be(untested.length)} not tested yet`,
  ].filter((part) => part !== false);
  return {
    about: 'closure',
    text: `${countOf(complete.length, 'action')} ${be(complete.length)} complete: ${listInWords(parts)}.`,
    actionIds: untested.map(({ id }) => id),
  };
}

function regressions({ from, to }: Movement, after: PlanPicture): MovementSentence | null {
  const failed = after.actions.flatMap((action) =>
    action.closure.regressions
      .filter(({ on }) => on > from && on <= to)
      .map(({ heldDays }) => ({ action, heldDays })),
  );
  if (failed.length === 0) return null;
  const told = failed.map(({ action, heldDays }) =>
    heldDays === null
      ? action.ref
      : `${action.ref}, after the change had held for ${countOf(heldDays, 'day')}`,
  );
  return {
    about: 'regressions',
    text: `${countOf(failed.length, 'fix', 'fixes')} did not last: ${told.join('; ')}.`,
    actionIds: [...new Set(failed.map(({ action }) => action.id))],
  };
}

/** "The plan’s own table shows 32 of 133 actions: 7 complete and 25 outstanding. …" */
function table({ table: { now, left } }: Movement): MovementSentence | null {
  const gone = now.total - now.shown;
  if (gone === 0 && left.length === 0) return null;
  const shown = `The plan’s own table shows ${count(now.shown)} of ${countOf(now.total, 'action')}: ${count(now.shownComplete)} complete and ${count(now.outstanding)} outstanding.`;
  const when =
    left.length === 0
      ? 'none of them since then'
      : left.length === gone
        ? gone === 1
          ? 'since then'
          : 'all of them since then'
        : `${count(left.length)} of them since then`;
  const away = `${countOf(gone, 'completed action')} ${gone === 1 ? 'has' : 'have'} left it, ${when}.`;
  return { about: 'table', text: `${shown} ${away}`, actionIds: left };
}

function actionsOf(picture: PlanPicture, ids: readonly ActionId[]): ActionPicture[] {
  const wanted = new Set(ids);
  return picture.actions.filter(({ id }) => wanted.has(id));
}

function openedWords(opening: number): string {
  return opening === 0 ? 'no action was' : `${countOf(opening, 'action')} ${was(opening)}`;
}

function stepWords(many: number, what: string): string | null {
  return many === 0 ? null : `${count(many)} ${was(many)} ${what}`;
}

function count(many: number): string {
  return many.toLocaleString('en-GB');
}

function be(many: number): string {
  return many === 1 ? 'is' : 'are';
}

function was(many: number): string {
  return many === 1 ? 'was' : 'were';
}
