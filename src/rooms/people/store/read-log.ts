import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

export interface LogEntry {
  seq: number;
  at: Date;
  /** Null for what was done at the server itself. */
  actorId: UserId | null;
  actorName: string | null;
  act: string;
  fact: string;
  factId: string;
  version: number | null;
}

/** Acts that changed nothing: somebody read, exported, downloaded or gave out, or was refused it. */
export const readings = 'readings';

/** What the log is narrowed to; everything where a part is null. */
export interface LogFilter {
  itemId: string | null;
  actorId: UserId | null;
  /** An act as it is logged, or `readings` for all that only looked. */
  act: string | null;
  /** London days, both included. */
  from: IsoDate | null;
  to: IsoDate | null;
}

/**
 * A page of the audit log, newest first. `before` is the number of the entry above which the page
 * begins. It is quick on any page of a million rows: pages go by the number, and days become numbers
 * first, for times never run backwards along the chain.
 */
export async function readLog(
  tx: Tx,
  authorityId: AuthorityId,
  filter: LogFilter,
  page: { before: number | null; atMost: number },
): Promise<LogEntry[]> {
  let query = (await narrowed(tx, authorityId, filter))
    .leftJoin('account as u', (join) =>
      join.onRef('u.authority_id', '=', 'l.authority_id').onRef('u.user_id', '=', 'l.actor_id'),
    )
    .select([
      'l.seq',
      'l.at',
      'l.actor_id as actorId',
      'u.name as actorName',
      'l.act',
      'l.fact',
      'l.fact_id as factId',
      'l.fact_version as version',
    ])
    .orderBy('l.seq', 'desc')
    .limit(page.atMost);
  if (page.before !== null) query = query.where('l.seq', '<', page.before);
  return await query.execute();
}

/** How many entries there are, counted no further than this: more than that is not worth the wait. */
export const countedAtMost = 10_000;

/** How many entries the filter leaves; one more than `countedAtMost` for any number above it. */
export async function countLog(
  tx: Tx,
  authorityId: AuthorityId,
  filter: LogFilter,
): Promise<number> {
  const some = (await narrowed(tx, authorityId, filter)).select('l.seq').limit(countedAtMost + 1);
  const counted = await tx
    .selectFrom(some.as('some'))
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return counted.count;
}

/** Every act that the log holds, in words and in order, found by hopping along its index. */
export async function actsInLog(tx: Tx, authorityId: AuthorityId): Promise<string[]> {
  const { rows } = await sql<{ act: string }>`
    with recursive hop (act) as (
      (select act from audit_log where authority_id = ${authorityId} order by act limit 1)
      union all
      select (select l.act from audit_log l
              where l.authority_id = ${authorityId} and l.act > hop.act order by l.act limit 1)
      from hop where hop.act is not null
    )
    select act from hop where act is not null`.execute(tx);
  return rows.map((row) => row.act);
}

async function narrowed(tx: Tx, authorityId: AuthorityId, filter: LogFilter) {
  const { itemId, actorId, act, from, to } = filter;
  let query = tx.selectFrom('audit_log as l').where('l.authority_id', '=', authorityId);
  if (itemId !== null) query = query.where('l.fact_id', '=', itemId);
  if (actorId !== null) query = query.where('l.actor_id', '=', actorId);
  if (act === readings) {
    query = query.where(sql<boolean>`l.act ~ '^(read|exported|downloaded|gave out|refused)'`);
  } else if (act !== null) {
    query = query.where('l.act', '=', act);
  }
  if (from !== null) query = query.where('l.seq', '>=', await firstSince(tx, authorityId, from, 0));
  if (to !== null) query = query.where('l.seq', '<', await firstSince(tx, authorityId, to, 1));
  return query;
}

/** The number of the first entry since the midnight that begins a London day, or some days later. */
async function firstSince(
  tx: Tx,
  authorityId: AuthorityId,
  day: IsoDate,
  daysLater: number,
): Promise<number> {
  const first = await tx
    .selectFrom('audit_log')
    .select('seq')
    .where('authority_id', '=', authorityId)
    .where(
      sql<boolean>`at >= (${day}::date + ${daysLater}::integer)::timestamp at time zone 'Europe/London'`,
    )
    .orderBy('at')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return first?.seq ?? Number.MAX_SAFE_INTEGER;
}
