import type { Calendar } from '../calendar.ts';
import type { FindingStory, RegisterStory } from '../story.ts';
import { papersOf } from './childrens-plan/sources.ts';
import type { SaltmarshParty } from './saltmarsh-people.ts';

const plan = "Children's services improvement plan";

const themes = {
  seen: ['Children are seen and heard', 'Visits, being seen alone, and what children say.'],
  recording: ['Recording and reasons', 'What was decided, why, and where it is written down.'],
  oversight: [
    'Management oversight',
    'Supervision, management decisions, and checks that were done.',
  ],
  plans: ['Plans that families understand', 'Plans with steps, dates and words that families use.'],
  homes: ['Lasting homes', 'Permanence, stability, and life story work.'],
  leaving: ['Leaving care', 'Pathway plans, homes and work for care leavers.'],
  health: ['Health', 'Health assessments, and help with feelings.'],
  learning: ['School and learning', 'Attendance, personal education plans, attainment.'],
  workforce: ['Workforce', 'Turnover, temporary managers, training.'],
  audit: ['Learning that lasts', 'Whether what audits and reviews asked for was done, and held.'],
} as const;

type Theme = keyof typeof themes;

/** What was said about Saltmarsh over six years, and what it answered; none of it is about a real place. */
export function saltmarshRegister(on: Calendar): RegisterStory<SaltmarshParty> {
  const { titles } = papersOf(on);
  return {
    keeper: 'quality@saltmarsh.example',
    themes: Object.values(themes).map(([name, meaning]) => ({ name, meaning })),
    sources: [
      {
        title: `Inspection letter, ${on.month(-74)}`,
        kind: 'inspection',
        body: 'Ofsted',
        publishedDaysAgo: 2250,
        registeredDaysAgo: 425,
        overall: 'Requires improvement to be good',
        grades: [
          ['Help and protection', 'Requires improvement to be good'],
          ['Children in care', 'Good'],
          ['Leadership', 'Requires improvement to be good'],
        ],
        classification: 'public',
        reportsTo: 'improvementBoard',
        findings: [
          finding('recommendation', '1', 2, ['recording'], 'assessmentManager', {
            words:
              'The reason for a decision at the front door should be written down on the day, so that it can be found.',
            area: 'Front door',
            accepted: 420,
          }),
          finding('recommendation', '2', 3, ['oversight'], 'serviceManager', {
            words: 'Supervision should help a worker to think, and not only list tasks.',
            area: 'Assessment and support',
            accepted: 420,
          }),
          finding('recommendation', '3', 5, ['audit'], 'qualityManager', {
            words: 'What audit finds should be put right, and somebody should look again.',
            area: 'Quality assurance',
            accepted: 420,
          }),
          finding('strength', null, 6, ['homes'], null, {
            words: 'Children stay with carers who know them well.',
            area: 'Children in care',
          }),
        ],
      },
      {
        title: titles.inspection,
        kind: 'inspection',
        body: 'Ofsted',
        publishedDaysAgo: 510,
        registeredDaysAgo: 424,
        overall: null,
        grades: [
          ['Help and protection', 'Requires improvement to be good'],
          ['Children in care', 'Good'],
          ['Care leavers', 'Good'],
        ],
        classification: 'public',
        reportsTo: 'improvementBoard',
        findings: [
          finding('recommendation', '1', 2, ['recording', 'oversight'], 'assessmentManager', {
            words:
              'Most decisions at the front door are right. Too many wait for a manager, and the reason for a decision cannot always be found.',
            area: 'Front door',
            accepted: 415,
            answeredBy: ['1.1', '1.2'],
          }),
          finding('recommendation', '2', 4, ['seen'], 'assessmentManager', {
            words: 'Assessments describe what adults have done. The child’s day is often missing.',
            area: 'Assessment and support',
            accepted: 415,
            answeredBy: ['2.1'],
          }),
          finding('recommendation', '3', 4, ['oversight'], 'serviceManager', {
            words: 'Neglect is seen late. The tool that the council chose is hardly used.',
            area: 'Assessment and support',
            accepted: 415,
            answeredBy: ['2.7'],
          }),
          finding('recommendation', '4', 5, ['oversight'], 'serviceManager', {
            words:
              'Supervision takes place. It is a list of tasks, and seldom helps a worker to think.',
            area: 'Assessment and support',
            accepted: 415,
            answeredBy: ['3.1', '3.2'],
          }),
          finding('recommendation', '5', 7, ['homes'], 'careTeamManager', {
            words:
              'Most children live with carers who know them well. For a few, plans for a lasting home come too late.',
            area: 'Children in care',
            accepted: 415,
            answeredBy: ['4.1'],
          }),
          finding('recommendation', '6', 9, ['health'], 'designatedNurse', {
            words:
              'Children wait too long for a first health assessment and for help with how they feel.',
            area: 'Children in care',
            partly: [
              410,
              'The wait for help with feelings is the health board’s to shorten; the council answers for the first assessment.',
            ],
            answeredBy: ['6.1'],
          }),
          finding('recommendation', '7', 10, ['leaving'], 'careTeamManager', {
            words:
              'Personal advisers are committed. Pathway plans do not yet show what young people hope for.',
            area: 'Care leavers',
            accepted: 415,
            answeredBy: ['5.1'],
          }),
          finding('recommendation', '8', 11, ['seen'], 'participationOfficer', {
            words:
              'Children are listened to one by one. Their views together do not yet shape services.',
            area: 'Participation',
            accepted: 415,
            answeredBy: ['7.1', '7.2'],
          }),
          finding('recommendation', '9', 12, ['workforce'], 'workforceManager', {
            words: 'Turnover has fallen and is still high. Half of the managers are temporary.',
            area: 'Leadership',
            accepted: 415,
          }),
          finding('recommendation', '10', 13, ['audit'], 'qualityManager', {
            words: 'Audit finds what is wrong. It is less sure that anything was put right.',
            area: 'Quality assurance',
            accepted: 415,
            answeredBy: ['9.1', '9.4'],
          }),
        ],
      },
      {
        title: titles.audits,
        kind: 'case audit',
        body: 'Quality assurance',
        publishedDaysAgo: 480,
        registeredDaysAgo: 423,
        overall: 'none given',
        grades: [],
        classification: 'restricted',
        reportsTo: 'improvementBoard',
        findings: [
          finding('area for development', '1', 6, ['plans'], 'assessmentManager', {
            words:
              'In eight of eighteen plans a family could not have told from the plan what was expected of them, or by when.',
            toShare: 'Families could not always tell from a plan what was expected of them.',
            area: 'Assessment and support',
            accepted: 400,
            answeredBy: ['2.2'],
          }),
          finding('area for development', '2', 9, ['recording', 'oversight'], 'serviceManager', {
            words: 'Decisions are made in corridors, well, and then not written down.',
            toShare: 'Some management decisions were not written down.',
            area: 'Assessment and support',
            accepted: 400,
            answeredBy: ['3.3'],
          }),
        ],
      },
      {
        title: titles.laterAudits,
        kind: 'case audit',
        body: 'Quality assurance',
        publishedDaysAgo: 175,
        registeredDaysAgo: 170,
        overall: 'none given',
        grades: [],
        classification: 'restricted',
        reportsTo: 'improvementBoard',
        findings: [
          finding('area for development', '1', 7, ['recording'], 'assessmentManager', {
            words: 'Identity was a tick in a box in eleven of sixteen files.',
            toShare: 'Identity was seldom written about in a child’s own words.',
            area: 'Assessment and support',
            accepted: 150,
          }),
          finding('area for development', '2', 10, ['audit'], 'qualityManager', {
            words: 'Of 41 things asked for, 26 were done when we looked again.',
            toShare: 'About a third of what audits asked for was not done when looked at again.',
            area: 'Quality assurance',
          }),
        ],
      },
      {
        title: titles.survey,
        kind: 'survey',
        body: 'Children and young people',
        publishedDaysAgo: 480,
        registeredDaysAgo: 422,
        overall: 'none given',
        grades: [],
        classification: 'internal',
        reportsTo: 'overviewCommittee',
        findings: [
          finding('area for development', '1', 2, ['seen'], 'participationOfficer', {
            words: 'They ask us a lot. I have never heard what happened after.',
            area: 'Participation',
            accepted: 410,
            answeredBy: ['7.1'],
          }),
          finding('key question', '2', 9, ['leaving'], 'careTeamManager', {
            words: 'I turned eighteen on the Tuesday and had to be out by the Friday.',
            area: 'Care leavers',
            accepted: 410,
            answeredBy: ['5.3'],
          }),
        ],
      },
      {
        title: titles.laterSurvey,
        kind: 'survey',
        body: 'Children and young people',
        publishedDaysAgo: 120,
        registeredDaysAgo: 110,
        overall: 'none given',
        grades: [],
        classification: 'internal',
        reportsTo: 'overviewCommittee',
        findings: [
          finding('area for development', '1', 3, ['homes', 'seen'], 'careTeamManager', {
            words: 'It is two trains. My social worker comes when she can.',
            area: 'Children in care',
          }),
          finding('strength', '2', 8, ['leaving'], null, {
            words: 'The council could give us jobs. It has jobs.',
            area: 'Care leavers',
          }),
        ],
      },
    ],
    same: [
      ['The reason for a decision at the front door', 'Most decisions at the front door are right'],
      ['Supervision should help a worker to think', 'Supervision takes place'],
      ['What audit finds should be put right', 'Audit finds what is wrong'],
    ],
  };

  function finding(
    kind: FindingStory['kind'],
    ref: string | null,
    page: number,
    of: readonly Theme[],
    lead: SaltmarshParty | null,
    more: {
      words: string;
      area: string;
      toShare?: string;
      accepted?: number;
      partly?: [number, string];
      answeredBy?: readonly string[];
    },
  ): FindingStory<SaltmarshParty> {
    const { words, area, toShare = null, accepted, partly, answeredBy = [] } = more;
    return {
      kind,
      ref,
      page: String(page),
      words,
      area,
      wordsToShare: toShare,
      themes: of.map((key) => themes[key][0]),
      lead,
      response:
        partly !== undefined
          ? { answer: 'partly accepted', daysAgo: partly[0], reason: partly[1] }
          : accepted === undefined
            ? null
            : { answer: 'accepted', daysAgo: accepted, reason: null },
      answeredBy: answeredBy.map((actionRef) => ({ plan, ref: actionRef })),
    };
  }
}
