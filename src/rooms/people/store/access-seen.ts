import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { Overtaken } from '#platform/overtaken.ts';
import './tables.ts';

/**
 * Permission and write are one act (security G-11). A request reads what its person may do before
 * its writing transaction begins; every such transaction ends by locking the head of the audit log
 * (`recordFacts`), and so does every taking away. Under that lock it is asked once more.
 */

/** What a request saw of its person when it came in. */
export interface AccessSeen {
  authorityId: AuthorityId;
  userId: UserId;
  /** The last entry of the audit log before what they may do was read. */
  seq: number;
  /** Whether they hold now all that they held then. */
  holdsStill: (tx: Tx) => Promise<boolean>;
}

/** The facts that take something away from somebody. */
const takings = [
  'account_event',
  'api_token_end',
  'delegation_end',
  'emergency_end',
  'named_grant_end',
  'post_holding_end',
  'role_grant_end',
  'team_answer',
];

const seenByRequest = new AsyncLocalStorage<AccessSeen>();

/** Does the work, and all that follows from it, on the strength of what was seen. */
export function onTheStrengthOf(seen: AccessSeen, work: () => void): void {
  seenByRequest.run(seen, work);
}

/** The last entry of the authority's audit log; read it before what a person may do. */
export async function lastEntry(tx: Tx, authorityId: AuthorityId): Promise<number> {
  const head = await tx
    .selectFrom('audit_head')
    .select('seq')
    .where('authority_id', '=', authorityId)
    .executeTakeFirst();
  return head?.seq ?? 0;
}

/**
 * Asks under the lock of the log's head whether the actor of this request lost anything since the
 * request read it. Costs nothing when nothing was logged meanwhile, else one query.
 * @throws Overtaken when they did: nothing of the transaction is kept.
 */
export async function requireAccessSeen(
  tx: Tx,
  head: { authority_id: AuthorityId; seq: number },
  actorId: UserId | null,
): Promise<void> {
  const seen = seenByRequest.getStore();
  if (seen?.userId !== actorId || seen.authorityId !== head.authority_id) return;
  if (head.seq === seen.seq || !(await somethingTaken(tx, seen))) return;
  if (!(await seen.holdsStill(tx))) throw new Overtaken('What the actor may do was taken away');
}

async function somethingTaken(tx: Tx, { authorityId, seq }: AccessSeen): Promise<boolean> {
  const { rows } = await sql`
    select from audit_log where authority_id = ${authorityId} and seq > ${seq}
      and fact = any(${takings}::text[]) limit 1`.execute(tx);
  return rows.length > 0;
}
