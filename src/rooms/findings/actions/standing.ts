import type { PartyId } from '#kernel/ids.ts';
import {
  may,
  mightEver,
  type Actor,
  type CircumstancesOfRecord,
  type ClassOfRecord,
  type Letter,
} from '#people';
import type { Classification } from '../rules/kinds.ts';
import type { FindingPicture } from '../rules/picture.ts';

/** The class of the permission matrix that a classification stands for. */
export function classOf(classification: Classification): ClassOfRecord {
  return classification === 'restricted' ? 'FND' : 'PLN';
}

type Who = Pick<Actor, 'partyIds' | 'grantedIds'>;

/**
 * How a person stands to a finding. `assigned`: they hold its lead post, or are named in an action
 * that answers it. `onBoard`: it is reported to their board. `granted`: something that was shared
 * with them by name holds it; `sharedIds` are the ids of what holds it.
 */
export function standingToFinding(
  who: Who,
  finding: Pick<FindingPicture, 'id' | 'lead' | 'reportsTo' | 'actions'>,
  sharedIds: readonly string[] = [],
): CircumstancesOfRecord {
  const acts = (id: PartyId | undefined) => id !== undefined && who.partyIds.includes(id);
  const granted = who.grantedIds ?? [];
  return {
    assigned: acts(finding.lead?.id) || finding.actions.some(({ partyIds }) => partyIds.some(acts)),
    onBoard: acts(finding.reportsTo?.id),
    granted: sharedIds.some((id) => granted.includes(id)),
  };
}

/** How much of a finding a person may read: the whole, what is derived from it, or nothing. */
export type FindingAccess = 'whole' | 'derivative' | null;

export function accessTo(
  actor: Actor,
  finding: Pick<FindingPicture, 'id' | 'lead' | 'reportsTo' | 'actions' | 'source'>,
  sharedIds: readonly string[] = [],
): FindingAccess {
  const cls = classOf(finding.source.classification);
  const standing = standingToFinding(actor, finding, sharedIds);
  if (may(actor, 'R', cls, standing)) return 'whole';
  return may(actor, 'R', cls, { ...standing, derivative: true }) ? 'derivative' : null;
}

/** Whether a person may do this to a finding. */
export function mayWithFinding(
  actor: Actor,
  letter: Letter,
  finding: Pick<FindingPicture, 'id' | 'lead' | 'reportsTo' | 'actions' | 'source'>,
): boolean {
  return may(
    actor,
    letter,
    classOf(finding.source.classification),
    standingToFinding(actor, finding),
  );
}

/** Whether a person could ever read a finding of this class: the coarse question of a list. */
export function mightRead(actor: Actor, classification: Classification): boolean {
  return mightEver(actor, 'R', classOf(classification));
}
