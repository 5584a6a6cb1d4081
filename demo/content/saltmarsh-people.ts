import type { PartyStory, PersonStory } from '../story.ts';

/** The posts, teams, boards and partners of Saltmarsh, a small council that does not exist. */
export const parties = {
  director: { kind: 'post', name: 'Director of People' },
  qualityManager: { kind: 'post', name: 'Quality Assurance Manager', answersTo: 'director' },
  serviceManager: {
    kind: 'post',
    name: "Service Manager, Children's Social Care",
    answersTo: 'director',
  },
  adultsManager: {
    kind: 'post',
    name: 'Service Manager, Adult Safeguarding',
    answersTo: 'director',
  },
  careTeamManager: {
    kind: 'post',
    name: 'Team Manager, Children in Care and Care Leavers',
    answersTo: 'serviceManager',
  },
  assessmentManager: {
    kind: 'post',
    name: 'Team Manager, Front Door and Assessment',
    answersTo: 'serviceManager',
  },
  principalSocialWorker: { kind: 'post', name: 'Principal Social Worker', answersTo: 'director' },
  reviewingOfficer: { kind: 'post', name: 'Independent Reviewing Officer' },
  virtualHead: { kind: 'post', name: 'Virtual School Head', answersTo: 'director' },
  participationOfficer: { kind: 'post', name: 'Participation Officer' },
  performanceAnalyst: { kind: 'post', name: 'Performance Analyst' },
  commissioningHead: { kind: 'post', name: 'Head of Commissioning', answersTo: 'director' },
  workforceManager: { kind: 'post', name: 'Workforce Development Manager' },
  housingManager: { kind: 'post', name: 'Housing Options Manager' },
  democraticServices: { kind: 'post', name: 'Head of Democratic Services' },
  youthJusticeManager: { kind: 'post', name: 'Youth Justice Manager' },
  communitySafety: { kind: 'post', name: 'Community Safety Manager' },
  licensingManager: { kind: 'post', name: 'Licensing and Trading Standards Manager' },
  scrutineer: { kind: 'post', name: 'Independent Scrutineer' },
  adultsBoardManager: { kind: 'post', name: 'Safeguarding Adults Board Manager' },
  designatedNurse: { kind: 'post', name: 'Designated Nurse for Children in Care' },
  commissioning: { kind: 'team', name: 'Commissioning Team', answeredBy: 'commissioningHead' },
  careTeam: {
    kind: 'team',
    name: 'Children in Care and Care Leavers Team',
    answeredBy: 'careTeamManager',
  },
  improvementBoard: { kind: 'board', name: 'Achieving Improvement Board' },
  overviewCommittee: { kind: 'board', name: "Children's Overview Committee" },
  adultsBoard: { kind: 'board', name: 'Saltmarsh Safeguarding Adults Board' },
  partnership: {
    kind: 'board',
    name: 'Saltmarsh and Northmere Safeguarding Children Partnership',
  },
  exploitationGroup: { kind: 'board', name: 'Exploitation and Missing Group' },
  police: { kind: 'organisation', name: 'Estuary Police' },
  health: { kind: 'organisation', name: 'Estuary Integrated Care Board' },
  hospital: { kind: 'organisation', name: 'Saltmarsh General Hospital' },
  schools: { kind: 'organisation', name: 'Tidewater Learning Trust' },
  headteachers: { kind: 'organisation', name: "Saltmarsh Headteachers' Association" },
  northmere: { kind: 'organisation', name: 'Northmere Council' },
  youthCharity: { kind: 'organisation', name: 'Lantern Youth Project' },
  advocacy: { kind: 'organisation', name: 'Clear Voice Advocacy' },
  fireService: { kind: 'organisation', name: 'Estuary Fire and Rescue Service' },
  careProviders: { kind: 'organisation', name: 'Saltmarsh Care Providers Association' },
} as const satisfies Record<string, PartyStory>;

export type SaltmarshParty = keyof typeof parties;

const halfAYear = 183;

/** Everybody who signs in. Those who are `shown` are offered on the sign-in page. */
export const people: readonly PersonStory<SaltmarshParty>[] = [
  {
    email: 'quality@saltmarsh.example',
    name: 'Colin Brightwell',
    role: 'qa-manager',
    holds: ['qualityManager', 'improvementBoard'],
    shown: {
      part: 'quality assurance manager',
      tryThis:
        'Keeps all three plans. Open the children’s plan, see what needs attention, filter, export; import a plan of your own.',
    },
  },
  {
    email: 'lead@saltmarsh.example',
    name: 'Sandra Pike',
    role: 'action-lead',
    holds: ['careTeamManager'],
    shown: {
      part: 'team manager and action lead',
      tryThis:
        'Leads actions for children in care. Give an update from My work, then see it in the plan.',
    },
  },
  {
    email: 'police@saltmarsh.example',
    name: 'Neil Rowe',
    role: 'action-lead',
    holds: ['police'],
    shown: {
      part: 'action lead of Estuary Police',
      tryThis:
        'Only the plans that hold an action of the police are there: the adults’ plan is not.',
    },
  },
  {
    email: 'service@saltmarsh.example',
    name: 'Priya Nair',
    role: 'service-manager',
    holds: ['serviceManager'],
    cameDaysAgo: halfAYear,
    shown: {
      part: 'service manager',
      tryThis: 'In post for half a year: look at what came before, and move a date with a reason.',
    },
  },
  {
    email: 'director@saltmarsh.example',
    name: 'Ruth Adeyemi',
    role: 'director',
    holds: ['director', 'improvementBoard', 'adultsBoard', 'partnership'],
    shown: {
      part: 'director of people',
      tryThis: 'Set “as at” half a year back and compare; print the plan.',
    },
  },
  {
    email: 'member@saltmarsh.example',
    name: 'Councillor Anne Whitcombe',
    role: 'member',
    holds: ['overviewCommittee'],
    shown: {
      part: 'elected member',
      tryThis:
        'Read the two plans that the Children’s Overview Committee oversees; the adults’ plan is not there.',
    },
  },
  {
    email: 'admin@saltmarsh.example',
    name: 'Gareth Lowe',
    role: 'administrator',
    holds: [],
    shown: {
      part: 'administrator',
      tryThis: 'See people, posts and who held them, and the audit log; no plan is there.',
    },
  },
  {
    email: 'admin.two@saltmarsh.example',
    name: 'Leila Haddad',
    role: 'administrator',
    holds: [],
    shown: {
      part: 'second administrator',
      tryThis: 'Agree to a role that the other administrator put forward, or give one yourself.',
    },
  },
  {
    email: 'chair@saltmarsh.example',
    name: 'Marcus Webb',
    role: 'board-chair',
    holds: ['improvementBoard'],
    shown: {
      part: 'independent chair of the Achieving Improvement Board',
      tryThis: 'Reads and exports what that board oversees, and nothing else.',
    },
  },
  {
    email: 'team@saltmarsh.example',
    name: 'Amina Yusuf',
    role: 'team-manager',
    holds: ['assessmentManager'],
    shown: {
      part: 'team manager',
      tryThis: 'Updates and exports the plans that name her team or post.',
    },
  },
  {
    email: 'participation@saltmarsh.example',
    name: 'Joanna Tait',
    role: 'participation-officer',
    holds: ['participationOfficer'],
    shown: {
      part: 'participation officer',
      tryThis: 'Reads every plan, and says what changed where her post leads.',
    },
  },
  {
    email: 'reviewing@saltmarsh.example',
    name: 'Owen Castell',
    role: 'iro',
    holds: [],
    shown: {
      part: 'independent reviewing officer',
      tryThis: 'Reads every plan and changes none: look for a button, there is not one.',
    },
  },
  {
    email: 'analyst@saltmarsh.example',
    name: 'Wendy Okafor',
    role: 'analyst',
    holds: [],
    shown: {
      part: 'performance analyst',
      tryThis: 'Export a plan as a workbook or JSON, and begin one of her own.',
    },
  },
  {
    email: 'clerk@saltmarsh.example',
    name: 'Dawn Sefton',
    role: 'clerk',
    holds: [],
    shown: {
      part: 'committee clerk',
      tryThis: 'Reads every plan and exports it for a pack.',
    },
  },
  {
    email: 'peer@saltmarsh.example',
    name: 'Imogen Fallow',
    role: 'peer-reviewer',
    holds: [],
    shown: {
      part: 'peer reviewer, a guest',
      tryThis:
        'Sees the one plan that was shared with her by name, for less than a fortnight; then nothing.',
    },
  },
  {
    email: 'david.penrose@saltmarsh.example',
    name: 'David Penrose',
    role: 'service-manager',
    holds: ['serviceManager'],
    leftDaysAgo: halfAYear,
  },
  {
    email: 'tessa.vaughan@saltmarsh.example',
    name: 'Tessa Vaughan',
    role: 'service-manager',
    holds: ['adultsManager', 'adultsBoard'],
  },
  {
    email: 'karen.lister@saltmarsh.example',
    name: 'Karen Lister',
    role: 'action-lead',
    holds: ['principalSocialWorker'],
  },
  {
    email: 'michael.okoro@saltmarsh.example',
    name: 'Michael Okoro',
    role: 'action-lead',
    holds: ['virtualHead'],
  },
  {
    email: 'hugh.bramley@saltmarsh.example',
    name: 'Hugh Bramley',
    role: 'action-lead',
    holds: ['commissioningHead'],
  },
];
