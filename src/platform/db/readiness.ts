import { setTimeout as wait } from 'node:timers/promises';
import { compareMigrations } from './migrate.ts';
import { whyNotThisRole } from './role-check.ts';
import type { Db } from './tables.ts';

/** Whether the program can work on its database now, in a word that tells a stranger nothing. */
export type Readiness =
  | 'ready'
  | 'the database does not answer'
  | 'the database is not of this version'
  | 'the role of the database may not be used';

/** A database that has not answered by now, in milliseconds, counts as one that does not. */
const patience = 3_000;

/**
 * Asks the database whether the program can work on it. Those who ask at once share one asking,
 * so that a crowd of askers costs one connection.
 */
export function readinessOf(db: Db): () => Promise<Readiness> {
  let asking: Promise<Readiness> | null = null;
  return () => {
    asking ??= ask(db).finally(() => (asking = null));
    return asking;
  };
}

async function ask(db: Db): Promise<Readiness> {
  const late = new AbortController();
  try {
    return await Promise.race([
      check(db),
      wait(patience, 'the database does not answer' as const, { signal: late.signal, ref: false }),
    ]);
  } catch {
    return 'the database does not answer';
  } finally {
    late.abort();
  }
}

async function check(db: Db): Promise<Readiness> {
  const { missing, unknown } = await compareMigrations(db);
  if (missing.length + unknown.length > 0) return 'the database is not of this version';
  const reasons = await whyNotThisRole(db);
  return reasons.length > 0 ? 'the role of the database may not be used' : 'ready';
}
