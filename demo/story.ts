import type { IsoDate } from '#kernel/dates.ts';
import type { Due, RagColour } from '#plans';
import type { Answer, Classification, FindingKind, SourceKind } from '#findings';
import type { SectionKey } from '#committee';
import type { GrantableRole } from '#people';
import type { RestKind, Result, ShippedKey } from '#standards';

/**
 * The shapes in which the demonstration is written: what happened, in the order in which it
 * happened. The loader tells it to the product deed by deed.
 */

/** A council with its people and plans. `Party` is the keys of its posts, teams and boards. */
export interface CouncilStory<Party extends string = string> {
  name: string;
  slug: string;
  parties: Readonly<Record<Party, PartyStory>>;
  people: readonly PersonStory<Party>[];
  sources: readonly SourceStory[];
  plans: readonly PlanStory<Party>[];
  /** Reports to committee, the oldest first. */
  reports?: readonly ReportStory<Party>[];
  /** What was said about it, and what it answered. */
  register?: RegisterStory<Party>;
  /** What it says of itself against a framework. */
  standards?: StandardsStory<Party>;
}

/** Self-assessments against one framework, oldest first; days are counted back from today. */
export interface StandardsStory<Party extends string = string> {
  keeper: string;
  framework: ShippedKey;
  startedDaysAgo: number;
  rounds: readonly {
    name: string;
    daysAgo: number;
    judged: readonly JudgedStory<Party>[];
  }[];
  /** A section that waits with the post that it was handed to. */
  handed: { domain: string; to: Party; daysAgo: number; dueInDays: number };
  verdicts: readonly {
    ref: string;
    whose: 'peer' | 'inspection';
    level: string;
    words: string;
    saidDaysAgo: number;
    writtenDaysAgo: number;
  }[];
}

export interface JudgedStory<Party extends string = string> {
  ref: string;
  level: string;
  result: Result;
  how: string;
  why: string | null;
  next: string | null;
  lead: Party | null;
  /** On what it rests, and how many days old that was when it was judged. */
  rests: readonly (readonly [kind: RestKind, daysOld: number, words: string])[];
}

/** The register of findings: its days are counted back from today. */
export interface RegisterStory<Party extends string = string> {
  /** Who keeps it, by address. */
  keeper: string;
  themes: readonly { name: string; meaning: string }[];
  sources: readonly RegisteredStory<Party>[];
  /** The beginnings of two findings that say the same. */
  same: readonly (readonly [string, string])[];
}

export interface RegisteredStory<Party extends string = string> {
  title: string;
  kind: SourceKind;
  body: string;
  publishedDaysAgo: number;
  registeredDaysAgo: number;
  /** Null: nobody wrote down whether there was one. */
  overall: string | null;
  grades: readonly (readonly [area: string, grade: string])[];
  classification: Classification;
  reportsTo: Party;
  findings: readonly FindingStory<Party>[];
}

export interface FindingStory<Party extends string = string> {
  kind: FindingKind;
  ref: string | null;
  page: string;
  words: string;
  area: string;
  wordsToShare: string | null;
  themes: readonly string[];
  lead: Party | null;
  response: { answer: Answer; daysAgo: number; reason: string | null } | null;
  /** The actions that answer it, by the title of their plan and their number. */
  answeredBy: readonly { plan: string; ref: string }[];
}

/** A report to committee, from its first words to the day on which it is final. */
export interface ReportStory<Party extends string = string> {
  /** The title of its plan. */
  plan: string;
  title: string;
  depth: 'members' | 'board' | 'operational';
  committee: Party;
  /** Who writes it, by address. */
  by: string;
  begunDaysAgo: number;
  /** The committee meets that many days after it was begun. */
  meetsInDays: number;
  /** The figures are of the day before it was begun, against those so many days before. */
  comparedDays: number;
  words: readonly { section: SectionKey; body: string }[];
  /** The posts that are asked to clear it, and who of them does. */
  asks: readonly Party[];
  cleared: readonly { by: string; post: Party; words: string | null }[];
  /** Sections that are written once it was cleared, so that it has to be cleared again. */
  afterwards?: readonly { section: SectionKey; body: string }[];
  final?: { by: string; daysAgo: number };
}

export interface PartyStory {
  kind: 'post' | 'team' | 'board' | 'organisation';
  name: string;
  /** For a team: the post that answers for it. */
  answeredBy?: string;
  /** For a post: the post to which it answers. */
  answersTo?: string;
}

export interface PersonStory<Party extends string = string> {
  email: string;
  name: string;
  role: GrantableRole;
  /** Posts held, boards sat on, organisations acted for. */
  holds: readonly Party[];
  /** Came that many days ago; from the beginning unless said. */
  cameDaysAgo?: number;
  /** Left that many days ago. */
  leftDaysAgo?: number;
  /** What they are there, in words, and what to try first: shown beside the sign-in. */
  shown?: { part: string; tryThis: string };
}

export interface SourceStory {
  title: string;
  kind: SourceKind;
}

/** What a source said, in its own words, and where. */
export interface Quote {
  title: string;
  words: string;
  page: string;
}

export interface PlanStory<Party extends string = string> {
  title: string;
  periodFrom: IsoDate;
  periodTo: IsoDate;
  owner: Party;
  boards: readonly Party[];
  reviewCycleDays: number;
  ragScheme: readonly RagColour[];
  /** The person, by address, who keeps the plan and writes for leads who do not sign in. */
  keeper: string;
  begunDaysAgo: number;
  /** The days on which each round of updates began, counted back from today; the oldest first. */
  rounds: readonly number[];
  /** Its review rounds, oldest first. */
  reviews?: readonly ReviewStory[];
  objectives: readonly ObjectiveStory<Party>[];
  /** The guest, by address, with whom it is shared from the day before it is looked at, and why. */
  shared?: { with: string; reason: string };
}

/** A review round, its days counted back from today; what is to come is negative. */
export interface ReviewStory {
  openedDaysAgo: number;
  askedByDaysAgo: number;
  /** A lead who had given nothing was reminded. */
  remindedDaysAgo?: number;
  /** Open still unless said. Complete actions whose effect is settled leave the table with it. */
  closed?: { daysAgo: number; note: string };
}

export interface ObjectiveStory<Party extends string = string> {
  section: string | null;
  ref: string;
  title: string;
  sources: readonly Quote[];
  actions: readonly ActionStory<Party>[];
}

export interface ActionStory<Party extends string = string> {
  ref: string;
  text: string;
  leads: readonly Party[];
  contributors?: readonly Party[];
  priority: 'high' | 'medium' | 'low' | null;
  due: Due;
  measure?: string;
  outcome?: string;
  /** How it will be tested; nobody wrote it unless said. */
  test?: TestStory | 'to be agreed';
  sources?: readonly Quote[];
  /** Added to the plan that many days ago; with the plan unless said. */
  addedDaysAgo?: number;
  history: readonly Happening<Party>[];
}

export interface TestStory {
  measure: string;
  sample: string | null;
  threshold: string;
}

/** In a round of updates (1 is the first), or so many days ago. */
export type When = number | { daysAgo: number };

/** The `value` of one of the plan's update choices. */
export type Choice = 'red' | 'amber' | 'green' | 'blue' | 'complete' | 'not-started';

export type Happening<Party extends string = string> =
  | { kind: 'update'; when: When; choice: Choice; text: string; evidence: readonly Shown[] }
  /** Says that the update before it was wrong. */
  | { kind: 'correction'; when: When; choice: Choice; text: string }
  /** Another date is asked for; `answer` says what came of it on the same day. */
  | {
      kind: 'date';
      when: When;
      due: Due;
      reason: string;
      effect: string;
      answer: 'granted' | { refused: string } | 'waits';
    }
  /** Said by its lead, and answered on the same day by somebody who did not do the work. */
  | {
      kind: 'said';
      when: When;
      state: 'done' | 'practice changed' | 'children better off';
      text: string;
      evidence: readonly Shown[];
      answer: 'verified' | { returned: string } | 'waits';
    }
  | { kind: 'accepted'; when: When; reason: string }
  /** It was complete, and failed again. */
  | { kind: 'failed'; when: When; choice: Choice; text: string }
  | { kind: 'leads'; when: When; leads: readonly Party[] }
  | { kind: 'wording'; when: When; text: string; measure?: string }
  | { kind: 'withdrawal'; when: When; reason: string };

/** What shows an update. */
export type Shown =
  | { kind: 'note'; title: string }
  | { kind: 'link'; title: string; url: string }
  | { kind: 'file'; title: string; name: string; text: string };

export function update(
  when: When,
  choice: Choice,
  text: string,
  ...evidence: Shown[]
): Happening<never> {
  return { kind: 'update', when, choice, text, evidence };
}

export function correction(when: When, choice: Choice, text: string): Happening<never> {
  return { kind: 'correction', when, choice, text };
}

export function newDate(
  when: When,
  due: Due,
  reason: string,
  effect = 'None that we know of.',
): Happening<never> {
  return { kind: 'date', when, due, reason, effect, answer: 'granted' };
}

export function refusedDate(
  when: When,
  due: Due,
  reason: string,
  effect: string,
  why: string,
): Happening<never> {
  return { kind: 'date', when, due, reason, effect, answer: { refused: why } };
}

export function askedDate(when: When, due: Due, reason: string, effect: string): Happening<never> {
  return { kind: 'date', when, due, reason, effect, answer: 'waits' };
}

export function said(
  when: When,
  state: 'done' | 'practice changed' | 'children better off',
  text: string,
  answer: 'verified' | { returned: string } | 'waits',
  ...evidence: Shown[]
): Happening<never> {
  return { kind: 'said', when, state, text, evidence, answer };
}

export function accepted(when: When, reason: string): Happening<never> {
  return { kind: 'accepted', when, reason };
}

export function failedAgain(when: When, choice: Choice, text: string): Happening<never> {
  return { kind: 'failed', when, choice, text };
}

export function newLeads<Party extends string>(
  when: When,
  ...leads: readonly Party[]
): Happening<Party> {
  return { kind: 'leads', when, leads };
}

export function newWording(when: When, text: string, measure?: string): Happening<never> {
  return { kind: 'wording', when, text, ...(measure === undefined ? {} : { measure }) };
}

export function withdrawn(when: When, reason: string): Happening<never> {
  return { kind: 'withdrawal', when, reason };
}

export function note(title: string): Shown {
  return { kind: 'note', title };
}

/** A page of the fictional council's intranet; the address leads nowhere. */
export function link(title: string, path: string): Shown {
  return { kind: 'link', title, url: `https://intranet.saltmarsh.example/${path}` };
}

/** A short text file. */
export function file(title: string, name: string, text: string): Shown {
  return { kind: 'file', title, name, text };
}
