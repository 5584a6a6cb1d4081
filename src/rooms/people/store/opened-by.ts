import { sql } from 'kysely';
import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';

/** The two acts by which an administrator can open somebody else's way in. */
export const openingActs = {
  link: 'password link made',
  codes: 'one-time codes reset',
} as const;

/** For so many days two people count as one where one of them opened the other's way in. */
export const openedForDays = 30;

/** Whether this administrator did one of these acts to that person within the last 30 days. */
export async function openedBy(
  tx: Tx,
  authorityId: AuthorityId,
  administrator: UserId,
  person: UserId,
  acts: readonly string[] = Object.values(openingActs),
): Promise<boolean> {
  const { rows } = await sql`
    select from audit_log
    where authority_id = ${authorityId} and fact = 'app_user' and fact_id = ${person}
      and actor_id = ${administrator} and act = any(${[...acts]}::text[])
      and at > recorded_now() - make_interval(days => ${openedForDays})
    limit 1`.execute(tx);
  return rows.length > 0;
}
