import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { oneAtATime } from './one-at-a-time.ts';
import { clearKilledServer, runningPostmaster, type Postmaster } from './postmaster.ts';
import type { RunAs } from './run-as.ts';

/** A PostgreSQL server of our own: its programs, its data, its socket. Paths without links. */
export interface Cluster {
  /** The folder that holds `initdb` and `postgres`. */
  readonly binaries: string;
  readonly data: string;
  /** The folder of its Unix socket; there is no TCP port. */
  readonly socket: string;
  /** The file its log is written to. */
  readonly log: string;
  readonly runAs: RunAs | null;
  /** Further settings as `name=value`. */
  readonly settings?: readonly string[];
}

export const superuser = 'postgres';

/** PostgreSQL refuses a longer path than this for its socket. */
const longestSocketPath = 107;

/** Whether a socket in this folder has a path that PostgreSQL accepts. */
export function socketFits(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, '.s.PGSQL.5432')) <= longestSocketPath;
}

/**
 * Makes the data folder where there is none, with passwords asked of everybody. It is made
 * beside its place and renamed: a killed start leaves nothing half there.
 */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  await oneAtATime(cluster.data, async () => {
    if (!(await isCluster(cluster.data))) await initialise(cluster, password);
  });
}

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const beside = await mkdtemp(`${cluster.data}.new-`);
  const passwordFile = `${beside}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (cluster.runAs !== null) {
      await chown(beside, cluster.runAs.uid, cluster.runAs.gid);
      await chown(passwordFile, cluster.runAs.uid, cluster.runAs.gid);
    }
    await promisify(execFile)(
      path.join(cluster.binaries, 'initdb'),
      [
        `--pgdata=${beside}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        ...(await localeArguments(cluster.binaries)),
      ],
      ordinary(cluster),
    );
    await rename(beside, cluster.data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(beside, { recursive: true, force: true });
  }
}

/**
 * Starts the server and waits until it takes connections. One that runs already, left by a
 * killed program or started by one beside us, is taken as it is.
 * @throws with the end of the log when it does not start.
 */
export async function startCluster(cluster: Cluster): Promise<void> {
  await oneAtATime(cluster.data, async () => {
    await ended(cluster, 'stopping');
    if ((await runningPostmaster(cluster.data)) === null) {
      await clearKilledServer(cluster.data, cluster.socket);
      await ready(cluster, await launch(cluster));
    } else {
      await ready(cluster, { ended: false });
    }
  });
}

/** Waits until it takes connections; a database that was killed may have much to make good. */
async function ready(cluster: Cluster, launched: { readonly ended: boolean }): Promise<void> {
  const deadline = performance.now() + 5 * 60_000;
  while ((await runningPostmaster(cluster.data))?.state !== 'ready') {
    if (launched.ended || performance.now() > deadline)
      throw new Error(await whyNotStarted(cluster));
    await wait(15);
  }
}

/** Waits while the server of this folder is in that state. */
async function ended(cluster: Cluster, state: Postmaster['state']): Promise<void> {
  while ((await runningPostmaster(cluster.data))?.state === state) await wait(15);
}

/**
 * Ends the server and waits until it has ended. 'fast' ends every connection and writes all to
 * disk; 'immediate' is as a power cut.
 */
export async function stopCluster(
  cluster: Cluster,
  how: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  const running = await runningPostmaster(cluster.data);
  if (running === null) return;
  process.kill(running.pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
  while ((await runningPostmaster(cluster.data))?.pid === running.pid) await wait(15);
}

async function launch(cluster: Cluster): Promise<{ ended: boolean }> {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${cluster.socket}`,
    'unix_socket_permissions=0700',
    'port=5432',
    'timezone=UTC',
    'log_timezone=UTC',
    'lc_messages=C',
    ...(cluster.settings ?? []),
  ];
  const log = await open(cluster.log, 'a', 0o600);
  try {
    const child = spawn(
      path.join(cluster.binaries, 'postgres'),
      ['-D', cluster.data, ...settings.flatMap((setting) => ['-c', setting])],
      // Detached: Ctrl+C in a terminal reaches us alone, and we end the server in our order.
      { ...ordinary(cluster), detached: true, stdio: ['ignore', log.fd, log.fd] },
    );
    const state = { ended: false };
    child.once('error', () => (state.ended = true));
    child.once('exit', () => (state.ended = true));
    child.unref();
    return state;
  } finally {
    await log.close();
  }
}

function ordinary({ runAs }: Cluster): {
  cwd: string;
  env: Record<string, string>;
  uid?: number;
  gid?: number;
} {
  return { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...runAs };
}

/** The same order and the same letters on every machine, whatever its own language. */
async function localeArguments(binaries: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(path.join(binaries, 'postgres'), ['--version']);
  const major = Number(/\d+/.exec(stdout)?.[0]);
  return major >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C.UTF-8', '--lc-messages=C'];
}

async function isCluster(data: string): Promise<boolean> {
  return readFile(path.join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

async function whyNotStarted(cluster: Cluster): Promise<string> {
  const log = await readFile(cluster.log, 'utf8').catch(() => '');
  const end = log.trimEnd().split('\n').slice(-8).join('\n');
  return `PostgreSQL did not start on ${cluster.data}. The end of its log (${cluster.log}):\n${end}`;
}
