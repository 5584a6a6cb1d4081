import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, AuthorityId, Id, PlanId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ClosureState, ClosureStep } from '../rules/closure.ts';
import type { ClosureFact, TestFact } from '../rules/closure-history.ts';
import { knownBy } from './read-truth.ts';

/** Every test and step of closure of these actions that holds at the end of a day. */
export async function readClosureHistory(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  asAt: IsoDate,
  knownAt?: Date,
): Promise<{ tests: TestFact[]; closures: ClosureFact[] }> {
  const known = knownBy({ asAt, knownAt });
  const tests = await tx
    .selectFrom('action_test')
    .select([
      'action_id as actionId',
      'version',
      'effective_on as effectiveOn',
      'recorded_at as recordedAt',
      'recorded_by as by',
      'measure',
      'sample',
      'threshold',
      'by_when as byWhen',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(actionIds))
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('version')
    .execute();
  const steps = await tx
    .selectFrom('closure_step as step')
    .leftJoin('closure_answer as answer', (join) =>
      join
        .onRef('answer.authority_id', '=', 'step.authority_id')
        .onRef('answer.step_id', '=', 'step.id')
        .on('answer.effective_on', '<=', asAt)
        .on('answer.recorded_at', '<=', known),
    )
    .select([
      'step.action_id as actionId',
      'step.id',
      'step.version',
      'step.effective_on as effectiveOn',
      'step.recorded_at as recordedAt',
      'step.recorded_by as by',
      'step.state',
      'step.account',
      'step.test_result as testResult',
      'step.held_days as heldDays',
      'answer.answer',
      'answer.effective_on as answeredOn',
      'answer.recorded_at as answeredAt',
      'answer.recorded_by as answeredBy',
      'answer.reason as answerReason',
    ])
    .where('step.authority_id', '=', authority)
    .where('step.action_id', '=', anyOf(actionIds))
    .where('step.effective_on', '<=', asAt)
    .where('step.recorded_at', '<=', known)
    .orderBy('step.version')
    .execute();
  const evidence =
    steps.length === 0
      ? []
      : await tx
          .selectFrom('closure_step_evidence')
          .select(['step_id as stepId', 'evidence_id as evidenceId'])
          .where('authority_id', '=', authority)
          .where('step_id', '=', anyOf(steps.map((row) => row.id)))
          .execute();
  const evidenceOf = Map.groupBy(evidence, (row) => row.stepId);
  return {
    tests: tests.map(({ measure, sample, threshold, byWhen, ...fact }) => ({
      ...fact,
      test:
        measure === null || threshold === null
          ? 'to be agreed'
          : { measure, sample, threshold, byWhen },
    })),
    closures: steps.map(
      ({ answer, answeredOn, answeredAt, answeredBy, answerReason, ...step }) => ({
        ...step,
        evidenceIds: (evidenceOf.get(step.id) ?? []).map((row) => row.evidenceId),
        answer:
          answer === null || answeredOn === null || answeredAt === null
            ? null
            : {
                answer,
                effectiveOn: answeredOn,
                recordedAt: answeredAt,
                by: answeredBy,
                reason: answerReason,
              },
      }),
    ),
  };
}

/** The step that this form made already, or null: a double click is one step. */
export async function stepOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<{
  actionId: ActionId;
  state: ClosureState;
  account: string;
  testResult: ClosureStep['testResult'];
} | null> {
  const row = await tx
    .selectFrom('closure_step')
    .select(['action_id as actionId', 'state', 'account', 'test_result as testResult'])
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row ?? null;
}

/** The plans with a step of closure that nobody has answered. */
export async function plansWithUnanswered(tx: Tx, authority: AuthorityId): Promise<PlanId[]> {
  const rows = await tx
    .selectFrom('closure_step as step')
    .innerJoin('action', (join) =>
      join
        .onRef('action.authority_id', '=', 'step.authority_id')
        .onRef('action.id', '=', 'step.action_id'),
    )
    .select('action.plan_id')
    .distinct()
    .where('step.authority_id', '=', authority)
    .where('step.state', 'in', ['done', 'practice changed', 'children better off'])
    .where((make) =>
      make.not(
        make.exists(
          make
            .selectFrom('closure_answer as answer')
            .select('answer.id')
            .whereRef('answer.authority_id', '=', 'step.authority_id')
            .whereRef('answer.step_id', '=', 'step.id'),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.plan_id);
}
