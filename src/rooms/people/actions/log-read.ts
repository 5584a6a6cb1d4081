import type { AuthorityId, UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import {
  whyNot,
  type Actor,
  type CircumstancesOfRecord,
  type ClassOfRecord,
  type Refusal,
} from '../rules/policy.ts';
import { noteRead, type ReadRef } from './emergency-reads.ts';
import { recordFacts } from '../store/audit-log.ts';

/** What came of a reading, and what kind it was: "exported as xlsx", "refused: read". */
export type ReadAct = `${'read' | 'exported' | 'downloaded' | 'gave out' | 'refused'}${string}`;

/**
 * Logs, in the same chain as changes, that these records were read (G-02). An entry of a reading
 * has no digest: it says who, what and when, and never stands for the record's having been
 * written. Call it last, in the transaction that read them; where it fails, so does the reading.
 *
 * @param actorId who read; null for what was done at the server itself
 */
export async function recordRead(
  tx: Tx,
  actorId: UserId | null,
  act: ReadAct,
  read: readonly ReadRef[],
): Promise<void> {
  const refs = read.map(({ fact, id }) => ({ fact, id, state: true }) as const);
  await recordFacts(tx, actorId, act, refs);
}

/**
 * The same in a transaction of its own, for what was read in one that cannot write. Call it
 * before anything is sent: what it throws keeps the answer back.
 */
export async function logRead(
  db: Db,
  who: { authorityId: AuthorityId; userId: UserId | null },
  act: ReadAct,
  read: readonly ReadRef[],
): Promise<void> {
  await inAuthority(db, who.authorityId, (tx) => recordRead(tx, who.userId, act, read));
}

/** The classes whose every reading is logged, refused ones too. */
export type RestrictedClass = Extract<ClassOfRecord, 'EXM' | 'FND' | 'CHD' | 'ESC'>;

/** What a room found of a restricted record, before anybody is shown it. */
export interface FoundRestricted<T> {
  read: readonly ReadRef[];
  circumstances: CircumstancesOfRecord;
  value: T;
}

export type RestrictedRead<T> =
  { kind: 'read'; value: T } | { kind: 'refused'; reasons: Refusal[] } | { kind: 'not-found' };

/**
 * The one way to read records of a restricted class: finds them, asks the matrix, logs what came
 * of it, and only then answers, all in one transaction. If the log fails the reading fails. To
 * the person, `refused` and `not-found` are to look alike; the log tells them apart.
 *
 * @param find reads the records; null where there are none
 */
export async function readRestricted<T>(
  db: Db,
  actor: Actor,
  asked: { letter: 'R' | 'E'; cls: RestrictedClass },
  find: (tx: Tx) => Promise<FoundRestricted<T> | null>,
): Promise<RestrictedRead<T>> {
  const { letter, cls } = asked;
  const act = `${letter === 'R' ? 'read' : 'exported'}, ${cls}` as const;
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const found = await find(tx);
    if (found === null) return { kind: 'not-found' };
    const reasons = whyNot(actor, letter, cls, found.circumstances);
    if (reasons.length > 0) {
      await recordRead(tx, actor.userId, `refused: ${act}`, found.read);
      return { kind: 'refused', reasons };
    }
    noteRead(actor, found.read);
    await recordRead(tx, actor.userId, act, found.read);
    return { kind: 'read', value: found.value };
  });
}
