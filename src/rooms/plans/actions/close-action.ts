import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, ClosureStepId, EvidenceId, Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import { standingToAction } from '../rules/assignment.ts';
import {
  whyNotAccept,
  whyNotAnswer,
  whyNotSay,
  type ClosureStep,
  type SaidState,
  type Verifier,
  type WhyNotAccept,
  type WhyNotSignOff,
} from '../rules/closure.ts';
import { evidenceSince } from '../rules/closure-history.ts';
import { whyNotSayWords } from '../rules/closure-words.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { updateChoices } from '../rules/update-choices.ts';
import { appendUpdates, type WrittenFact } from '../store/append.ts';
import { appendClosureAnswer, appendClosureStep } from '../store/append-closure.ts';
import { stepOfSubmission } from '../store/read-closure.ts';
import { readHistory } from '../store/read-history.ts';
import { keepAllEvidence, showActions, type GivenEvidence } from './keep-evidence.ts';
import { openAction } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

interface Closed {
  kind: 'done';
  picture: PlanPicture;
  action: ActionPicture;
}

/** Somebody wrote since this person looked: what stands is in the picture, nothing was written. */
interface Moved {
  kind: 'stale';
  picture: PlanPicture;
  action: ActionPicture;
}

export interface SaidStep {
  actionId: ActionId;
  state: SaidState;
  account: string;
  /** What the test showed, where it was made. */
  testResult: ClosureStep['testResult'];
  evidence: GivenEvidence[];
  /** The version of the action's closure that the person saw when they began to write. */
  seenVersion: number;
  /** Made with the form: the same form sent twice is one step. */
  submissionId: Id<'submission'>;
}

export type SayStepOutcome = Closed | Moved | NotFound | Forbidden | Refused;

/**
 * Says that an action reached its next state, and what shows it. To say that an open action is
 * done claims it complete as well. What was given as evidence with the update that claims it
 * complete shows that it is done too: nobody gives it twice.
 */
export async function sayStep(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: SaidStep,
): Promise<SayStepOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, given.actionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture, action } = opened;
    const before = await stepOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before !== null) {
      const same =
        before.actionId === given.actionId &&
        before.state === given.state &&
        before.account === given.account &&
        before.testResult === given.testResult;
      return { kind: same ? 'done' : 'stale', picture, action };
    }
    if (action.closureVersion !== given.seenVersion) return { kind: 'stale', picture, action };
    const carried =
      given.state === 'done' ? await evidenceOfCompletion(tx, actor, action, today) : [];
    const reasons = whyNotSay(action, {
      ...given,
      evidenceCount: given.evidence.length + carried.length,
    });
    if (reasons.length > 0) return refused(...reasons.map((reason) => whyNotSayWords[reason]));
    const written: WrittenFact[] = [];
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const own = await keepAllEvidence(tx, actor, given.evidence, written);
    const shows = { actionId: action.id, evidenceIds: own };
    written.push(...(await showActions(tx, writing, [shows])));
    if (action.closure.completion === null) {
      const choice = updateChoices(picture.plan.ragScheme).find((one) => one.status === 'complete');
      const update = await appendUpdates(tx, writing, [
        {
          id: action.id,
          version: action.updateVersion + 1,
          content: {
            claimedRag: choice?.rag ?? null,
            status: 'complete',
            whatChanged: given.account,
            correctsId: null,
            submissionId: given.submissionId,
            evidenceIds: own,
          },
        },
      ]);
      written.push(...update.written);
    }
    const step = await appendClosureStep(tx, writing, action.id, action.closureVersion + 1, {
      state: given.state,
      account: given.account,
      testResult: given.testResult,
      heldDays: null,
      submissionId: given.submissionId,
      evidenceIds: [...carried, ...own],
    });
    written.push(...step.written, ...(await tellActions(tx, writing, today, [action.id])));
    await recordFacts(tx, actor.userId, `said ${given.state}`, written);
    return { kind: 'done', picture, action };
  });
}

/** What the updates since the action was claimed complete rest on. */
async function evidenceOfCompletion(
  tx: Tx,
  actor: Actor,
  { id, closure }: ActionPicture,
  today: IsoDate,
): Promise<EvidenceId[]> {
  const { completion } = closure;
  if (completion === null) return [];
  const { updates } = await readHistory(tx, actor.authorityId, { actionId: id }, today);
  return evidenceSince(updates, completion.since);
}

export type AnswerStepOutcome =
  Closed | Moved | NotFound | Forbidden | Refused | { kind: 'not-yours'; reasons: WhyNotSignOff[] };

/**
 * Verifies the step that waits, or returns it with a reason. Somebody else than the doer decides,
 * with every reason why not told at once. The same answer sent twice by one person is one answer.
 */
export async function answerStep(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: {
    actionId: ActionId;
    stepId: ClosureStepId;
    answer: 'verified' | 'returned';
    reason: string | null;
  },
): Promise<AnswerStepOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, given.actionId, 'R', today);
    if (opened.kind !== 'open') return opened;
    const { picture, action } = opened;
    const step = action.closure.steps.find((one) => one.id === given.stepId);
    if (step === undefined) return { kind: 'not-found' };
    if (step.answer?.by === actor.userId && step.answer.answer === given.answer) {
      return { kind: 'done', picture, action };
    }
    if (action.closure.waiting?.id !== given.stepId) return { kind: 'stale', picture, action };
    if (action.withdrawn) {
      return refused({
        field: null,
        text: 'This action was withdrawn, so nobody signs it off. Bring it back first.',
      });
    }
    const reasons = whyNotAnswer(verifierOf(actor, action, picture), action, given.answer);
    if (reasons.length > 0) return { kind: 'not-yours', reasons };
    if (given.answer === 'returned' && given.reason === null) {
      return refused({ field: 'reason', text: 'Say what is missing, so that it can be put right' });
    }
    const { answer, reason } = given;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const content = { answer, reason };
    const written = await appendClosureAnswer(tx, writing, given.stepId, content);
    written.push(...(await tellActions(tx, writing, today, [action.id])));
    await recordFacts(tx, actor.userId, `${answer} a step of closure`, written);
    return { kind: 'done', picture, action };
  });
}

export type AcceptOutcome =
  Closed | Moved | NotFound | Forbidden | Refused | { kind: 'not-yours'; reasons: WhyNotAccept[] };

/** Accepts that nobody will test what a complete action did; with who says so, and why. */
export async function acceptUntested(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: {
    actionId: ActionId;
    reason: string;
    seenVersion: number;
    submissionId: Id<'submission'>;
  },
): Promise<AcceptOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, given.actionId, 'R', today);
    if (opened.kind !== 'open') return opened;
    const { picture, action } = opened;
    const before = await stepOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before !== null) {
      const same = before.actionId === given.actionId && before.account === given.reason;
      return { kind: same ? 'done' : 'stale', picture, action };
    }
    const reasons = whyNotAccept(verifierOf(actor, action, picture), action);
    if (reasons.length > 0) return { kind: 'not-yours', reasons };
    if (action.closureVersion !== given.seenVersion) return { kind: 'stale', picture, action };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const { written } = await appendClosureStep(tx, writing, action.id, action.closureVersion + 1, {
      state: 'accepted as untested',
      account: given.reason,
      testResult: null,
      heldDays: null,
      submissionId: given.submissionId,
      evidenceIds: [],
    });
    written.push(...(await tellActions(tx, writing, today, [action.id])));
    await recordFacts(tx, actor.userId, 'accepted an action as untested', written);
    return { kind: 'done', picture, action };
  });
}

/** What of a person counts when they would sign off an action of this plan. */
export function verifierOf(actor: Actor, action: ActionPicture, { plan }: PlanPicture): Verifier {
  return {
    userId: actor.userId,
    partyIds: actor.partyIds,
    mayApprove: may(actor, 'A', 'PLN', standingToAction(actor, action, plan)),
  };
}
