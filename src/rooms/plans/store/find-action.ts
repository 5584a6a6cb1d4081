import type { IsoDate } from '#kernel/dates.ts';
import type {
  ActionId,
  AuthorityId,
  EvidenceId,
  Id,
  PartyId,
  PlanId,
  UpdateId,
} from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Rag, Status } from '../rules/reading.ts';

/** The plan that holds this action, or null where the authority has no such action. */
export async function planOfAction(
  tx: Tx,
  authority: AuthorityId,
  actionId: ActionId,
): Promise<PlanId | null> {
  const row = await tx
    .selectFrom('action')
    .select('plan_id')
    .where('authority_id', '=', authority)
    .where('id', '=', actionId)
    .executeTakeFirst();
  return row?.plan_id ?? null;
}

/** What a form made of an action already. */
export interface SubmittedUpdate {
  id: UpdateId;
  actionId: ActionId;
  claimedRag: Rag | null;
  status: Status | null;
  whatChanged: string;
  correctsId: UpdateId | null;
  evidenceIds: EvidenceId[];
}

/** The update that this form made already, or null: a double click is one update. */
export async function updateOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<SubmittedUpdate | null> {
  const row = await tx
    .selectFrom('action_update')
    .select([
      'id',
      'action_id as actionId',
      'claimed_rag as claimedRag',
      'status',
      'what_changed as whatChanged',
      'corrects_id as correctsId',
    ])
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const evidence = await tx
    .selectFrom('action_update_evidence')
    .select('evidence_id')
    .where('authority_id', '=', authority)
    .where('update_id', '=', row.id)
    .execute();
  return { ...row, evidenceIds: evidence.map((one) => one.evidence_id) };
}

/** The action that this form made already, or null. */
export async function actionOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<ActionId | null> {
  const row = await tx
    .selectFrom('action')
    .select('id')
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The plans in which one of these parties leads or contributes in any version of an action. */
export async function plansNaming(
  tx: Tx,
  authority: AuthorityId,
  partyIds: readonly PartyId[],
): Promise<PlanId[]> {
  if (partyIds.length === 0) return [];
  const rows = await tx
    .selectFrom('action_version_party as named')
    .innerJoin('action_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'named.authority_id')
        .onRef('version.id', '=', 'named.action_version_id'),
    )
    .innerJoin('action', (join) =>
      join
        .onRef('action.authority_id', '=', 'version.authority_id')
        .onRef('action.id', '=', 'version.action_id'),
    )
    .select('action.plan_id')
    .distinct()
    .where('named.authority_id', '=', authority)
    .where('named.party_id', '=', anyOf(partyIds))
    .execute();
  return rows.map((row) => row.plan_id);
}

/** The day from which an update of this action holds, or null where the action has no such update. */
export async function updateDay(
  tx: Tx,
  authority: AuthorityId,
  actionId: ActionId,
  updateId: UpdateId,
): Promise<IsoDate | null> {
  const row = await tx
    .selectFrom('action_update')
    .select('effective_on')
    .where('authority_id', '=', authority)
    .where('action_id', '=', actionId)
    .where('id', '=', updateId)
    .executeTakeFirst();
  return row?.effective_on ?? null;
}

/** Every action of a plan, withdrawn ones too. */
export async function actionsOfPlan(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
): Promise<ActionId[]> {
  const rows = await tx
    .selectFrom('action')
    .select('id')
    .where('authority_id', '=', authority)
    .where('plan_id', '=', planId)
    .execute();
  return rows.map(({ id }) => id);
}

/** The plans that hold these actions, by action; one that the authority does not have is left out. */
export async function plansOfActions(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
): Promise<Map<ActionId, PlanId>> {
  const rows = await tx
    .selectFrom('action')
    .select(['id', 'plan_id'])
    .where('authority_id', '=', authority)
    .where('id', '=', anyOf(actionIds))
    .execute();
  return new Map(rows.map((row) => [row.id, row.plan_id]));
}
