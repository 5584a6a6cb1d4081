import { plainHeading } from '#platform/documents/tables/find-headers.ts';
import type { ColumnMeaning } from '../reading.ts';

/**
 * What the heading of a column says it holds. Some headings leave it open, and the cells below
 * decide: see settle-columns.ts.
 */
export type HeadingMeaning =
  | ColumnMeaning
  /** A number, of the objective or of the action. */
  | 'anyRef'
  /** High, medium or low; or an objective called a priority. */
  | 'priorityOrObjective'
  /** A date, or a measure. */
  | 'targetOrDue'
  /** What is wanted, where another column says how. */
  | 'what'
  | 'how'
  /** The date that holds instead of the one before it. */
  | 'revisedDue'
  | 'reviewDue'
  /** The day on which the action was completed: a status, and no due date. */
  | 'completedOn'
  | 'leadsAndDue';

/**
 * In the order tried; the first that fits holds. The heading is in small letters, without what
 * stands in brackets and without marks. Gathered from the plans of many councils.
 */
const headings: [HeadingMeaning, RegExp][] = [
  ['ignored', /^(?:total|number of|no of|count|how many|percentage|per cent)\b/],
  ['ignored', /\b(?:previous|last|prior|initial|baseline|starting)\b.*\b(?:b?rag|rating|status)\b/],
  ['rag', /\bb?rag\b|\btraffic light|\bred amber green\b|^colou?r(?: code| rating)?$|^r a g$/],
  ['priorityOrObjective', /^priority(?: (?:level|rating|score|status|h m l|high medium low))?$/],
  ['priority', /^(?:urgency|importance|priority (?:level|rating))$|^h m l$/],
  [
    'objectiveRef',
    /^(?:rec\w*|objective|obj|priority|standard|criteri\w+|theme|area|outcome|finding)s? (?:ref\w*|no|nos|num\w*|id)$/,
  ],
  ['ref', /^(?:action|task|activity|ap)s? (?:point )?(?:ref\w*|no|nos|num\w*|id)$/],
  [
    'anyRef',
    /^(?:(?:unique |item |line |serial |s )?(?:ref|reference|no|nos|nr|number|num|id|index)(?: (?:no|number|code|id))?|item|code|para(?:graph)?(?: no)?)$/,
  ],
  [
    'source',
    /\bagenda item|\bminute (?:ref|no|number|item)|\bmeeting date|\bdate of meeting|\bdate (?:action )?(?:added|raised|agreed) and\b/,
  ],
  [
    'ignored',
    /\bdate (?:action )?(?:was )?(?:added|raised|logged|opened|identified|set|entered|allocated)\b|^(?:date|last) (?:of )?(?:last )?(?:updated?|reviewed)(?: on)?$|^(?:last )?(?:updated|reviewed)(?: on| by| date)?$|^start(?:ing)?(?: date| by)?$|^date (?:started|commenced|from)$|^commence\w*(?: date)?$/,
  ],
  [
    'completedOn',
    /^(?:date|when) (?:action )?(?:was )?(?:actually )?(?:completed?|closed|achieved|signed off|done)$|^(?:actual )(?:completion|end|finish|delivery)(?: date)?$|^(?:completed|closed|signed off|achieved) (?:on|date)$|^actual date/,
  ],
  [
    'revisedDue',
    /\b(?:revised|amended|extended|updated|new|current|forecast|rescheduled)\b.*\b(?:dates?|timescales?|deadlines?|targets?|completion|timeframes?)\b/,
  ],
  [
    'leadsAndDue',
    /\b(?:who|whom|lead|leads|owner|officer|responsib\w+)\b.*\b(?:when|timescales?|deadline|dates?|timeframe)\b|\b(?:when|timescales?|deadline|timeframe)\b.*\b(?:who|whom|lead|leads|owner|responsib\w+)\b/,
  ],
  [
    'progress',
    /^(?:progress|update|updates|comments?|commentary|narrative|notes?|position|latest)\b|\b(?:progress|updates?|commentary)$|\bprogress (?:to date|made|so far|against|since|update|report|notes?)\b|\bcomments?\b|\bposition (?:as )?at\b|\bcurrent position\b|\bwhere (?:are we|we are)\b|^what (?:have we|has been|we have|has) (?:done|achieved|happened|changed)|\b(?:done|achieved|completed) (?:so far|to date)\b|^actions? (?:taken|completed|undertaken|to date)\b|\b(?:update|progress) (?:from|by)\b|\bwhy this judg|^(?:q[1-4]|quarter \w+|month\w*) (?:update|progress)|\b(?:impact|outcomes?) (?:to date|so far|achieved)\b/,
  ],
  [
    'successMeasure',
    /\bhow\b.*\b(?:know|measured?|evidenced?|demonstrated?|monitor(?:ed)?|judged?)\b|\bsuccess\b|\bmeasures?\b|\bmeasurable\b|\bmeasured\b|\bkpis?\b|\bindicators?\b|\bevidence (?:of success|of achievement|required|needed|that will|we will|to be)\b|\bwhat (?:will |does )?good look|\bacceptance criteria\b|\bassurance\b|\bmonitoring\b|\bverif\w+|\bwe(?:ll| will) know\b/,
  ],
  ['reviewDue', /^(?:next )?review(?: date| by| due)?$|^date (?:for|of) (?:next )?review$/],
  ['targetOrDue', /^(?:target|targets|milestones?|key milestones?)$/],
  [
    'due',
    /\bby when\b|^when\b|^by$|\btime ?scales?\b|\btime ?frames?\b|\btime ?lines?\b|\bdead ?lines?\b|\bdue\b|\btarget (?:date|completion|end)\b|\bcompletion (?:date|target)\b|^(?:expected|planned|target|estimated)? ?completion$|\bcomplet\w+ by\b|\bdate (?:for|of) (?:completion|implementation|delivery|achievement)\b|\b(?:end|finish|delivery|implementation|planned|expected|milestone|original|agreed|proposed|achieve(?:d|ment)?) (?:by|dates?)\b|^dates?$|^timings?$|\bto be (?:completed|done|achieved) by\b|^(?:finish|end)$|\bwhen (?:will|do|by|is|does)\b/,
  ],
  [
    'contributors',
    /^(?:support\w*|contribut\w+|partners?|partner agenc\w+|delivery partners?|other (?:agencies|officers|partners|leads)|consult\w+|stakeholders?|key (?:partners?|stakeholders?))(?: (?:officers?|leads?|by|from|agenc\w+|staff|teams?|partners?|involved))*$|\bpartners (?:involved|engaged)\b|\b(?:agencies|others|people) involved\b|^(?:working )?with whom\b|\bsupported by\b/,
  ],
  [
    'leads',
    /\bwho(?:m|s|se)?\b|^(?:action|actioned|actions) by$|^sro$|\bsponsors?\b|\bleads?\b|\bowners?\b|\bownership\b|\bresponsib\w+|\baccountab\w+|\bofficers?\b|\bnamed (?:person|individual)\b|\b(?:delegated|assigned|allocated) to\b|^(?:person|persons|post|manager|agency|agencies|organisation|team|service)s?$|\bby whom\b/,
  ],
  [
    'evidence',
    /\bevidence\b|\bproof\b|^(?:supporting )?documents?(?:ation)?$|^how do we meet\b|^links?$/,
  ],
  [
    'status',
    /\bstatus\b|^(?:action )?(?:complete|completed|closed|achieved|met|done|open closed|complete y n|completed y n)$|\b(?:fully|partially|not) met\b|\bfully partially\b|^judge?ment$|^stage$|^state$|\bdelivery confidence\b|^(?:on track|rating|self assessment|grade)$/,
  ],
  [
    'source',
    /^(?:source|sources|origin|origins|provenance)\b|\bsource$|\brecommendation (?:from$|source\b)|\bsource of\b|\b(?:identified|arising|derived|arises|comes?) (?:by|from|through|in)\b|^(?:inspection|audit|review|report|inspection report|linked report)$|^where (?:from|identified|is this from)\b|^link to (?:ofsted|inspection|audit|report|recommendation)/,
  ],
  [
    'ignored',
    /\bresources?\b|\bcosts?\b|\bbudget\b|\bfunding\b|\brisks?\b|\blinks? to\b|\blinked\b|\bgovernance\b|\brationale\b|^why\b|\bbaseline\b|\breports? to\b|\breporting\b|\bdependenc\w+|\bbarriers?\b|\bmitigat\w+|\bnext steps?\b/,
  ],
  [
    'objective',
    /\b(?:areas?|points?) (?:for|of|requiring|in need of) (?:improvement|development|action|focus|consideration|concern|learning)\b|\bwhat (?:do )?(?:we|you)(?: are| re)? (?:want\w*|trying|hop\w+|need|aim\w*|plan\w*) to (?:achieve|improve|change|see)\b|\bwhat (?:needs|do we need|has|must) to (?:improve|change|be (?:improved|achieved|better|different))\b|\bwhat (?:did |do |does |has |have )?(?:the )?(?:ofsted|cqc|hmi|inspectors?|inspection|inspectorate|peer (?:team|review|challenge)|reviewers?|auditors?|audit|review) (?:find|found|say|said|says|tell|told|identif\w+|recommend\w*|conclude\w*)\b|\bwhat (?:is|was) the (?:issue|problem|finding|recommendation|learning)\b|\bwhere (?:do )?we (?:want|need)\b|\bwhat (?:we|do we) want\b/,
  ],
  [
    'outcome',
    /\boutcomes?\b|\bimpacts?\b|\bwhat (?:difference|will be different|will change|will improve)\b|\bdifference\b|\bbenefits?\b|^so (?:that|what)\b|\bresults? for\b|\bwhat (?:will|would|does) (?:this|it) mean\b|\bwhat will (?:children|families|young people|it look like|be better)\b|\bexperience of (?:children|families)\b/,
  ],
  [
    'text',
    /^(?:key |agreed |improvement |required |proposed |planned |recommended |specific |management |priority |smart |our |the )*(?:actions?|tasks?|activit(?:y|ies)|steps?|interventions?|deliverables?)\b|\bactions? (?:required|needed|to be taken|we will take|to take|to address|to achieve|to improve|agreed|planned|point)\b|\b(?:required|agreed|recommended|planned|further|improvement|key) actions?\b|\bwhat (?:else )?(?:will|do|are|need|must|shall|should|is|else)\b.*\b(?:do|done|doing|take|taken|deliver)\b|\bdoes what\b|\bwhat (?:action|we (?:will|ll|need to|are going to|plan to) do|we are doing)\b|^we will\b|\bto do\b|\bhow (?:will|are|do|shall) (?:we|you)\b.*\b(?:do|achieve|deliver|get|improve|make)\b|\bhow we(?: will|ll)?\b|\bwhat needs to (?:happen|be done)\b|\bmanagement response\b|\bresponse to\b|^(?:our |agency )?response$/,
  ],
  [
    'section',
    /^(?:section|theme|themes|work ?stream|work ?strand|strand|category|area|service area|service|domain|pillar|key theme|topic|programme|chapter|area of work|judge?ment area|heading|bucket(?: name)?)$/,
  ],
  [
    'objective',
    /\bobjectives?\b|\baims?\b|\bgoals?\b|\bpriorit(?:y|ies)\b|\brecommendations?\b|\bambition\b/,
  ],
  // Words that also stand in sentences: a heading with one of them is very short.
  [
    'objective',
    /^(?:\w+ ){0,3}(?:improvements?|issues?|findings?|learning|standards?|criteri(?:a|on)|description|requirements?|descriptors?|key (?:area|theme|line)s?|commitments?|concerns?|weakness(?:es)?|gaps?)(?: (?:point|identified|needed|required|raised|of \w+|from \w+))?$/,
  ],
  ['text', /\bactions?\b|\btasks?\b|\bactivit(?:y|ies)\b/],
  ['what', /^what$/],
  ['how', /^how$/],
];

/** Headings are short; a longer cell is taken for one only when it asks a question. */
const longestHeading = 9;

/** What a heading says, or null where it is none that is known. */
export function meaningOfHeading(text: string): HeadingMeaning | null {
  if (/^\s*#\s*$/.test(text)) return 'anyRef';
  const words = plainHeading(text);
  if (words === '') return null;
  const count = words.split(' ').length;
  const asks = /^(?:what|who|when|how|why|where|if)\b/.test(words) || text.includes('?');
  if (count > (asks ? 2 * longestHeading : longestHeading)) return null;
  return headings.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
