import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { recordFacts, verifyChain } from '#people';
import { freshAuthority, testDatabase } from './database.ts';

const { db, keeper } = await testDatabase();

describe('rows that belong to a fact without an id of their own', () => {
  it('are all within the digest of their fact', async () => {
    // A table of facts (the program cannot change its rows) without an id, and its first parent.
    const { rows } = await sql<{ child: string; parent: string; covered: boolean }>`
      select child.relname as child, parent.relname as parent,
        exists (
          select from pg_proc p
          where p.proname = 'fact_parts' and p.proargtypes[0] = parent.reltype
        ) as covered
      from pg_class child
      join pg_index i on i.indrelid = child.oid and i.indisprimary
      join pg_constraint c on c.conrelid = child.oid and c.contype = 'f' and c.conkey[2] = i.indkey[1]
      join pg_class parent on parent.oid = c.confrelid
      where child.relnamespace = 'public'::regnamespace and child.relkind = 'r'
        and exists (select from pg_attribute a where a.attrelid = child.oid and a.attname = 'authority_id')
        and not exists (select from pg_attribute a where a.attrelid = child.oid and a.attname = 'id')
        and not has_table_privilege('sightline_app', child.oid, 'UPDATE')`.execute(keeper);
    expect(rows.map(({ child }) => child).sort()).toEqual([
      'action_update_evidence',
      'action_version_party',
      'audit_kept',
      'challenge_shared',
      'closure_step_evidence',
      'disposed_fact',
      'file_chunk',
      'finding_version_theme',
      'judgement_lead',
      'plan_version_board',
      'redaction_place',
      'report_plan',
    ]);
    expect(rows.filter(({ covered }) => !covered)).toEqual([]);
  });

  it('cannot be changed without verify finding it', async () => {
    const { id: authorityId } = await freshAuthority({ keeper });
    const file = newId<'file'>();
    await inAuthority(db, authorityId, async (tx) => {
      await sql`insert into stored_file (authority_id, id, name, media_type, size_bytes, sha256)
        values (${authorityId}, ${file}, 'plan.csv', 'text/csv', 3, 'x')`.execute(tx);
      await sql`insert into file_chunk (authority_id, file_id, n, bytes)
        values (${authorityId}, ${file}, 1, 'abc'::bytea)`.execute(tx);
      await recordFacts(tx, null, 'file stored', [{ fact: 'stored_file', id: file }]);
    });
    const problems = async () =>
      (await readInAuthority(db, authorityId, (tx) => verifyChain(tx, authorityId))).problems;
    expect(await problems()).toEqual([]);
    await sql`update file_chunk set bytes = 'abd'::bytea where file_id = ${file}`.execute(keeper);
    expect(await problems()).toEqual([
      { kind: 'fact-changed', seq: 1, fact: 'stored_file', factId: file },
    ]);
  });
});
