import type { UserId } from '#kernel/ids.ts';
import { may, type Actor, type EmergencyOpeningId } from './policy.ts';

/**
 * Emergency openings: an administrator, who sees no content, reads it for some hours because a
 * second person agreed. Source: security 2.1, rule 4, and C-07. All times are instants.
 */

/** The hours that can be asked for; the table bounds them as well. */
export const hoursToChoose = [1, 2, 3, 4] as const;

/** How long a request waits for an answer, and how long everybody is told after an end. */
const dayMs = 24 * 60 * 60_000;

/** The longest reason, in characters: it stands in the banner of every page. */
export const longestReason = 500;

/** An opening with all that became of it. */
export interface EmergencyOpening {
  id: EmergencyOpeningId;
  askedBy: UserId;
  askedAt: Date;
  hours: number;
  reason: string;
  /** Null while nobody answered. */
  agreed: boolean | null;
  decidedBy: UserId | null;
  decidedAt: Date | null;
  /** When it ends by itself; null unless it was agreed to. */
  until: Date | null;
  endedBy: UserId | null;
  endedAt: Date | null;
  /** How many pages and files were read under it. */
  reads: number;
}

export type EmergencyState = 'waits' | 'lapsed' | 'refused' | 'taken-back' | 'open' | 'ended';

/** How an opening stands at a moment. */
export function stateOf(opening: EmergencyOpening, now: Date): EmergencyState {
  if (opening.agreed === null) {
    return now.getTime() < opening.askedAt.getTime() + dayMs ? 'waits' : 'lapsed';
  }
  if (opening.until === null) {
    return opening.decidedBy === opening.askedBy ? 'taken-back' : 'refused';
  }
  return opening.endedAt === null && now < opening.until ? 'open' : 'ended';
}

/** When it ended, or will end by itself; null where it never began. */
export function endOf({ until, endedAt }: EmergencyOpening): Date | null {
  return endedAt ?? until;
}

/** Since when something must have ended, or been asked for, to be told of still. */
export function toldSince(now: Date): Date {
  return new Date(now.getTime() - dayMs);
}

/** Who may ask: administrators, who alone have no other way to what people write. */
export function mayAskToOpen(actor: Actor): boolean {
  return may(actor, 'U', 'USR');
}

/**
 * Who is told of every opening, may agree to others' and end any: directors and quality assurance
 * managers, whose content it is, and administrators. Another administrator may agree, because in
 * an emergency there may be no director to ask, and because two administrators could give
 * somebody the role of a director anyway; the directors are told at once.
 */
export function answersForOpenings(actor: Actor): boolean {
  return mayAskToOpen(actor) || may(actor, 'A', 'PLN');
}

/** What is wrong with what somebody asks for, each beside its field; empty when nothing is. */
export function emergencyProblems(asked: {
  reason: string;
  hours: string;
}): { field: 'reason' | 'hours'; text: string }[] {
  const problems: { field: 'reason' | 'hours'; text: string }[] = [];
  const reason = asked.reason.trim();
  if (reason === '') {
    problems.push({ field: 'reason', text: 'Say what happened and what you have to read' });
  } else if (reason.length > longestReason) {
    problems.push({ field: 'reason', text: `Write at most ${longestReason} characters` });
  }
  if (!hoursToChoose.some((hours) => String(hours) === asked.hours)) {
    problems.push({ field: 'hours', text: 'Choose for how long' });
  }
  return problems;
}
