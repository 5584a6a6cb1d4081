import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, Id, UpdateId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { evidenceByIds } from '#findings';
import { recordFacts, type Actor } from '#people';
import { isSaid } from '../rules/closure.ts';
import { updateChoices, type UpdateChoice } from '../rules/update-choices.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { appendUpdates, type WrittenFact } from '../store/append.ts';
import { updateDay, updateOfSubmission, type SubmittedUpdate } from '../store/find-action.ts';
import { stepOfSubmission } from '../store/read-closure.ts';
import { keepAllEvidence, showActions, type GivenEvidence } from './keep-evidence.ts';
import { openAction } from './open-plan.ts';
import { appendRegression, takesBack } from './reopen.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

export interface GivenUpdate {
  actionId: ActionId;
  /** The `value` of one of the plan's `updateChoices`. */
  choice: string;
  whatChanged: string;
  evidence: GivenEvidence[];
  /** The version of the action's updates that the person saw when they began to write. */
  seenVersion: number;
  /** Made with the form: the same form sent twice is one update. */
  submissionId: Id<'submission'>;
  /** The update that this one says was wrong. */
  corrects: UpdateId | null;
  /**
   * Why an action that was complete is not any more: it failed again. Asked for where the update
   * takes a complete action back and corrects nothing; of no account elsewhere.
   */
  failedAgain?: string | null;
}

export type GiveUpdateOutcome =
  | { kind: 'done'; updateId: UpdateId; action: ActionPicture | null }
  /**
   * Somebody saved first, or this form was saved before with other content: what stands is in
   * the picture, nothing of this was written. To save it after all takes a new `submissionId`.
   */
  | { kind: 'stale'; picture: PlanPicture; action: ActionPicture }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Appends an update to an action: what its lead claims, and what shows it. Nothing is
 * overwritten; where somebody saved since `seenVersion`, nothing is written and both texts are
 * answered.
 */
export async function giveUpdate(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenUpdate,
): Promise<GiveUpdateOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, given.actionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const outcome = await writeUpdate(tx, actor, today, opened, given);
    if (outcome.kind !== 'done') return outcome;
    const { written, effectiveOn, ...done } = outcome;
    if (written.length > 0) {
      const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn };
      written.push(...(await tellActions(tx, writing, today, [given.actionId])));
      await recordFacts(tx, actor.userId, 'gave an update', written);
    }
    return done;
  });
}

export type WriteUpdateOutcome =
  | {
      kind: 'done';
      updateId: UpdateId;
      action: ActionPicture;
      written: WrittenFact[];
      /** The day from which the update holds. */
      effectiveOn: IsoDate;
    }
  | Extract<GiveUpdateOutcome, { kind: 'stale' }>
  | Refused;

/**
 * As `giveUpdate`, of an action that was opened in this transaction: several updates can be
 * written in one. Whoever calls it tells how far the action is and records the facts, which are none
 * where this form made the same update before.
 */
export async function writeUpdate(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { picture, action }: { picture: PlanPicture; action: ActionPicture },
  given: GivenUpdate,
): Promise<WriteUpdateOutcome> {
  const choice = updateChoices(picture.plan.ragScheme).find((one) => one.value === given.choice);
  const before = await updateOfSubmission(tx, actor.authorityId, given.submissionId);
  if (before !== null && (await saysTheSame(tx, actor, before, given, choice))) {
    return { kind: 'done', updateId: before.id, action, written: [], effectiveOn: today };
  }
  // A form that was saved, changed and sent again (Back) is another update: nothing of it is lost.
  if (before !== null || action.updateVersion !== given.seenVersion) {
    return { kind: 'stale', picture, action };
  }
  if (choice === undefined) {
    return refused({ field: 'choice', text: 'Choose how it is going' });
  }
  if (action.withdrawn) {
    return refused({
      field: null,
      text: 'This action was withdrawn, so it takes no more updates.',
    });
  }
  const corrected =
    given.corrects === null
      ? null
      : await updateDay(tx, actor.authorityId, given.actionId, given.corrects);
  if (given.corrects !== null && corrected === null) {
    return refused({ field: null, text: 'The update to correct is not one of this action.' });
  }
  if (corrected !== null && undoesSignOff(action, choice, corrected)) {
    return refused({
      field: null,
      text: 'Somebody signed this action off after that update, so it is not taken back by correcting it. Say that it failed again, or ask who signed it off',
    });
  }
  const reopens = takesBack(action, { status: choice.status, corrects: given.corrects });
  const why = given.failedAgain ?? '';
  if (reopens && why === '') {
    return refused({
      field: 'failed',
      text: 'This action is complete. Say what failed again, or correct the update that said so',
    });
  }
  const written: WrittenFact[] = [];
  const evidenceIds = await keepAllEvidence(tx, actor, given.evidence, written);
  // A correction holds from the day of what it corrects, and shows when it was recorded.
  const effectiveOn = corrected ?? today;
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn };
  const { submissionId } = given;
  const appended = await appendUpdates(tx, writing, [
    {
      id: given.actionId,
      version: action.updateVersion + 1,
      content: {
        claimedRag: choice.rag,
        status: choice.status,
        whatChanged: given.whatChanged,
        correctsId: given.corrects,
        submissionId,
        evidenceIds,
      },
    },
  ]);
  written.push(...appended.written);
  const shows = { actionId: given.actionId, evidenceIds };
  written.push(...(await showActions(tx, writing, [shows])));
  if (reopens) {
    const regression = { why, evidenceIds, submissionId };
    written.push(...(await appendRegression(tx, writing, action, regression)));
  }
  const updateId = appended.ids[0];
  if (updateId === undefined) throw new Error('An update was appended without an id');
  return { kind: 'done', updateId, action, written, effectiveOn };
}

/**
 * Whether a correction would say that the action never was complete, after another person signed
 * off that it is: that would leave neither their word nor how long the fix held.
 */
function undoesSignOff(
  { closure: { completion, standing } }: ActionPicture,
  choice: UpdateChoice,
  correctedOn: IsoDate,
): boolean {
  return (
    choice.status !== 'complete' &&
    completion !== null &&
    correctedOn >= completion.since &&
    standing.some(
      ({ state, answer }) =>
        state === 'accepted as untested' || (isSaid(state) && answer?.answer === 'verified'),
    )
  );
}

/** Whether what this form made already is what it asks for now. */
async function saysTheSame(
  tx: Tx,
  actor: Actor,
  before: SubmittedUpdate,
  given: GivenUpdate,
  choice: UpdateChoice | undefined,
): Promise<boolean> {
  const kept = await evidenceByIds(tx, actor.authorityId, before.evidenceIds);
  const step = await stepOfSubmission(tx, actor.authorityId, given.submissionId);
  const titles = (all: Iterable<{ kind: string; title: string }>) =>
    JSON.stringify([...all].map(({ kind, title }) => [kind, title]).sort());
  return (
    before.actionId === given.actionId &&
    before.claimedRag === choice?.rag &&
    before.status === choice.status &&
    before.whatChanged === given.whatChanged &&
    before.correctsId === given.corrects &&
    (step === null || step.account === given.failedAgain) &&
    titles(kept.values()) === titles(given.evidence)
  );
}
