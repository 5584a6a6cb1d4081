import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { html } from '#platform/web/html.ts';
import { closureOf, type ClosureStep } from '../../rules/closure.ts';
import type { ActionPicture } from '../../rules/picture.ts';
import { actionView } from '../action.view.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { exampleAllowed as allowed, examplePicture } from '../plans.examples.ts';
import { acceptView, notYoursView, reopenView, sayView, verifyView } from './closure.view.ts';

const folder = 'rooms/plans/web/closure';
const lead: UserId = newId();
const manager: UserId = newId();
const names = new Map([
  [lead, 'Alex Marsh'],
  [manager, 'Robin Fenwick'],
]);
const completion = { since: day('2025-12-18'), by: lead };
const steps: ClosureStep[] = [
  step('regressed', '2025-10-01', {
    heldDays: 214,
    account: 'The audit found six pledges that nobody knew.',
  }),
  step('done', '2025-12-18', {
    account: 'The pledge is rewritten, and every child in care has it.',
    answer: { answer: 'verified', on: day('2026-01-08'), by: manager, reason: null },
  }),
  step('practice changed', '2026-02-27', {
    account: 'Social workers go through it at each review: found in 19 of 20 records.',
    testResult: 'met',
    evidenceCount: 1,
  }),
];
const complete = {
  ...(examplePicture.actions[4] ?? never()),
  test: {
    measure: 'The pledge is gone through at each review',
    sample: '20 records drawn at random',
    threshold: '18 of 20',
    byWhen: day('2026-03-31'),
  },
  closure: closureOf({ steps, completion, priority: 'high' }),
  priority: 'high' as const,
};
const picture = {
  ...examplePicture,
  actions: examplePicture.actions.map((one) => (one.id === complete.id ? complete : one)),
};
const open: ActionPicture = { ...(picture.actions[2] ?? never()), priority: 'high' };
const about = { picture, action: complete };
const shown = {
  step: complete.closure.waiting ?? never(),
  by: 'Alex Marsh',
  evidence: html`<ul class="sl-evidence">
    <li><span class="sl-note">Evidence, note:</span> Records read by the reviewing officer</li>
  </ul>`,
};
const values = {
  submission: newId(),
  seen: '1',
  account: 'Eleven of twelve are booked in two days',
};

/** What closes an action and reopens it: at first, with mistakes, and for those who do not decide. */
export const examples: PageExample[] = [
  example(
    'Action, complete, one step waits for its sign-off',
    'rooms/plans/web/page.njk',
    actionView({
      picture,
      action: complete,
      allowed,
      history: [],
      names,
      evidence: new Map(),
      link: (href) => href,
      closing: { say: true, answer: true, accept: true },
    }),
  ),
  example(
    'Say that it is done, with a mistake',
    `${folder}/say.njk`,
    sayView(
      { picture, action: { ...open, test: complete.test } },
      wrong(values, [{ field: 'link', text: 'Give a link, a note or a file that shows it' }]),
      'done',
      0,
    ),
    { status: 422 },
  ),
  example('Sign a step off', `${folder}/verify.njk`, verifyView(about, fresh({}), shown)),
  example(
    'Sign a step off, not by who said it',
    `${folder}/not-yours.njk`,
    notYoursView(
      about,
      'Sign it off',
      ['You said so yourself. Another person has to look at it.'],
      '',
    ),
  ),
  example('Accept it as untested', `${folder}/accept.njk`, acceptView(about, fresh(values))),
  example('Say that it failed again', `${folder}/reopen.njk`, reopenView(about, fresh(values))),
];

function step(
  state: ClosureStep['state'],
  on: string,
  more: Partial<ClosureStep> & { account: string },
): ClosureStep {
  return {
    id: newId(),
    version: 1,
    state,
    testResult: null,
    heldDays: null,
    on: day(on),
    by: lead,
    evidenceCount: 0,
    answer: null,
    ...more,
  };
}

function day(text: string): IsoDate {
  return parseIsoDate(text) ?? never();
}

function never(): never {
  throw new Error('An example is not as it was meant');
}
