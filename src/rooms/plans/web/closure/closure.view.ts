import { daysBetween, formatDate } from '#kernel/dates.ts';
import type { Html } from '#platform/web/html.ts';
import {
  lastTestResult,
  needsSignOff,
  type ClosureStep,
  type SaidState,
} from '../../rules/closure.ts';
import { isAgreedTest, stateNames, testInWords, thatWords } from '../../rules/closure-words.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { sentenceCase } from '../../rules/words.ts';
import { updateChoices } from '../../rules/update-choices.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { lines, shortText } from '../parts.ts';
import { paths } from '../paths.ts';
import { sayWords } from './say-words.ts';
import { fileHint } from '../update.view.ts';

interface About {
  picture: PlanPicture;
  action: ActionPicture;
}

function page({ picture, action }: About) {
  const href = paths.action(picture.plan.slug, action.id);
  return {
    caption: `${picture.plan.title} · Action ${action.ref}`,
    back: { text: 'Back to the action', href },
    about: shortText(action, 300),
    cancelHref: href,
  };
}

function shownForm(state: FormState) {
  return {
    form: state,
    both: state.both,
    ...(state.errors.length === 0 ? {} : { errors: state.errors }),
  };
}

/** What each state means, said to whoever says that it was reached. */
const meanings: Record<SaidState, string> = {
  done: 'What was agreed has been carried out. Whether it changed anything is said later.',
  'practice changed':
    'People work differently now, and it lasts. Tasks that were ticked do not show it.',
  'children better off':
    'What the action was for: something is better for children, and they or the people close to them can tell.',
};

const accountLabels: Record<SaidState, string> = {
  done: 'What was done?',
  'practice changed': 'What do people do differently now, and how do you know?',
  'children better off': 'What is better for children, and how do you know?',
};

/** "Say that it is done", and the same for the two states after it. */
export function sayView(
  about: About,
  state: FormState,
  said: SaidState,
  carried: number,
  fileName?: string | null,
) {
  const { picture, action } = about;
  const asksTest = isAgreedTest(action.test) && said !== 'children better off';
  const high = action.priority === 'high';
  return {
    ...page(about),
    ...shownForm(state),
    title: sayWords[said],
    meaning: meanings[said],
    action: paths.closeAction(picture.plan.slug, action.id),
    state: said,
    claims:
      action.closure.completion === null
        ? 'The action is not claimed complete yet. Saving this claims it.'
        : null,
    accountLabel: accountLabels[said],
    test: asksTest ? lines(testInWords(action.test)) : null,
    results: [
      { value: 'met', text: 'It was met' },
      { value: 'not met', text: 'It was not met' },
      {
        value: 'none',
        text:
          lastTestResult(action.closure) === null ? 'It was not made yet' : 'It was not made again',
      },
    ],
    carried:
      carried === 0
        ? null
        : `${countOf(carried, 'piece')} of evidence given with its updates count as well.`,
    evidenceLegend: high && carried === 0 ? 'What shows it?' : 'What shows it? (optional)',
    evidenceNote: high ? 'The priority is high, so a link, a note or a file is needed.' : null,
    after: needsSignOff(action.priority)
      ? 'Somebody else, who did not do the work, looks at it and signs it off.'
      : 'The priority is low, so nobody has to sign it off.',
    fileHint: fileHint(fileName),
    saveText: sayWords[said],
  };
}

/** What of a step stands on the page that signs it off. */
export interface StepShown {
  step: ClosureStep;
  by: string | null;
  evidence: Html;
}

/** "Look at it and sign it off": what was said, what shows it, and the answer. */
export function verifyView(about: About, state: FormState, shown: StepShown) {
  const { picture, action } = about;
  const { step } = shown;
  const said = step.state;
  return {
    ...page(about),
    ...shownForm(state),
    title: `Sign off: ${stateNames[said].toLowerCase()}`,
    action: paths.verifyClosure(picture.plan.slug, action.id),
    step: step.id,
    said: saidWords(shown),
    account: lines(step.account),
    test: isAgreedTest(action.test) ? lines(testInWords(action.test)) : null,
    result:
      step.testResult === null
        ? 'It does not say what the test showed.'
        : `The test was ${step.testResult}.`,
    evidence: shown.evidence,
    evidenceCount: countOf(step.evidenceCount, 'piece'),
    hasEvidence: step.evidenceCount > 0,
    priority: action.priority === null ? 'None set' : sentenceCase(action.priority),
    answers: [
      {
        value: 'verified',
        text: 'Verify it',
        hint: { text: 'I looked at what shows it, and it bears it out' },
      },
      {
        value: 'returned',
        text: 'Return it',
        hint: { text: 'Something is missing, or it does not bear it out' },
      },
    ],
    saveText: 'Save my answer',
  };
}

function saidWords({ step, by }: StepShown): string {
  const who = by ?? 'Somebody';
  const what =
    step.state === 'done' ||
    step.state === 'practice changed' ||
    step.state === 'children better off'
      ? ` ${thatWords[step.state]}`
      : '';
  return `${who} said on ${formatDate(step.on)}${what}.`;
}

/** Why this person does not decide; and what they had typed, if anything. */
export function notYoursView(
  about: About,
  title: string,
  reasons: readonly string[],
  typed: string,
) {
  return { ...page(about), title, reasons, typed: typed === '' ? null : lines(typed) };
}

/** "Accept it as untested": by whom stands in the log, why stands here. */
export function acceptView(about: About, state: FormState) {
  const { picture, action } = about;
  return {
    ...page(about),
    ...shownForm(state),
    title: 'Accept it as untested',
    action: paths.acceptUntested(picture.plan.slug, action.id),
    saveText: 'Accept it as untested',
  };
}

/** "Say that it failed again": reopens a complete action. */
export function reopenView(about: About, state: FormState, fileName?: string | null) {
  const { picture, action } = about;
  const { completion } = action.closure;
  const since = completion?.since ?? picture.asAt;
  return {
    ...page(about),
    ...shownForm(state),
    title: 'Say that it failed again',
    action: paths.reopen(picture.plan.slug, action.id),
    held: `It has been complete since ${formatDate(since)}: so far the fix held ${countOf(daysBetween(since, picture.asAt), 'day')}. That is counted and stays in its history. What was signed off before counts no more.`,
    correct: `${paths.action(picture.plan.slug, action.id)}#history`,
    choices: updateChoices(picture.plan.ragScheme)
      .filter((choice) => choice.status !== 'complete')
      .map((choice) => ({ value: choice.value, text: choice.label, hint: { text: choice.hint } })),
    fileHint: fileHint(fileName),
    saveText: 'Reopen this action',
  };
}
