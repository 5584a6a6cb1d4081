import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { writeBackup, type BackupOutcome } from '#platform/db/backup/write-backup.ts';
import type { BackupKey } from '#platform/db/backup/key.ts';
import type { BackupHead } from '#platform/db/backup/script.ts';
import type { DatabaseAddress } from '#platform/db/connect.ts';
import type { Tx } from '#platform/db/tables.ts';
import { keptSecret } from '#platform/kept-secret.ts';
import { programVersion } from '#platform/version.ts';
import { chainAt, installationId, listAuthorities } from '#people';
import { done, refused, terminal, type Ending } from './ending.ts';
import { keyOf } from './key.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

interface Flags {
  keyFile?: string;
  withSecret?: boolean;
}

export function addBackup(program: Command, settle: Settle): void {
  program
    .command('backup')
    .description('Write everything, as it stands at one moment, to a locked FILE.')
    .argument('<file>', 'where to; nothing that stands there is replaced')
    .option('--key-file <file>', 'the key, in a file; else SIGHTLINE_BACKUP_KEY')
    .option('--with-secret', 'put in what the keys of one-time codes are encrypted with')
    .action((file: string, flags: Flags) => settle(backupNow(file, flags)));
}

function backupNow(file: string, flags: Flags): Promise<Ending> {
  if (existsSync(file)) {
    return Promise.resolve(refused(`${file} stands there already. Choose another name.`));
  }
  return withReadyDatabase(async (database, config) => {
    const reading = await keyOf(config, flags.keyFile);
    if (reading.kind === 'refused') return refused(reading.reason);
    if (database.keeperAddress === null) {
      return refused('Only the owner of the tables sees all of them: set DATABASE_KEEPER_URL.');
    }
    if (flags.withSecret === true && config.secret !== undefined) {
      return refused(
        'SIGHTLINE_SECRET is set, so you keep the secret yourself: leave --with-secret out.',
      );
    }
    const secret = flags.withSecret === true ? await keptSecret(secretFile(database.folder)) : null;
    const outcome = await backUp(database.keeperAddress, file, reading.key, secret);
    if (outcome.kind === 'refused') return refused(outcome.reason);
    terminal.out(backupLines(outcome, file).join('\n'));
    return done;
  });
}

/** Backs the database up to the file. `secret` goes with it, unless it is null. */
export function backUp(
  keeper: DatabaseAddress,
  file: string,
  key: BackupKey,
  secret: string | null,
): Promise<BackupOutcome> {
  const [now, version] = [new Date(), programVersion()];
  return writeBackup({ keeper, file, key, now, version, secret, describe: describeMoment });
}

/** Which installation it is, and where the log of each authority ends. */
export async function describeMoment(
  tx: Tx,
): Promise<Pick<BackupHead, 'installation' | 'authorities'>> {
  const authorities: BackupHead['authorities'] = [];
  for (const { id, slug } of await listAuthorities(tx)) {
    const { head } = await chainAt(tx, id, []);
    authorities.push({ id, slug, seq: head.seq, hash: head.hash });
  }
  return { installation: await installationId(tx), authorities };
}

/** Where the secret is kept that the keys of one-time codes are encrypted with. */
export function secretFile(folder: string): string {
  return path.join(folder, 'secrets/program');
}

function backupLines(
  { head, tables }: BackupOutcome & { kind: 'written' },
  file: string,
): string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `${file}: ${rows} rows of ${tables.length} tables, ${statSync(file).size} bytes, as at ${head.at}.`,
    ...head.authorities.map(({ slug, seq, hash }) => `  ${slug}: the log ends at ${seq} ${hash}`),
    head.secret === null
      ? 'The secret that one-time codes are encrypted with is not in it: keep that apart (SIGHTLINE_SECRET, or secrets/program in the data folder), or say --with-secret.'
      : 'The secret that one-time codes are encrypted with is in it.',
  ];
}
