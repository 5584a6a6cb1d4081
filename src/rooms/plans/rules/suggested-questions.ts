import { formatDate } from '#kernel/dates.ts';
import type { ActionId } from '#kernel/ids.ts';
import { isSettled } from './closure.ts';
import { changesOf } from './derived-rag.ts';
import type { Movement } from './movement.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { countOf, isOpen } from './position.ts';
import { dueInWords, nthDate, ragName } from './words.ts';

/** A question that a member might ask, and what in the figures suggests it. */
export interface SuggestedQuestion {
  rule: QuestionRule;
  question: string;
  /** Why it is suggested, in one sentence. */
  why: string;
  /** The actions that it is about, each with its own reason, in the order of the plan. */
  actions: { id: ActionId; ref: string; why: string }[];
}

export type QuestionRule =
  | 'did not last'
  | 'date changed again'
  | 'overdue without update'
  | 'claimed better without evidence'
  | 'complete and not tested'
  | 'date not agreed'
  | 'withdrawn'
  | 'nobody leads';

interface Looked {
  movement: Movement;
  then: ReadonlyMap<ActionId, ActionPicture>;
  before: PlanPicture | null;
  after: PlanPicture;
}

interface Rule {
  rule: QuestionRule;
  /** Why the question comes up for this action; null where it does not. */
  why: (action: ActionPicture, looked: Looked) => string | null;
  question: (many: number, ref: string) => string;
  because: (many: number) => string;
}

/** In the order in which they are asked. Each asks about what comes next, and of nobody's fault. */
const rules: readonly Rule[] = [
  {
    rule: 'did not last',
    why: ({ closure }, { movement }) => {
      const failed = closure.regressions.findLast(
        ({ on }) => on > movement.from && on <= movement.to,
      );
      if (failed === undefined) return null;
      const held =
        failed.heldDays === null
          ? ''
          : `, after the change had held for ${countOf(failed.heldDays, 'day')}`;
      return `It went back on ${formatDate(failed.on)}${held}.`;
    },
    question: (many, ref) =>
      many === 1
        ? `What will make the change last this time in action ${ref}?`
        : 'What will make these changes last this time?',
    because: (many) =>
      many === 1 ? 'An improvement did not last.' : `${many} improvements did not last.`,
  },
  {
    rule: 'date changed again',
    why: (action, { movement }) =>
      movement.revised.includes(action.id) && isOpen(action) && changesOf(action) > 1
        ? `It has its ${nthDate(action.dueDateCount)}, ${dueInWords(action.due)}${laterWords(action)}.`
        : null,
    question: (many, ref) =>
      many === 1
        ? `What would have to happen for the new date of action ${ref} to hold?`
        : 'What would have to happen for these new dates to hold?',
    because: (many) =>
      `${countOf(many, 'action')} had ${many === 1 ? 'its' : 'their'} date changed, and not for the first time.`,
  },
  {
    rule: 'overdue without update',
    why: (action, { movement }) => {
      const last = action.lastUpdate?.effectiveOn ?? null;
      if (action.daysOverdue === 0 || (last !== null && last > movement.from)) return null;
      const said = last === null ? 'without any update' : `last update ${formatDate(last)}`;
      return `${countOf(action.daysOverdue, 'day')} overdue, ${said}.`;
    },
    question: (many, ref) =>
      many === 1
        ? `What stands in the way of action ${ref}, and what help is needed?`
        : 'What stands in the way of these actions, and what help is needed?',
    because: (many) =>
      `${countOf(many, 'action')} ${many === 1 ? 'is' : 'are'} overdue, and no update was given since the earlier date.`,
  },
  {
    rule: 'claimed better without evidence',
    why: (action, { movement, then, before, after }) => {
      const earlier = then.get(action.id);
      if (!movement.better.includes(action.id) || earlier === undefined) return null;
      if (action.evidenceCount > earlier.evidenceCount) return null;
      const was = ragName(before?.plan.ragScheme ?? [], earlier.claimedRag);
      const is = ragName(after.plan.ragScheme, action.claimedRag);
      return `It went from ${was} to ${is}, with no evidence added.`;
    },
    question: (many, ref) =>
      many === 1
        ? `What shows that action ${ref} is going better?`
        : 'What shows that these actions are going better?',
    because: (many) =>
      `${countOf(many, 'action')} ${many === 1 ? 'is' : 'are'} claimed to be going better, and no evidence was added.`,
  },
  {
    rule: 'complete and not tested',
    why: (action, { movement }) =>
      movement.completed.includes(action.id) &&
      action.status === 'complete' &&
      !action.withdrawn &&
      !isSettled(action.closure)
        ? testWords(action)
        : null,
    question: (many, ref) =>
      many === 1
        ? `How will we know whether children are better off since action ${ref} was completed?`
        : 'How will we know whether children are better off since these actions were completed?',
    because: (many) =>
      `${countOf(many, 'action')} ${many === 1 ? 'was' : 'were'} completed, and the effect on children is not tested yet.`,
  },
  {
    rule: 'date not agreed',
    why: (action) =>
      isOpen(action) && action.asked !== null
        ? `${dueInWords(action.asked.due)} was asked for on ${formatDate(action.asked.on)}; agreed so far: ${dueInWords(action.due)}.`
        : null,
    question: (many, ref) =>
      many === 1
        ? `Will the later date for action ${ref} be agreed, and what does it mean for children?`
        : 'Will these later dates be agreed, and what do they mean for children?',
    because: (many) =>
      `Another date was asked for on ${countOf(many, 'action')}, and is not agreed yet.`,
  },
  {
    rule: 'withdrawn',
    why: (action, { movement }) =>
      movement.withdrawn.includes(action.id) && action.withdrawn
        ? 'It was withdrawn before it was complete.'
        : null,
    question: (many, ref) =>
      many === 1
        ? `How is the concern behind action ${ref} met now that it is withdrawn?`
        : 'How are the concerns behind these actions met now that they are withdrawn?',
    because: (many) => `${countOf(many, 'action')} ${many === 1 ? 'was' : 'were'} withdrawn.`,
  },
  {
    rule: 'nobody leads',
    why: (action) => (isOpen(action) && action.leads.length === 0 ? 'It has no lead.' : null),
    question: (many, ref) =>
      many === 1 ? `Who will lead action ${ref}?` : 'Who will lead these actions?',
    because: (many) => `${countOf(many, 'open action')} ${many === 1 ? 'has' : 'have'} no lead.`,
  },
];

/**
 * Questions that a member might ask about what moved, each with why it is suggested. They come
 * from rules over the figures and from nothing else; a rule that finds nothing asks nothing.
 */
export function suggestedQuestions(
  movement: Movement,
  before: PlanPicture | null,
  after: PlanPicture,
): SuggestedQuestion[] {
  const then = new Map(before?.actions.map((action) => [action.id, action]) ?? []);
  const looked = { movement, then, before, after };
  return rules.flatMap(({ rule, why, question, because }) => {
    const actions = after.actions.flatMap((action) => {
      const reason = why(action, looked);
      return reason === null ? [] : [{ id: action.id, ref: action.ref, why: reason }];
    });
    const [first] = actions;
    if (first === undefined) return [];
    const many = actions.length;
    return [{ rule, question: question(many, first.ref), why: because(many), actions }];
  });
}

function laterWords({ slippageDays }: ActionPicture): string {
  return slippageDays !== null && slippageDays > 0
    ? `, ${countOf(slippageDays, 'day')} later than first agreed`
    : '';
}

function testWords({ test }: ActionPicture): string {
  if (test === null || test === 'to be agreed')
    return 'How it will be tested is still to be agreed.';
  return test.byWhen === null
    ? `Its test is: ${test.measure}.`
    : `It is to be tested by ${formatDate(test.byWhen)}: ${test.measure}.`;
}
