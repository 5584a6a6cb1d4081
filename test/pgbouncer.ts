import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import type { DatabaseAddress } from '#platform/db/connect.ts';
import { runAsOther } from '#platform/db/embedded/run-as.ts';

/**
 * A pgbouncer of Debian's, as deploy/pgbouncer.ini has it (a connection is the client's for one
 * transaction only), before the database given, with this many connections to it. Gives the
 * address at which it answers. It ends after the last test of the calling file.
 */
export async function pgbouncer(to: DatabaseAddress, poolSize: number): Promise<DatabaseAddress> {
  if (!('socket' in to)) throw new Error('A test database is reached by its socket.');
  const runAs = await runAsOther();
  const folder = await mkdtemp('/tmp/sightline-pgbouncer-');
  const files = {
    'pgbouncer.ini': `
[databases]
${to.database} = host=${to.socket} port=5432 dbname=${to.database}
[pgbouncer]
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 100
auth_type = scram-sha-256
auth_file = ${folder}/users
unix_socket_dir = ${folder}
listen_addr =
listen_port = 5432
ignore_startup_parameters = extra_float_digits, statement_timeout, idle_in_transaction_session_timeout
`,
    users: `"${to.user}" "${to.password}"\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text, { mode: 0o600 });
  }
  if (runAs !== null) {
    for (const name of ['', ...Object.keys(files)]) {
      await chown(path.join(folder, name), runAs.uid, runAs.gid);
    }
  }
  await chmod(folder, 0o700);
  const child = spawn('/usr/sbin/pgbouncer', [path.join(folder, 'pgbouncer.ini')], {
    ...runAs,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  // A file that fails while it is loaded runs no afterAll.
  process.once('exit', () => child.kill('SIGKILL'));
  afterAll(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  });
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (line.includes('process up')) {
      child.stderr.resume();
      return { ...to, socket: folder };
    }
  }
  throw new Error(`pgbouncer did not start: ${said.join('\n')}`);
}
