import type { PartyId, UserId } from '#kernel/ids.ts';

/** As what a person answers a request for another due date. */
export type Capacity = 'owner' | 'post above' | 'board chair' | 'requester';

/** As what somebody decided, after "granted". */
export const capacityInWords: Record<Capacity, string> = {
  owner: 'as the plan’s owner',
  'post above': 'as the post above the owner’s',
  'board chair': 'as the chair of the board',
  requester: 'as whoever asked',
};

/** Who would decide. */
export interface Decider {
  userId: UserId;
  /** The posts that they hold or act in today, and the boards on which they sit. */
  partyIds: readonly PartyId[];
  /** They chair a board that oversees the plan. */
  isChair: boolean;
  /** Their role lets them approve in this plan (letter A of the permission matrix). */
  mayApprove: boolean;
}

/** What is to be decided. */
export interface AskedFor {
  requestedBy: UserId | null;
  /** The posts that whoever asked holds or acts in today. */
  requesterPartyIds: readonly PartyId[];
  owner: PartyId | null;
  /** The post to which the owner's post answers. */
  above: PartyId | null;
}

export type WhyNotDecide =
  'asked for it' | 'role may not approve' | 'no owner' | 'not the owner' | 'owner asked for it';

/**
 * Whether this person decides on a due date, and as what. The plan's owner decides, or whoever
 * acts in the owner's post; never the person who asked. Where the owner's own post asked, the post
 * above it decides, or the chair of a board that oversees the plan; the chair also where the plan
 * has no owner. Every reason is given at once.
 */
export function whoDecides(
  who: Decider,
  asked: AskedFor,
): { kind: 'may'; capacity: Capacity } | { kind: 'may not'; reasons: WhyNotDecide[] } {
  const reasons: WhyNotDecide[] = [];
  if (asked.requestedBy === who.userId) reasons.push('asked for it');
  if (!who.mayApprove) reasons.push('role may not approve');
  const capacity = capacityOf(who, asked);
  if (typeof capacity !== 'string') reasons.push(capacity.why);
  return reasons.length === 0 && typeof capacity === 'string'
    ? { kind: 'may', capacity }
    : { kind: 'may not', reasons };
}

/** For whom it is: the posts that decide, and whether the chair of a board that oversees the plan does. */
export function forWhom({ requesterPartyIds, owner, above }: Omit<AskedFor, 'requestedBy'>): {
  postIds: PartyId[];
  chair: boolean;
} {
  if (owner === null) return { postIds: [], chair: true };
  if (!requesterPartyIds.includes(owner)) return { postIds: [owner], chair: false };
  return { postIds: above === null ? [] : [above], chair: true };
}

function capacityOf(who: Decider, asked: AskedFor): Capacity | { why: WhyNotDecide } {
  const { owner, above } = asked;
  if (owner === null) return who.isChair ? 'board chair' : { why: 'no owner' };
  if (!asked.requesterPartyIds.includes(owner)) {
    return who.partyIds.includes(owner) ? 'owner' : { why: 'not the owner' };
  }
  if (above !== null && who.partyIds.includes(above)) return 'post above';
  return who.isChair ? 'board chair' : { why: 'owner asked for it' };
}
