import { newId, type EvidenceId, type UserId } from '#kernel/ids.ts';
import type { EvidenceItem } from '#findings';
import type { Actor } from '#people';
import { example, type PageExample } from '#platform/web/examples.ts';
import { anyAction } from '../rules/filter.ts';
import type { HistoryEntry, UpdateFact } from '../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { actionView } from './action.view.ts';
import { actionsListView } from './actions-list.view.ts';
import { changesView } from './changes.view.ts';
import type { Allowed } from './load-plan.ts';
import { myWorkView } from './my-work.view.ts';
import { overviewView } from './overview.view.ts';
import { exampleAllowed, examplePicture } from './plans.examples.ts';
import { plansView } from './plans.view.ts';
import { updateView, valuesOf } from './update.view.ts';

const template = 'rooms/plans/web/page.njk';
const updateTemplate = 'rooms/plans/web/update.njk';
const link = (href: string) => href;
const { asAt } = examplePicture;
const nothing: Allowed = {
  changePlan: false,
  create: false,
  export: false,
  share: false,
  update: () => false,
};

/** A word that no line can hold, as addresses and file names are. */
const endless = `https://saltmarsh.example/${'visits-and-reviews-'.repeat(12)}`;
const paragraph =
  'Every late visit is written down with its reason, and with what was done for the child meanwhile; the service manager reads the list each Monday and asks after each child by name. ';

const [first = never()] = examplePicture.actions;
const long: ActionPicture = {
  ...first,
  ref: '1.10.25(b)',
  text: `${paragraph.repeat(5)}\n- ${endless}\n- ${paragraph}`,
  leads: Array.from({ length: 6 }, (_, index) => ({
    id: newId<'party'>(),
    kind: 'post' as const,
    name: `Service Manager for Children in Care, Care Leavers and Unaccompanied Children, Area ${index + 1}`,
  })),
  priority: 'high',
  successMeasure: paragraph.repeat(3),
  outcomeForChildren: endless,
  due: { ...first.due, asWritten: 'Revised date: end of the autumn term, if the trust agrees' },
  dueDateCount: 12,
  revised: true,
};
const withdrawn: ActionPicture = { ...first, id: newId<'action'>(), withdrawn: true };
const manyActions = Array.from({ length: 70 }, (_, index): ActionPicture => ({
  ...(examplePicture.actions[index % examplePicture.actions.length] ?? first),
  id: newId<'action'>(),
  ref: `1.${index + 1}`,
}));
const full: PlanPicture = {
  ...examplePicture,
  plan: { ...examplePicture.plan, title: `${examplePicture.plan.title}, ${paragraph.trim()}` },
  actions: [long, withdrawn, ...manyActions],
};
const archived: PlanPicture = {
  ...full,
  plan: { ...full.plan, id: newId<'plan'>(), state: 'archived' },
};

const userId: UserId = newId();
const names = new Map([[userId, 'Robin Fenwick-Saltonstall of the Quality Assurance Service']]);
const evidence = new Map(
  (['link', 'note', 'file'] as const).map((kind): [EvidenceId, EvidenceItem] => {
    const id = newId<'evidence'>();
    const url = kind === 'link' ? endless : null;
    const fileName = kind === 'file' ? `${'visits '.repeat(25)}.docx` : null;
    const fileId = kind === 'file' ? newId<'file'>() : null;
    return [id, { id, kind, title: kind === 'note' ? paragraph : endless, url, fileName, fileId }];
  }),
);
const recorded = {
  actionId: long.id,
  ref: long.ref,
  version: 1,
  effectiveOn: asAt,
  recordedAt: new Date('2026-03-04T09:52:00Z'),
  by: userId,
};
const update: UpdateFact = {
  ...recorded,
  id: newId<'update'>(),
  claimedRag: 'amber',
  status: 'in progress',
  whatChanged: `${paragraph.repeat(4)}\n${endless}`,
  correctsId: null,
  evidenceIds: [...evidence.keys()],
};
const history: HistoryEntry[] = [
  { ...recorded, kind: 'update', update, corrects: update, before: null },
  { ...recorded, kind: 'withdrawn', reason: paragraph },
  {
    ...recorded,
    kind: 'changed',
    changes: [{ what: 'Action', before: paragraph.repeat(3), after: endless }],
    reason: paragraph,
  },
  {
    ...recorded,
    kind: 'due',
    before: long.firstDue,
    after: long.due,
    nth: 12,
    reason: paragraph,
    effectOnChildren: paragraph,
    granted: null,
  },
];
const told = { history, names, evidence, link };

const actor: Actor = {
  authorityId: newId<'authority'>(),
  userId,
  name: 'Alex Marsh',
  roles: ['action-lead'],
  partyIds: full.actions.flatMap((action) => action.leads.map((lead) => lead.id)),
};
const noneWaiting = { names: 0, disposals: 0 };
const later = {
  id: newId<'due request'>(),
  due: { asWritten: '', from: null, to: null, precision: 'ongoing' as const },
  reason: paragraph,
  effectOnChildren: paragraph,
  on: asAt,
  by: null,
};
const work = { actor, mayExport: false, waiting: noneWaiting, dates: [], today: asAt, asAt, link };
const posts = long.leads.map((lead) => lead.name);

const answers = {
  submission: newId<'submission'>(),
  seen: '1',
  corrects: '',
  choice: 'red',
  changed: `${paragraph.repeat(3)}\n${endless}`,
  link: 'sharepoint',
  note: paragraph,
};
const form = { picture: full, action: long, corrected: null };

/** The pages of plans with more than they expect, with nothing, and with what went wrong. */
export const examples: PageExample[] = [
  example(
    'Plans, with an archived one and an import half-way',
    template,
    plansView({
      pictures: [full, archived],
      prepared: [{ id: newId<'import'>(), fileName: `${endless}.xlsx`, title: paragraph }],
      mayCreate: true,
      mayExport: true,
      isToday: true,
      link,
    }),
  ),
  example(
    'Plans, none for a lead',
    template,
    plansView({
      pictures: [],
      prepared: [],
      mayCreate: false,
      mayExport: false,
      isToday: true,
      link,
    }),
  ),
  example(
    'Overview, with long words, for a reader',
    template,
    overviewView({ picture: full, allowed: nothing, ...told }),
  ),
  example(
    'Actions, the second page by date',
    template,
    actionsListView({
      picture: full,
      link,
      csrf: 'token',
      view: { filter: { ...anyAction, withdrawn: true }, order: 'due', page: 2 },
      allowed: exampleAllowed,
    }),
  ),
  example(
    'Actions, every filter on',
    template,
    actionsListView({
      picture: full,
      link,
      csrf: 'token',
      view: {
        filter: {
          ...anyAction,
          text: endless.slice(0, 200),
          leads: long.leads.map((lead) => lead.id),
          rags: ['red', 'amber', 'green', 'blue', 'none'],
          priorities: ['high', 'none'],
          overdue: true,
          revised: true,
          stale: true,
          withoutDate: true,
          withdrawn: true,
        },
        order: 'plan',
        page: 1,
      },
      allowed: exampleAllowed,
    }),
  ),
  example(
    'Action, with long words',
    template,
    actionView({ picture: full, action: long, allowed: exampleAllowed, ...told }),
  ),
  example(
    'Action, withdrawn, with no history, for a reader',
    template,
    actionView({ picture: full, action: withdrawn, allowed: nothing, ...told, history: [] }),
  ),
  example(
    'Changes, with long words',
    template,
    changesView({ picture: full, allowed: nothing, since: asAt, page: 1, ...told }),
  ),
  example(
    'Changes, none',
    template,
    changesView({ picture: full, allowed: nothing, since: null, page: 1, ...told, history: [] }),
  ),
  example(
    'My work',
    template,
    myWorkView({
      ...work,
      posts,
      waiting: { names: 2, disposals: 1 },
      dates: full.actions.slice(0, 2).map((action) => ({ picture: full, action, asked: later })),
      mine: full.actions.slice(0, 12).map((action) => ({ action, picture: full })),
    }),
  ),
  example('My work, nothing to do', template, myWorkView({ ...work, posts, mine: [] })),
  example('My work, without a post', template, myWorkView({ ...work, posts: [], mine: [] })),
  example(
    'Give a first update',
    updateTemplate,
    updateView({ ...form, action: { ...long, lastUpdate: null }, values: {} }),
  ),
  example(
    'Give an update, with mistakes',
    updateTemplate,
    updateView({
      ...form,
      values: { ...answers, choice: '', changed: '' },
      errors: [
        { field: 'choice', text: 'Choose how it is going' },
        { field: 'changed', text: 'Say what has changed, or that nothing has' },
        { field: 'link', text: 'A link begins with https:// or http://' },
        { field: 'file', text: 'This kind of file cannot be kept' },
      ],
      fileName: `${'visits '.repeat(25)}.pages`,
    }),
    { status: 422 },
  ),
  example(
    'Give an update, two at once',
    updateTemplate,
    updateView({
      ...form,
      values: answers,
      theirs: { update, by: 'Sam Reed' },
      fileName: 'visits.csv',
    }),
    { status: 409 },
  ),
  example(
    'Correct an update',
    updateTemplate,
    updateView({ ...form, corrected: update, values: valuesOf(full, update) }),
  ),
];

function never(): never {
  throw new Error('An example is not as it was meant');
}
