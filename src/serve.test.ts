import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { clientConfig } from '#platform/db/connect.ts';
import { emptyDatabase, testDatabase } from '#test/database.ts';
import { launch, sightline, type Settings } from '#test/programs.ts';
import { asUrl, freePort, startServer } from '#test/serving.ts';

const data = await mkdtemp(path.join(tmpdir(), 'sightline-serve-'));
afterAll(() => rm(data, { recursive: true }));

const start = (settings: Settings) => startServer({ SIGHTLINE_DATA: data, ...settings });

/** Holds where so many of the program's statements wait for a lock. */
async function atWork(holder: pg.Client, many: number): Promise<void> {
  // Within a transaction PostgreSQL would say for ever what it said first.
  await holder.query('select pg_stat_clear_snapshot()');
  const { rows } = await holder.query<{ n: number }>(`
    select count(*)::int as n from pg_stat_activity where datname = current_database()
      and usename = 'sightline_app' and wait_event_type = 'Lock'`);
  expect(rows[0]?.n).toBe(many);
}

describe('the server', () => {
  it('migrates an empty database, serves, and stops in order when it is told to', async () => {
    const database = await emptyDatabase();
    const port = await freePort();
    const { program, ended } = await start({
      DATABASE_URL: asUrl(database.appAddress),
      DATABASE_KEEPER_URL: asUrl(database.keeperAddress),
      PORT: String(port),
    });
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    expect([answer.status, await answer.text()]).toEqual([200, 'ok\n']);
    program.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  });

  // V-10.
  it('answers what it has begun when it is told to stop, takes nothing new, and ends', async () => {
    const database = await testDatabase();
    const port = await freePort();
    const { program, ended } = await start({
      DATABASE_URL: asUrl(database.appAddress),
      PORT: String(port),
    });
    const holder = new pg.Client(clientConfig(database.superuserAddress));
    await holder.connect();
    // Each page asks for the council, and waits here.
    await holder.query('begin; lock table authority');
    const waiting = Array.from({ length: 8 }, () =>
      fetch(`http://127.0.0.1:${port}/nobody/sign-in`),
    );
    await vi.waitFor(() => atWork(holder, 8), { timeout: 20_000 });
    program.kill('SIGTERM');
    await vi.waitFor(
      () => expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed'),
      { timeout: 5_000 },
    );
    expect(program.exitCode).toBeNull();
    await holder.query('rollback');
    await holder.end();
    const answers = await Promise.all(waiting);
    // 503 where the machine was so busy that the database's patience ended first.
    for (const { status } of answers) expect([404, 503]).toContain(status);
    expect(await ended).toEqual([0, null]);
  });

  it('writes nothing but lines of JSON where it is told to, and gives figures', async () => {
    const database = await testDatabase();
    const [port, metricsPort] = [await freePort(), await freePort()];
    const settings = {
      DATABASE_URL: asUrl(database.appAddress),
      SIGHTLINE_DATA: data,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
    };
    const program = launch('src/cli.ts', ['serve'], settings);
    let written = '';
    program.stderr.on('data', (bytes: Buffer) => (written += bytes.toString()));
    const ready = new Promise<void>((resolve) => {
      program.stdout.on('data', (bytes: Buffer) => {
        written += bytes.toString();
        if (written.includes('Sightline is ready')) resolve();
      });
    });
    await ready;
    expect(await (await fetch(`http://127.0.0.1:${port}/ready`)).text()).toBe('ready\n');
    const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(figures).toMatch(/sightline_request_seconds_count\{.*route="\/ready",status="200"\} 1/);
    expect(figures).toMatch(/sightline_database_connections\{state="idle"\} [1-9]/);

    // A second one at the same port is refused, and says that in JSON too.
    const refusal = await sightline(['serve'], settings);
    expect(refusal.code).toBe(2);
    program.kill('SIGTERM');
    await once(program, 'close');
    const lines = [written, refusal.out, refusal.error].join('').trimEnd().split('\n');
    const events = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(events).toEqual(
      expect.arrayContaining([
        'answered',
        'Stopping.',
        expect.stringContaining(`Port ${port} is taken`),
      ]),
    );
  });

  it('says so when the port is taken, and stops', async () => {
    const database = await testDatabase();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refusal = await sightline(['serve'], {
      DATABASE_URL: asUrl(database.appAddress),
      SIGHTLINE_DATA: data,
      PORT: String(port),
    });
    taken.close();
    expect(refusal).toMatchObject({ code: 2, out: '' });
    expect(refusal.error).toContain(`Port ${port} is taken`);
  });

  it('says so when migrations are missing and it has no keeper to run them', async () => {
    const database = await emptyDatabase();
    const refusal = await sightline(['serve'], {
      DATABASE_URL: asUrl(database.appAddress),
      SIGHTLINE_DATA: data,
    });
    expect(refusal).toMatchObject({ code: 2, out: '' });
    expect(refusal.error).toContain('bin/sightline migrate');
  });

  it.each(['superuserAddress', 'keeperAddress'] as const)(
    'refuses to run as a role that row-level security does not bind: %s',
    async (role) => {
      const database = await testDatabase();
      const refusal = await sightline(['serve'], {
        DATABASE_URL: asUrl(database[role]),
        SIGHTLINE_DATA: data,
      });
      expect(refusal).toMatchObject({ code: 2, out: '' });
      expect(refusal.error).toContain('Row-level security would not keep authorities apart');
    },
  );

  it('refuses a plain role that is not ours', async () => {
    const database = await testDatabase();
    const superuser = new pg.Client(clientConfig(database.superuserAddress));
    await superuser.connect();
    const name = `stranger_${process.pid}`;
    await superuser.query(`create role ${name} login password 'password'`);
    await superuser.query(`grant select on kysely_migration to ${name}`);
    const stranger = { ...database.appAddress, user: name, password: 'password' };
    const refusal = await sightline(['serve'], {
      DATABASE_URL: asUrl(stranger),
      SIGHTLINE_DATA: data,
    });
    await superuser.query(`drop owned by ${name}`);
    await superuser.query(`drop role ${name}`);
    await superuser.end();
    expect(refusal.code).toBe(2);
    expect(refusal.error).toContain(`${name} is not sightline_app`);
  });

  it('refuses a database that a newer program has migrated', async () => {
    const database = await testDatabase();
    const superuser = new pg.Client(clientConfig(database.superuserAddress));
    await superuser.connect();
    await superuser.query(`insert into kysely_migration values ('9999_later', now()::text)`);
    await superuser.end();
    const refusal = await sightline(['serve'], {
      DATABASE_URL: asUrl(database.appAddress),
      DATABASE_KEEPER_URL: asUrl(database.keeperAddress),
      SIGHTLINE_DATA: data,
    });
    expect(refusal.code).toBe(2);
    expect(refusal.error).toContain('newer Sightline (9999_later)');
  });
});
