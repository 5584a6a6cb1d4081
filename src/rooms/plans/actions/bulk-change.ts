import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, Id, PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { findOrAddParty, recordFacts, type Actor } from '#people';
import { kindOfParty } from '../rules/party-kind.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { sameDue } from '../rules/picture-action.ts';
import type { Due } from '../rules/reading.ts';
import { updateChoices } from '../rules/update-choices.ts';
import {
  appendActionVersions,
  appendDueDates,
  appendUpdates,
  type WrittenFact,
} from '../store/append.ts';
import { updateOfSubmission } from '../store/find-action.ts';
import { contentOf } from './change-action.ts';
import { openPlan } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

/** One change to every selected action. */
export type BulkChange =
  | { kind: 'lead'; leads: string[] }
  | { kind: 'due'; due: Due; reason: string }
  | { kind: 'priority'; priority: 'high' | 'medium' | 'low' | null }
  | { kind: 'update'; choice: string; whatChanged: string; submissionId: Id<'submission'> }
  | { kind: 'withdraw'; reason: string };

/** A selected action and the versions of it that the person saw. */
export interface Selected {
  id: ActionId;
  version: number;
  dueVersion: number;
  updateVersion: number;
}

export type BulkOutcome =
  | { kind: 'done'; changed: number; unchanged: number }
  /** Some of the selected were changed by somebody else since; nothing was written. */
  | { kind: 'stale'; picture: PlanPicture; actions: ActionPicture[] }
  | NotFound
  | Forbidden
  | Refused;

/** Makes one change to all selected actions, or to none of them. */
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
    const pairs = selected.flatMap((seen) => {
      const action = byId.get(seen.id);
      return action === undefined ? [] : [{ seen, action }];
    });
    if (pairs.length === 0 || pairs.length !== selected.length) return { kind: 'not-found' };
    if (change.kind === 'update') {
      const before = await updateOfSubmission(tx, actor.authorityId, change.submissionId);
      if (before !== null) return { kind: 'done', changed: pairs.length, unchanged: 0 };
    }
    const moved = pairs.filter(({ seen, action }) => isStale(seen, action, change));
    if (moved.length > 0) {
      return { kind: 'stale', picture, actions: moved.map(({ action }) => action) };
    }
    const actions = pairs.map(({ action }) => action);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written: WrittenFact[] = [];
    const versions = (
      which: readonly ActionPicture[],
      content: (action: ActionPicture) => ReturnType<typeof contentOf>,
    ) =>
      appendActionVersions(
        tx,
        writing,
        which.map((one) => ({ id: one.id, version: one.version + 1, content: content(one) })),
      );
    let touched: readonly ActionPicture[] = actions;
    switch (change.kind) {
      case 'lead': {
        const leadIds: ReturnType<typeof contentOf>['leadIds'] = [];
        for (const name of change.leads) {
          const party = { kind: kindOfParty(name), name };
          leadIds.push(await findOrAddParty(tx, actor.authorityId, party, actor.userId, written));
        }
        const names = [...leadIds].sort().join();
        touched = actions.filter(
          (one) =>
            one.leads
              .map((lead) => lead.id)
              .sort()
              .join() !== names,
        );
        written.push(...(await versions(touched, (one) => ({ ...contentOf(one), leadIds }))));
        break;
      }
      case 'priority':
        touched = actions.filter((one) => one.priority !== change.priority);
        written.push(
          ...(await versions(touched, (one) => ({ ...contentOf(one), priority: change.priority }))),
        );
        break;
      case 'withdraw':
        touched = actions.filter((one) => !one.withdrawn);
        written.push(
          ...(await versions(touched, (one) => ({
            ...contentOf(one),
            withdrawn: true,
            reason: change.reason,
          }))),
        );
        break;
      case 'due':
        touched = actions.filter((one) => !sameDue(one.due, change.due));
        written.push(
          ...(await appendDueDates(
            tx,
            writing,
            touched.map((one) => ({
              id: one.id,
              version: one.dueVersion + 1,
              content: {
                due: change.due,
                declaredRevised: false,
                reason: change.reason,
                effectOnChildren: null,
              },
            })),
          )),
        );
        break;
      case 'update': {
        const choice = updateChoices(picture.plan.ragScheme).find(
          (one) => one.value === change.choice,
        );
        if (choice === undefined) {
          return refused({ field: 'choice', text: 'Choose how these actions are going' });
        }
        touched = actions.filter((one) => !one.withdrawn);
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
        written.push(...appended.written);
        break;
      }
    }
    if (touched.length === 0) {
      return refused({ field: null, text: 'All of them are so already, so nothing was changed.' });
    }
    await recordFacts(tx, actor.userId, 'changed several actions', written);
    return { kind: 'done', changed: touched.length, unchanged: actions.length - touched.length };
  });
}

function isStale(seen: Selected, action: ActionPicture, change: BulkChange): boolean {
  switch (change.kind) {
    case 'lead':
    case 'priority':
    case 'withdraw':
      return seen.version !== action.version;
    case 'due':
      return seen.dueVersion !== action.dueVersion;
    case 'update':
      return seen.updateVersion !== action.updateVersion;
  }
}
