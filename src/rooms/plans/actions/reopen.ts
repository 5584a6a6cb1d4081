import { daysBetween } from '#kernel/dates.ts';
import type { EvidenceId, Id } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ActionPicture } from '../rules/picture.ts';
import type { Status } from '../rules/reading.ts';
import { appendClosureStep } from '../store/append-closure.ts';
import type { WrittenFact, Writing } from '../store/append.ts';

/**
 * Whether an update with this status takes a complete action back: then it is a regression, and
 * whoever appends it appends that too. To correct a wrong update is none: the action never was
 * complete, or still is.
 */
export function takesBack(
  action: Pick<ActionPicture, 'closure'>,
  update: { status: Status | null; corrects: unknown },
): boolean {
  return (
    action.closure.completion !== null && update.status !== 'complete' && update.corrects === null
  );
}

/**
 * Appends that an action failed again, and how many days the fix had held: from the day on which
 * it was first claimed complete, without a break, to the day of the writing. The update that
 * reopens it is appended by the caller, in the same transaction.
 */
export async function appendRegression(
  tx: Tx,
  writing: Writing,
  action: ActionPicture,
  given: {
    why: string;
    evidenceIds: readonly EvidenceId[];
    submissionId: Id<'submission'> | null;
  },
): Promise<WrittenFact[]> {
  const { completion } = action.closure;
  const { written } = await appendClosureStep(tx, writing, action.id, action.closureVersion + 1, {
    state: 'regressed',
    account: given.why,
    testResult: null,
    heldDays: completion === null ? null : daysBetween(completion.since, writing.effectiveOn),
    submissionId: given.submissionId,
    evidenceIds: given.evidenceIds,
  });
  return written;
}
