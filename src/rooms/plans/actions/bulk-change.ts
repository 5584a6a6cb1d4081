import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, PartyId, PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { findOrAddParty, recordFacts, type Actor } from '#people';
import { isStaleFor, isTouched, type BulkChange } from '../rules/bulk-change.ts';
import { kindOfParty } from '#kernel/party-kind.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { wouldTakeLess } from '../rules/closure.ts';
import { updateChoices } from '../rules/update-choices.ts';
import {
  appendActionVersions,
  appendUpdates,
  type ActionContent,
  type WrittenFact,
  type Writing,
} from '../store/append.ts';
import { appendDateRequests } from '../store/append-dates.ts';
import { updateOfSubmission, type SubmittedUpdate } from '../store/find-action.ts';
import { contentOf, staysAsStrict } from './change-action.ts';
import { openPlan } from './open-plan.ts';
import { appendRegression, takesBack } from './reopen.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

/** A selected action and the versions of it that the person saw. */
export interface Selected {
  id: ActionId;
  version: number;
  dueVersion: number;
  updateVersion: number;
}

export type BulkOutcome =
  /** `unchanged` ones were so already. */
  | { kind: 'done'; changed: number; unchanged: number }
  /**
   * Some of the selected were changed since, by somebody else or by this very form with other
   * words; nothing was written.
   */
  | { kind: 'stale'; picture: PlanPicture; actions: ActionPicture[] }
  | NotFound
  | Forbidden
  | Refused;

/** Makes one change to all selected actions that it makes different, or to none of them. */
export async function bulkChange(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  selected: readonly Selected[],
  change: BulkChange,
): Promise<BulkOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    if (picture.plan.state === 'archived') {
      return refused({ field: null, text: 'This plan is archived, so nothing can be changed.' });
    }
    const byId = new Map(picture.actions.map((action) => [action.id, action]));
    const seenById = new Map(selected.map((seen) => [seen.id, seen]));
    const pairs = [...seenById.values()].flatMap((seen) => {
      const action = byId.get(seen.id);
      return action === undefined ? [] : [{ seen, action }];
    });
    if (pairs.length === 0 || pairs.length !== seenById.size) return { kind: 'not-found' };
    const touched = pairs.filter(({ action }) => isTouched(action, change));
    const answer = {
      kind: 'done' as const,
      changed: touched.length,
      unchanged: pairs.length - touched.length,
    };
    if (change.kind === 'update') {
      const before = await updateOfSubmission(tx, actor.authorityId, change.submissionId);
      if (before !== null) {
        return saysTheSame(before, change, picture)
          ? answer
          : { kind: 'stale', picture, actions: pairs.map(({ action }) => action) };
      }
    }
    if (touched.length === 0) return answer;
    const moved = touched.filter(({ seen, action }) => isStaleFor(seen, action, change));
    if (moved.length > 0) {
      return { kind: 'stale', picture, actions: moved.map(({ action }) => action) };
    }
    const { priority } = change.kind === 'priority' ? change : { priority: undefined };
    const strict = touched.filter(
      ({ action }) => priority !== undefined && wouldTakeLess(action, priority),
    );
    if (strict.length > 0) {
      const refs = strict.map(({ action }) => action.ref).join(', ');
      return refused({ field: 'priority', text: `${staysAsStrict} (${refs})` });
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await append(
      tx,
      actor,
      writing,
      picture,
      touched.map(({ action }) => action),
      change,
    );
    if (written === null) {
      return refused({ field: 'choice', text: 'Choose how these actions are going' });
    }
    const ids = touched.map(({ action }) => action.id);
    written.push(...(await tellActions(tx, writing, today, ids)));
    const act = change.kind === 'due' ? 'asked for several due dates' : 'changed several actions';
    await recordFacts(tx, actor.userId, act, written);
    return answer;
  });
}

/** Whether what this form made already is what it asks for now, and not changed and sent again. */
function saysTheSame(
  before: SubmittedUpdate,
  change: BulkChange & { kind: 'update' },
  { plan }: PlanPicture,
): boolean {
  const choice = updateChoices(plan.ragScheme).find((one) => one.value === change.choice);
  return (
    before.claimedRag === choice?.rag &&
    before.status === choice.status &&
    before.whatChanged === change.whatChanged
  );
}

/** Appends the change to each action; null where the plan has no such answer. */
async function append(
  tx: Tx,
  actor: Actor,
  writing: Writing,
  picture: PlanPicture,
  touched: readonly ActionPicture[],
  change: BulkChange,
): Promise<WrittenFact[] | null> {
  const versions = (content: Partial<ActionContent>) =>
    appendActionVersions(
      tx,
      writing,
      touched.map((one) => ({
        id: one.id,
        version: one.version + 1,
        content: { ...contentOf(one), ...content },
      })),
    );
  switch (change.kind) {
    case 'lead': {
      const written: WrittenFact[] = [];
      const leadIds: PartyId[] = [];
      for (const name of change.leads) {
        const party = { kind: kindOfParty(name), name };
        leadIds.push(await findOrAddParty(tx, actor.authorityId, party, actor.userId, written));
      }
      return [...written, ...(await versions({ leadIds }))];
    }
    case 'priority':
      return versions({ priority: change.priority });
    case 'withdraw':
      return versions({ withdrawn: true, reason: change.reason });
    case 'due':
      return appendDateRequests(
        tx,
        writing,
        touched.map(({ id }) => ({ id, content: change })),
      );
    case 'update': {
      const choices = updateChoices(picture.plan.ragScheme);
      const choice = choices.find((one) => one.value === change.choice);
      if (choice === undefined) return null;
      const appended = await appendUpdates(
        tx,
        writing,
        touched.map((one, index) => ({
          id: one.id,
          version: one.updateVersion + 1,
          content: {
            claimedRag: choice.rag,
            status: choice.status,
            whatChanged: change.whatChanged,
            correctsId: null,
            // A form makes one submission; the first row carries it for all.
            submissionId: index === 0 ? change.submissionId : null,
            evidenceIds: [],
          },
        })),
      );
      const written = [...appended.written];
      for (const one of touched) {
        if (!takesBack(one, { status: choice.status, corrects: null })) continue;
        const why = { why: change.whatChanged, evidenceIds: [], submissionId: null };
        written.push(...(await appendRegression(tx, writing, one, why)));
      }
      return written;
    }
  }
}
