import { daysBetween, parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { defaultScheme } from '../rules/default-scheme.ts';
import { anyAction } from '../rules/filter.ts';
import type { HistoryEntry } from '../rules/history.ts';
import type { ActionPicture, ObjectivePicture, PartyRef, PlanPicture } from '../rules/picture.ts';
import type { Due, Rag, Status } from '../rules/reading.ts';
import { actionView } from './action.view.ts';
import { actionsListView } from './actions-list.view.ts';
import { changesView } from './changes.view.ts';
import { untold } from '../rules/picture-action.ts';
import { usualRule } from '../rules/rag-thresholds.ts';
import type { Allowed } from './load-plan.ts';
import { overviewView } from './overview.view.ts';
import { plansView } from './plans.view.ts';

const asAt = day('2026-03-04');
const template = 'rooms/plans/web/page.njk';
const link = (href: string) => href;

const childrenInCare = party('Service Manager, Children in Care');
const teamManagers = party('Team managers', 'team');
const participation = party('Participation Officer');
const health = party('Saltmarsh Health Trust', 'organisation');
const userId: UserId = newId();
const names = new Map([[userId, 'Robin Fenwick']]);

const objectives: ObjectivePicture[] = [
  objective('Children are seen and heard', '1', 0),
  objective('Every child in care is as healthy as they can be', '1.10', 1),
  objective('Care leavers are not left', '2', 2),
];

const actions: ActionPicture[] = [
  action(0, {
    text: 'Team managers read the record of every visit that was late, and write down why it was late and what was done for the child meanwhile',
    leads: [teamManagers],
    due: on('2026-02-03'),
    rag: 'red',
    status: 'in progress',
    updated: '2026-01-06',
  }),
  action(0, {
    text: 'The Children in Care Council sees the plan twice a year',
    leads: [participation],
    due: on('2026-09-30'),
    rag: 'green',
    status: 'in progress',
    updated: '2026-02-27',
  }),
  action(1, {
    text: 'Initial health assessments are booked within two days of a child coming into care\n- the form goes the same day\n- the trust answers within two days',
    leads: [childrenInCare, health],
    due: on('2026-06-30'),
    firstDue: on('2026-02-10'),
    rag: 'amber',
    status: 'in progress',
    updated: '2026-02-20',
    successMeasure: '9 of 10 children seen within 20 working days',
    outcomeForChildren: 'Children get the care they need in their first month, not their third.',
  }),
  action(1, {
    text: 'Strengths and difficulties questionnaires are read before each review',
    leads: [],
    due: { asWritten: 'ASAP', from: null, to: null, precision: 'asap' },
    rag: null,
    status: null,
    updated: null,
  }),
  action(2, {
    text: 'The pledge is rewritten with the people it is made to',
    leads: [participation],
    due: on('2025-12-31'),
    rag: 'blue',
    status: 'complete',
    updated: '2025-12-18',
  }),
];

const picture: PlanPicture = {
  plan: {
    id: newId<'plan'>(),
    slug: 'childrens-services-improvement-plan',
    title: 'Children’s services improvement plan',
    periodFrom: day('2025-04-01'),
    periodTo: day('2027-03-31'),
    owner: party('Director of Children’s Services'),
    boards: [party('Improvement Board', 'board')],
    reviewCycleDays: 30,
    ragRule: usualRule(asAt),
    ragScheme: [...defaultScheme],
    state: 'active',
    version: 1,
  },
  asAt,
  objectives,
  actions,
};
const empty: PlanPicture = { ...picture, objectives: [], actions: [] };
const slipped = actions[2] ?? never();

const history: HistoryEntry[] = [
  {
    ...recorded(slipped, '2026-02-20', '2026-02-24'),
    kind: 'update',
    update: {
      ...recorded(slipped, '2026-02-20', '2026-02-24'),
      id: newId<'update'>(),
      claimedRag: 'amber',
      status: 'in progress',
      whatChanged: 'Eleven of twelve assessments are in date.\nThe last is booked for 9 March.',
      correctsId: null,
      evidenceIds: [],
    },
    corrects: null,
    before: null,
  },
  {
    ...recorded(slipped, '2025-12-01', '2025-12-01'),
    kind: 'due',
    before: slipped.firstDue,
    after: slipped.due,
    nth: 2,
    reason: 'The trust lost two paediatricians in October.',
    effectOnChildren: 'Four children waited six weeks longer for their first assessment.',
    granted: null,
  },
  {
    ...recorded(slipped, '2025-11-03', '2025-11-03'),
    kind: 'changed',
    changes: [
      { what: 'Lead', before: 'Head of Service', after: 'Service Manager, Children in Care' },
    ],
    reason: null,
  },
];

const everything: Allowed = {
  changePlan: true,
  create: true,
  export: true,
  share: true,
  update: () => true,
};
const nothing: Allowed = {
  changePlan: false,
  create: false,
  export: false,
  share: false,
  update: () => false,
};

const list = { picture, link, csrf: 'token' };
const everyAction = { filter: anyAction, order: 'plan', page: 1 } as const;
const told = { history, names, evidence: new Map(), link };

/** The pages of one fictional plan, full, empty, and as somebody who may only read sees them. */
export const examples: PageExample[] = [
  example(
    'Plans',
    template,
    plansView({
      pictures: [picture],
      prepared: [],
      mayCreate: true,
      mayExport: true,
      isToday: true,
      link,
    }),
  ),
  example(
    'Plans, none yet',
    template,
    plansView({
      pictures: [],
      prepared: [],
      mayCreate: true,
      mayExport: true,
      isToday: true,
      link,
    }),
  ),
  example('Overview', template, overviewView({ picture, allowed: everything, ...told })),
  example(
    'Overview, empty',
    template,
    overviewView({ picture: empty, allowed: everything, ...told, history: [] }),
  ),
  example(
    'Actions',
    template,
    actionsListView({ ...list, view: everyAction, allowed: everything }),
  ),
  example(
    'Actions, filtered, for a reader',
    template,
    actionsListView({
      ...list,
      view: { ...everyAction, filter: { ...anyAction, rags: ['red', 'amber'], text: 'visit' } },
      allowed: nothing,
    }),
  ),
  example(
    'Actions, none found',
    template,
    actionsListView({
      ...list,
      view: { ...everyAction, filter: { ...anyAction, text: 'nowhere' } },
      allowed: nothing,
    }),
  ),
  example(
    'Action',
    template,
    actionView({ picture, action: slipped, allowed: everything, ...told }),
  ),
  example(
    'Changes',
    template,
    changesView({ picture, allowed: everything, since: null, page: 1, ...told }),
  ),
];

/** The same plan, for the examples of the pages that change it. */
export { everything as exampleAllowed, picture as examplePicture };

interface ActionFacts {
  text: string;
  leads: PartyRef[];
  due: Due;
  firstDue?: Due;
  rag: Rag | null;
  status: Status | null;
  updated: string | null;
  successMeasure?: string;
  outcomeForChildren?: string;
}

function action(objectiveIndex: number, facts: ActionFacts): ActionPicture {
  const { due, firstDue = due, updated } = facts;
  const open = facts.status !== 'complete';
  const target = objectives[objectiveIndex] ?? never();
  return {
    id: newId<'action'>(),
    ref: `${target.ref ?? ''}.${facts.text.length % 9}`,
    objectiveId: target.id,
    position: 0,
    text: facts.text,
    leads: facts.leads,
    contributors: [],
    priority: null,
    successMeasure: facts.successMeasure ?? null,
    outcomeForChildren: facts.outcomeForChildren ?? null,
    sources: [],
    due,
    firstDue,
    dueDateCount: due === firstDue ? 1 : 2,
    revised: due !== firstDue,
    slippageDays: due.to === null || firstDue.to === null ? null : daysBetween(firstDue.to, due.to),
    claimedRag: facts.rag,
    status: facts.status,
    lastUpdate:
      updated === null
        ? null
        : {
            id: newId<'update'>(),
            effectiveOn: day(updated),
            by: 'Robin Fenwick',
            whatChanged: 'Eleven of twelve are in date.',
          },
    withdrawn: false,
    daysOverdue: open && due.to !== null && due.to < asAt ? daysBetween(due.to, asAt) : 0,
    version: 1,
    updateVersion: 1,
    dueVersion: 1,
    ...untold,
  };
}

function objective(title: string, ref: string, position: number): ObjectivePicture {
  return {
    id: newId<'objective'>(),
    section: 'Children in care',
    ref,
    title,
    position,
    sources: [
      {
        id: newId<'source'>(),
        title: 'Inspection of children’s services, 2025',
        words: 'Visits are not always on time, and nobody says why.',
        page: '12',
      },
    ],
    withdrawn: false,
    version: 1,
  };
}

function party(name: string, kind: PartyRef['kind'] = 'post'): PartyRef {
  return { id: newId(), kind, name };
}

function on(text: string): Due {
  const date = day(text);
  return { asWritten: '', from: date, to: date, precision: 'day' };
}

function recorded(about: ActionPicture, effectiveOn: string, recordedOn: string) {
  return {
    actionId: about.id,
    ref: about.ref,
    version: 1,
    effectiveOn: day(effectiveOn),
    recordedAt: new Date(`${recordedOn}T10:00:00Z`),
    by: userId,
  };
}

function day(text: string): IsoDate {
  return parseIsoDate(text) ?? never();
}

function never(): never {
  throw new Error('An example is not as it was meant');
}
