import { newId, type AuthorityId, type PartyId, type UserId } from '#kernel/ids.ts';
import type { IsoDate } from '#kernel/dates.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from './audit-log.ts';
import type { PartyKind } from './tables.ts';

export interface Party {
  id: PartyId;
  kind: PartyKind;
  name: string;
}

/**
 * The name as it is compared: capitals, spaces, and the apostrophes and dashes that Word puts
 * in by itself do not make another party.
 */
export function partyNameKey(name: string): string {
  return tidyName(name)
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/gu, "'")
    .replace(/[\u2010-\u2015]/gu, '-');
}

/** The name with single spaces and none at its ends. */
function tidyName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/**
 * The party of this name, added when there is none. A party that stands keeps its kind,
 * whatever kind is asked for here.
 *
 * @param facts the list that the caller will give to `recordFacts`; an added party joins it
 */
export async function findOrAddParty(
  tx: Tx,
  authorityId: AuthorityId,
  party: { kind: PartyKind; name: string },
  actorId: UserId | null,
  facts: FactRef[],
): Promise<PartyId> {
  const key = partyNameKey(party.name);
  const added = await tx
    .insertInto('party')
    .values({
      authority_id: authorityId,
      id: newId<'party'>(),
      kind: party.kind,
      name: tidyName(party.name),
      name_key: key,
      recorded_by: actorId,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'name_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added !== undefined) {
    facts.push({ fact: 'party', id: added.id });
    return added.id;
  }
  const standing = await tx
    .selectFrom('party')
    .select('id')
    .where('authority_id', '=', authorityId)
    .where('name_key', '=', key)
    .executeTakeFirstOrThrow();
  return standing.id;
}

/** The parties with the kind that was last said of them. */
function parties(tx: Tx, authorityId: AuthorityId) {
  const corrected = tx
    .selectFrom('party_kind')
    .distinctOn('party_id')
    .select(['party_id', 'kind'])
    .where('authority_id', '=', authorityId)
    .orderBy('party_id')
    .orderBy('version', 'desc');
  return tx
    .selectFrom('party as p')
    .leftJoin(corrected.as('now'), 'now.party_id', 'p.id')
    .select((is) => [
      'p.id',
      'p.name',
      is.fn.coalesce('now.kind', 'p.kind').$castTo<PartyKind>().as('kind'),
    ])
    .where('p.authority_id', '=', authorityId);
}

/** Every party of the authority, by name. */
export async function listParties(tx: Tx, authorityId: AuthorityId): Promise<Party[]> {
  return await parties(tx, authorityId).orderBy('p.name_key').execute();
}

/** These parties of the authority, by id; an id of another authority is not there. */
export async function partiesByIds(
  tx: Tx,
  authorityId: AuthorityId,
  ids: readonly PartyId[],
): Promise<Map<PartyId, Party>> {
  if (ids.length === 0) return new Map();
  const rows = await parties(tx, authorityId)
    .where('p.id', '=', anyOf([...new Set(ids)]))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The parties that a user acts for on a day: the posts, boards and organisations that they hold or
 * act in for their holder, and the teams whose answering post is one of them.
 */
export async function partiesOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  on: IsoDate,
): Promise<PartyId[]> {
  const held = tx
    .selectFrom('post_holding as held')
    .leftJoin('post_holding_end as end', (join) =>
      join
        .onRef('end.authority_id', '=', 'held.authority_id')
        .onRef('end.post_holding_id', '=', 'held.id'),
    )
    .where('held.authority_id', '=', authorityId)
    .where('held.user_id', '=', userId)
    .where('held.starts_on', '<=', on)
    .where((is) => is.or([is('end.ends_on', 'is', null), is('end.ends_on', '>', on)]))
    .select('held.party_id');
  const acting = tx
    .selectFrom('delegation as acting')
    .leftJoin('delegation_end as withdrawn', (join) =>
      join
        .onRef('withdrawn.authority_id', '=', 'acting.authority_id')
        .onRef('withdrawn.delegation_id', '=', 'acting.id'),
    )
    .where('acting.authority_id', '=', authorityId)
    .where('acting.user_id', '=', userId)
    .where('acting.starts_on', '<=', on)
    .where('acting.ends_on', '>', on)
    .where((is) => is.or([is('withdrawn.ends_on', 'is', null), is('withdrawn.ends_on', '>', on)]))
    .select('acting.party_id');
  const answering = tx
    .selectFrom('team_answer as answer')
    .distinctOn('answer.team_id')
    .where('answer.authority_id', '=', authorityId)
    .where('answer.effective_on', '<=', on)
    .orderBy('answer.team_id')
    .orderBy('answer.effective_on', 'desc')
    .orderBy('answer.recorded_at', 'desc')
    .orderBy('answer.id', 'desc')
    .select(['answer.team_id', 'answer.post_id']);
  const rows = await tx
    .with('mine', () => held.union(acting))
    .with('answering', () => answering)
    .selectFrom('mine')
    .select('mine.party_id')
    .union((also) =>
      also
        .selectFrom('answering')
        .innerJoin('mine', 'mine.party_id', 'answering.post_id')
        .select('answering.team_id as party_id'),
    )
    .execute();
  return rows.map((row) => row.party_id);
}
