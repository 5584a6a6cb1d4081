import type { ActionId, AuthorityId, ObjectiveId, PlanId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { userNames } from '#people';

/** A thing that is written in versions. */
export type Versioned =
  | { kind: 'plan'; id: PlanId }
  | { kind: 'rag rule'; id: PlanId }
  | { kind: 'objective'; id: ObjectiveId }
  | { kind: 'action'; id: ActionId }
  | { kind: 'due date'; id: ActionId }
  | { kind: 'asked date'; id: ActionId };

/** Who wrote the latest version of this, by name, and when; null where there is none. */
export async function lastWritten(
  tx: Tx,
  authority: AuthorityId,
  what: Versioned,
): Promise<{ by: string | null; at: Date } | null> {
  const row = await latestRow(tx, authority, what);
  if (row === undefined) return null;
  if (row.by === null) return { by: null, at: row.at };
  const names = await userNames(tx, authority, [row.by]);
  return { by: names.get(row.by) ?? null, at: row.at };
}

function latestRow(
  tx: Tx,
  authority: AuthorityId,
  what: Versioned,
): Promise<{ by: UserId | null; at: Date } | undefined> {
  switch (what.kind) {
    case 'plan':
      return tx
        .selectFrom('plan_version')
        .select(['recorded_by as by', 'recorded_at as at'])
        .where('authority_id', '=', authority)
        .where('plan_id', '=', what.id)
        .orderBy('version', 'desc')
        .executeTakeFirst();
    case 'rag rule':
      return tx
        .selectFrom('plan_rag_rule')
        .select(['recorded_by as by', 'recorded_at as at'])
        .where('authority_id', '=', authority)
        .where('plan_id', '=', what.id)
        .orderBy('version', 'desc')
        .executeTakeFirst();
    case 'objective':
      return tx
        .selectFrom('objective_version')
        .select(['recorded_by as by', 'recorded_at as at'])
        .where('authority_id', '=', authority)
        .where('objective_id', '=', what.id)
        .orderBy('version', 'desc')
        .executeTakeFirst();
    case 'action':
      return tx
        .selectFrom('action_version')
        .select(['recorded_by as by', 'recorded_at as at'])
        .where('authority_id', '=', authority)
        .where('action_id', '=', what.id)
        .orderBy('version', 'desc')
        .executeTakeFirst();
    case 'asked date':
      return tx
        .selectFrom('due_date_request')
        .select(['recorded_by as by', 'recorded_at as at'])
        .where('authority_id', '=', authority)
        .where('action_id', '=', what.id)
        .orderBy('version', 'desc')
        .executeTakeFirst();
    case 'due date':
      return tx
        .selectFrom('due_date_entry')
        .select(['recorded_by as by', 'recorded_at as at'])
        .where('authority_id', '=', authority)
        .where('action_id', '=', what.id)
        .orderBy('version', 'desc')
        .executeTakeFirst();
  }
}
