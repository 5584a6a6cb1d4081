import type { Command } from 'commander';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { chainProblemText, listAuthorities, verifyChain } from '#people';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

export interface VerifiedAuthority {
  authority: string;
  entries: number;
  /** The last entry's number and hash: kept elsewhere, they prove later that none was cut off. */
  head: { seq: number; hash: string };
  /** In words; empty where all is as it was written. */
  problems: string[];
}

export function addVerify(program: Command, settle: Settle): void {
  program
    .command('verify')
    .description('Hold the audit log of every authority against its chain and against the facts.')
    .option('--json', 'print JSON')
    .action((flags: { json?: boolean }) => settle(verifyNow(flags)));
}

function verifyNow(flags: { json?: boolean }): Promise<Ending> {
  return withReadyDatabase(async ({ db }) => {
    const verified = await verify(db);
    terminal.out(
      flags.json === true ? JSON.stringify(verified, null, 2) : verifyLines(verified).join('\n'),
    );
    const broken = verified.filter((one) => one.problems.length > 0);
    return broken.length === 0
      ? done
      : refused(`Not as it was written: ${broken.map((one) => one.authority).join(', ')}.`);
  });
}

/**
 * Reckons the audit log of every authority again and holds it against the facts as they stand.
 * `bin/sightline verify` exits 0 when every list of problems is empty, and 2 when one is not.
 */
export async function verify(db: Db): Promise<VerifiedAuthority[]> {
  const verified: VerifiedAuthority[] = [];
  for (const authority of await listAuthorities(db)) {
    const report = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    verified.push({
      authority: authority.slug,
      entries: report.entries,
      head: report.head,
      problems: report.problems.map(chainProblemText),
    });
  }
  return verified;
}

/** What `verify` found, as lines for a person to read. */
export function verifyLines(verified: readonly VerifiedAuthority[]): string[] {
  return verified.flatMap((one) => [
    one.problems.length === 0
      ? `${one.authority}: ${one.entries} entries, all as they were written. Last: ${one.head.seq} ${one.head.hash}`
      : `${one.authority}: ${one.entries} entries, and these are not as they were written:`,
    ...one.problems.map((problem) => `  ${problem}`),
  ]);
}
