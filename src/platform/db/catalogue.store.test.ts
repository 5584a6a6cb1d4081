import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '#test/database.ts';

/**
 * What the design promises of the database, asked of PostgreSQL's own catalogue: so that it
 * holds of tables that nobody has thought of yet.
 */
const { keeper } = await testDatabase();

/** Not every table begins with the authority: these are the listed exceptions. */
const exceptions = ['authority', 'installation', 'kysely_migration', 'kysely_migration_lock'];

/** The only tables whose rows the program may change or delete. */
const stateTables = [
  'account',
  'api_token_reading',
  'api_token_secret',
  'audit_head',
  'challenge_return',
  'credential',
  'criteria_import',
  'finding_import',
  'framework_load',
  'kept_form',
  'password_link',
  'plan_address',
  'plan_import',
  'redaction_passage',
  'session',
  'sign_in_failure',
  'update_sheet',
];

/**
 * The only functions that run as the keeper and not as who calls them. Each asks for itself, of
 * the tables, whether it may: see migrations/0007_records.sql.
 */
const asTheKeeper = ['dispose(uuid)', 'prune_audit_log()', 'take_out(uuid)'];

async function ask<Row>(text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(keeper)).rows;
}

const tables = (
  await ask<{ name: string }>(`
    select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`)
).map((row) => row.name);
const guarded = tables.filter((name) => !exceptions.includes(name));
const guardedList = guarded.map((name) => `'${name}'`).join(', ');

describe('keys', () => {
  it('finds tables to ask about', () => {
    expect(guarded.length).toBeGreaterThan(20);
    expect(tables).toEqual(expect.arrayContaining(exceptions));
    expect(guarded).toEqual(expect.arrayContaining(stateTables));
  });

  it('begin with the authority: every primary and every unique key, which is never null', async () => {
    const firsts = await ask<{ name: string; first: string; filled: boolean }>(`
      select indrelid::regclass::text || ' ' || indexrelid::regclass::text as name,
        a.attname::text as first, a.attnotnull as filled
      from pg_index join pg_attribute a on a.attrelid = indrelid and a.attnum = indkey[0]
      where indisunique and indrelid::regclass::text in (${guardedList})`);
    expect(firsts.filter((key) => key.first !== 'authority_id' || !key.filled)).toEqual([]);
    const withPrimary = await ask<{ name: string }>(`
      select indrelid::regclass::text as name from pg_index
      where indisprimary and indrelid::regclass::text in (${guardedList}) order by 1`);
    expect(withPrimary.map((row) => row.name)).toEqual(guarded);
  });

  it('of other tables are named together with the authority, so that no row points at another', async () => {
    const keys = await ask<{ name: string; target: string; columns: string[]; theirs: string[] }>(`
      select conrelid::regclass::text || ' ' || conname as name,
        confrelid::regclass::text as target,
        array(select attname::text from unnest(conkey) with ordinality k(n, i)
              join pg_attribute on attrelid = conrelid and attnum = n order by i) as columns,
        array(select attname::text from unnest(confkey) with ordinality k(n, i)
              join pg_attribute on attrelid = confrelid and attnum = n order by i) as theirs
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
    expect(keys.length).toBeGreaterThan(20);
    const wrong = keys.filter(({ target, columns, theirs }) =>
      target === 'authority'
        ? columns.join() !== 'authority_id'
        : columns[0] !== 'authority_id' || theirs[0] !== 'authority_id' || columns.length < 2,
    );
    expect(wrong).toEqual([]);
  });
});

describe('row-level security', () => {
  it('is on, and forced upon the owner, of every table', async () => {
    const open = await ask(`
      select relname::text from pg_class
      where relname in (${guardedList}) and not (relrowsecurity and relforcerowsecurity)`);
    expect(open).toEqual([]);
  });

  it('has exactly two policies: the program within its authority, the keeper on all', async () => {
    const policies = await ask<{ name: string; policies: string[] }>(`
      select tablename::text as name, array_agg(format('%s %s to %s: using %s check %s',
        permissive, cmd, array_to_string(roles, '+'), qual, with_check) order by policyname) as policies
      from pg_policies where schemaname = 'public' group by 1 order by 1`);
    expect(policies.map((row) => row.name)).toEqual(guarded);
    const within = '(authority_id = current_authority())';
    for (const row of policies) {
      expect(row).toEqual({
        name: row.name,
        policies: [
          'PERMISSIVE ALL to sightline_keeper: using true check true',
          `PERMISSIVE ALL to sightline_app: using ${within} check ${within}`,
        ],
      });
    }
  });

  it('is not gone round by a view or by a function that runs as its owner', async () => {
    expect(
      await ask(`
        select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
          and not coalesce(reloptions, '{}') @> '{security_invoker=true}'`),
    ).toEqual([]);
    expect(
      await ask(`
        select oid::regprocedure::text as name, proowner::regrole::text as owner,
          array_to_string(proconfig, ' ') as settings,
          has_function_privilege('sightline_app', oid, 'EXECUTE') as program,
          has_function_privilege('sightline_reader', oid, 'EXECUTE') as reader,
          exists (select from aclexplode(proacl) where grantee = 0) as everybody
        from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`),
    ).toEqual(
      asTheKeeper.map((name) => ({
        name,
        owner: 'sightline_keeper',
        // Tables that somebody makes for themself (pg_temp) are looked for last.
        settings: 'search_path=pg_catalog, public, pg_temp',
        program: true,
        reader: false,
        everybody: false,
      })),
    );
  });
});

describe('what could show a hidden row on the side (C-17)', () => {
  it('is nowhere: no function that says it leaks nothing, no rule, no operator of our own', async () => {
    const leaking = await ask(`
      select oid::regprocedure::text as name from pg_proc
      where pronamespace = 'public'::regnamespace and proleakproof`);
    expect(leaking).toEqual([]);
    const operators = await ask(`
      select oid::regoperator::text as name from pg_operator
      where oprnamespace = 'public'::regnamespace`);
    expect(operators).toEqual([]);
    const rules = await ask(`
      select rulename::text as name from pg_rules where schemaname = 'public'`);
    expect(rules).toEqual([]);
  });
});

describe('rights', () => {
  const rights = ['SELECT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];

  async function rightsOf(role: string, table: string): Promise<string[]> {
    const found = await ask<{ held: string }>(`
      select r as held from unnest(array['${rights.join(`','`)}']) r
      where has_table_privilege('${role}', '${table}', r)
        or (r in ('SELECT', 'UPDATE', 'REFERENCES') and has_any_column_privilege('${role}', '${table}', r))`);
    return found.map((row) => row.held);
  }

  it.each(guarded)('of the program on %s are no more than it needs', async (table) => {
    expect(await rightsOf('sightline_app', table)).toEqual(
      stateTables.includes(table) ? ['SELECT', 'UPDATE', 'DELETE'] : ['SELECT'],
    );
    const notInserted = await ask<{ name: string }>(`
      select attname::text as name from pg_attribute
      where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped
        and not has_column_privilege('sightline_app', attrelid, attnum, 'INSERT')`);
    const recorded = await ask<{ name: string }>(`
      select attname::text as name from pg_attribute
      where attrelid = '${table}'::regclass and attname = 'recorded_at'`);
    expect(notInserted).toEqual(recorded);
  });

  it('of the program on the exceptions are to read, and not even that', async () => {
    expect(await rightsOf('sightline_app', 'authority')).toEqual(['SELECT']);
    expect(await rightsOf('sightline_app', 'kysely_migration')).toEqual(['SELECT']);
    expect(await rightsOf('sightline_app', 'kysely_migration_lock')).toEqual([]);
    const inserts = await ask(`
      select t from unnest(array['${exceptions.join(`','`)}']) t
      where has_any_column_privilege('sightline_app', t, 'INSERT')`);
    expect(inserts).toEqual([]);
  });

  it('of the reader, and of everybody else, are none', async () => {
    for (const table of tables) {
      expect([table, await rightsOf('sightline_reader', table)]).toEqual([table, []]);
    }
    const toAll = await ask(`
      select relname::text from pg_class, aclexplode(relacl)
      where relnamespace = 'public'::regnamespace and grantee = 0`);
    expect(toAll).toEqual([]);
  });
});

describe('roles', () => {
  it('are plain, and members of no other', async () => {
    const roles = await ask(`
      select rolname::text as name, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole
        or rolreplication as special,
        exists (select from pg_auth_members where member = r.oid) as member
      from pg_roles r where rolname like 'sightline%' order by 1`);
    expect(roles).toEqual(
      ['sightline_app', 'sightline_keeper', 'sightline_reader'].map((name) => ({
        name,
        special: false,
        member: false,
      })),
    );
  });

  it('own: the keeper every table, the program and the reader nothing', async () => {
    expect(
      await ask(`
        select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relowner <> 'sightline_keeper'::regrole`),
    ).toEqual([]);
    expect(
      await ask(`
        select classid::regclass::text from pg_shdepend
        where deptype = 'o' and refobjid in ('sightline_app'::regrole, 'sightline_reader'::regrole)`),
    ).toEqual([]);
  });

  it('may create nothing in any schema, but for the keeper', async () => {
    const creators = await ask(`
      select r, nspname::text from pg_namespace,
        unnest(array['sightline_app', 'sightline_reader']) r
      where nspname !~ '^pg_(toast_)?temp' and has_schema_privilege(r, oid, 'CREATE')`);
    expect(creators).toEqual([]);
  });
});
