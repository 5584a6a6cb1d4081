import type { IsoDate } from '#kernel/dates.ts';
import { newId, type PartyId, type UserId } from '#kernel/ids.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { html } from '#platform/web/html.ts';
import { derivativeOf } from '../rules/derivative.ts';
import { anyFinding } from '../rules/filter-findings.ts';
import { deriveState } from '../rules/finding-state.ts';
import { classifications } from '../rules/kinds.ts';
import type { FindingPicture, LinkedAction, SourcePicture, Theme } from '../rules/picture.ts';
import { trendOf } from '../rules/theme-trend.ts';
import { findingPairs, findingValues } from './finding-form.ts';
import { changeFindingView, newFindingView } from './finding-form.view.ts';
import { derivativeView, findingView } from './finding.view.ts';
import { findingsView } from './findings.view.ts';
import { withdrawFindingView } from './reason-form.view.ts';
import { responseView } from './response-form.view.ts';
import { sameView } from './same.view.ts';
import { newSourceView } from './source-form.view.ts';
import { sourceView } from './source.view.ts';
import { sourcesView } from './sources.view.ts';
import { themeFormView, themesView, themeView } from './themes.view.ts';

const page = 'rooms/findings/web/page.njk';
const link = (href: string) => href;
const asAt = day('2020-08-03');
const robin: UserId = newId();
const names = new Map([[robin, 'Robin Fenwick']]);
const written = { at: new Date('2020-06-03T09:30:00Z'), by: robin, on: day('2020-06-03') };
const allowed = { change: true, withdraw: true, add: true };
const themes: Theme[] = ['Plans and their review', 'Recording', 'Drift and delay'].map((name) => ({
  id: newId<'theme'>(),
  name,
  meaning: name === 'Recording' ? 'Whether files say what was done, and why, in time' : null,
  mergedInto: null,
  withdrawn: false,
  version: 1,
}));
const [plans, recording] = themes.map(({ id, name }) => ({ id, name }));

const letter = source({
  title: 'Inspection of children’s services, January 2020',
  overall: 'Requires improvement to be good',
  overallIs: 'given',
  grades: [
    { area: 'Children who need help and protection', grade: 'Requires improvement to be good' },
    { area: 'Children in care and care leavers', grade: 'Good' },
  ],
});
const earlier = source({
  kind: 'thematic audit',
  title: 'Audit of plans for children in care',
  body: null,
  publishedOn: day('2016-11-14'),
  classification: 'restricted',
});
const named = source({ kind: 'survey', title: 'Survey of carers', body: null, version: 0 });

const action: LinkedAction = {
  linkId: newId<'item link'>(),
  linkedOn: day('2020-06-10'),
  id: newId(),
  label: 'Hold a monthly meeting on drift in plans',
  place: 'Improvement plan 2020, 2.3',
  href: '/plans/improvement-plan/actions/x',
  withinId: newId(),
  partyIds: [],
  state: 'in progress',
  since: day('2020-07-01'),
  dueOn: day('2020-12-31'),
  firstDueOn: day('2020-09-30'),
  toldOn: day('2020-07-01'),
};
const first = finding({
  ref: '1',
  words: 'The quality of plans, so that they say what is to change for the child, and by when.',
  themes: [plans, recording].flatMap((one) => one ?? []),
  lead: post('Service Manager, Children in Care'),
  reportsTo: post('Improvement Board'),
  response: { answer: 'accepted', reason: null, on: day('2020-06-03') },
});
const second = finding({
  ref: '2',
  position: 2,
  words: 'Managers’ oversight of drift and delay.',
  response: { answer: 'partly accepted', reason: 'Not of the night team.', on: day('2020-06-03') },
  actions: [action],
});
const strength = finding({
  kind: 'strength',
  ref: null,
  position: 3,
  words: 'Social workers know their children well.',
});
const audited = finding({
  source: earlier,
  ref: '1.10',
  words: 'Plans do not say what should change for the child, nor by when.',
  wordsToShare: 'Some plans do not say what should change.',
  themes: plans === undefined ? [] : [plans],
  actions: [action],
});
const findings = [first, second, strength];
const all = [
  ...findings.map((one) => ({ access: 'whole' as const, finding: one })),
  { access: 'derivative' as const, finding: derivativeOf(audited) },
];
const list = {
  ...{ all, found: all, shown: all, asAt, link, isToday: true },
  view: { filter: anyFinding, page: 1 },
  mayRegister: true,
  mayExport: true,
};
const around = {
  siblings: findings,
  recurrence: first.themes.map((theme, index) => ({
    ...theme,
    earlierYears: index === 0 ? ['2014', '2016'] : [],
  })),
  together: { others: [], offers: [] },
  alike: [{ finding: audited, likeness: 0.52 }],
  history: {
    versions: [
      { ...written, version: 1, words: 'The quality of plans.', withdrawn: false, reason: null },
      { ...written, version: 2, words: first.words, withdrawn: false, reason: 'It was cut short' },
    ],
    responses: [{ ...written, version: 1, answer: 'accepted', reason: null }],
    pairs: [],
    names,
  },
};
const grouped = {
  ...around,
  alike: [],
  together: { others: [audited], offers: [{ action, findings: [first] }] },
};
const known = {
  posts: ['Service Manager, Children in Care'],
  boards: ['Improvement Board'],
  areas: ['Children in care'],
  themes,
};
const mentions = ['2014', '2016', '2020'].map((year) => ({
  sourceId: newId<'source'>(),
  kind: 'recommendation' as const,
  when: `${year}-05-01`,
  themes: plans === undefined ? [] : [plans],
  area: year === '2020' ? null : 'Children in care',
}));
const counted = themes.map((theme) => ({ theme, trend: trendOf(theme.id, mentions, asAt) }));
const [theme = never()] = counted;
const csrf = 'token';
const last = { by: 'Sam Reed', at: new Date('2020-08-03T09:52:00Z') };
const theirs = { ...first, words: 'The quality of plans, so that they can be measured.' };
const given = { ...first, lead: null, reportsTo: null, themeIds: [], wordsToShare: null };

export const examples: PageExample[] = [
  example('The register', page, findingsView(list)),
  example(
    'The register, with nothing in it',
    page,
    findingsView({ ...list, all: [], found: [], shown: [] }),
  ),
  example(
    'Sources',
    page,
    sourcesView({
      sources: [
        { source: letter, findings },
        { source: earlier, findings: [audited] },
        { source: named, findings: [] },
      ],
      view: { text: '', kinds: ['inspection'], years: [], page: 1 },
      mayRegister: true,
      ...{ asAt, link, isToday: true },
    }),
  ),
  example(
    'A source with its findings',
    page,
    sourceView({
      source: letter,
      findings,
      allowed,
      more: {
        history: [{ ...written, version: 1, withdrawn: false, words: null }],
        names,
      },
      ...{ asAt, link, mayGiveOut: true },
    }),
  ),
  example(
    'Register a source, with what is wrong',
    'rooms/findings/web/source-form.njk',
    newSourceView(
      wrong({ 'overall-is': 'given', 'grade-area': ['Children in care'], grade: [''] }, [
        { field: 'title', text: 'Enter the title of the source' },
        { field: 'grade-area', text: 'Give each area its judgement, and each judgement its area' },
      ]),
      classifications,
    ),
    { status: 422 },
  ),
  example(
    'A finding, and what may say the same',
    page,
    findingView({
      ...{ finding: first, allowed, around, csrf, asAt, link },
      answerIt: html`<p class="govuk-body">Choose an action.</p>`,
      mayGiveOut: true,
    }),
  ),
  example(
    'A finding that says the same as another',
    page,
    findingView({
      ...{ finding: first, allowed, csrf, asAt, link },
      ...{ around: grouped, answerIt: null, mayGiveOut: false },
    }),
  ),
  example('What may be shared of a finding', page, derivativeView(derivativeOf(audited), link)),
  example(
    'Add a finding to a restricted source',
    'rooms/findings/web/finding-form.njk',
    newFindingView(fresh({ theme: [] }), earlier, known, newId<'submission'>()),
  ),
  example(
    'Correct a finding that somebody corrected first',
    'rooms/findings/web/finding-form.njk',
    changeFindingView(
      {
        values: findingValues(first),
        errors: [bothTextsError],
        both: bothTexts(findingPairs(theirs, given, themes), last, '/findings/x'),
      },
      first,
      known,
      2,
    ),
    { status: 409 },
  ),
  example(
    'Withdraw a finding',
    'rooms/findings/web/reason-form.njk',
    withdrawFindingView(fresh({}), first, true, 1),
  ),
  example(
    'Respond to a finding',
    'rooms/findings/web/response-form.njk',
    responseView(fresh({}), audited, 0),
  ),
  example(
    'After a finding was added',
    page,
    sameView(around.alike, { finding: first, csrf }, true),
  ),
  example(
    'Themes',
    page,
    themesView({ themes: counted, gone: [], mayEdit: true, csrf, asAt, link }),
  ),
  example(
    'No themes yet',
    page,
    themesView({ themes: [], gone: [], mayEdit: true, csrf, asAt, link }),
  ),
  example(
    'A theme over time',
    page,
    themeView({
      ...theme,
      findings: [first, audited],
      mergedInto: null,
      history: [
        {
          ...written,
          version: 1,
          name: 'Plans',
          mergedInto: null,
          withdrawn: false,
          reason: null,
        },
      ],
      ...{ names, link, mayEdit: true },
    }),
  ),
  example(
    'Merge a theme',
    'rooms/findings/web/theme-form.njk',
    themeFormView(fresh({}), { theme: theme.theme, version: 1, into: themes.slice(1) }),
  ),
];

function day(text: string): IsoDate {
  return text as IsoDate;
}

function never(): never {
  throw new Error('The examples have no theme');
}

function post(name: string) {
  return { id: newId() as PartyId, kind: 'post', name };
}

function source(more: Partial<SourcePicture>): SourcePicture {
  return {
    id: newId<'source'>(),
    kind: 'inspection',
    title: '',
    body: 'Ofsted',
    reference: null,
    visitFrom: null,
    visitTo: null,
    publishedOn: day('2020-03-09'),
    receivedOn: null,
    overall: null,
    overallIs: 'none given',
    grades: [],
    summary: null,
    classification: 'public',
    withdrawn: false,
    version: 1,
    addedOn: day('2020-06-03'),
    lookedOn: day('2020-06-03'),
    ...more,
  };
}

function finding(more: Partial<FindingPicture>): FindingPicture {
  const picture = {
    id: newId<'finding'>(),
    source: letter,
    kind: 'recommendation' as const,
    ref: null,
    position: 1,
    words: '',
    page: '2',
    paragraph: null,
    area: 'Children in care',
    lead: null,
    reportsTo: null,
    wordsToShare: null,
    withdrawn: false,
    version: 1,
    addedOn: day('2020-06-03'),
    themes: [],
    response: null,
    responseVersion: 0,
    actions: [],
    ...more,
  };
  const { kind, withdrawn, response, actions } = picture;
  const answer = response?.answer ?? null;
  return { ...picture, derived: deriveState({ kind, withdrawn, answer, actions }) };
}
