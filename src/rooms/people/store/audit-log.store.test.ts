import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId, type AuthorityId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { findOrAddParty } from './parties.ts';
import { recordFacts, type FactRef } from './audit-log.ts';
import { verifyChain } from './verify-chain.ts';

const { db, keeper } = await testDatabase();
let authorityId: AuthorityId;

beforeEach(async () => {
  authorityId = (await freshAuthority({ keeper })).id;
  await makePerson(db, authorityId, { roles: ['qa-manager', 'director'] });
  await makePerson(db, authorityId, {
    roles: ['member'],
    holds: [{ kind: 'board', name: 'Board' }],
  });
});

const verify = () => readInAuthority(db, authorityId, (tx) => verifyChain(tx, authorityId));
const kinds = async () => (await verify()).problems.map((problem) => problem.kind);
/** As somebody who owns the tables and writes behind the program's back. */
const tamper = (statement: ReturnType<typeof sql>) => statement.execute(keeper);

describe('the audit log', () => {
  it('is whole after ordinary work', async () => {
    const report = await verify();
    expect(report.problems).toEqual([]);
    // Two users, three roles, one board, one seat.
    expect(report.entries).toBe(7);
    expect(report.head.seq).toBe(7);
  });

  it('says nothing of another authority, and another authority’s work does not touch it', async () => {
    const other = (await freshAuthority({ keeper })).id;
    expect(await readInAuthority(db, other, (tx) => verifyChain(tx, authorityId))).toMatchObject({
      entries: 0,
    });
    await makePerson(db, other);
    expect((await verify()).entries).toBe(7);
  });

  it('is written with the change or not at all', async () => {
    const attempt = inAuthority(db, authorityId, async (tx) => {
      const facts: FactRef[] = [];
      await findOrAddParty(tx, authorityId, { kind: 'team', name: 'Lost team' }, null, facts);
      await recordFacts(tx, null, 'team added', facts);
      throw new Error('the server fell over');
    });
    await expect(attempt).rejects.toThrow('fell over');
    const { entries, problems } = await verify();
    expect({ entries, problems }).toEqual({ entries: 7, problems: [] });
  });

  it('refuses to log a row that is not there, and takes the change back', async () => {
    const attempt = inAuthority(db, authorityId, async (tx) => {
      await findOrAddParty(tx, authorityId, { kind: 'team', name: 'Lost team' }, null, []);
      await recordFacts(tx, null, 'team added', [{ fact: 'party', id: newId() }]);
    });
    await expect(attempt).rejects.toThrow('No row');
    expect(await kinds()).toEqual([]);
  });

  it('chains what many write at once without a gap', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        inAuthority(db, authorityId, async (tx) => {
          const facts: FactRef[] = [];
          const party = { kind: 'team', name: `Team ${index}` } as const;
          await findOrAddParty(tx, authorityId, party, null, facts);
          await recordFacts(tx, null, 'team added', facts);
        }),
      ),
    );
    const { entries, problems } = await verify();
    expect({ entries, problems }).toEqual({ entries: 27, problems: [] });
  });

  it('gives the same digest in whatever time zone the writer was', async () => {
    await inAuthority(db, authorityId, async (tx) => {
      await sql`set local timezone = 'Pacific/Auckland'`.execute(tx);
      const facts: FactRef[] = [];
      await findOrAddParty(tx, authorityId, { kind: 'team', name: 'Far team' }, null, facts);
      await recordFacts(tx, null, 'team added', facts);
    });
    expect(await kinds()).toEqual([]);
  });

  it('keeps no digest of working state, which may go', async () => {
    const id = newId<'sign-in-failure'>();
    await inAuthority(db, authorityId, (tx) =>
      recordFacts(tx, null, 'sign-in refused', [{ fact: 'sign_in_failure', id, state: true }]),
    );
    expect(await kinds()).toEqual([]);
  });
});

describe('verify finds', () => {
  it('an entry that was edited', async () => {
    await tamper(
      sql`update audit_log set act = 'role ended' where authority_id = ${authorityId} and seq = 3`,
    );
    expect((await verify()).problems).toEqual([{ kind: 'entry-changed', seq: 3 }]);
  });

  it('an entry whose time was changed by a microsecond', async () => {
    await tamper(
      sql`update audit_log set at = at + interval '1 microsecond'
          where authority_id = ${authorityId} and seq = 3`,
    );
    expect((await verify()).problems).toEqual([{ kind: 'entry-changed', seq: 3 }]);
  });

  it('an entry cut out of the middle', async () => {
    await tamper(sql`delete from audit_log where authority_id = ${authorityId} and seq = 4`);
    expect(await kinds()).toContain('entries-missing');
  });

  it('entries cut off the end', async () => {
    await tamper(sql`delete from audit_log where authority_id = ${authorityId} and seq > 5`);
    expect(await kinds()).toEqual(['head-differs', 'fact-not-logged', 'fact-not-logged']);
  });

  it('entries cut off the end with the head put back', async () => {
    await tamper(sql`delete from audit_log where authority_id = ${authorityId} and seq > 5`);
    await tamper(
      sql`update audit_head set seq = 5, hash = (
            select hash from audit_log where authority_id = ${authorityId} and seq = 5)
          where authority_id = ${authorityId}`,
    );
    expect(await kinds()).toEqual(['fact-not-logged', 'fact-not-logged']);
  });

  it('two entries whose order was changed', async () => {
    await tamper(
      sql`update audit_log set seq = 100 where authority_id = ${authorityId} and seq = 2`,
    );
    await tamper(sql`update audit_log set seq = 2 where authority_id = ${authorityId} and seq = 3`);
    await tamper(
      sql`update audit_log set seq = 3 where authority_id = ${authorityId} and seq = 100`,
    );
    expect(await kinds()).toContain('entry-changed');
  });

  it('the whole log gone', async () => {
    await tamper(sql`delete from audit_log where authority_id = ${authorityId}`);
    expect(await kinds()).toContain('head-differs');
  });

  it('a fact that was edited, by its id', async () => {
    const { rows } = await sql<{ id: string }>`
      update app_user set name = 'Another name' where authority_id = ${authorityId}
        and id = (select id from app_user where authority_id = ${authorityId} limit 1)
      returning id`.execute(keeper);
    expect((await verify()).problems).toEqual([
      expect.objectContaining({ kind: 'fact-changed', fact: 'app_user', factId: rows[0]?.id }),
    ]);
  });

  it('a fact that was deleted, by its id', async () => {
    const { rows } = await sql<{ id: string }>`
      delete from post_holding where authority_id = ${authorityId} returning id`.execute(keeper);
    expect((await verify()).problems).toEqual([
      expect.objectContaining({ kind: 'fact-missing', factId: rows[0]?.id }),
    ]);
  });

  it('a fact that was slipped in', async () => {
    const id = newId();
    await tamper(
      sql`insert into party (authority_id, id, kind, name, name_key)
          values (${authorityId}, ${id}, 'team', 'Slipped in', 'slipped in')`,
    );
    expect((await verify()).problems).toEqual([
      { kind: 'fact-not-logged', fact: 'party', factId: id },
    ]);
  });
});

describe('the program itself', () => {
  it.each([
    ['change', sql`update audit_log set act = 'x'`],
    ['delete', sql`delete from audit_log`],
    ['empty', sql`truncate audit_log`],
  ])('may not %s the log', async (_what, statement) => {
    const attempt = inAuthority(db, authorityId, (tx) => statement.execute(tx));
    await expect(attempt).rejects.toThrow('permission denied');
  });
});
