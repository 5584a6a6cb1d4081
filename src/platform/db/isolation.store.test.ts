import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { inAuthority } from './authority.ts';
import { clientConfig } from './connect.ts';

/**
 * Two authorities, a row of each in every table, and the program's own role between them. What
 * it may not see or write is asked of every table that the catalogue lists.
 */
const database = await testDatabase();
const { db } = database;
const ours = await freshAuthority(database);
const theirs = await freshAuthority(database);

const superuser = new pg.Client(clientConfig(database.superuserAddress));
await superuser.connect();
afterAll(() => superuser.end());

const somebody = randomUUID();

/** Values for columns whose checks a general value would not pass, also of columns that may be null. */
const special: Record<string, Record<string, string>> = {
  account_event: { kind: 'closed' },
  action_version_party: { part: 'lead' },
  api_token: { user_id: somebody, recorded_by: somebody, scopes: '["plans:read"]' },
  api_token_end: { why: 'withdrawn' },
  assessment_figure: { name: 'open-cases' },
  assessment_item: { kind: 'risk' },
  assessment_section: { kind: 'introduction' },
  challenge_answer: { decision: 'noted' },
  challenge_item: { kind: 'question', words: 'Why so late?' },
  challenge_shared: { section_kind: 'domain' },
  challenge_version: { opens_on: '2026-03-04', closes_on: '2026-03-10' },
  closure_answer: { answer: 'verified' },
  closure_step: { state: 'done' },
  criterion_map: { relation: 'same' },
  delegation: { starts_on: '2026-03-04', ends_on: '2026-03-10' },
  disclosure: { kind: 'plan' },
  disposal: { kind: 'plan' },
  due_date_board_answer: { answer: 'approved' },
  due_date_decision: { outcome: 'taken back', capacity: 'requester' },
  due_date_entry: { precision: 'none' },
  due_date_request: { precision: 'none' },
  criteria_import: { state: 'prepared' },
  evidence: { kind: 'note' },
  evidence_version: { version: '2' },
  self_evaluation: { year: '2026' },
  self_evaluation_words: { question: '1' },
  finding_pair: { verdict: 'same', other_id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' },
  finding_response: { answer: 'accepted' },
  finding_version: { kind: 'strength' },
  item_link: { from_kind: 'finding', to_kind: 'action', relation: 'answered by' },
  item_progress: { item_kind: 'action', state: 'planned' },
  source_version: { kind: 'other', overall_is: 'not recorded', classification: 'internal' },
  finding_import: { state: 'prepared' },
  framework_edition_state: { state: 'draft' },
  hold: { kind: 'plan' },
  judgement: { progress: 'not started' },
  judgement_rest: { kind: 'data' },
  named_grant: { item_kind: 'plan', starts_on: '2026-03-04', ends_on: '2026-03-10' },
  party: { kind: 'post' },
  party_kind: { kind: 'post' },
  plan_import: { state: 'prepared' },
  plan_version: { state: 'active' },
  report: { depth: 'members' },
  report_clearance_answer: { answer: 'cleared' },
  report_comment: { section: 'summary' },
  report_section_version: { section: 'summary' },
  report_version: { paragraphs: '[]', is_public: 'true' },
  retention_rule: { kind: 'plan', months: '72' },
  section_step: { section_kind: 'narrative', step: 'returned', comment: 'More, please' },
  source: { kind: 'other' },
  source_link: { target_kind: 'action' },
  update_sheet: { state: 'prepared' },
  verdict: { whose: 'peer', words: 'Good' },
};

interface Column {
  name: string;
  type: string;
}

const tables = (
  await superuser.query<{ name: string; columns: Column[]; changeable: boolean }>(`
    select c.relname::text as name,
      has_table_privilege('sightline_app', c.oid, 'UPDATE') as changeable,
      (select jsonb_agg(jsonb_build_object('name', attname, 'type', atttypid::regtype))
       from pg_attribute where attrelid = c.oid and attnum > 0 and attnotnull and not atthasdef) as columns
    from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
      and exists (select from pg_attribute where attrelid = c.oid and attname = 'authority_id')
    order by 1`)
).rows;

function valueOf(table: string, column: Column, authority: string): unknown {
  if (column.name === 'authority_id') return authority;
  const given = special[table]?.[column.name];
  if (given !== undefined) return given;
  switch (column.type) {
    case 'uuid':
      return randomUUID();
    case 'date':
      return '2026-03-04';
    case 'timestamp with time zone':
      return '2026-03-04T09:00:00Z';
    case 'integer':
    case 'bigint':
      return 1;
    case 'boolean':
      return false;
    case 'jsonb':
      return '{}';
    case 'bytea':
      return Buffer.from('bytes');
    case 'text':
      return `text-${randomUUID().slice(0, 8)}`;
    default:
      throw new Error(`Say what a ${column.type} is in ${table}.${column.name}.`);
  }
}

// As a superuser without the checks of foreign keys: a row needs no other row here.
await superuser.query('set session_replication_role = replica');
for (const table of tables) {
  for (const authority of [ours, theirs]) {
    const may = Object.entries(special[table.name] ?? {}).filter(
      ([name]) => !table.columns.some((column) => column.name === name),
    );
    const values = [
      ...table.columns.map((column) => valueOf(table.name, column, authority.id)),
      ...may.map(([, value]) => value),
    ];
    const names = [...table.columns.map(({ name }) => name), ...may.map(([name]) => name)]
      .map((name) => superuser.escapeIdentifier(name))
      .join(', ');
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    await superuser.query(`insert into ${table.name} (${names}) values (${places})`, values);
  }
}

describe.each(tables)('$name', ({ name }) => {
  const table = sql.table(name);

  it('has a row of each authority, for whoever sees all', async () => {
    const found = await sql<{ n: number }>`select count(*) as n from ${table}`.execute(
      database.keeper,
    );
    expect(found.rows).toEqual([{ n: 2 }]);
  });

  it('is empty outside an authority, and takes nothing', async () => {
    expect((await sql`select * from ${table}`.execute(db)).rows).toEqual([]);
    await expect(
      sql`insert into ${table} (authority_id) values (${ours.id})`.execute(db),
    ).rejects.toThrow('row-level security');
  });

  it('shows the rows of the authority and none of another', async () => {
    const seen = await inAuthority(db, ours.id, (tx) =>
      sql<{ authority_id: string }>`select authority_id from ${table}`.execute(tx),
    );
    expect(seen.rows).toEqual([{ authority_id: ours.id }]);
  });

  it('takes no row for another authority', async () => {
    const insert = inAuthority(db, ours.id, (tx) =>
      sql`insert into ${table} (authority_id) values (${theirs.id})`.execute(tx),
    );
    await expect(insert).rejects.toThrow('row-level security');
  });
});

describe.each(tables.filter((table) => table.changeable))('$name', ({ name }) => {
  const table = sql.table(name);

  it('changes and deletes no row of another authority', async () => {
    const change = inAuthority(db, ours.id, (tx) =>
      sql`update ${table} set authority_id = ${theirs.id}`.execute(tx),
    );
    await expect(change).rejects.toThrow('row-level security');
    const touched = await inAuthority(db, ours.id, async (tx) => [
      await sql`update ${table} set authority_id = authority_id
                where authority_id = ${theirs.id}`.execute(tx),
      await sql`delete from ${table} where authority_id = ${theirs.id}`.execute(tx),
    ]);
    expect(touched.map((result) => result.numAffectedRows)).toEqual([0n, 0n]);
  });
});

describe.each(tables.filter((table) => !table.changeable))('$name', ({ name }) => {
  const table = sql.table(name);

  it('can be neither changed nor deleted', async () => {
    for (const statement of [
      sql`update ${table} set authority_id = authority_id`,
      sql`delete from ${table}`,
    ]) {
      const attempt = inAuthority(db, ours.id, (tx) => statement.execute(tx));
      await expect(attempt).rejects.toThrow('permission denied');
    }
  });
});
