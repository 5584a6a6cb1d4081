import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfig } from '#platform/db/connect.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import { freshAuthority, testDatabase } from '../../../../test/database.ts';
import { makePerson } from '../../../../test/people.ts';
import { day, dueOn } from '../../../../test/plans.ts';
import { launch, sightline } from '../../../../test/programs.ts';
import { asUrl } from '../../../../test/serving.ts';
import { choices, read, reading } from '../rules/example-reading.test-help.ts';
import { prepareImport, runImport } from './import-plan.ts';

const database = await testDatabase();
const { db } = database;
const council = await freshAuthority(database);
const manager = await makePerson(db, council.id, { roles: ['qa-manager'] });
const folder = await mkdtemp(path.join(tmpdir(), 'sightline-import-'));
/** Holds an import up by a lock. */
const holder = new pg.Client(clientConfig(database.superuserAddress));
/** Looks, outside that transaction: within it PostgreSQL says for ever what it said first. */
const looker = new pg.Client(clientConfig(database.superuserAddress));
beforeAll(async () => {
  await holder.connect();
  await looker.connect();
  // What the database does last of all: a check that was put off until the commit.
  await looker.query(`
    create function wait_at_commit() returns trigger language plpgsql as
      'begin perform pg_advisory_xact_lock(1); return null; end';
    create constraint trigger at_commit after update on plan_import
      deferrable initially deferred for each row execute function wait_at_commit()`);
});
afterAll(async () => {
  await holder.end();
  await looker.end();
  await rm(folder, { recursive: true });
});

const rows = Array.from({ length: 5 }, (_, n) =>
  read({
    where: `Plan!C${n + 4}`,
    text: `Visit family ${n + 1} on time`,
    leads: ['Early Help Lead'],
    due: dueOn('2025-11-28'),
    claimedRag: 'amber',
    progress: 'Most visits are on time',
    evidence: 'Tracker of visits',
    sources: ['Inspection, March 2025'],
  }),
);

const prepare = () =>
  prepareImport(db, manager, {
    fileName: 'plan.xlsx',
    mediaType: 'application/octet-stream',
    bytes: Buffer.from('a plan'),
    positionOn: day('2026-01-31'),
    reading: reading(rows),
    choices,
  });

/** Every row of every table, as one digest a table. */
async function everything(): Promise<Record<string, string>> {
  const tables = await looker.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const each = tables.rows.map(
    ({ name }) =>
      `select '${name}' as name, md5(string_agg(t::text, ' ' order by t::text)) as digest from ${name} t`,
  );
  const digests = await looker.query<{ name: string; digest: string }>(each.join(' union all '));
  return Object.fromEntries(digests.rows.map((row) => [row.name, row.digest]));
}

async function count(what: string): Promise<number> {
  const found = await looker.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return found.rows[0]?.n ?? 0;
}

/** The process of the database that waits for the lock, as soon as there is one. */
async function heldUp(): Promise<number> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const { rows: found } = await looker.query<{ pid: number }>(`
      select pid from pg_stat_activity where datname = current_database()
        and usename = 'sightline_app' and wait_event_type = 'Lock'`);
    if (found[0] !== undefined) return found[0].pid;
    await wait(10);
  }
  throw new Error('The import never came to the lock.');
}

async function allOver(): Promise<void> {
  const busy = `pg_stat_activity where datname = current_database()
    and usename = 'sightline_app' and state <> 'idle'`;
  for (let tries = 0; tries < 1_000 && (await count(busy)) > 0; tries += 1) await wait(10);
}

const at = (table: string) => `lock table ${table} in exclusive mode`;
const atCommit = 'select pg_advisory_xact_lock(1)';

/** Does it until it waits for this lock, ends its process of the database there, and lets go. */
async function lose(lock: string, work: () => Promise<unknown>): Promise<void> {
  await holder.query(`begin; ${lock}`);
  const refused = expect(work()).rejects.toThrow();
  try {
    await looker.query('select pg_terminate_backend($1)', [await heldUp()]);
    await refused;
  } finally {
    await holder.query('rollback');
  }
  await allOver();
}

async function verified(): Promise<unknown> {
  return readInAuthority(db, council.id, (tx) => verifyChain(tx, council.id));
}

// G-08, first half.
describe('an import that loses its database', () => {
  it.each(['stored_file', 'file_chunk', 'plan_import', 'audit_log'])(
    'keeps no part of the file that was read: at %s',
    async (table) => {
      const before = await everything();
      await lose(at(table), prepare);
      expect(await everything()).toEqual(before);
    },
  );

  it('leaves what was prepared as it was, wherever it stood, and then makes one plan', async () => {
    const prepared = await prepare();
    if (prepared.kind !== 'done') throw new Error(prepared.kind);
    const run = () => runImport(db, manager, prepared.importId);
    const before = await everything();
    const points = [
      ...['plan_import', 'plan', 'plan_address', 'plan_version', 'objective', 'party'],
      ...['action', 'action_version', 'due_date_entry', 'evidence', 'action_update'],
      ...['source', 'source_link', 'audit_log'],
    ];
    for (const point of [...points.map(at), atCommit]) {
      await lose(point, run);
      expect(await everything(), point).toEqual(before);
    }
    const first = await run();
    expect(first).toMatchObject({ kind: 'done', slug: 'plan', actions: 5 });
    expect(await run()).toEqual(first);
    expect([await count('plan'), await count('action')]).toEqual([1, 5]);
    expect(await prepare()).toMatchObject({ before: [{ id: prepared.importId }] });
    expect(await verified()).toMatchObject({ problems: [] });
  });
});

// The same with kill -9 of the program, whose process of the database lives on for a moment.
describe('an import whose program is killed', () => {
  it.each([
    { when: 'at its last rows', lock: at('action_update'), plans: 0 },
    // Whatever had been sent to be kept is kept: whole.
    { when: 'in its commit', lock: atCommit, plans: 1 },
  ])('is whole or nothing, and can be begun again: $when', async ({ lock, plans }) => {
    const own = await freshAuthority(database);
    const { email } = await makePerson(db, own.id, { roles: ['qa-manager'] });
    const file = path.join(folder, 'plan.csv');
    await writeFile(file, 'Action,Lead,RAG\nVisit on time,Team Manager,Amber\n');
    const command = [
      ...['import', 'plan', file, '--authority', own.slug],
      ...['--effective-on', '2026-01-31', '--as', email],
    ];
    const settings = { DATABASE_URL: asUrl(database.appAddress), SIGHTLINE_DATA: folder };
    const here = (table: string) => count(`${table} where authority_id = '${own.id}'`);
    const written = async () => [
      await here('plan'),
      await here('plan_address'),
      await here('action_version'),
      await count(`plan_import where authority_id = '${own.id}' and state = 'imported'`),
    ];

    await holder.query(`begin; ${lock}`);
    const program = launch('src/cli.ts', command, settings);
    const ended = once(program, 'exit');
    try {
      await heldUp();
    } finally {
      program.kill('SIGKILL');
      await holder.query('rollback');
    }
    expect(await ended).toEqual([null, 'SIGKILL']);
    await allOver();
    expect(await written()).toEqual([plans, plans, plans, plans]);

    const again = await sightline(command, settings);
    if (plans === 0) expect(again).toMatchObject({ code: 0, error: '' });
    else expect([again.code, again.error]).toEqual([2, expect.stringContaining('imported before')]);
    expect(await written()).toEqual([1, 1, 1, 1]);
  });
});
