import type { AuthorityId, PlanId, UserId } from '#kernel/ids.ts';
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
