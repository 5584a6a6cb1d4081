import { sql } from 'kysely';
import type { AuthorityId, Id } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { tidyEmail } from './users.ts';
import './tables.ts';

export type GuessId = Id<'sign-in-failure'>;

/** Guesses are forgotten after a day. */
const keptMs = 24 * 60 * 60_000;

/**
 * The instants of the guesses at an address since `since`, with the address locked until the
 * transaction ends: guesses made at once are counted one after another.
 */
export async function guessesSince(
  tx: Tx,
  authorityId: AuthorityId,
  email: string,
  since: Date,
): Promise<Date[]> {
  const hash = emailHash(email);
  await sql`select pg_advisory_xact_lock(hashtextextended(${authorityId} || ${hash}, 0))`.execute(
    tx,
  );
  const rows = await tx
    .selectFrom('sign_in_failure')
    .select('at')
    .where('authority_id', '=', authorityId)
    .where('email_hash', '=', hash)
    .where('at', '>', since)
    .execute();
  return rows.map((row) => row.at);
}

/** Counts a guess before it is judged; `forgiveGuess` takes it back when it was right. */
export async function addGuess(
  tx: Tx,
  authorityId: AuthorityId,
  email: string,
  now: Date,
): Promise<GuessId> {
  const id = newId<'sign-in-failure'>();
  await tx
    .deleteFrom('sign_in_failure')
    .where('authority_id', '=', authorityId)
    .where('at', '<', new Date(now.getTime() - keptMs))
    .execute();
  await tx
    .insertInto('sign_in_failure')
    .values({ authority_id: authorityId, id, email_hash: emailHash(email), at: now })
    .execute();
  return id;
}

/** Takes back a guess that was right. */
export async function forgiveGuess(
  tx: Tx,
  authorityId: AuthorityId,
  guess: GuessId,
): Promise<void> {
  await tx
    .deleteFrom('sign_in_failure')
    .where('authority_id', '=', authorityId)
    .where('id', '=', guess)
    .execute();
}

const emailHash = (email: string): string => tokenHash(tidyEmail(email));
