import { createHash } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { KeptTable } from './kept-tables.ts';

/** What was kept of a table: its rows as COPY writes them, in the order of its key. */
export interface TableSum {
  readonly name: string;
  readonly rows: number;
  /** SHA-256 in hexadecimal over every row. */
  readonly sha256: string;
}

const newline = 0x0a;

/** The rows of the table as COPY's text, each ended by a newline; then its sum. */
export async function* copyOut(
  client: pg.Client,
  table: KeptTable,
): AsyncGenerator<Buffer, TableSum> {
  const columns = table.columns.map(quoted).join(', ');
  // By bytes: the order of letters may differ from one machine to the next.
  const key = table.key.map((column) => `${quoted('t')}.${quoted(column)}::text collate "C"`);
  const numbers = table.key.map((column) => `${quoted('t')}.${quoted(column)}`);
  const order = (await hasTextKey(client, table)) ? key : numbers;
  const hash = createHash('sha256');
  let rows = 0;
  const stream = client.query(
    copyTo(
      `copy (select ${columns} from public.${quoted(table.name)} t order by ${order.join(', ')}) to stdout`,
    ),
  );
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    hash.update(bytes);
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) rows += 1;
    yield bytes;
  }
  return { name: table.name, rows, sha256: hash.digest('hex') };
}

/** Reckons the sum of a table as it stands. */
export async function sumOf(client: pg.Client, table: KeptTable): Promise<TableSum> {
  const rows = copyOut(client, table);
  for (;;) {
    const next = await rows.next();
    if (next.done === true) return next.value;
  }
}

async function hasTextKey(client: pg.Client, table: KeptTable): Promise<boolean> {
  const found = await client.query(
    `select 1 from pg_attribute
     where attrelid = $1::regclass and attname = any($2) and attcollation <> 0`,
    [`public.${quoted(table.name)}`, table.key],
  );
  return found.rowCount !== 0;
}

export function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
