import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import type { DueFact } from '../../rules/history.ts';
import type { BulkChange } from '../../rules/bulk-change.ts';
import { defaultScheme } from '../../rules/default-scheme.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { exampleAllowed as allowed, examplePicture as picture } from '../plans.examples.ts';
import { actionPairs, actionValues } from './action-form.ts';
import { changeActionView, newActionView } from './action-form.view.ts';
import { readDueBox } from '#platform/web/due-box.ts';
import { dueView } from './due.view.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { guestsView } from './guests.view.ts';
import { objectiveValues } from './objective-form.ts';
import { changeObjectiveView, newObjectiveView } from './objective-form.view.ts';
import { colourOrder, newPlanValues, planPairs, planValues } from './plan-form.ts';
import { changePlanView, newPlanView } from './plan-form.view.ts';
import { selectedKey } from './selected-form.ts';
import { chooseView, confirmView } from './selected.view.ts';
import { settingsView } from './settings.view.ts';
import { archiveView, copyForwardView } from './whole-plan.view.ts';
import { withdrawView } from './withdraw.view.ts';

const folder = 'rooms/plans/web/edit';
const link = (href: string) => href;
const today = day('2026-03-04');
const { plan } = picture;
const archived = { ...picture, plan: { ...plan, state: 'archived' as const } };
const action = picture.actions[2] ?? never();
const objective = picture.objectives[1] ?? never();
const order = colourOrder(defaultScheme);
const known = {
  parties: ['Director of Children’s Services', 'Service Manager, Children in Care'],
  boards: ['Improvement Board', 'Safeguarding Partnership'],
  sources: ['Inspection of children’s services, 2025'],
};
const last = { by: 'Sam Reed', at: new Date('2026-03-04T09:52:00Z') };
const submissionId = newId<'submission'>();

const colleague: UserId = newId();
const dues: DueFact[] = [
  dueFact(1, '2025-09-01', '10 February 2026', null, null),
  dueFact(
    2,
    '2025-12-01',
    '30 June 2026',
    'The trust lost two paediatricians in October.',
    'Four children waited six weeks longer for their first assessment.',
  ),
];
const dueHistory = { dues, names: new Map([[colleague, 'Robin Fenwick']]) };

const reviewer: UserId = newId();
const another: UserId = newId();
const guestGrant = {
  id: newId<'named-grant'>(),
  userId: reviewer,
  itemKind: 'plan' as const,
  itemId: plan.id,
  reason: 'Peer challenge of the front door: objectives 1 and 2.',
  startsOn: today,
  endsOn: day('2026-03-18'),
  withdrawn: false,
  grantedBy: colleague,
};
const guests = {
  grants: [
    guestGrant,
    { ...guestGrant, startsOn: day('2026-01-12'), endsOn: day('2026-01-20'), withdrawn: true },
  ],
  reviewers: [reviewer, another],
  users: new Map(
    [
      { id: reviewer, name: 'Morgan Firth', email: 'morgan.firth@fenmoor.example' },
      { id: another, name: 'Jo Quay', email: 'jo.quay@fenmoor.example' },
      { id: colleague, name: 'Robin Fenwick', email: 'robin.fenwick@saltmarsh.example' },
    ].map((user) => [user.id, user]),
  ),
};

const mine = {
  ...action,
  objectiveId: objective.id,
  leads: ['Service Manager, Children in Care', 'Designated Doctor'],
  contributors: [],
  text: 'Initial health assessments are booked within one day of a child coming into care',
};
const typedAction = { ...actionValues(action), text: mine.text, leads: mine.leads };
const selection = {
  picture,
  actions: picture.actions.slice(0, 4),
  keys: picture.actions.slice(0, 4).map(selectedKey),
  back: `/plans/${plan.slug}/actions?rag=red`,
  submissionId,
};
const toDate: BulkChange = {
  kind: 'due',
  due: readDue('30 September 2026').due,
  reason: 'The whole programme starts after the summer, as the board agreed in February.',
  effectOnChildren: 'Nine children keep the worker they know over the summer.',
};
const doubtful = { due: 'June 26', reason: 'The trust asked for time' };
const asked = readDueBox(doubtful, today, null);

const askingFor = {
  picture,
  action,
  history: dueHistory,
  version: 2,
  question: null,
  by: colleague,
};

/** The pages that begin and change a plan, at first, with mistakes, and when two wrote at once. */
export const examples: PageExample[] = [
  example(
    'Begin a plan',
    `${folder}/plan-form.njk`,
    newPlanView(fresh(newPlanValues()), known, order, submissionId),
  ),
  example(
    'Begin a plan, with mistakes',
    `${folder}/plan-form.njk`,
    newPlanView(
      wrong({ ...newPlanValues(), 'review-cycle': 'other', 'red-meaning': '', 'to-day': '31' }, [
        { field: 'title', text: 'Enter a title' },
        { field: 'to', text: 'The date must have a month and a year.' },
        { field: 'review-days', text: 'Enter a number of days from 1 to 999' },
        {
          field: 'red-meaning',
          text: 'Say what red means in this plan, in 200 characters or fewer',
        },
      ]),
      known,
      order,
      submissionId,
    ),
    { status: 422 },
  ),
  example(
    'Change a plan, two at once',
    `${folder}/plan-form.njk`,
    changePlanView(
      {
        values: { ...planValues(plan), title: 'Children’s improvement plan', owner: '' },
        errors: [bothTextsError],
        both: bothTexts(
          planPairs(plan, {
            ...plan,
            title: 'Children’s improvement plan',
            owner: null,
            boards: plan.boards.map((board) => board.name),
          }),
          last,
          '#settings',
        ),
      },
      known,
      order,
      plan,
    ),
    { status: 409 },
  ),
  example(
    'Settings',
    'rooms/plans/web/page.njk',
    settingsView({ picture, allowed, undoHref: '/plans/import/1/undo', link }),
  ),
  example(
    'Settings of an archived plan',
    'rooms/plans/web/page.njk',
    settingsView({ picture: archived, allowed, undoHref: null, link }),
  ),
  example('Archive', `${folder}/archive.njk`, archiveView(picture)),
  example('Guests', `${folder}/guests.njk`, guestsView(fresh({}), picture, guests, today)),
  example(
    'Guests, with mistakes',
    `${folder}/guests.njk`,
    guestsView(
      wrong({ reason: 'Challenge of the front door' }, [
        { field: 'guest', text: 'Choose a peer reviewer' },
        { field: 'until', text: 'Enter the last day on which they may read it' },
      ]),
      picture,
      guests,
      today,
    ),
    { status: 422 },
  ),
  example(
    'Guests, nobody to choose',
    `${folder}/guests.njk`,
    guestsView(fresh({}), picture, { grants: [], reviewers: [], users: new Map() }, today),
  ),
  example(
    'Copy forward',
    `${folder}/copy-forward.njk`,
    copyForwardView(fresh({ title: plan.title, which: 'open' }), picture, submissionId),
  ),
  example(
    'Add an objective',
    `${folder}/objective-form.njk`,
    newObjectiveView(fresh({}), known, picture, submissionId),
  ),
  example(
    'Change an objective',
    `${folder}/objective-form.njk`,
    changeObjectiveView(
      wrong(objectiveValues(picture, objective), [
        { field: 'withdrawn', text: 'Actions still stand under this objective' },
      ]),
      known,
      picture,
      objective,
      1,
    ),
    { status: 422 },
  ),
  example(
    'Add an action',
    `${folder}/action-form.njk`,
    newActionView(
      fresh({ objective: objective.id, ref: '1.11', priority: 'none' }),
      known,
      picture,
      submissionId,
      null,
    ),
  ),
  example(
    'Change an action, two at once',
    `${folder}/action-form.njk`,
    changeActionView(
      {
        values: typedAction,
        errors: [bothTextsError],
        both: bothTexts(actionPairs(picture, action, mine), last, '#action'),
      },
      known,
      picture,
      action,
      2,
    ),
    { status: 409 },
  ),
  example('Ask for a due date', `${folder}/due.njk`, dueView(fresh({}), askingFor)),
  example(
    'Ask for a due date, asked what it means',
    `${folder}/due.njk`,
    dueView(wrong(doubtful, asked.ok ? [] : asked.errors), {
      ...askingFor,
      question: asked.question,
    }),
    { status: 422 },
  ),
  example(
    'Withdraw an action',
    `${folder}/withdraw.njk`,
    withdrawView(fresh({}), picture, action, true, 1),
  ),
  example(
    'Change several actions',
    `${folder}/selected-choose.njk`,
    chooseView(selection, fresh({}), known, null),
  ),
  example(
    'Change several actions, with mistakes',
    `${folder}/selected-choose.njk`,
    chooseView(
      selection,
      wrong({ what: 'due', due: 'June 26' }, [
        ...(asked.ok ? [] : asked.errors),
        { field: 'due-reason', text: 'Say why the dates are no longer right' },
      ]),
      known,
      asked.question,
    ),
    { status: 422 },
  ),
  example(
    'Change several actions, none selected',
    `${folder}/selected-choose.njk`,
    chooseView({ ...selection, actions: [], keys: [] }, fresh({}), known, null),
  ),
  example(
    'Change several actions, confirm',
    `${folder}/selected-confirm.njk`,
    confirmView(selection, { what: 'due', due: '30 September 2026' }, toDate, []),
  ),
  example(
    'Change several actions, two at once',
    `${folder}/selected-confirm.njk`,
    confirmView(selection, {}, toDate, picture.actions.slice(0, 1)),
    { status: 409 },
  ),
];

function dueFact(
  version: number,
  on: string,
  written: string,
  reason: string | null,
  effectOnChildren: string | null,
): DueFact {
  return {
    actionId: action.id,
    version,
    effectiveOn: day(on),
    recordedAt: new Date(`${on}T10:00:00Z`),
    by: colleague,
    due: readDue(written).due,
    reason,
    effectOnChildren,
    declaredRevised: false,
  };
}

function day(text: string): IsoDate {
  return parseIsoDate(text) ?? never();
}

function never(): never {
  throw new Error('An example is not as it was meant');
}
