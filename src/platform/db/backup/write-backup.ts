import { link, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { DatabaseAddress } from '../connect.ts';
import { appliedMigrations } from '../migrate.ts';
import type { Tx } from '../tables.ts';
import { copyOut, type TableSum } from './copy-out.ts';
import { keptTables, type KeptTable } from './kept-tables.ts';
import type { BackupKey } from './key.ts';
import { onOneConnection, type OneConnection } from './one-connection.ts';
import { endLine, endOfRows, headLines, tableLine, type BackupHead } from './script.ts';
import { seal } from './sealed-file.ts';

export interface BackupOrder {
  /** As the keeper, whose policies let it see every row of every authority. */
  readonly keeper: DatabaseAddress;
  /** Where to write it; nothing that stands there is replaced. */
  readonly file: string;
  readonly key: BackupKey;
  readonly now: Date;
  readonly version: string;
  readonly secret: string | null;
  /** What the rooms know of the moment that is kept. */
  readonly describe: (tx: Tx) => Promise<Pick<BackupHead, 'installation' | 'authorities'>>;
}

export type BackupOutcome =
  | { readonly kind: 'written'; readonly head: BackupHead; readonly tables: readonly TableSum[] }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Writes one moment of the whole database to a sealed file, a little at a time. The file is there
 * whole or not at all.
 */
export async function writeBackup(order: BackupOrder): Promise<BackupOutcome> {
  const part = `${order.file}.part`;
  const handle = await open(part, 'wx', 0o600).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return code === 'EEXIST'
      ? `${part} stands there already, from a back-up that runs or was broken off. Take it away first.`
      : `${part} cannot be written (${code}).`;
  });
  if (typeof handle === 'string') return { kind: 'refused', reason: handle };
  try {
    const outcome = await onOneConnection(order.keeper, 'to read one moment', async (one) => {
      const covered = await keptTables(one.tx);
      if (covered.kind === 'not-covered') {
        const what = covered.what.join('; ');
        return refused(
          `A back-up would not hold everything. It does not know how to keep: ${what}.`,
        );
      }
      const head = await headOf(order, one.tx);
      const tables: TableSum[] = [];
      const plain = script(one, head, covered.tables, tables);
      await pipeline(await seal(plain, order.key), handle.createWriteStream({ flush: true }));
      return { kind: 'written' as const, head, tables };
    });
    if (outcome.kind === 'refused') return outcome;
    // A link, unlike a rename, does not replace what stands there.
    const linked = await link(part, order.file).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
        throw error;
      },
    );
    return linked ? outcome : refused(`${order.file} stands there already. Choose another name.`);
  } finally {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
  }
}

async function headOf(order: BackupOrder, tx: Tx): Promise<BackupHead> {
  return {
    at: order.now.toISOString(),
    version: order.version,
    ...(await order.describe(tx)),
    migrations: await appliedMigrations(tx),
    secret: order.secret,
  };
}

async function* script(
  { client }: OneConnection,
  head: BackupHead,
  tables: readonly KeptTable[],
  sums: TableSum[],
): AsyncGenerator<Buffer> {
  yield Buffer.from(headLines(head));
  for (const table of tables) {
    yield Buffer.from(tableLine(table));
    sums.push(yield* copyOut(client, table));
    yield Buffer.from(endOfRows);
  }
  yield Buffer.from(endLine(sums));
}

function refused(reason: string): BackupOutcome & { kind: 'refused' } {
  return { kind: 'refused', reason };
}
