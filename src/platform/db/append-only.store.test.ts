import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshAuthority, testDatabase } from '#test/database.ts';

const { db, keeper } = await testDatabase();
const council = await freshAuthority({ keeper });

/** What the database answers to the program's own role; null where it let it pass. */
async function refusalOf(statement: string): Promise<string | null> {
  try {
    await db.transaction().execute(async (tx) => {
      await sql`select set_config('app.authority', ${council.id}, true)`.execute(tx);
      await sql.raw(statement).execute(tx);
    });
    return null;
  } catch (error) {
    return String(error);
  }
}

// G-04: nothing that the program's own role may try bends the log or a fact. That it has the
// rights which it needs, and no others, on every table is asked in catalogue.store.test.ts.
describe('the program’s own role', () => {
  it.each(['audit_log', 'app_user', 'action_update'])('cannot bend %s', async (table) => {
    const attempts = [
      `update ${table} set authority_id = authority_id`,
      `delete from ${table}`,
      `truncate ${table}`,
      `truncate ${table} cascade`,
      `alter table ${table} disable trigger all`,
      `alter table ${table} disable row level security`,
      `alter table ${table} no force row level security`,
      `alter table ${table} drop column authority_id cascade`,
      `alter table ${table} owner to sightline_app`,
      `drop policy of_authority on ${table}`,
      `drop table ${table} cascade`,
      `create rule bend as on insert to ${table} do instead nothing`,
      `create trigger bend before insert on ${table}
         execute function suppress_redundant_updates_trigger()`,
    ];
    for (const attempt of attempts) {
      expect([attempt, await refusalOf(attempt)]).toEqual([
        attempt,
        expect.stringMatching(/permission denied|must be owner/),
      ]);
    }
    // PostgreSQL only warns that nothing was given.
    await refusalOf(`grant update on ${table} to sightline_app`);
    expect(await refusalOf(`update ${table} set authority_id = authority_id`)).not.toBeNull();
  });

  it.each([
    'set session_replication_role = replica',
    'set role sightline_keeper',
    'set session authorization sightline_keeper',
    `insert into app_user (recorded_at) values ('2020-01-01')`,
    'update installation set id = gen_random_uuid()',
    'update authority set name = name',
    'create table public.mine (n integer)',
  ])('cannot %s', async (statement) => {
    expect(await refusalOf(statement)).toMatch(/permission denied/);
  });
});
