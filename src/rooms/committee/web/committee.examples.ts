import type { PartyId, PlanId, UserId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { hashesOf, type FoundReport, type ReportContent } from '../actions/open-report.ts';
import { comparedFigures, namedActions } from '../rules/compare.ts';
import { reportWords } from '../rules/content.ts';
import { exampleAction, exampleFigures } from '../rules/example-figures.test-help.ts';
import type { ReportFigures } from '../rules/figures.ts';
import { firstHead } from '../rules/first-head.ts';
import { sectionOf } from '../rules/sections.ts';
import type { ReportId } from '../store/tables.ts';
import { checkView, toldView } from './check.view.ts';
import { clearanceView } from './clearance.view.ts';
import { commentsView } from './comments.view.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { headValues } from './head-form.ts';
import { coverView, newReportView } from './head.view.ts';
import { listView } from './list.view.ts';
import { reportView } from './report.view.ts';
import { sectionView, versionsView, wordsView } from './words.view.ts';

const page = 'rooms/committee/web/page.njk';
const robin = '01980a7e-0000-7000-8000-0000000000a1' as UserId;
const sam = '01980a7e-0000-7000-8000-0000000000a2' as UserId;
const names = new Map([
  [robin, 'Robin Fenwick'],
  [sam, 'Sam Reed'],
]);
const finance = '01980a7e-0000-7000-8000-0000000000b1' as PartyId;
const at = new Date('2014-11-28T10:00:00Z');

function figures(): ReportFigures {
  const made = exampleFigures({ overdue: 1, revised: 2 });
  const late = exampleAction({
    id: '01980a7e-0000-7000-8000-000000000002',
    ref: '1.2',
    text: 'Agree cover for sickness, so that no child in care misses a visit because somebody is away',
    due: '31 October 2014',
    dueOn: made.asAt.replace('11-27', '10-31') as ReportFigures['asAt'],
    daysOverdue: 27,
    claimed: 'Green',
    derived: { standing: 'off track', reasons: ['27 days overdue: it was due 31 October 2014'] },
    disagreement: 'more hopeful',
  });
  const done = exampleAction({
    id: '01980a7e-0000-7000-8000-000000000003',
    ref: '1.3',
    text: 'Train all team managers in writing plans',
    status: 'complete',
    reached: 'children better off',
    reachedAccount: 'Of 12 plans read again, 11 said what would change for the child and by when.',
    revised: false,
    slippageDays: 0,
  });
  return {
    ...made,
    plans: made.plans.map((plan) => ({ ...plan, actions: [...plan.actions, late, done] })),
  };
}

function reportOf(more: Partial<FoundReport['card']> = {}): FoundReport {
  const made = figures();
  const about = {
    committeeId: null,
    committee: 'Safeguarding Sub-Committee',
    meetingOn: made.asAt,
    asAt: made.asAt,
    since: made.since,
    isPublic: true,
    paragraphs: [],
    exemptionReason: null,
  };
  const owner = { name: 'Director of Children’s Services' };
  const head = firstHead(
    about,
    'Service Improvement Plan',
    [{ title: '', owner }],
    'Robin Fenwick',
  );
  const card: FoundReport['card'] = {
    id: '01980a7e-0000-7000-8000-0000000000c1' as ReportId,
    depth: 'board',
    replacesId: null,
    authorId: robin,
    begunAt: at,
    planIds: ['01980a7e-0000-7000-8000-0000000000d1' as PlanId],
    head,
    headVersion: 1,
    editorId: robin,
    editedAt: at,
    clearances: [],
    final: null,
    ...more,
  };
  const isFinal = card.final !== null;
  return {
    card,
    cls: isFinal ? 'PLN' : 'DRF',
    ties: {
      authorId: robin,
      isFinal,
      committeeId: null,
      clearingPosts: [],
      planOwners: [],
    },
  };
}

const summary =
  'We finished {completed actions} and {overdue are} late.\nMembers asked about 17 visits: all were made.';
const content: ReportContent = (() => {
  const made = figures();
  const words = reportWords('board', reportOf().card.head, { summary }, made);
  const version = { section: 'summary', version: 1, body: summary, by: robin, at } as const;
  return {
    words,
    figures: made,
    hashes: hashesOf(words, made),
    knownAt: null,
    versions: [version],
  };
})();
const allowed = { write: true, draft: true, export: true, takeOut: true };
const report = reportOf();
const finalOne = reportOf({ final: { at, by: sam, knownAt: at } });
const cleared = {
  id: '01980a7e-0000-7000-8000-0000000000e1',
  postId: finance,
  post: 'Head of Finance',
  answer: {
    answer: 'cleared' as const,
    words: 'No comment on the costs.',
    hashes: { ...content.hashes, words: 'another' },
    byId: sam,
    at,
  },
};
const summarySection = sectionOf('summary');
if (summarySection === null) throw new Error('There is no summary');
const boards = [{ id: finance, name: 'Improvement Board' }];

export const examples: PageExample[] = [
  example('Reports, of every kind', page, listView([report, finalOne], true)),
  example('Reports, none yet', page, listView([], true)),
  example(
    'A draft report for a board',
    page,
    reportView({
      report,
      allowed,
      content,
      open: [{ kind: 'clearance', post: 'Head of Finance', state: 'words changed' }],
      replaces: null,
      replacedBy: [],
    }),
  ),
  example('The words of a report', page, wordsView({ report, allowed, content, names })),
  example(
    'The words of a section, with a figure that there is not',
    'rooms/committee/web/section.njk',
    sectionView({
      report,
      content,
      section: summarySection,
      state: wrong({ words: 'There are {lates} late.' }, [
        { field: 'words', text: '{lates} is no figure of this report' },
      ]),
      version: 1,
    }),
    { status: 422 },
  ),
  example(
    'The words of a section that two people wrote',
    'rooms/committee/web/section.njk',
    sectionView({
      report,
      content,
      section: summarySection,
      state: {
        values: { words: 'We finished {completed actions} in time.' },
        errors: [bothTextsError],
        both: bothTexts(
          [{ label: 'Words of this section', theirs: summary, yours: 'We finished {completed}.' }],
          { by: 'Sam Reed', at },
          '/committee/reports/1/words',
        ),
      },
      version: 1,
    }),
    { status: 409 },
  ),
  example(
    'Two texts of a section compared',
    page,
    versionsView({
      report,
      allowed,
      content,
      section: summarySection,
      history: content.versions,
      names,
      a: 0,
      b: 1,
    }),
  ),
  example(
    'Clearing a report',
    'rooms/committee/web/clearance.njk',
    clearanceView({
      report: reportOf({ clearances: [cleared] }),
      allowed,
      content,
      names,
      posts: boards,
      who: { userId: 'somebody else', partyIds: [finance] },
      open: [{ kind: 'clearance', post: 'Head of Finance', state: 'words changed' }],
      whyNotFinal: [],
      state: fresh({}),
    }),
  ),
  example(
    'Comments on a report',
    'rooms/committee/web/comments.njk',
    commentsView({
      report,
      allowed,
      comments: [
        {
          id: '01980a7e-0000-7000-8000-0000000000f1' as never,
          section: 'financial',
          body: 'Say what the training cost.',
          by: sam,
          at,
          answer: null,
        },
      ],
      names,
      userId: sam,
      state: fresh({ submission: '1' }),
    }),
  ),
  example(
    'Starting a report, with what is missing',
    'rooms/committee/web/new-report.njk',
    newReportView({
      state: wrong({ plans: [], depth: 'members', since: 'day', public: 'yes', paragraphs: [] }, [
        { field: 'plans', text: 'Choose the plans that the report is written from' },
        { field: 'as-at', text: 'Write the day of the figures' },
      ]),
      plans: [{ id: 'plan', title: 'Service Improvement Plan' }],
      boards,
      rounds: [
        {
          id: 'r',
          words: 'September 2014, closed on 30 September 2014',
          closedOn: content.figures.asAt,
        },
      ],
      replaces: null,
    }),
    { status: 422 },
  ),
  example(
    'The cover of a report',
    'rooms/committee/web/cover.njk',
    coverView({ state: fresh(headValues(report.card.head)), report, boards, version: 1 }),
  ),
  example(
    'Checking a report with later corrections',
    page,
    checkView({
      report: finalOne,
      allowed,
      asAt: content.figures.asAt,
      knownAt: at,
      plansAreThere: true,
      same: true,
      closed: [],
      differing: [{ meaning: 'actions that are complete', said: '1', now: '2' }],
      corrections: [
        {
          plan: 'Service Improvement Plan',
          ref: '1.2',
          changes: [{ what: 'Status', said: 'in progress', now: 'complete' }],
        },
      ],
    }),
  ),
  example(
    'What members were told',
    page,
    toldView({
      report: finalOne,
      allowed,
      asAt: content.figures.asAt,
      today: content.figures.asAt,
      figures: comparedFigures(content.figures, content.figures).slice(0, 6),
      actions: namedActions(content.figures, content.figures),
      since: [
        {
          title: 'Service Improvement Plan',
          sentences: [
            { about: 'dates', text: 'Two actions were given another date.', actionIds: [] },
          ],
          questions: [
            {
              rule: 'overdue without update',
              question: 'What is being done about action 1.2?',
              why: 'It is overdue, and nobody has given an update since.',
              actions: [],
            },
          ],
        },
      ],
      closed: [],
    }),
  ),
];
