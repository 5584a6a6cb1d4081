import type { IsoDate } from '#kernel/dates.ts';
import type {
  ChallengeId,
  CriterionId,
  FileId,
  FindingId,
  Id,
  SourceId,
  UserId,
} from '#kernel/ids.ts';
import type { FindingState } from '#findings';
import type { SectionKind } from '../kinds.ts';

export type ChallengeItemId = Id<'challenge item'>;
export type ChallengeReturnId = Id<'challenge return'>;

export const itemKinds = ['strength', 'question', 'challenge', 'verdict'] as const;
/** What reviewers say. A verdict is a level on one criterion, and asks for no answer. */
export type ItemKind = (typeof itemKinds)[number];

export const decisions = ['accepted', 'partly accepted', 'not accepted', 'noted'] as const;
/** What the authority answers: a challenge is accepted or not, a strength or a question is noted. */
export type Decision = (typeof decisions)[number];

/** A domain of an edition, or a section of a narrative, that is shared. */
export interface SharedSection {
  kind: SectionKind;
  id: string;
}

/** What of a challenge is asked for on its form, and stands from a day on. */
export interface ChallengeContent {
  title: string;
  /** The authority that reviews, as text. */
  reviewers: string;
  /** What they are asked to look at. */
  asked: string | null;
  opensOn: IsoDate;
  closesOn: IsoDate;
  /** The day whose position they read. */
  positionOn: IsoDate;
  shared: SharedSection[];
  withdrawn: boolean;
  /** Why it was withdrawn. */
  reason: string | null;
}

export interface Answer {
  version: number;
  decision: Decision;
  words: string | null;
  on: IsoDate;
  by: UserId | null;
}

/** One thing that the reviewers said. */
export interface ChallengeItem {
  id: ChallengeItemId;
  sectionId: string;
  criterionId: CriterionId | null;
  kind: ItemKind;
  /** To the letter; of a verdict what stands beside its level, which may be nothing. */
  words: string | null;
  /** Of a verdict: the key of a level. */
  level: string | null;
  saidBy: string | null;
  submissionId: string;
  saidOn: IsoDate;
  /** Oldest first. */
  answers: Answer[];
  findingId: FindingId | null;
}

/** A challenge as it stood at the end of a day. */
export interface Challenge extends ChallengeContent {
  id: ChallengeId;
  sourceId: SourceId;
  version: number;
  /** In the order in which they were said; what was taken back is left out. */
  items: ChallengeItem[];
}

/** A pack that came back. */
export interface PackReturn<Reading> {
  id: ChallengeReturnId;
  challengeId: ChallengeId;
  fileId: FileId;
  fileName: string;
  reading: Reading;
  taken: number;
  state: 'prepared' | 'taken in' | 'left';
  startedBy: UserId;
}

export type ChallengePhase = 'withdrawn' | 'not open yet' | 'open' | 'closed';

/** Where a challenge is on a day: it follows from its dates. */
export function phaseOf(
  { withdrawn, opensOn, closesOn }: Pick<Challenge, 'withdrawn' | 'opensOn' | 'closesOn'>,
  on: IsoDate,
): ChallengePhase {
  if (withdrawn) return 'withdrawn';
  if (on < opensOn) return 'not open yet';
  return on > closesOn ? 'closed' : 'open';
}

/** Whether this asks for an answer of the authority: a verdict stands for itself. */
export function asksForAnswer({ kind }: Pick<ChallengeItem, 'kind'>): boolean {
  return kind !== 'verdict';
}

/** How far the answers have come; verdicts are not counted. */
export function progressOf(items: readonly Pick<ChallengeItem, 'kind' | 'answers'>[]): {
  said: number;
  answered: number;
  waiting: number;
} {
  const asked = items.filter(asksForAnswer);
  const answered = asked.filter(({ answers }) => answers.length > 0).length;
  return { said: asked.length, answered, waiting: asked.length - answered };
}

/** "12 said: 9 answered, 3 wait for an answer." */
export function progressInWords(items: readonly Pick<ChallengeItem, 'kind' | 'answers'>[]): string {
  const { said, answered, waiting } = progressOf(items);
  if (said === 0) return 'The reviewers have said nothing yet.';
  if (waiting === 0) return `${said} said: ${said === 1 ? 'it is' : 'all are'} answered.`;
  return `${said} said: ${answered} answered, ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for an answer.`;
}

/** What a finding that came of it is doing. */
export interface FindingOfItem {
  findingId: FindingId;
  state: FindingState;
}
