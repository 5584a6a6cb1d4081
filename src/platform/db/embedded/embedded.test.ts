import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkout } from '../../checkout.ts';
import { clientConfig, type DatabaseAddress } from '../connect.ts';
import { openEmbedded, type EmbeddedDatabase } from './index.ts';
import { runningPostmaster } from './postmaster.ts';

const asRoot = process.getuid?.() === 0;
const folders: string[] = [];
const opened: EmbeddedDatabase[] = [];

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'sightline-embedded-')));
  await chmod(folder, 0o711);
  folders.push(folder);
  return folder;
}

async function open(
  data: string,
  report: (line: string) => void = () => {},
): Promise<EmbeddedDatabase> {
  const outcome = await openEmbedded({ checkout, data, report });
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  opened.push(outcome.database);
  return outcome.database;
}

async function query(address: DatabaseAddress, text: string): Promise<unknown[]> {
  const client = new pg.Client(clientConfig(address));
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function serverOf(folder: string): Promise<number | null> {
  return (await runningPostmaster(path.join(folder, 'postgresql')))?.pid ?? null;
}

/** Runs the writing program until it has told of that many rows, kills it, and gives its last. */
async function writeUntilKilled(folder: string, rows: number): Promise<number> {
  const program = spawn(
    process.execPath,
    [path.join(checkout, 'test/programs/write-until-killed.ts'), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let last = 0;
  for await (const line of createInterface(program.stdout)) {
    last = Number(line);
    if (last === rows) program.kill('SIGKILL');
  }
  return last;
}

describe('the embedded database', () => {
  it('listens on a private socket alone, asks everybody for a password, and keeps to UTC', async () => {
    const folder = await newFolder();
    const database = await open(folder);
    expect(
      await query(
        database.app,
        `select current_user::text as role, current_setting('listen_addresses') as tcp,
           current_setting('TimeZone') as zone, current_setting('fsync') as fsync`,
      ),
    ).toEqual([{ role: 'sightline_app', tcp: '', zone: 'UTC', fsync: 'on' }]);
    await expect(query({ ...database.app, password: 'guess' }, 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    await expect(query(database.app, 'create table mine (n integer)')).rejects.toThrow(
      'permission denied',
    );
    const rules = await readFile(path.join(folder, 'postgresql/pg_hba.conf'), 'utf8');
    expect(rules).not.toMatch(/^[^#].*\btrust$/m);
    for (const name of await readdir(path.join(folder, 'secrets'))) {
      expect((await stat(path.join(folder, 'secrets', name))).mode & 0o077).toBe(0);
    }
    expect((await stat(path.join(folder, 'socket'))).mode & 0o077).toBe(0);
    expect((await stat(path.join(folder, 'postgresql'))).mode & 0o077).toBe(0);
  });

  it('is shared by programs side by side, and ends with the last of them', async () => {
    const folder = await newFolder();
    // Two programs that start at once on an empty folder.
    const [server, command] = await Promise.all([open(folder), open(folder)]);
    expect(await query(command.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(await query(command.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    await command.close();
    expect(await serverOf(folder)).toBeNull();
  });

  it('adopts the server that a killed program left, with every row it had told of', async () => {
    const folder = await newFolder();
    const told = await writeUntilKilled(folder, 50);
    const orphan = await serverOf(folder);
    expect(orphan).not.toBeNull();
    const database = await open(folder);
    expect(await serverOf(folder)).toBe(orphan);
    const [row] = (await query(database.keeper, 'select max(n) as last from kept')) as {
      last: number;
    }[];
    expect(row?.last).toBeGreaterThanOrEqual(told);
    await database.close();
    expect(await serverOf(folder)).toBeNull();
  });

  it('starts again after program and server were both killed, with every row told of', async () => {
    const folder = await newFolder();
    const told = await writeUntilKilled(folder, 50);
    const orphan = await serverOf(folder);
    if (orphan === null) throw new Error('The server should have been left running.');
    process.kill(orphan, 'SIGKILL');
    const database = await open(folder);
    const [row] = (await query(
      database.keeper,
      'select count(*) as n, max(n) as last from kept',
    )) as {
      n: number;
      last: number;
    }[];
    expect(row?.last).toBeGreaterThanOrEqual(told);
    expect(row?.n).toBe(row?.last);
  });

  it('is not deceived by a pid file whose number is another program by now', async () => {
    const folder = await newFolder();
    await (await open(folder)).close();
    const pidFile = path.join(folder, 'postgresql/postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${folder}/postgresql\n0\n5432\n\n\n\nready\n`);
    const database = await open(folder);
    expect(await query(database.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await serverOf(folder)).not.toBe(process.pid);
  });

  it('starts the server again when it ends under us, and says so', async () => {
    const folder = await newFolder();
    const report = vi.fn<(line: string) => void>();
    const database = await open(folder, report);
    const first = await serverOf(folder);
    if (first === null) throw new Error('No server runs.');
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(report).toHaveBeenCalledWith('The database is there again.'), {
      timeout: 20_000,
    });
    expect(await serverOf(folder)).not.toBe(first);
    expect(await query(database.app, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('finds a shorter place for the socket where the data folder has a long path', async () => {
    const folder = path.join(await newFolder(), 'a-long-name-'.repeat(9));
    const database = await open(folder);
    expect(await query(database.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    if ('socket' in database.app) folders.push(database.app.socket);
  });

  it.runIf(asRoot)('as root says plainly when its user cannot reach the data folder', async () => {
    const folder = await newFolder();
    await chmod(folder, 0o700);
    const outcome = await openEmbedded({
      checkout,
      data: path.join(folder, 'data'),
      report: () => {},
    });
    expect(outcome.kind === 'refused' && outcome.reason).toContain(`cannot enter ${folder}.`);
  });
});
