import { z } from 'zod';
import type { KeptTable } from './kept-tables.ts';
import { quoted, type TableSum } from './copy-out.ts';

/**
 * A back-up, once opened, is a script that psql could read: remarks of JSON, and COPY with rows.
 * So nobody needs this program to get at what is theirs:
 *
 *     -- sightline back-up 1
 *     -- {"at": …}                                   the head
 *     COPY public."party" ("id", "name") FROM stdin;
 *     …rows…
 *     \.
 *     -- {"tables": […]}                             the end: rows and SHA-256 of each table
 */
export const firstLine = '-- sightline back-up 1';

const head = z.strictObject({
  /** When the moment was that it keeps, as an ISO instant. */
  at: z.iso.datetime(),
  /** The version of the program that made it. */
  version: z.string(),
  installation: z.string(),
  /** The migrations that its tables stand on, in order. */
  migrations: z.array(z.string()),
  /** Where the log of each authority ended. */
  authorities: z.array(
    z.strictObject({ id: z.string(), slug: z.string(), seq: z.int(), hash: z.string() }),
  ),
  /** What the keys of one-time codes are encrypted with; null where it is kept apart. */
  secret: z.string().nullable(),
});
export type BackupHead = z.infer<typeof head>;

const end = z.strictObject({
  tables: z.array(z.strictObject({ name: z.string(), rows: z.int(), sha256: z.string() })),
});

export function headLines(written: BackupHead): string {
  return `${firstLine}\n-- ${JSON.stringify(written)}\n`;
}

export function tableLine({ name, columns }: Pick<KeptTable, 'name' | 'columns'>): string {
  return `COPY public.${quoted(name)} (${columns.map(quoted).join(', ')}) FROM stdin;\n`;
}

export const endOfRows = '\\.\n';

export function endLine(tables: readonly TableSum[]): string {
  return `-- ${JSON.stringify({ tables })}\n`;
}

/** The head in its line, or null. */
export function parseHead(line: string): BackupHead | null {
  const read = head.safeParse(jsonOf(line));
  return read.success ? read.data : null;
}

/** The sums in the last line, or null. */
export function parseEnd(line: string): TableSum[] | null {
  const read = end.safeParse(jsonOf(line));
  return read.success ? read.data.tables : null;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^-- /, ''));
  } catch {
    return undefined;
  }
}
