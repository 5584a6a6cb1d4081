import { newId, type ActionId, type ClosureStepId, type EvidenceId, type Id } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ClosureState, ClosureStep } from '../rules/closure.ts';
import { isAgreedTest } from '../rules/closure-words.ts';
import type { ActionTest } from '../rules/picture.ts';
import type { WrittenFact, Writing } from './append.ts';

/** A step of closure, to be appended. */
export interface NewClosureStep {
  state: ClosureState;
  account: string;
  testResult: ClosureStep['testResult'];
  heldDays: number | null;
  submissionId: Id<'submission'> | null;
  evidenceIds: readonly EvidenceId[];
}

/** Appends how actions will be tested. */
export async function appendTests(
  tx: Tx,
  writing: Writing,
  tests: readonly { id: ActionId; version: number; test: ActionTest | 'to be agreed' }[],
): Promise<WrittenFact[]> {
  if (tests.length === 0) return [];
  const rows = tests.map(({ id, version, test }) => ({
    authority_id: writing.authority,
    id: newId<'action test'>(),
    action_id: id,
    version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    measure: isAgreedTest(test) ? test.measure : null,
    sample: isAgreedTest(test) ? test.sample : null,
    threshold: isAgreedTest(test) ? test.threshold : null,
    by_when: isAgreedTest(test) ? test.byWhen : null,
  }));
  await tx.insertInto('action_test').values(rows).execute();
  return rows.map((row) => ({ fact: 'action_test', id: row.id, version: row.version }));
}

/** Appends a step of closure, with the evidence that it names. */
export async function appendClosureStep(
  tx: Tx,
  writing: Writing,
  actionId: ActionId,
  version: number,
  step: NewClosureStep,
): Promise<{ id: ClosureStepId; written: WrittenFact[] }> {
  const id = newId<'closure step'>();
  await tx
    .insertInto('closure_step')
    .values({
      authority_id: writing.authority,
      id,
      action_id: actionId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      state: step.state,
      account: step.account,
      test_result: step.testResult,
      held_days: step.heldDays,
      submission_id: step.submissionId,
    })
    .execute();
  const evidence = [...new Set(step.evidenceIds)];
  if (evidence.length > 0) {
    await tx
      .insertInto('closure_step_evidence')
      .values(
        evidence.map((evidenceId) => ({
          authority_id: writing.authority,
          step_id: id,
          evidence_id: evidenceId,
        })),
      )
      .execute();
  }
  return { id, written: [{ fact: 'closure_step', id, version }] };
}

/** Appends the answer to a step. */
export async function appendClosureAnswer(
  tx: Tx,
  writing: Writing,
  stepId: ClosureStepId,
  given: { answer: 'verified' | 'returned'; reason: string | null },
): Promise<WrittenFact[]> {
  const id = newId<'closure answer'>();
  await tx
    .insertInto('closure_answer')
    .values({
      authority_id: writing.authority,
      id,
      step_id: stepId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      ...given,
    })
    .execute();
  return [{ fact: 'closure_answer', id }];
}
