import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, EvidenceId, Id, UpdateId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { addEvidence, evidenceByIds, storeFile, type NewEvidence } from '#findings';
import { recordFacts, type Actor } from '#people';
import { updateChoices, type UpdateChoice } from '../rules/update-choices.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { appendUpdates, type WrittenFact } from '../store/append.ts';
import { updateDay, updateOfSubmission, type SubmittedUpdate } from '../store/find-action.ts';
import { openAction } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

/** What shows it: a link, a note, a file, or nothing. */
export type GivenEvidence =
  | Exclude<NewEvidence, { kind: 'file' }>
  | { kind: 'file'; title: string; file: { name: string; mediaType: string; bytes: Uint8Array } };

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
    const { picture, action } = opened;
    const choice = updateChoices(picture.plan.ragScheme).find((one) => one.value === given.choice);
    const before = await updateOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before !== null && (await saysTheSame(tx, actor, before, given, choice))) {
      return { kind: 'done', updateId: before.id, action };
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
    const written: WrittenFact[] = [];
    const evidenceIds: EvidenceId[] = [];
    for (const evidence of given.evidence) {
      evidenceIds.push(await keepEvidence(tx, actor, evidence, written));
    }
    const appended = await appendUpdates(
      tx,
      // A correction holds from the day of what it corrects, and shows when it was recorded.
      { authority: actor.authorityId, by: actor.userId, effectiveOn: corrected ?? today },
      [
        {
          id: given.actionId,
          version: action.updateVersion + 1,
          content: {
            claimedRag: choice.rag,
            status: choice.status,
            whatChanged: given.whatChanged,
            correctsId: given.corrects,
            submissionId: given.submissionId,
            evidenceIds,
          },
        },
      ],
    );
    written.push(...appended.written);
    await recordFacts(tx, actor.userId, 'gave an update', written);
    const updateId = appended.ids[0];
    if (updateId === undefined) throw new Error('An update was appended without an id');
    return { kind: 'done', updateId, action };
  });
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
  const titles = (all: Iterable<{ kind: string; title: string }>) =>
    JSON.stringify([...all].map(({ kind, title }) => [kind, title]).sort());
  return (
    before.actionId === given.actionId &&
    before.claimedRag === choice?.rag &&
    before.status === choice.status &&
    before.whatChanged === given.whatChanged &&
    before.correctsId === given.corrects &&
    titles(kept.values()) === titles(given.evidence)
  );
}

async function keepEvidence(
  tx: Tx,
  actor: Actor,
  evidence: GivenEvidence,
  written: WrittenFact[],
): Promise<EvidenceId> {
  let kept: NewEvidence;
  if (evidence.kind === 'file') {
    const file = await storeFile(tx, actor.authorityId, evidence.file, actor.userId);
    written.push({ fact: 'stored_file', id: file.id });
    kept = { kind: 'file', title: evidence.title, fileId: file.id };
  } else {
    kept = evidence;
  }
  const id = await addEvidence(tx, actor.authorityId, kept, actor.userId);
  written.push({ fact: 'evidence', id });
  return id;
}
