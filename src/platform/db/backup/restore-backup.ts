import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { sql } from 'kysely';
import type { DatabaseAddress } from '../connect.ts';
import { appliedMigrations, knownMigrations, migrateTo } from '../migrate.ts';
import type { Tx } from '../tables.ts';
import { quoted, sumOf, type TableSum } from './copy-out.ts';
import { keptTables, type KeptTable } from './kept-tables.ts';
import type { BackupKey } from './key.ts';
import { onOneConnection, type OneConnection } from './one-connection.ts';
import { firstLine, parseEnd, parseHead, tableLine, type BackupHead } from './script.ts';
import { DamagedBackup, ScriptReader } from './script-reader.ts';
import { openSealed } from './sealed-file.ts';

export interface RestoreOrder {
  /** The empty place, as the keeper. */
  readonly keeper: DatabaseAddress;
  readonly file: string;
  readonly key: BackupKey;
  /** Asked before anything is written: why the secret that the back-up brings cannot be taken. */
  readonly whyNotSecret: (secret: string) => Promise<string | null>;
  /** What the rooms know of the place once it is filled: it must be what the back-up says. */
  readonly describe: (tx: Tx) => Promise<Pick<BackupHead, 'installation' | 'authorities'>>;
  /** The rooms' last word, on today's tables: what is wrong, in sentences; and what must not live on. */
  readonly settle: (tx: Tx) => Promise<readonly string[]>;
}

export interface ComparedTable extends TableSum {
  /** The rows that stand in the place now. */
  readonly rowsHere: number;
}

export type RestoreOutcome =
  | {
      readonly kind: 'restored';
      readonly head: BackupHead;
      readonly tables: readonly ComparedTable[];
      /** Migrations that were applied after the back-up's own. */
      readonly migrated: readonly string[];
    }
  /** The place is as it was. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/**
 * Fills an empty database from a back-up, in one transaction: its tables as they were, every row
 * compared by count and SHA-256, the logs' heads compared, then today's migrations and the rooms'
 * own check. Anything that is not as it was written leaves the place empty.
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoreOutcome> {
  const opening = await openSealed(order.file, order.key);
  if (opening.kind === 'refused') return refused(opening.reason);
  const { plain } = opening;
  const reader = new ScriptReader(plain as AsyncIterable<Buffer>);
  // What goes wrong while reading is the file's fault; what the database says is thrown on.
  let reading: unknown = null;
  plain.once('error', (error) => (reading = error));
  try {
    const head = await readHead(reader);
    if (head === null) {
      return refused(`${order.file} opens with this key, but is not a back-up of Sightline.`);
    }
    const why = await whyNotThisHead(order, head);
    if (why !== null) return refused(why);
    return await onOneConnection(
      order.keeper,
      'to write',
      (one) => fill(order, one, reader, head),
      (outcome) => outcome.kind === 'restored',
    );
  } catch (error) {
    if (reading === null && !(error instanceof DamagedBackup)) throw error;
    return refused(
      `${order.file} is damaged or was cut off: what it holds is not what was written. Nothing was restored.`,
    );
  } finally {
    plain.destroy();
  }
}

async function readHead(reader: ScriptReader): Promise<BackupHead | null> {
  if ((await reader.line()) !== firstLine) return null;
  return parseHead((await reader.line()) ?? '');
}

async function whyNotThisHead(order: RestoreOrder, head: BackupHead): Promise<string | null> {
  const known = await knownMigrations();
  const unknown = head.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return `The back-up was made by a newer Sightline (${head.version}, ${unknown.join(', ')}). Restore it with that version.`;
  }
  if (head.migrations.some((name, index) => name !== known[index])) {
    return 'The back-up stands on other migrations than this version of Sightline has.';
  }
  return head.secret === null ? null : await order.whyNotSecret(head.secret);
}

async function fill(
  order: RestoreOrder,
  one: OneConnection,
  reader: ScriptReader,
  head: BackupHead,
): Promise<RestoreOutcome> {
  const notEmpty = await whyNotEmpty(one.tx, head);
  if (notEmpty !== null) return refused(notEmpty);
  await migrateTo(one.tx, head.migrations);
  const covered = await keptTables(one.tx);
  if (covered.kind === 'not-covered') return refused(`There is more here: ${covered.what.join()}.`);

  const kept = await loadAll(one, reader, covered.tables);
  const { differing, tables } = await compare(one, covered.tables, kept);
  if (differing.length > 0) return refused(...differing);

  const standing = await order.describe(one.tx);
  const { installation, authorities } = head;
  if (JSON.stringify(standing) !== JSON.stringify({ installation, authorities })) {
    return refused('The audit logs do not end where the back-up says.');
  }
  const migrated = await migrateTo(one.tx, await knownMigrations());
  // The planner knows nothing yet of tables that were filled just now: without this the rooms'
  // own check took minutes where it takes seconds.
  await sql`analyze`.execute(one.tx);
  const problems = await order.settle(one.tx);
  if (problems.length > 0) return refused(...problems, 'Nothing was restored.');
  return { kind: 'restored', head, tables, migrated };
}

/** Only tables that migrations fill by themselves may hold rows before. */
const filledByMigrations = ['installation', 'kysely_migration', 'kysely_migration_lock'];

async function whyNotEmpty(tx: Tx, head: BackupHead): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(tx);
  for (const { name } of rows.filter((row) => !filledByMigrations.includes(row.name))) {
    const found = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
    if (found.rows.length > 0) {
      return `The database is not empty: ${name} holds rows. A back-up is restored into an empty place only.`;
    }
  }
  const later = (await appliedMigrations(tx)).filter((name) => !head.migrations.includes(name));
  return later.length === 0
    ? null
    : `The database is empty, but was migrated further than the back-up (${later.join(', ')}). Restore into one without any table.`;
}

async function loadAll(
  { client }: OneConnection,
  reader: ScriptReader,
  tables: readonly KeptTable[],
): Promise<TableSum[]> {
  const loaded: TableSum[] = [];
  for (const { name } of tables) {
    // COPY does not go through row-level security, and the owner too is bound by it here.
    await client.query(`alter table public.${quoted(name)} no force row level security`);
    if (filledByMigrations.includes(name)) await client.query(`delete from public.${quoted(name)}`);
  }
  for (const table of tables) {
    const line = tableLine(table);
    if (`${(await reader.line()) ?? ''}\n` !== line) {
      throw new DamagedBackup(`${table.name} is not where it should be`);
    }
    loaded.push(await load(client, reader, table.name, line));
  }
  const sums = parseEnd((await reader.line()) ?? '');
  if ((await reader.line()) !== null || JSON.stringify(sums) !== JSON.stringify(loaded)) {
    throw new DamagedBackup('the sums at the end differ');
  }
  await client.query('set constraints all immediate');
  const { rows } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity`,
  );
  for (const { name } of rows) {
    await client.query(`alter table public.${quoted(name)} force row level security`);
  }
  return loaded;
}

async function load(
  client: OneConnection['client'],
  reader: ScriptReader,
  name: string,
  statement: string,
): Promise<TableSum> {
  const hash = createHash('sha256');
  let rows = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const bytes of reader.rows()) {
      hash.update(bytes);
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows += 1;
      yield bytes;
    }
  }
  const copy = client.query(copyFrom(statement));
  await pipeline(Readable.from(counted(), { objectMode: false }), copy);
  return { name, rows, sha256: hash.digest('hex') };
}

async function compare(
  { client }: OneConnection,
  tables: readonly KeptTable[],
  kept: readonly TableSum[],
): Promise<{ differing: string[]; tables: ComparedTable[] }> {
  const compared: ComparedTable[] = [];
  const differing: string[] = [];
  for (const [index, table] of tables.entries()) {
    const was = kept[index];
    const is = await sumOf(client, table);
    if (was === undefined || was.rows !== is.rows || was.sha256 !== is.sha256) {
      differing.push(`${table.name} did not come back as it was kept.`);
    } else compared.push({ ...was, rowsHere: is.rows });
  }
  return { differing, tables: compared };
}

function refused(...reasons: string[]): RestoreOutcome {
  return { kind: 'refused', reasons };
}
