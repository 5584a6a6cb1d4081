import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, AuthorityId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';

/**
 * The days after the one and up to the other from which something that was written of these actions
 * holds, in their order: where something is written for an earlier day, they are to be told anew.
 */
export async function daysWrittenBetween(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  after: IsoDate,
  upTo: IsoDate,
): Promise<IsoDate[]> {
  if (upTo <= after || actionIds.length === 0) return [];
  const ids = anyOf(actionIds);
  const { rows } = await sql<{ day: IsoDate }>`
    select distinct day from (
      select effective_on as day from action_version
        where authority_id = ${authority} and action_id = ${ids}
      union all select effective_on from action_update
        where authority_id = ${authority} and action_id = ${ids}
      union all select effective_on from due_date_entry
        where authority_id = ${authority} and action_id = ${ids}
      union all select effective_on from closure_step
        where authority_id = ${authority} and action_id = ${ids}
      union all select a.effective_on from closure_answer a join closure_step s
        on s.authority_id = a.authority_id and s.id = a.step_id
        where s.authority_id = ${authority} and s.action_id = ${ids}
      union all select effective_on from plan_version
        where authority_id = ${authority} and plan_id in (
          select plan_id from action where authority_id = ${authority} and id = ${ids})
    ) written
    where day > ${after} and day <= ${upTo}
    order by day`.execute(tx);
  return rows.map(({ day }) => day);
}
