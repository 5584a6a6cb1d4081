import { addDays, londonDay, type IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import type { ApiScope } from '#people';
import { newApiToken } from '../src/rooms/people/proofs/api-token.ts';
import { tokenHash } from '../src/rooms/people/proofs/tokens.ts';
import type { SignedIn, TestApp } from './app.ts';

/** A program without a screen: it asks with its token and nothing else. */
export interface Program {
  token: string;
  tokenId: string;
  get: SignedIn['get'];
}

/**
 * A token put straight into the store, whatever its person may do: no page is asked and nothing
 * is logged. Until the first day on which it opens nothing, which is in 90 days unless said.
 */
export async function openToken(
  { app, database, clock }: TestApp,
  { userId, authority }: { userId: UserId; authority: { id: AuthorityId } },
  scopes: readonly ApiScope[] = ['plans:read', 'updates:read'],
  endsOn: IsoDate = addDays(londonDay(clock.now), 90),
): Promise<Program> {
  const token = newApiToken(authority.id);
  const id = newId<'api-token'>();
  await database.keeper
    .insertInto('api_token')
    .values({
      authority_id: authority.id,
      id,
      user_id: userId,
      name: 'A program of tests',
      scopes: JSON.stringify(scopes),
      ends_on: endsOn,
      recorded_by: userId,
    })
    .execute();
  await database.keeper
    .insertInto('api_token_secret')
    .values({ authority_id: authority.id, token_id: id, token_hash: tokenHash(token) })
    .execute();
  const headers = { authorization: `Bearer ${token}` };
  return { token, tokenId: id, get: (url) => app.inject({ url, headers }) };
}
