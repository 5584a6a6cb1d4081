import { sql } from 'kysely';
import type { AuthorityId, ObjectiveId, PlanId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';

/** The plan with this id, where it is in the authority: its address and who began it. */
export async function planBegun(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
): Promise<{ slug: string; by: UserId | null } | null> {
  const row = await tx
    .selectFrom('plan')
    .innerJoin('plan_address as address', (join) =>
      join
        .onRef('address.authority_id', '=', 'plan.authority_id')
        .onRef('address.plan_id', '=', 'plan.id'),
    )
    .select(['address.slug', 'plan.recorded_by as by'])
    .where('plan.authority_id', '=', authority)
    .where('plan.id', '=', planId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Whether something of the authority has this id that was to be a new objective's. The links to
 * sources tell objectives and actions apart by their ids alone.
 */
export async function isIdTaken(tx: Tx, authority: AuthorityId, id: ObjectiveId): Promise<boolean> {
  const { rows } = await sql`
    select from objective where authority_id = ${authority} and id = ${id}
    union all select from action where authority_id = ${authority} and id = ${id}`.execute(tx);
  return rows.length > 0;
}
