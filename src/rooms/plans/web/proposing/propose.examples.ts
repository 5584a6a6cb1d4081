import type { IsoDate } from '#kernel/dates.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { newId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { metLevels, type EditionPicture } from '#standards';
import { linkView } from '../answering/link.view.ts';
import { toldJudgement } from '../answering/answered-judgement.ts';
import { examplePicture as plan } from '../plans.examples.ts';
import { boxOf, type Short } from './ground.ts';
import { proposedValues } from './propose-form.ts';
import { proposeView } from './propose.view.ts';

const asAt = '2026-03-04' as IsoDate;
const editionId = newId<'framework edition'>();
const domainId = newId<'domain'>();

const criteria = [
  ['1.9', 'Families get early help before their needs grow, and know who is helping them.'],
  ['1.10', 'Contacts and referrals are screened by qualified staff within one working day.'],
].map(([ref = '', text = ''], position) => ({
  ...{ id: newId<'criterion'>(), editionId, domainId, ref, text, position, descriptors: {} },
}));
const domain = { id: domainId, ref: '1', title: 'Help and protection', position: 0, criteria };
const picture: EditionPicture = {
  asAt,
  edition: {
    ...{ id: editionId, frameworkId: newId(), followsId: null, label: '2026' },
    ...{ title: 'Children’s services: a general framework', publisher: null, publishedOn: null },
    ...{ levels: [...metLevels], note: null, state: 'in use', since: asAt, stateVersion: 1 },
    ...{ criterionCount: criteria.length, domains: [domain] },
  },
  judgements: new Map(),
  round: null,
  sections: new Map(),
  posts: new Map(),
};
const short: Short[] = criteria.map((criterion, index) => ({
  ...{ criterion, domain, picture, answered: false },
  judgement: {
    ...{ id: newId<'judgement'>(), criterionId: criterion.id, version: 1, effectiveOn: asAt },
    ...{ recordedAt: new Date('2026-03-04T09:00:00Z'), by: null, progress: 'in progress' },
    ...{ level: index === 0 ? 'partially-met' : 'not-met', result: null, howMet: null },
    whyNot: 'Two teams record late.',
    whatNext: index === 0 ? 'Agree the local offer with schools and health' : null,
    due: index === 0 ? readDue('30 June 2026').due : null,
    ...{ leads: [], restsOn: [] },
  },
}));
const ground = { picture, short, parties: ['Head of Service'] };
const [first, second] = short.map(({ judgement }) => judgement.id);
const begun = proposedValues(short);

const { template, view } = proposeView(fresh(begun), ground, plan, short);
const again = proposeView(
  wrong(
    {
      ...begun,
      ...(second && { [boxOf('take', second)]: 'yes' }),
      ...(first && { [boxOf('due', first)]: 'soon' }),
    },
    [
      { field: 'objective', text: 'Choose the objective that these actions serve' },
      ...(second === undefined
        ? []
        : [
            {
              field: boxOf('text', second),
              text: 'Criterion 1.10: say what is to be done, or take the tick away',
            },
          ]),
      ...(first === undefined
        ? []
        : [
            {
              field: boxOf('due', first),
              text: 'Criterion 1.9: write a date such as 30 June 2026',
            },
          ]),
    ],
  ),
  ground,
  plan,
  short,
);
const link = linkView(
  fresh({}),
  { answered: short.map(toldJudgement)[0] ?? never(), linked: [], same: [], plans: [plan] },
  {},
  plan.actions.slice(0, 2).map((action) => ({ picture: plan, action })),
);

function never(): never {
  throw new Error('There is a judgement');
}

export const examples: PageExample[] = [
  example('Propose actions for what falls short', template, view),
  example('Propose actions, something is missing', again.template, again.view, { status: 422 }),
  example('Link an action with a judgement', link.template, link.view),
];
