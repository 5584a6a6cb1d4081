import type { Command } from 'commander';
import { londonDay } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { disposeOfWhatIsDue, dueForDisposal, listAuthorities } from '#people';
import { done, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

interface Flags {
  dryRun?: boolean;
  json?: boolean;
}

export function addRetention(program: Command, settle: Settle): void {
  program
    .command('retention')
    .description('Dispose of what is past its time and needs no second person.')
    .option('--dry-run', 'only say what is due')
    .option('--json', 'print JSON')
    .action((flags: Flags) =>
      settle(
        withReadyDatabase(async ({ db }) => {
          const rows = await retention(db, new Date(), flags.dryRun === true);
          terminal.out(
            flags.json === true ? JSON.stringify(rows, null, 2) : retentionLines(rows).join('\n'),
          );
          return done satisfies Ending;
        }),
      ),
    );
}

export interface RetentionOfAuthority {
  authority: string;
  importFiles: number;
  /** Null where nothing was done yet. */
  sessions: number | null;
  logPruned: boolean | null;
  plansDue: number;
  held: number;
}

/** Does, or with `dryRun` only counts, what is due in every authority. */
export async function retention(
  db: Db,
  now: Date,
  dryRun: boolean,
): Promise<RetentionOfAuthority[]> {
  const rows: RetentionOfAuthority[] = [];
  for (const { id, slug } of await listAuthorities(db)) {
    if (!dryRun) {
      rows.push({ authority: slug, ...(await disposeOfWhatIsDue(db, id, now)) });
      continue;
    }
    const due = await readInAuthority(db, id, (tx) => dueForDisposal(tx, londonDay(now)));
    const free = due.filter(({ held }) => !held);
    rows.push({
      authority: slug,
      importFiles: free.filter(({ kind }) => kind === 'import-file').length,
      sessions: null,
      logPruned: null,
      plansDue: free.filter(({ kind }) => kind === 'plan').length,
      held: due.length - free.length,
    });
  }
  return rows;
}

/** What was done, or is due, as lines for a person to read. */
export function retentionLines(rows: readonly RetentionOfAuthority[]): string[] {
  return rows.map((row) => {
    const did = row.logPruned === null ? 'due' : 'disposed of';
    const rest = [
      row.sessions === null ? null : `${row.sessions} old sessions deleted`,
      row.logPruned === true ? 'the oldest of the audit log taken off' : null,
      `${row.plansDue} archived plans wait for two people`,
      `${row.held} kept by a hold`,
    ].filter((part) => part !== null);
    return `${row.authority}: ${row.importFiles} imported files ${did}, ${rest.join(', ')}.`;
  });
}
