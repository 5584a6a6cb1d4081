import { sql } from 'kysely';
import type { Tx } from './tables.ts';

/**
 * What ails the database, where an error of it is nobody's mistake (V-03, V-08): the disk is full;
 * it takes no writes (a standby, or set so); it is away or starting; a statement took too long.
 */
export type DatabaseTrouble = 'full' | 'read-only' | 'away' | 'slow';

const byCode: Record<string, DatabaseTrouble> = {
  '53100': 'full',
  '25006': 'read-only',
  '57014': 'slow',
  // Out of memory, or of connections; it stands and takes none.
  '53200': 'away',
  '53300': 'away',
  '55000': 'away',
};

const ofTheSocket = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOENT'];
/** What the driver says without a code. */
const lost =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** The trouble that an error tells of; null where it is something else. */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = byCode[code];
  if (known !== undefined) return known;
  if (/^(57P|08)/.test(code)) return 'away';
  const syscall = 'syscall' in error ? error.syscall : undefined;
  if (ofTheSocket.includes(code) && ['connect', 'read', 'write'].includes(String(syscall))) {
    return 'away';
  }
  return code === '' && lost.test(error.message) ? 'away' : null;
}

/**
 * Writes what a page can do without, such as when a session was last seen: where the database
 * takes no writes it is left out, and reading goes on. Says whether it was written.
 */
export async function writeIfItCan(tx: Tx, work: () => Promise<void>): Promise<boolean> {
  await sql`savepoint if_it_can`.execute(tx);
  try {
    await work();
    return true;
  } catch (error) {
    const trouble = databaseTrouble(error);
    if (trouble !== 'full' && trouble !== 'read-only') throw error;
    await sql`rollback to savepoint if_it_can`.execute(tx);
    return false;
  }
}
