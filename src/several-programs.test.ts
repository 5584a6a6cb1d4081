import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { demoAuthority, signIn, userWith } from '#test/app.ts';
import { testDatabase } from '#test/database.ts';
import { pgbouncer } from '#test/pgbouncer.ts';
import { asUrl, freePort, overHttp, startServer } from '#test/serving.ts';

/** Two programs on one database, one of them behind pgbouncer: people may meet either. */
const database = await testDatabase();
const data = await mkdtemp(path.join(tmpdir(), 'sightline-several-'));
const behind = await pgbouncer(database.appAddress, 2);

/** Known to both. */
const secret = randomBytes(32).toString('hex');

const started = await Promise.all(
  [database.appAddress, behind].map(async (address) => {
    const port = await freePort();
    const { program, ended } = await startServer({
      DATABASE_URL: asUrl(address),
      PORT: String(port),
      SIGHTLINE_DATA: data,
      SIGHTLINE_SECRET: secret,
    });
    return { port, program, ended, app: overHttp(port) };
  }),
);
const [direct, pooled] = started as [(typeof started)[0], (typeof started)[0]];
afterAll(async () => {
  for (const { program } of started) program.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  await rm(data, { recursive: true });
});

describe('two programs on one database', () => {
  it('know the same sessions, plans and roles', async () => {
    const council = await demoAuthority({ database });
    const clock = { now: new Date() };
    const officer = await userWith({ database, clock }, council, ['qa-manager']);
    const browser = await signIn(direct.app, officer);
    const get = (app: typeof direct.app, url: string) =>
      app.inject({ url, cookies: browser.cookies });
    expect((await get(pooled.app, '/plans')).statusCode).toBe(200);

    // A change by one is on the page of the other.
    const form = new URLSearchParams({
      _csrf: browser.csrf,
      title: 'Visits on time',
      'green-used': 'yes',
      'green-name': 'Green',
      'green-meaning': 'Done',
      'green-stands-for': 'complete',
    });
    const made = await pooled.app.inject({
      method: 'POST',
      url: '/plans/new',
      cookies: browser.cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: form.toString(),
    });
    expect(made.statusCode).toBe(303);
    expect((await get(direct.app, '/plans')).body).toContain('Visits on time');

    // A role that is lost is lost at both, at the next click; so is a session that one of them ended.
    await sql`delete from role_grant where authority_id = ${council.id}`.execute(database.keeper);
    for (const { app } of started) {
      expect((await get(app, '/plans/new')).statusCode).toBe(404);
    }
    const out = await pooled.app.inject({
      method: 'POST',
      url: '/sign-out',
      cookies: browser.cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: browser.csrf }).toString(),
    });
    expect(out.statusCode).toBe(303);
    for (const { app } of started) {
      const answer = await get(app, '/plans');
      expect([answer.statusCode, answer.headers.location]).toEqual([
        303,
        expect.stringContaining('sign-in'),
      ]);
    }
  });

  it('both take part in the queue of jobs', async () => {
    const found = await sql<{ name: string }>`select name from pgboss.queue order by 1`.execute(
      database.keeper,
    );
    expect(found.rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['daily-round', 'tidy-sign-ins']),
    );
  });
});
