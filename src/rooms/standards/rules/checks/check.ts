import type { PartyId } from '#kernel/ids.ts';
import type { Ground } from './ground.ts';

export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const areas = [
  'standards',
  'sections',
  'findings',
  'sources',
  'actions',
  'challenges',
] as const;
/** Under which heading a check stands. */
export type Area = (typeof areas)[number];

/** One thing in which something is missing or weak. */
export interface Hit {
  item: {
    kind: 'criterion' | 'section' | 'finding' | 'source' | 'evidence' | 'action' | 'challenge';
    id: string;
  };
  /** What it is, in a line. Of what is restricted, nothing of its words. */
  text: string;
  /** The address of the form that mends it. */
  link: string;
  restricted: boolean;
  /** Whoever acts for one of these is assigned to it. */
  partyIds: readonly PartyId[];
  /** Whoever sits on one of these oversees it. */
  boardIds: readonly PartyId[];
}

/** A named question to all that is kept: what of it is missing or weak? */
export interface Check {
  /** Such as `met-without-evidence`; kept as it is, for others count by it. */
  name: string;
  area: Area;
  severity: Severity;
  /** What was found, as a heading. */
  title: string;
  /** Why it matters, or what to do, in a sentence. */
  why: string;
  find: (ground: Ground) => Hit[];
}
