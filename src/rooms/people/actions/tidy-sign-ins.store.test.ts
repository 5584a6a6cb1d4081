import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { tidySignIns } from './tidy-sign-ins.ts';

const database = await testDatabase();
const { db, keeper } = database;
const now = new Date('2026-03-04T02:30:00Z');
const hour = 60 * 60_000;

/** An authority with a guess, a session, a kept form and a link's end of each age, in hours. */
async function authorityWith(ages: number[]): Promise<AuthorityId> {
  const { id } = await freshAuthority(database);
  for (const age of ages) {
    const at = new Date(now.getTime() - age * hour);
    const user: UserId = newId();
    await sql`insert into app_user (authority_id, id, name, email)
      values (${id}, ${user}, 'Robin Fenwick', ${`${user}@t.example`})`.execute(keeper);
    await sql`insert into sign_in_failure (authority_id, id, email_hash, at)
      values (${id}, ${newId()}, 'x', ${at})`.execute(keeper);
    await sql`insert into session
        (authority_id, id, token_hash, user_id, csrf_secret, started_at, seen_at)
      values (${id}, ${newId()}, ${newId()}, ${user}, 'x', ${at}, ${at})`.execute(keeper);
    await sql`insert into kept_form (authority_id, id, user_id, sealed, kept_at)
      values (${id}, ${newId()}, ${user}, 'x', ${at})`.execute(keeper);
    await sql`insert into password_link (authority_id, user_id, token_hash, expires_at)
      values (${id}, ${user}, ${newId()}, ${at})`.execute(keeper);
  }
  return id;
}

/** How old, in hours, what is left of the authority is. */
async function left(authority: AuthorityId): Promise<unknown> {
  const ages = (column: string, of: string) =>
    sql.raw(`(select array_agg(extract(epoch from ('${now.toISOString()}' - ${column}))::integer / 3600
      order by ${column} desc) from ${of} and authority_id = '${authority}')`);
  const found = await sql`select
    ${ages('at', 'sign_in_failure where true')} as guesses,
    ${ages('started_at', 'session where ended_at is null')} as open,
    ${ages('kept_at', 'kept_form where true')} as forms,
    ${ages('expires_at', 'password_link where true')} as links`.execute(keeper);
  return found.rows[0];
}

describe('tidying up after sign-ins', () => {
  it('lets go of what nobody can use any more, once or twice, and of nothing of another authority', async () => {
    const authority = await authorityWith([40, 35, 23, -1]);
    const other = await authorityWith([40]);
    await tidySignIns(db, authority, now);
    await tidySignIns(db, authority, now);
    expect(await left(authority)).toEqual({
      guesses: [-1, 23],
      open: [-1, 23, 35],
      forms: [-1, 23],
      links: [-1],
    });
    expect(await left(other)).toEqual({ guesses: [40], open: [40], forms: [40], links: [40] });
  });
});
