import { sql } from 'kysely';
import { getConstructionPlans } from 'pg-boss';
import { afterAll, describe, expect, it } from 'vitest';
import type { AuthorityId } from '#kernel/ids.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { inAuthority } from '../db/authority.ts';
import { connect } from '../db/connect.ts';
import type { Log } from '../logging.ts';
import type { DailyJob } from './daily-job.ts';
import { startJobs, type Jobs } from './index.ts';

const database = await testDatabase();
const { keeper } = database;
const authorities = [await freshAuthority(database), await freshAuthority(database)].map(
  ({ id }) => id,
);
const running: { jobs: Jobs; end: () => Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all(running.map(({ jobs }) => jobs.close()));
  await Promise.all(running.map(({ end }) => end()));
});

const events: object[] = [];
const note = (fields: object, event: string) => void events.push({ ...fields, event });
const log: Log = { info: note, warn: note, error: note };
const ended: string[] = [];

/** One program of several: its own pool, as small as one connection can be. */
async function instance(daily: DailyJob[]): Promise<Jobs> {
  const db = connect(database.appAddress, { poolSize: 2 });
  const jobs = await startJobs({
    db,
    daily,
    authorities: () => Promise.resolve(authorities),
    clock: () => new Date('2026-03-04T02:30:00Z'),
    log,
    metrics: { jobEnded: (job, outcome) => void ended.push(`${job} ${outcome}`) },
    pollSeconds: 0.5,
  });
  running.push({ jobs, end: () => db.destroy() });
  return jobs;
}

async function ask<Row>(text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(keeper)).rows;
}

describe('the queue of jobs', () => {
  it('has the tables that the package wants', async () => {
    const wanted = /INSERT INTO pgboss\.version\(version\) VALUES \('(\d+)'\)/.exec(
      getConstructionPlans('pgboss'),
    )?.[1];
    expect(await ask('select version::text from pgboss.version')).toEqual([{ version: wanted }]);
  });

  it('is the keeper’s: the program works it, and changes nothing of its making', async () => {
    expect(
      await ask(`
        select relname::text from pg_class
        where relnamespace = 'pgboss'::regnamespace and relowner <> 'sightline_keeper'::regrole`),
    ).toEqual([]);
    const rights = await ask<{ role: string; held: string }>(`
      select role, string_agg(distinct r, ' ' order by r) as held
      from unnest(array['sightline_app', 'sightline_reader']) role,
        unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) r,
        pg_class
      where relnamespace = 'pgboss'::regnamespace and relkind in ('r', 'p')
        and has_table_privilege(role, oid, r)
      group by role`);
    expect(rights).toEqual([{ role: 'sightline_app', held: 'DELETE INSERT SELECT UPDATE' }]);
    expect(
      await ask(`
        select nspname::text from pg_namespace
        where nspname = 'pgboss' and (has_schema_privilege('sightline_app', oid, 'CREATE')
          or has_schema_privilege('sightline_reader', oid, 'USAGE'))`),
    ).toEqual([]);
    expect(
      await ask(`
        select oid::regprocedure::text from pg_proc
        where pronamespace = 'pgboss'::regnamespace and prosecdef`),
    ).toEqual([]);
  });

  it('does a round once over several programs: each job once for each authority', async () => {
    const seen: [AuthorityId, string][] = [];
    const all = Promise.withResolvers<undefined>();
    const job: DailyJob = {
      name: 'count-authorities',
      run: async (db, authority, now) => {
        const own = await inAuthority(db, authority, async (tx) => {
          const found = await sql<{ id: AuthorityId }>`select current_authority() as id`.execute(
            tx,
          );
          return found.rows[0]?.id;
        });
        seen.push([own ?? ('none' as AuthorityId), now.toISOString()]);
        if (seen.length >= authorities.length) all.resolve(undefined);
      },
    };
    const programs = [await instance([job]), await instance([job])];
    await Promise.all(programs.flatMap((jobs) => [jobs.beginRound(), jobs.beginRound()]));
    await all.promise;
    await Promise.all(programs.map((jobs) => jobs.close()));
    expect(seen.sort()).toEqual(
      authorities.map((authority) => [authority, '2026-03-04T02:30:00.000Z']).sort(),
    );
    expect(
      await ask(
        `select name, state::text, count(*)::integer from pgboss.job group by 1, 2 order by 1`,
      ),
    ).toEqual([
      { name: 'count-authorities', state: 'completed', count: 2 },
      { name: 'daily-round', state: 'completed', count: 1 },
    ]);
    expect(ended.sort()).toEqual([
      'count-authorities done',
      'count-authorities done',
      'daily-round done',
    ]);
  });

  it('is set by the clock of London, and makes good a night that nobody was up for', async () => {
    expect(
      await ask(`select name, cron, timezone, options->>'missed' as missed from pgboss.schedule`),
    ).toEqual([
      { name: 'daily-round', cron: '30 2 * * *', timezone: 'Europe/London', missed: 'once' },
    ]);
  });

  it('logs a job that fails, without what it said, and keeps it to be tried again', async () => {
    const failed = Promise.withResolvers<undefined>();
    const job: DailyJob = {
      name: 'fail',
      run: (_db, authority) => {
        if (authority === authorities[0]) failed.resolve(undefined);
        return Promise.reject(new RangeError('canary'));
      },
    };
    await ask(`delete from pgboss.job where name = 'daily-round'`);
    const jobs = await instance([job]);
    await jobs.beginRound();
    await failed.promise;
    await jobs.close();
    const kept = await ask<{ state: string; retry_limit: number }>(
      `select distinct state::text, retry_limit, output::text from pgboss.job
       where name = 'fail' and state <> 'created'`,
    );
    expect(kept).toMatchObject([{ state: 'retry', retry_limit: 3 }]);
    expect(JSON.stringify(kept)).toContain('RangeError');
    expect(JSON.stringify(kept)).not.toContain('canary');
    expect(ended).toContain('fail failed');
    expect(events).toContainEqual(expect.objectContaining({ job: 'fail', event: 'job failed' }));
  });
});
