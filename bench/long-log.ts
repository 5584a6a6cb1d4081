import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { addAuthority, recordFacts } from '#people';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId, type ActionId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import { checkout } from '#platform/checkout.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { chainHash } from '../src/rooms/people/store/audit-log.ts';
import { countLog, readings, readLog, type LogFilter } from '../src/rooms/people/store/read-log.ts';
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
    const { asked, megabytes } = await onDatabase(data, async ({ db, keeper }) => {
      const log = await writeLog(keeper);
      const { rows } = await sql<{ mb: number }>`
        select pg_database_size(current_database()) / 1048576 as mb`.execute(keeper);
      return { asked: await whoSawThis(db, log), megabytes: rows[0]?.mb ?? 0 };
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
      ...asked,
      { what: 'The database, as PostgreSQL keeps it', found: megabytes, unit: 'MB', atMost: null },
      { what: 'The back-up of it', found: size, unit: 'MB', atMost: null },
      { what: 'Backed up', found: backedUp, unit: 's', atMost: null },
      { what: 'Restored and compared', found: restored, unit: 's', atMost: null },
      { what: 'Backed up and restored', found: backedUp + restored, unit: 's', atMost: 600 },
    ];
  });
}

/** "Who saw this, when?" (P-07), asked of the log as the page asks it: a page and a count. */
async function whoSawThis(db: Db, { authorityId, itemId, actorId }: LongLog): Promise<Reading[]> {
  const all: LogFilter = { itemId: null, actorId: null, act: null, from: null, to: null };
  const month = { from: dayIn('2026-03-05'), to: dayIn('2026-04-04') };
  const questions: [string, LogFilter][] = [
    ['one item', { ...all, itemId }],
    ['what one person did in a month', { ...all, actorId, ...month }],
    ['every reading in a month', { ...all, act: readings, ...month }],
    ['the newest entries', all],
  ];
  const found: Reading[] = [];
  for (const [what, filter] of questions) {
    const began = performance.now();
    await readInAuthority(db, authorityId, async (tx) => {
      await readLog(tx, authorityId, filter, { before: null, atMost: 50 });
      await countLog(tx, authorityId, filter);
    });
    const took = (performance.now() - began) / 1000;
    found.push({ what: `Who saw this, when? ${what}`, found: took, unit: 's', atMost: 60 });
  }
  return found;
}

function dayIn(text: string): IsoDate {
  const day = parseIsoDate(text);
  if (day === null) throw new Error(`Not a day: ${text}`);
  return day;
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

interface LongLog {
  authorityId: AuthorityId;
  /** One that was written and read, and one of those who did. */
  itemId: string;
  actorId: UserId;
}

const actors = Array.from({ length: 50 }, () => newId<'user'>());

async function writeLog(keeper: Db): Promise<LongLog> {
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
  let written = 0;
  let itemId = '';
  while (head.seq < entries) {
    const facts = await addUpdates(keeper, authorityId, actionId, written);
    written += facts.length;
    itemId = facts[0]?.id ?? itemId;
    head = await logThem(keeper, authorityId, head, facts);
  }
  await keeper
    .updateTable('audit_head')
    .set(head)
    .where('authority_id', '=', authorityId)
    .execute();
  await sql`analyze`.execute(keeper);
  const [actorId] = actors;
  if (actorId === undefined) throw new Error('Nobody did anything');
  return { authorityId, itemId, actorId };
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
  const rows: Record<string, unknown>[] = [];
  const log = (act: string, fact: WrittenFact, digest: string) => {
    seq += 1;
    const previous = hash;
    // One every ten seconds: four months of a busy council.
    const at = new Date(Date.UTC(2026, 2, 4) + seq * 10_000).toISOString().replace('Z', '000Z');
    const actorId = actors[seq % actors.length] ?? null;
    const { id: factId, version } = fact;
    const about = { act, fact: 'action_update', factId, version, digest };
    hash = chainHash(previous, { authorityId, seq, at, actorId, ...about });
    rows.push({ seq, at, actor: actorId, act, id: factId, version, digest, previous, hash });
  };
  for (const [index, fact] of facts.entries()) {
    log('gave an update', fact, fact.digest);
    if (index % 50 === 0) log('exported as xlsx', fact, '');
  }
  await sql`
    insert into audit_log (authority_id, seq, at, actor_id, act, fact, fact_id, fact_version, digest, previous_hash, hash)
    select ${authorityId}, r.seq, r.at, r.actor, r.act, 'action_update', r.id, r.version, r.digest, r.previous, r.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (seq bigint, at timestamptz, actor uuid, act text, id uuid, version integer, digest text, previous text, hash text)`.execute(
    keeper,
  );
  return { seq, hash };
}
