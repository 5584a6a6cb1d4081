import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { addAuthority, recordFacts } from '#people';
import { newId, type ActionId, type AuthorityId } from '#kernel/ids.ts';
import { checkout } from '#platform/checkout.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { chainHash } from '../src/rooms/people/store/audit-log.ts';
import { inEmptyPlace, onDatabase } from './empty-place.ts';
import type { Reading } from './readings.ts';

const entries = 1_000_000;
const atOnce = 20_000;

/**
 * A log of a million entries, each of which names an update of 600 characters: about a gigabyte.
 * It is verified, backed up and restored by the commands that an operator gives.
 */
export async function longLog(note: (line: string) => void): Promise<Reading[]> {
  return await inEmptyPlace(async (data) => {
    note('Writing a log of a million entries.');
    const megabytes = await onDatabase(data, async ({ keeper }) => {
      await writeLog(keeper);
      const { rows } = await sql<{ mb: number }>`
        select pg_database_size(current_database()) / 1048576 as mb`.execute(keeper);
      return rows[0]?.mb ?? 0;
    });
    const folder = path.dirname(data);
    const key = path.join(folder, 'key');
    await writeFile(key, randomBytes(32).toString('hex'), { mode: 0o600 });
    const file = path.join(folder, 'council.backup');
    note('Verifying it.');
    const verified = await seconds(data, ['verify']);
    note('Backing it up, and restoring it.');
    const backedUp = await seconds(data, ['backup', file, '--key-file', key]);
    const restored = await seconds(`${data}-restored`, ['restore', file, '--key-file', key]);
    const size = (await stat(file)).size / 1024 / 1024;
    return [
      {
        what: 'A log of 1,000,000 entries and the facts they name, verified',
        found: verified,
        unit: 's',
        atMost: 60,
      },
      { what: 'The database, as PostgreSQL keeps it', found: megabytes, unit: 'MB', atMost: null },
      { what: 'The back-up of it', found: size, unit: 'MB', atMost: null },
      { what: 'Backed up', found: backedUp, unit: 's', atMost: null },
      { what: 'Restored and compared', found: restored, unit: 's', atMost: null },
      { what: 'Backed up and restored', found: backedUp + restored, unit: 's', atMost: 600 },
    ];
  });
}

/** How long an operator waits for a command, its start included. */
async function seconds(data: string, command: string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(path.join(checkout, 'bin/sightline'), command, {
    env: { ...process.env, SIGHTLINE_DATA: data },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  return (performance.now() - began) / 1000;
}

async function writeLog(keeper: Db): Promise<void> {
  const added = await keeper
    .transaction()
    .execute((tx) => addAuthority(tx, { slug: 'long', name: 'A long log', isDemo: true }));
  if (added.kind !== 'added') throw new Error(`No council: ${added.kind}`);
  const { authorityId } = added;
  const actionId = await inAuthority(keeper, authorityId, (tx) => addAction(tx, authorityId));
  let head = await keeper
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('authority_id', '=', authorityId)
    .executeTakeFirstOrThrow();
  while (head.seq < entries) {
    const facts = await addUpdates(keeper, authorityId, actionId, head.seq);
    head = await logThem(keeper, authorityId, head, facts);
  }
  await keeper
    .updateTable('audit_head')
    .set(head)
    .where('authority_id', '=', authorityId)
    .execute();
  await sql`analyze`.execute(keeper);
}

/** A plan with one action, logged as any other fact. */
async function addAction(tx: Tx, authorityId: AuthorityId): Promise<ActionId> {
  const planId = newId<'plan'>();
  const id = newId<'action'>();
  await tx
    .insertInto('plan')
    .values({ authority_id: authorityId, id: planId, recorded_by: null })
    .execute();
  await tx
    .insertInto('action')
    .values({ authority_id: authorityId, id, plan_id: planId, recorded_by: null })
    .execute();
  await recordFacts(tx, null, 'plan created', [
    { fact: 'plan', id: planId },
    { fact: 'action', id },
  ]);
  return id;
}

interface WrittenFact {
  id: string;
  version: number;
  digest: string;
}

async function addUpdates(
  keeper: Db,
  authorityId: AuthorityId,
  actionId: ActionId,
  from: number,
): Promise<WrittenFact[]> {
  await sql`
    insert into action_update (authority_id, id, action_id, version, effective_on, what_changed)
    select ${authorityId}, gen_random_uuid(), ${actionId}, n, '2026-03-04',
      repeat(md5(n::text), 17) || ' Reviews were done in six of nine teams.'
    from generate_series(${from + 1}::int, ${from + atOnce}::int) n`.execute(keeper);
  const { rows } = await sql<WrittenFact>`
    select u.id, u.version, fact_digest(u) as digest from action_update u
    where u.authority_id = ${authorityId} and u.action_id = ${actionId} and u.version > ${from}
    order by u.version`.execute(keeper);
  return rows;
}

async function logThem(
  keeper: Db,
  authorityId: AuthorityId,
  head: { seq: number; hash: string },
  facts: readonly WrittenFact[],
): Promise<{ seq: number; hash: string }> {
  let { seq, hash } = head;
  const at = '2026-03-04T10:00:00.000000Z';
  const rows = facts.map((fact) => {
    seq += 1;
    const previous = hash;
    hash = chainHash(previous, {
      authorityId,
      seq,
      at,
      actorId: null,
      act: 'update given',
      fact: 'action_update',
      factId: fact.id,
      version: fact.version,
      digest: fact.digest,
    });
    return { seq, id: fact.id, version: fact.version, digest: fact.digest, previous, hash };
  });
  await sql`
    insert into audit_log (authority_id, seq, at, act, fact, fact_id, fact_version, digest, previous_hash, hash)
    select ${authorityId}, r.seq, ${at}, 'update given', 'action_update', r.id, r.version, r.digest, r.previous, r.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (seq bigint, id uuid, version integer, digest text, previous text, hash text)`.execute(
    keeper,
  );
  return { seq, hash };
}
