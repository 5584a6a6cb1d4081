import type { IsoDate } from '#kernel/dates.ts';
import { newId, type PartyId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { accountFacts } from '../store/accounts.ts';
import { recordFacts } from '../store/audit-log.ts';
import { delegations, type DelegationId } from '../store/delegations.ts';
import { holdings, isHeldOn } from '../store/holdings.ts';
import { partiesByIds } from '../store/parties.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

export type DelegatePostOutcome =
  | { kind: 'delegated'; delegationId: DelegationId }
  | { kind: 'not-a-post' }
  | { kind: 'not-yours-to-give' }
  | { kind: 'holds-it-already' }
  | { kind: 'unknown-user' }
  | { kind: 'wrong-days' };

/**
 * Names somebody to act in a post for a time. The holder of the post may, and an administrator; who
 * only acts in it does not pass it on. `endsOn` is the first day on which they no longer act.
 */
export async function delegatePost(
  tx: Tx,
  doer: Doer,
  given: { partyId: PartyId; userId: UserId; startsOn: IsoDate; endsOn: IsoDate },
  today: IsoDate,
): Promise<DelegatePostOutcome> {
  const { authorityId } = doer;
  const { partyId, userId, startsOn, endsOn } = given;
  const held = (await holdings(tx, authorityId)).filter((one) => one.partyId === partyId);
  const isHolder = held.some((one) => one.userId === doer.userId && isHeldOn(one, today));
  if (!isHolder && whyDoerMayNot(doer, 'U', 'USR').length > 0) return { kind: 'not-yours-to-give' };
  const party = (await partiesByIds(tx, authorityId, [partyId])).get(partyId);
  if (party?.kind !== 'post') return { kind: 'not-a-post' };
  const account = (await accountFacts(tx, authorityId, [userId])).get(userId);
  if (account === undefined || account.closed) return { kind: 'unknown-user' };
  if (endsOn <= startsOn || endsOn <= today) return { kind: 'wrong-days' };
  const standing = [
    ...held.filter((one) => one.endsOn === null || one.endsOn > startsOn),
    ...(await delegations(tx, authorityId)).filter(
      (one) => one.partyId === partyId && one.startsOn < endsOn && one.endsOn > startsOn,
    ),
  ];
  if (standing.some((one) => one.userId === userId)) return { kind: 'holds-it-already' };
  const id: DelegationId = newId();
  await tx
    .insertInto('delegation')
    .values({
      authority_id: authorityId,
      id,
      party_id: partyId,
      user_id: userId,
      starts_on: startsOn,
      ends_on: endsOn,
      recorded_by: doer.userId,
    })
    .execute();
  await recordFacts(tx, doer.userId, 'post delegated', [{ fact: 'delegation', id }]);
  return { kind: 'delegated', delegationId: id };
}

/**
 * Ends a delegation today. Whoever gave it may, whoever acts, the post's holder and an
 * administrator; to everybody else it is not there.
 */
export async function endDelegation(
  tx: Tx,
  doer: Doer,
  id: DelegationId,
  today: IsoDate,
): Promise<{ kind: 'ended' } | { kind: 'nothing-to-end' }> {
  const { authorityId } = doer;
  const given = (await delegations(tx, authorityId)).find((one) => one.id === id);
  if (given === undefined || given.withdrawn || given.endsOn <= today) {
    return { kind: 'nothing-to-end' };
  }
  const isParty = given.userId === doer.userId || given.by === doer.userId;
  const held = await holdings(tx, authorityId);
  const isHolder = held.some(
    (one) => one.partyId === given.partyId && one.userId === doer.userId && isHeldOn(one, today),
  );
  if (!isParty && !isHolder && whyDoerMayNot(doer, 'U', 'USR').length > 0) {
    return { kind: 'nothing-to-end' };
  }
  const ended = await tx
    .insertInto('delegation_end')
    .values({
      authority_id: authorityId,
      id: newId<'delegation-end'>(),
      delegation_id: id,
      ends_on: today,
      recorded_by: doer.userId,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'delegation_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) return { kind: 'nothing-to-end' };
  await recordFacts(tx, doer.userId, 'delegation ended', [
    { fact: 'delegation_end', id: ended.id },
  ]);
  return { kind: 'ended' };
}
