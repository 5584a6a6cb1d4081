import { formatDate } from '#kernel/dates.ts';
import {
  isEffectUnshown,
  type ClosurePicture,
  type ClosureReached,
  type ClosureState,
  type SaidState,
  type WhyNotAccept,
  type WhyNotSay,
} from './closure.ts';
import type { ActionPicture, ActionTest } from './picture.ts';
import { countOf } from './position.ts';

/** Closure and the test of an action, in the words that pages, lists and exports share. */

export const stateNames: Record<ClosureState, string> = {
  done: 'Done',
  'practice changed': 'Practice changed',
  'children better off': 'Children better off',
  'accepted as untested': 'Accepted as untested',
  regressed: 'Failed again',
};

/** What was said, as a clause: "that practice has changed". */
export const thatWords: Record<SaidState, string> = {
  done: 'that it is done',
  'practice changed': 'that practice has changed',
  'children better off': 'that children are better off',
};

/** "Done", or "Not closed" where nothing is reached. */
export function reachedName(reached: ClosureReached): string {
  return reached === 'none' ? 'Not closed' : stateNames[reached];
}

/** "The fix held 214 days"; 0 days is a fix that failed on the day it was claimed. */
export function heldInWords(days: number | null): string {
  return days === null
    ? 'Nobody knows how long the fix held'
    : `The fix held ${countOf(days, 'day')}`;
}

/** "Regressed once", "Regressed twice", "Regressed 3 times"; null where it never did. */
export function regressedInWords({
  regressions,
}: Pick<ClosurePicture, 'regressions'>): string | null {
  const count = regressions.length;
  if (count === 0) return null;
  return `Regressed ${count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`}`;
}

/** The test of an action as one text: measure, sample, what is enough, by when. */
export function testInWords(test: ActionPicture['test']): string {
  if (test === null) return '';
  if (test === 'to be agreed') return 'To be agreed';
  return [
    test.measure,
    test.sample === null ? null : `Sample: ${test.sample}`,
    `Enough: ${test.threshold}`,
    test.byWhen === null ? null : `By ${formatDate(test.byWhen)}`,
  ]
    .filter((part) => part !== null)
    .join('\n');
}

/** Whether two tests are the same; nobody's test and one to be agreed are not. */
export function sameTest(a: ActionPicture['test'], b: ActionPicture['test']): boolean {
  if (!isAgreedTest(a) || !isAgreedTest(b)) return a === b;
  return (
    a.measure === b.measure &&
    a.sample === b.sample &&
    a.threshold === b.threshold &&
    a.byWhen === b.byWhen
  );
}

/** Whether somebody wrote down how it will be tested. */
export function isAgreedTest(test: ActionPicture['test']): test is ActionTest {
  return test !== null && test !== 'to be agreed';
}

/**
 * "31 are complete; of 24 nobody has shown yet that children are better off." Null where the effect
 * of every complete action is shown or accepted as untested.
 */
export function effectSentence(actions: readonly ActionPicture[]): string | null {
  const complete = actions.filter((one) => !one.withdrawn && one.status === 'complete').length;
  const unshown = actions.filter(isEffectUnshown).length;
  if (unshown === 0) return null;
  const all = `${complete} ${complete === 1 ? 'is' : 'are'} complete`;
  const which =
    complete === 1 ? 'of it' : unshown === complete ? 'of none of them' : `of ${unshown}`;
  const nobody = unshown === complete && complete > 1 ? 'has anybody shown' : 'nobody has shown';
  return `${all}; ${which} ${nobody} yet that children are better off.`;
}

/** What is in doubt of the test; null where it was agreed. */
export function testDoubt(test: ActionPicture['test']): string | null {
  if (isAgreedTest(test)) return null;
  return test === null ? 'Nobody wrote a test' : 'The test is to be agreed';
}

/** Why a step cannot be said, beside the field that puts it right where there is one. */
export const whyNotSayWords: Record<WhyNotSay, { field: string | null; text: string }> = {
  withdrawn: { field: null, text: 'This action was withdrawn, so nothing more is said of it' },
  'waits for its sign-off': {
    field: null,
    text: 'What was said before still waits for its sign-off. It has to be verified or returned first',
  },
  'not next': {
    field: null,
    text: 'This is not its next step any more. Look at the action again',
  },
  'needs evidence': { field: 'link', text: 'Give a link, a note or a file that shows it' },
  'test not made': { field: 'result', text: 'Say what the test showed' },
  'test not met': {
    field: 'result',
    text: 'The test was not met, so this is not shown. Say that it failed again, or test it again',
  },
};

/** Why somebody cannot sign off, said to them. */
export const whyNotSignOffWords: Record<WhyNotAccept, string> = {
  'role may not approve': 'Your role does not let you approve in this plan.',
  'wrote this step': 'You said so yourself. Another person has to look at it.',
  'leads the action':
    'Your post or team leads this action. Somebody who does not do the work has to look at it.',
  'claimed it complete':
    'You claimed that the action is complete. Another person has to look at it.',
  'needs evidence':
    'The priority is high, and nothing was given that shows it. Return it and ask for evidence.',
  'nothing waits': 'Nothing waits for a sign-off here any more.',
  withdrawn: 'This action was withdrawn.',
  'not complete': 'This action is not claimed complete. First somebody says that it is done.',
  'not next': 'What the action did for children is shown already, or was accepted as untested.',
};
