import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Config } from '#platform/config.ts';
import type { BackupKey } from '#platform/db/backup/key.ts';
import { restoreBackup, type RestoreOutcome } from '#platform/db/backup/restore-backup.ts';
import { enterAuthority } from '#platform/db/authority.ts';
import type { DatabaseAddress } from '#platform/db/connect.ts';
import type { Tx } from '#platform/db/tables.ts';
import { chainProblemText, endAllSignIns, listAuthorities, verifyChain } from '#people';
import { describeMoment, secretFile } from './backup.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import { keyOf } from './key.ts';
import type { Settle } from './run.ts';
import { withDatabase } from './with-database.ts';

export function addRestore(program: Command, settle: Settle): void {
  program
    .command('restore')
    .description('Fill an empty database from the back-up in FILE, and compare all of it.')
    .argument('<file>', 'what bin/sightline backup wrote')
    .option('--key-file <file>', 'the secret key, in a file; else SIGHTLINE_BACKUP_KEY')
    .action((file: string, flags: { keyFile?: string }) => settle(restoreNow(file, flags)));
}

function restoreNow(file: string, flags: { keyFile?: string }): Promise<Ending> {
  return withDatabase(async (database, config) => {
    const reading = await keyOf(config, flags.keyFile);
    if (reading.kind === 'refused') return refused(reading.reason);
    if (database.keeperAddress === null) {
      return refused('Only the owner of the tables can restore: set DATABASE_KEEPER_URL.');
    }
    const place = { keeper: database.keeperAddress, folder: database.folder, config };
    const outcome = await restore(place, file, reading.key, new Date());
    if (outcome.kind === 'refused') return refused(...outcome.reasons);
    terminal.out(restoreLines(outcome).join('\n'));
    return done;
  });
}

/** Where a back-up is restored to. */
export interface EmptyPlace {
  keeper: DatabaseAddress;
  /** The data folder. */
  folder: string;
  config: Pick<Config, 'secret'>;
}

/**
 * Restores the back-up, and ends whatever signed somebody in: a cookie or a link that was stolen
 * or used since must not live again.
 */
export async function restore(
  place: EmptyPlace,
  file: string,
  key: BackupKey,
  now: Date,
): Promise<RestoreOutcome> {
  const outcome = await restoreBackup({
    keeper: place.keeper,
    file,
    key,
    whyNotSecret: (secret) => whyNotSecret(place, secret),
    describe: describeMoment,
    settle: async (tx) => {
      await endAllSignIns(tx, now);
      return await problemsOfLogs(tx);
    },
  });
  if (outcome.kind === 'restored' && outcome.head.secret !== null) {
    await keepSecret(place, outcome.head.secret);
  }
  return outcome;
}

async function problemsOfLogs(tx: Tx): Promise<string[]> {
  const problems: string[] = [];
  for (const { id, slug } of await listAuthorities(tx)) {
    await enterAuthority(tx, id);
    const report = await verifyChain(tx, id);
    problems.push(...report.problems.map((problem) => `${slug}: ${chainProblemText(problem)}`));
  }
  return problems;
}

async function whyNotSecret(place: EmptyPlace, secret: string): Promise<string | null> {
  const standing = place.config.secret ?? (await readSecret(place));
  return standing === null || standing === secret
    ? null
    : 'The back-up brings the secret that one-time codes are encrypted with, and this place has another (SIGHTLINE_SECRET, or secrets/program in the data folder). Take that away, or nobody’s codes would work.';
}

async function keepSecret(place: EmptyPlace, secret: string): Promise<void> {
  if (place.config.secret === secret || (await readSecret(place)) === secret) return;
  const file = secretFile(place.folder);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, secret, { flag: 'wx', mode: 0o600, flush: true });
}

async function readSecret({ folder }: EmptyPlace): Promise<string | null> {
  return await readFile(secretFile(folder), 'utf8').catch(() => null);
}

/** What was restored, as lines for a person to read. */
export function restoreLines(outcome: RestoreOutcome & { kind: 'restored' }): string[] {
  const { head, tables, migrated } = outcome;
  const width = Math.max(...tables.map((table) => table.name.length));
  const line = (name: string, kept: string, here: string, content: string) =>
    `${name.padEnd(width)}  ${kept.padStart(10)}  ${here.padStart(10)}  ${content}`;
  return [
    `Restored as at ${head.at}, written by Sightline ${head.version}.`,
    line('table', 'in back-up', 'here', 'content'),
    ...tables.map((table) =>
      line(table.name, String(table.rows), String(table.rowsHere), 'the same'),
    ),
    ...head.authorities.map(
      ({ slug, seq, hash }) => `${slug}: the log is as it was written. Last: ${seq} ${hash}`,
    ),
    ...(migrated.length === 0 ? [] : [`Brought up to date: ${migrated.join(', ')}.`]),
    head.secret === null
      ? 'The secret that one-time codes are encrypted with was not in it: set SIGHTLINE_SECRET to the old one, or everybody must set their codes up again.'
      : 'The secret that one-time codes are encrypted with came with it.',
    'Everybody is signed out.',
  ];
}
