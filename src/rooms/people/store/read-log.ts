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

/**
 * A page of the audit log, newest first. `before` is the number of the entry above which the
 * page begins; `itemId` keeps to one item's entries.
 */
export async function readLog(
  tx: Tx,
  authorityId: AuthorityId,
  asked: { before: number | null; itemId: string | null; atMost: number },
): Promise<LogEntry[]> {
  let query = tx
    .selectFrom('audit_log as l')
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
    .where('l.authority_id', '=', authorityId)
    .orderBy('l.seq', 'desc')
    .limit(asked.atMost);
  if (asked.before !== null) query = query.where('l.seq', '<', asked.before);
  if (asked.itemId !== null) query = query.where('l.fact_id', '=', asked.itemId);
  return await query.execute();
}

/** How many entries there are: all, or one item's. */
export async function countLog(
  tx: Tx,
  authorityId: AuthorityId,
  itemId: string | null,
): Promise<number> {
  let query = tx
    .selectFrom('audit_log')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('authority_id', '=', authorityId);
  if (itemId !== null) query = query.where('fact_id', '=', itemId);
  return (await query.executeTakeFirstOrThrow()).count;
}
