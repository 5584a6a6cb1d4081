import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What `postmaster.pid` says of the server of a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly state: 'starting' | 'ready' | 'stopping' | 'unknown';
}

/**
 * The server that runs on this data folder, or null. A pid alone proves nothing (after a crash
 * it may by now be any other program's): the process must be a postgres at work in that folder.
 */
export async function runningPostmaster(data: string): Promise<Postmaster | null> {
  const lines = await readPidFile(data);
  if (lines === null) return null;
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostgresIn(data, String(pid)))) return null;
  const word = (lines[7] ?? '').trim();
  const state = word === 'starting' || word === 'ready' || word === 'stopping' ? word : 'unknown';
  return { pid, state };
}

/**
 * Takes away the two lock files of a server that was killed: where their pid is another program's
 * by now, PostgreSQL would believe that it still runs. Waits first for what is left of it to end,
 * since two generations of processes on one folder would destroy it. Nobody may start a server
 * meanwhile.
 * @throws when they do not end within ten seconds.
 */
export async function clearKilledServer(data: string, socket: string): Promise<void> {
  if ((await runningPostmaster(data)) !== null) return;
  for (let tries = 0; (await remains(data)).length > 0; tries += 1) {
    if (tries === 100)
      throw new Error(`What is left of a killed PostgreSQL still runs on ${data}.`);
    await wait(100);
  }
  await rm(path.join(data, 'postmaster.pid'), { force: true });
  await rm(path.join(socket, '.s.PGSQL.5432.lock'), { force: true });
}

async function readPidFile(data: string): Promise<string[] | null> {
  try {
    return (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n');
  } catch {
    return null;
  }
}

async function remains(data: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const ours = await Promise.all(pids.map((pid) => isPostgresIn(data, pid)));
  return pids.filter((_, index) => ours[index]);
}

/** Every PostgreSQL process works in its data folder. */
async function isPostgresIn(data: string, pid: string): Promise<boolean> {
  try {
    const [program, folder] = await Promise.all([
      readlink(`/proc/${pid}/exe`),
      readlink(`/proc/${pid}/cwd`),
    ]);
    return path.basename(program).startsWith('postgres') && folder === data;
  } catch {
    return false;
  }
}
