import type { IsoDate } from '#kernel/dates.ts';
import { newId, type PartyId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Refusal } from '../rules/policy.ts';
import { recordFacts, type FactRef } from '../store/audit-log.ts';
import { delegations } from '../store/delegations.ts';
import { holding, holdings } from '../store/holdings.ts';
import { findOrAddParty, partiesByIds } from '../store/parties.ts';
import type { HoldingId, PartyKind } from '../store/tables.ts';
import { usersByIds } from '../store/users.ts';
import { isClosed } from './account.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

/** Adds a post, team, board or organisation; gives the one that stands when the name is taken. */
export async function addParty(
  tx: Tx,
  doer: Doer,
  party: { kind: PartyKind; name: string },
): Promise<
  | { kind: 'added'; partyId: PartyId }
  | { kind: 'stands-already'; partyId: PartyId }
  | { kind: 'refused'; reasons: Refusal[] }
> {
  const reasons = whyDoerMayNot(doer, 'C', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const facts: FactRef[] = [];
  const partyId = await findOrAddParty(tx, doer.authorityId, party, doer.userId, facts);
  if (facts.length === 0) return { kind: 'stands-already', partyId };
  await recordFacts(tx, doer.userId, `${party.kind} added`, facts);
  return { kind: 'added', partyId };
}

export type HoldPostOutcome =
  | { kind: 'held'; holdingId: HoldingId }
  | { kind: 'holds-it-already' }
  | { kind: 'a-team-is-not-held' }
  | { kind: 'account-closed' }
  | { kind: 'unknown' }
  | { kind: 'refused'; reasons: Refusal[] };

/** Puts a user in a post, on a board, or down as acting for an organisation, from a day on. */
export async function holdPost(
  tx: Tx,
  doer: Doer,
  held: { partyId: PartyId; userId: UserId; startsOn: IsoDate },
): Promise<HoldPostOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const users = await usersByIds(tx, doer.authorityId, [held.userId]);
  const party = (await partiesByIds(tx, doer.authorityId, [held.partyId])).get(held.partyId);
  if (!users.has(held.userId) || party === undefined) return { kind: 'unknown' };
  if (party.kind === 'team') return { kind: 'a-team-is-not-held' };
  if (await isClosed(tx, doer, held.userId)) return { kind: 'account-closed' };
  const standing = (await holdings(tx, doer.authorityId)).filter(
    (other) => other.partyId === held.partyId && other.userId === held.userId,
  );
  if (standing.some((other) => other.endsOn === null || other.endsOn > held.startsOn)) {
    return { kind: 'holds-it-already' };
  }
  const id = newId<'post-holding'>();
  await tx
    .insertInto('post_holding')
    .values({
      authority_id: doer.authorityId,
      id,
      party_id: held.partyId,
      user_id: held.userId,
      starts_on: held.startsOn,
      recorded_by: doer.userId,
    })
    .execute();
  await recordFacts(tx, doer.userId, 'post taken up', [{ fact: 'post_holding', id }]);
  return { kind: 'held', holdingId: id };
}

export type EndHoldingOutcome =
  { kind: 'ended' } | { kind: 'nothing-to-end' } | { kind: 'refused'; reasons: Refusal[] };

/**
 * Ends a holding; `endsOn` is the first day on which it is no longer held. Whom they named to act in
 * the post acts no longer from that day: nobody is left to act for.
 */
export async function endHolding(
  tx: Tx,
  doer: Doer,
  holdingId: HoldingId,
  endsOn: IsoDate,
): Promise<EndHoldingOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const held = await holding(tx, doer.authorityId, holdingId);
  if (held === undefined || held.endsOn !== null) return { kind: 'nothing-to-end' };
  const added = await tx
    .insertInto('post_holding_end')
    .values({
      authority_id: doer.authorityId,
      id: newId<'post-holding-end'>(),
      post_holding_id: holdingId,
      ends_on: endsOn,
      recorded_by: doer.userId,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'post_holding_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'nothing-to-end' };
  const facts: FactRef[] = [{ fact: 'post_holding_end', id: added.id }];
  for (const acting of await delegations(tx, doer.authorityId)) {
    const given = acting.partyId === held.partyId && acting.by === held.userId;
    if (!given || acting.withdrawn || acting.endsOn <= endsOn) continue;
    const id = newId<'delegation-end'>();
    await tx
      .insertInto('delegation_end')
      .values({
        authority_id: doer.authorityId,
        id,
        delegation_id: acting.id,
        ends_on: endsOn,
        recorded_by: doer.userId,
      })
      .execute();
    facts.push({ fact: 'delegation_end', id });
  }
  await recordFacts(tx, doer.userId, 'post left', facts);
  return { kind: 'ended' };
}

export type SetTeamAnswerOutcome =
  | { kind: 'set'; id: string }
  | { kind: 'not-a-team-and-a-post' }
  | { kind: 'refused'; reasons: Refusal[] };

/** Names the post that answers for a team, from a day on. */
export async function setTeamAnswer(
  tx: Tx,
  doer: Doer,
  answer: { teamId: PartyId; postId: PartyId; effectiveOn: IsoDate },
): Promise<SetTeamAnswerOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const parties = await partiesByIds(tx, doer.authorityId, [answer.teamId, answer.postId]);
  if (parties.get(answer.teamId)?.kind !== 'team' || parties.get(answer.postId)?.kind !== 'post') {
    return { kind: 'not-a-team-and-a-post' };
  }
  const id = newId<'team-answer'>();
  await tx
    .insertInto('team_answer')
    .values({
      authority_id: doer.authorityId,
      id,
      team_id: answer.teamId,
      post_id: answer.postId,
      effective_on: answer.effectiveOn,
      recorded_by: doer.userId,
    })
    .execute();
  await recordFacts(tx, doer.userId, 'answering post named', [{ fact: 'team_answer', id }]);
  return { kind: 'set', id };
}
