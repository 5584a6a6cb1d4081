import { sql } from 'kysely';
import type { AuthorityId, Id } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { tidyEmail } from './users.ts';
import './tables.ts';

export type GuessId = Id<'sign-in-failure'>;

/**
 * Where guesses are counted together. Somebody who guesses at the sign-in page must not be able
 * to shut its owner out, so each door has a count of its own: the sign-in page, the same from a
 * browser that this person has signed in with before, the code after a right password, and the
 * proofs that a signed-in person gives.
 */
export interface Door {
  email: string;
  at: 'sign-in' | `known browser ${string}` | 'code' | 'signed in';
}

/** Guesses are forgotten after a day. */
const keptMs = 24 * 60 * 60_000;

/**
 * The instants of the guesses at a door since `since`, with the door locked until the
 * transaction ends: guesses made at once are counted one after another.
 */
export async function guessesSince(
  tx: Tx,
  authorityId: AuthorityId,
  door: Door,
  since: Date,
): Promise<Date[]> {
  const hash = doorHash(door);
  await lock(tx, authorityId, hash);
  const rows = await tx
    .selectFrom('sign_in_failure')
    .select('at')
    .where('authority_id', '=', authorityId)
    .where('email_hash', '=', hash)
    .where('at', '>', since)
    .execute();
  return rows.map((row) => row.at);
}

/** The instants of the guesses from a network address since `since`, that address locked likewise. */
export async function guessesFromNetwork(
  tx: Tx,
  authorityId: AuthorityId,
  networkHash: string,
  since: Date,
): Promise<Date[]> {
  await lock(tx, authorityId, networkHash);
  const rows = await tx
    .selectFrom('sign_in_failure')
    .select('at')
    .where('authority_id', '=', authorityId)
    .where('network_hash', '=', networkHash)
    .where('at', '>', since)
    .execute();
  return rows.map((row) => row.at);
}

/** Counts a guess before it is judged; `forgiveGuess` takes it back when it was right. */
export async function addGuess(
  tx: Tx,
  authorityId: AuthorityId,
  door: Door,
  networkHash: string | null,
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
    .values({
      authority_id: authorityId,
      id,
      email_hash: doorHash(door),
      network_hash: networkHash,
      at: now,
    })
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

async function lock(tx: Tx, authorityId: AuthorityId, hash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${authorityId} || ${hash}, 0))`.execute(
    tx,
  );
}

const doorHash = ({ email, at }: Door): string => tokenHash(`${at}\n${tidyEmail(email)}`);
