import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Config } from '#platform/config.ts';
import { readKey, readKeyFile, type KeyReading } from '#platform/db/backup/key.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';

export function addKey(program: Command, settle: Settle): void {
  program
    .command('key')
    .description('Make the key that locks and opens back-ups.')
    .command('create')
    .description('Write a new secret key to FILE, and print the public key that belongs to it.')
    .argument('<file>', 'where the secret key goes; it must not stand there yet')
    .action((file: string) => settle(createKey(file)));
}

async function createKey(file: string): Promise<Ending> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST') return refused(`${file} stands there already. It was not touched.`);
    return refused(`${file} cannot be written (${code}).`);
  }
  terminal.out(recipient);
  terminal.note(
    `The secret key is in ${file}. Move it off this server, to two safe places: without it no back-up can be opened. The line above is the public key, for SIGHTLINE_BACKUP_KEY.`,
  );
  return done;
}

/** The key of a back-up: in the file that was named, or in the settings. */
export async function keyOf(config: Config, keyFile: string | undefined): Promise<KeyReading> {
  if (keyFile !== undefined) return await readKeyFile(keyFile);
  if (config.backupKey !== undefined) return await readKey(config.backupKey);
  return {
    kind: 'refused',
    reason:
      'Say by what key: --key-file FILE, or SIGHTLINE_BACKUP_KEY. bin/sightline key create makes one.',
  };
}
