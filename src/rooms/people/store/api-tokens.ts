import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type Id, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ApiScope, WhyTokenEnded } from '../rules/api-scopes.ts';
import type { FactRef } from './audit-log.ts';
import './tables.ts';

export type ApiTokenId = Id<'api-token'>;

export interface ApiToken {
  id: ApiTokenId;
  userId: UserId;
  name: string;
  scopes: readonly ApiScope[];
  madeAt: Date;
  /** The first day on which it opens nothing. */
  endsOn: IsoDate;
}

/** A token with its person's name. */
export interface NamedToken extends ApiToken {
  userName: string;
}

/** A token as its person and administrators see it in a list. */
export interface ListedToken extends ApiToken {
  /** Null before the first use. */
  lastUsedOn: IsoDate | null;
  ended: { why: WhyTokenEnded; at: Date } | null;
  /** Whether its secret is still known: that of every token goes when a back-up is brought back. */
  hasSecret: boolean;
}

function tokens(tx: Tx, authorityId: AuthorityId) {
  return tx
    .selectFrom('api_token as t')
    .leftJoin('api_token_secret as s', (join) =>
      join.onRef('s.authority_id', '=', 't.authority_id').onRef('s.token_id', '=', 't.id'),
    )
    .leftJoin('api_token_end as e', (join) =>
      join.onRef('e.authority_id', '=', 't.authority_id').onRef('e.token_id', '=', 't.id'),
    )
    .select([
      't.id',
      't.user_id as userId',
      't.name',
      't.scopes',
      't.recorded_at as madeAt',
      't.ends_on as endsOn',
    ])
    .where('t.authority_id', '=', authorityId);
}

/** The token of this hash that nobody ended, its day past or not, with its person's name. */
export async function tokenByHash(
  tx: Tx,
  authorityId: AuthorityId,
  tokenHash: string,
): Promise<NamedToken | undefined> {
  return await tokens(tx, authorityId)
    .innerJoin('account as a', (join) =>
      join.onRef('a.authority_id', '=', 't.authority_id').onRef('a.user_id', '=', 't.user_id'),
    )
    .select('a.name as userName')
    .where('s.token_hash', '=', tokenHash)
    .where('e.id', 'is', null)
    .executeTakeFirst();
}

/** Every token that a person ever made, the newest first. */
export async function tokensOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
): Promise<ListedToken[]> {
  const rows = await tokens(tx, authorityId)
    .select((is) => [
      's.token_hash as hash',
      'e.why',
      'e.recorded_at as endedAt',
      is
        .selectFrom('api_token_reading as r')
        .select((of) => of.fn.max('r.read_on').as('last'))
        .whereRef('r.authority_id', '=', 't.authority_id')
        .whereRef('r.token_id', '=', 't.id')
        .as('lastUsedOn'),
    ])
    .where('t.user_id', '=', userId)
    .orderBy('t.recorded_at', 'desc')
    .orderBy('t.id', 'desc')
    .execute();
  return rows.map(({ hash, why, endedAt, ...token }) => ({
    ...token,
    hasSecret: hash !== null,
    ended: why === null || endedAt === null ? null : { why, at: endedAt },
  }));
}

/**
 * Keeps a new token of a person.
 * @param facts the list that the caller will give to `recordFacts`
 */
export async function addToken(
  tx: Tx,
  authorityId: AuthorityId,
  token: Pick<ApiToken, 'userId' | 'name' | 'scopes' | 'endsOn'> & { tokenHash: string },
  facts: FactRef[],
): Promise<ApiTokenId> {
  const id: ApiTokenId = newId();
  await tx
    .insertInto('api_token')
    .values({
      authority_id: authorityId,
      id,
      user_id: token.userId,
      name: token.name,
      scopes: JSON.stringify(token.scopes),
      ends_on: token.endsOn,
      recorded_by: token.userId,
    })
    .execute();
  await tx
    .insertInto('api_token_secret')
    .values({ authority_id: authorityId, token_id: id, token_hash: token.tokenHash })
    .execute();
  facts.push({ fact: 'api_token', id });
  return id;
}

/**
 * Ends tokens of a person that nobody ended before: this one, or every one.
 * @param facts the list that the caller will give to `recordFacts`
 */
export async function endTokens(
  tx: Tx,
  authorityId: AuthorityId,
  which: { userId: UserId; id?: ApiTokenId },
  how: { why: WhyTokenEnded; by: UserId | null },
  facts: FactRef[],
): Promise<void> {
  let query = tokens(tx, authorityId).where('t.user_id', '=', which.userId);
  if (which.id !== undefined) query = query.where('t.id', '=', which.id);
  for (const { id: tokenId } of await query.where('e.id', 'is', null).execute()) {
    const id: Id<'api-token-end'> = newId();
    const added = await tx
      .insertInto('api_token_end')
      .values({
        authority_id: authorityId,
        id,
        token_id: tokenId,
        why: how.why,
        recorded_by: how.by,
      })
      // Of two who end one at once, the second finds it ended.
      .onConflict((clash) => clash.columns(['authority_id', 'token_id']).doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows !== 1n) continue;
    await tx
      .deleteFrom('api_token_secret')
      .where('authority_id', '=', authorityId)
      .where('token_id', '=', tokenId)
      .execute();
    facts.push({ fact: 'api_token_end', id });
  }
}

/** Lets one transaction at a time make tokens for a person, so that their number is held. */
export async function lockTokens(tx: Tx, userId: UserId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tokens ${userId}`}, 0))`.execute(tx);
}

/** Which of these things the token has not read in this way on that day. */
export async function unreadOn(
  tx: Tx,
  authorityId: AuthorityId,
  reading: { tokenId: ApiTokenId; act: string; on: IsoDate },
  ids: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('api_token_reading')
    .select('fact_id')
    .where('authority_id', '=', authorityId)
    .where('token_id', '=', reading.tokenId)
    .where('act', '=', reading.act)
    .where('read_on', '=', reading.on)
    .execute();
  const read = new Set(rows.map((row) => row.fact_id));
  return ids.filter((id) => !read.has(id));
}

/** Notes that the token read these things in this way on that day. */
export async function noteReading(
  tx: Tx,
  authorityId: AuthorityId,
  reading: { tokenId: ApiTokenId; act: string; on: IsoDate },
  ids: readonly string[],
): Promise<void> {
  await tx
    .insertInto('api_token_reading')
    .values(
      ids.map((id) => ({
        authority_id: authorityId,
        token_id: reading.tokenId,
        act: reading.act,
        fact_id: id,
        read_on: reading.on,
      })),
    )
    .onConflict((clash) =>
      clash
        .columns(['authority_id', 'token_id', 'act', 'fact_id'])
        .doUpdateSet({ read_on: reading.on }),
    )
    .execute();
}
