import type { IsoDate } from '#kernel/dates.ts';
import { newId, type ActionId, type Id, type ObjectiveId, type PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { endSourceLink, findOrAddSources, linkSources, sourceKey, sourcesOf } from '#findings';
import { findOrAddParty, recordFacts, type Actor } from '#people';
import { kindOfParty } from '#kernel/party-kind.ts';
import { sameTest } from '../rules/closure-words.ts';
import {
  restrictedSource,
  type ActionPicture,
  type ActionTest,
  type PlanPicture,
} from '../rules/picture.ts';
import { wouldTakeLess } from '../rules/closure.ts';
import { sameAction } from '../rules/same-content.ts';
import type { Due } from '../rules/reading.ts';
import {
  appendActionVersions,
  appendActions,
  appendDueDates,
  type ActionContent,
  type WrittenFact,
} from '../store/append.ts';
import { appendTests } from '../store/append-closure.ts';
import { actionOfSubmission } from '../store/find-action.ts';
import { readHistory } from '../store/read-history.ts';
import { openAction, openPlan } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

/** A source as a person writes it: its title, its own words, the page. */
export interface GivenSource {
  title: string;
  words: string | null;
  page: string | null;
}

/** What a person writes of an action, but its dates and updates. Leads are names as written. */
export interface GivenAction {
  objectiveId: ObjectiveId;
  ref: string;
  text: string;
  leads: string[];
  contributors: string[];
  priority: 'high' | 'medium' | 'low' | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
  sources: GivenSource[];
  /** How it will be tested. Left out, it stays as it is; of a new action, nobody has said. */
  test?: ActionTest | 'to be agreed' | null;
}

/** A new action: with its due date, and the id that was made with its form. */
export type NewAction = GivenAction & { due: Due; submissionId: Id<'submission'> };

export type AddActionOutcome =
  { kind: 'done'; actionId: ActionId } | NotFound | Forbidden | Refused;

export type ChangeActionOutcome =
  | { kind: 'done'; picture: PlanPicture; action: ActionPicture }
  | { kind: 'stale'; picture: PlanPicture; action: ActionPicture }
  | NotFound
  | Forbidden
  | Refused;

/** Adds an action with its first due date, at the end of its objective. */
export async function addAction(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: NewAction,
): Promise<AddActionOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const outcome = await writeAction(tx, actor, today, planId, given);
    if (outcome.kind !== 'done') return outcome;
    const { written, actionId } = outcome;
    if (written.length > 0) await recordFacts(tx, actor.userId, 'added an action', written);
    return { kind: 'done', actionId };
  });
}

export type WriteActionOutcome =
  | { kind: 'done'; actionId: ActionId; written: WrittenFact[] }
  | Exclude<AddActionOutcome, { kind: 'done' }>;

/**
 * As `addAction`, within a transaction: an action is added together with what it answers. Whoever
 * calls it records the facts, which are none where this form added it before.
 */
export async function writeAction(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: NewAction,
): Promise<WriteActionOutcome> {
  const opened = await openPlan(tx, actor, planId, 'U', today);
  if (opened.kind !== 'open') return opened;
  const { picture } = opened;
  const before = await actionOfSubmission(tx, actor.authorityId, given.submissionId);
  if (before !== null) {
    const made = picture.actions.find((one) => one.id === before);
    return made !== undefined && sameAction(made, given) && sameTest(made.test, given.test ?? null)
      ? { kind: 'done', actionId: before, written: [] }
      : refused({ field: null, text: alreadyAdded(made) });
  }
  if (picture.plan.state === 'archived') {
    return refused({ field: null, text: 'This plan is archived, so nothing can be added.' });
  }
  const faults = faultsOf(picture, null, given);
  if (faults.length > 0) return refused(...faults);
  const written: WrittenFact[] = [];
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const actionId = newId<'action'>();
  written.push(
    ...(await appendActions(tx, writing, planId, [
      { id: actionId, copiedFrom: null, submissionId: given.submissionId },
    ])),
  );
  const content: ActionContent = {
    ...(await withParties(tx, actor, given, written)),
    position: picture.actions.reduce((last, one) => Math.max(last, one.position), 0) + 1,
    withdrawn: false,
    reason: null,
  };
  written.push(
    ...(await appendActionVersions(tx, writing, [{ id: actionId, version: 1, content }])),
    ...(await appendDueDates(tx, writing, [
      {
        id: actionId,
        version: 1,
        content: { due: given.due, declaredRevised: false, reason: null, effectOnChildren: null },
      },
    ])),
  );
  if (given.test != null) {
    written.push(
      ...(await appendTests(tx, writing, [{ id: actionId, version: 1, test: given.test }])),
    );
  }
  await relinkSources(tx, actor, today, 'action', actionId, given.sources, written);
  written.push(...(await tellActions(tx, writing, today, [actionId])));
  return { kind: 'done', actionId, written };
}

/** What a person is told who changed a form after it was saved, and sent it again (Back). */
function alreadyAdded(made: ActionPicture | undefined): string {
  const asWhat = made === undefined ? '' : ` as action ${made.ref}`;
  return `This form was saved already${asWhat}, so nothing more was saved. Change that action on its own page, or begin a new one.`;
}

/**
 * Appends a new version of an action's text, leads, measure, sources and test; where nothing differs
 * from what stands, nothing is written.
 */
export async function changeAction(
  db: Db,
  actor: Actor,
  today: IsoDate,
  actionId: ActionId,
  seenVersion: number,
  given: GivenAction,
): Promise<ChangeActionOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openForOwner(tx, actor, actionId, today);
    if (opened.kind !== 'open') return opened;
    const { picture, action } = opened;
    const test = given.test ?? action.test;
    const isTestChanged = test !== null && !sameTest(action.test, test);
    if (sameAction(action, given) && !isTestChanged) return { kind: 'done', picture, action };
    if (action.version !== seenVersion) return { kind: 'stale', picture, action };
    const faults = faultsOf(picture, action, given);
    if (faults.length > 0) return refused(...faults);
    const written: WrittenFact[] = [];
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const content: ActionContent = {
      ...(await withParties(tx, actor, given, written)),
      position: action.position,
      withdrawn: action.withdrawn,
      reason: null,
    };
    written.push(
      ...(await appendActionVersions(tx, writing, [
        { id: actionId, version: action.version + 1, content },
      ])),
    );
    // A form is saved as one: a new test is a new version of the action as well, so that whoever
    // had the form open before is shown both.
    if (isTestChanged) {
      const next = { id: actionId, version: action.testVersion + 1, test };
      written.push(...(await appendTests(tx, writing, [next])));
    }
    await relinkSources(tx, actor, today, 'action', actionId, given.sources, written);
    written.push(...(await tellActions(tx, writing, today, [actionId])));
    await recordFacts(tx, actor.userId, 'changed an action', written);
    return { kind: 'done', picture, action };
  });
}

/** Withdraws an action, or takes a withdrawal back; either way with a reason. */
export async function withdrawAction(
  db: Db,
  actor: Actor,
  today: IsoDate,
  actionId: ActionId,
  seenVersion: number,
  given: { withdrawn: boolean; reason: string },
): Promise<ChangeActionOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openForOwner(tx, actor, actionId, today);
    if (opened.kind !== 'open') return opened;
    const { picture, action } = opened;
    const same = action.withdrawn === given.withdrawn;
    if (same && (await saidAlready(tx, actor, today, actionId, given))) {
      return { kind: 'done', picture, action };
    }
    if (action.version !== seenVersion) return { kind: 'stale', picture, action };
    if (same) {
      const state = given.withdrawn ? 'withdrawn already' : 'in the plan already';
      return refused({ field: null, text: `This action is ${state}.` });
    }
    const content = { ...contentOf(action), withdrawn: given.withdrawn, reason: given.reason };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const version = { id: actionId, version: action.version + 1, content };
    const written = await appendActionVersions(tx, writing, [version]);
    written.push(...(await tellActions(tx, writing, today, [actionId])));
    const act = given.withdrawn ? 'withdrew an action' : 'brought an action back';
    await recordFacts(tx, actor.userId, act, written);
    return { kind: 'done', picture, action };
  });
}

/** The content of an action as it stands, to be appended again with something changed. */
export function contentOf(action: ActionPicture): ActionContent {
  return {
    objectiveId: action.objectiveId,
    ref: action.ref,
    position: action.position,
    text: action.text,
    priority: action.priority,
    successMeasure: action.successMeasure,
    outcomeForChildren: action.outcomeForChildren,
    withdrawn: action.withdrawn,
    reason: null,
    leadIds: action.leads.map((party) => party.id),
    contributorIds: action.contributors.map((party) => party.id),
  };
}

/**
 * What an action says, who leads it and whether it stands are the plan owner's to decide: its
 * lead gives updates and asks for dates, and does not rewrite what was agreed.
 */
async function openForOwner(tx: Tx, actor: Actor, actionId: ActionId, today: IsoDate) {
  const opened = await openAction(tx, actor, actionId, 'U', today);
  if (opened.kind !== 'open') return opened;
  const owner = await openPlan(tx, actor, opened.picture.plan.id, 'U', today);
  return owner.kind === 'open' ? opened : owner;
}

/**
 * Whether this person's own words are the last ones: the same form sent twice is one change,
 * and two people who mean the same for different reasons are not.
 */
async function saidAlready(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  actionId: ActionId,
  given: { reason: string },
): Promise<boolean> {
  const history = await readHistory(tx, actor.authorityId, { actionId }, today);
  const last = history.versions.at(-1);
  return last?.by === actor.userId && last.reason === given.reason;
}

function faultsOf(picture: PlanPicture, action: ActionPicture | null, given: GivenAction) {
  const faults = [];
  if (!picture.objectives.some((one) => one.id === given.objectiveId && !one.withdrawn)) {
    faults.push({ field: 'objective', text: 'Choose an objective of this plan' });
  }
  const clash = picture.actions.find((one) => one.ref === given.ref && one.id !== action?.id);
  if (clash !== undefined) {
    faults.push({
      field: 'ref',
      text: `Another action has the reference ${given.ref}. Choose one that is free`,
    });
  }
  if (action !== null && wouldTakeLess(action, given.priority)) {
    faults.push({ field: 'priority', text: staysAsStrict });
  }
  return faults;
}

/** What a person is told who lowers the priority of an action that is claimed complete. */
export const staysAsStrict =
  'This action is claimed complete, and a lower priority would be closed by less. It can be lowered once the action is reopened';

async function withParties(tx: Tx, actor: Actor, given: GivenAction, written: WrittenFact[]) {
  const find = async (names: readonly string[]) => {
    const ids = [];
    for (const name of names) {
      const party = { kind: kindOfParty(name), name };
      ids.push(await findOrAddParty(tx, actor.authorityId, party, actor.userId, written));
    }
    return ids;
  };
  return {
    objectiveId: given.objectiveId,
    ref: given.ref,
    text: given.text,
    priority: given.priority,
    successMeasure: given.successMeasure,
    outcomeForChildren: given.outcomeForChildren,
    leadIds: await find(given.leads),
    contributorIds: await find(given.contributors),
  };
}

/** Ends the links that are no longer given and adds the new ones; unchanged links stay. */
export async function relinkSources(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  targetKind: 'objective' | 'action',
  targetId: string,
  given: readonly GivenSource[],
  written: WrittenFact[],
): Promise<void> {
  const standing = await sourcesOf(tx, actor.authorityId, [targetId], today);
  const keyOf = (one: GivenSource) =>
    JSON.stringify([sourceKey(one.title), one.words ?? '', one.page ?? '']);
  // A restricted source has no title of its own in a plan: as many as are still named are kept.
  const restricted = standing.filter((link) => link.restricted);
  let kept = given.filter(({ title }) => title === restrictedSource).length;
  const wanted = new Map(
    given
      .filter(({ title }) => restricted.length === 0 || title !== restrictedSource)
      .map((one) => [keyOf(one), one]),
  );
  for (const link of standing) {
    if (wanted.delete(keyOf(link))) continue;
    if (link.restricted && kept > 0) {
      kept -= 1;
      continue;
    }
    const id = await endSourceLink(tx, actor.authorityId, link.linkId, today, actor.userId);
    written.push({ fact: 'source_link_end', id });
  }
  if (wanted.size === 0) return;
  const sources = [...wanted.values()];
  const titles = sources.map((one) => one.title);
  const found = await findOrAddSources(tx, actor.authorityId, titles, 'other', actor.userId);
  written.push(...found.added.map((id) => ({ fact: 'source', id })));
  const links = sources.flatMap((one) => {
    const sourceId = found.byKey.get(sourceKey(one.title));
    return sourceId === undefined
      ? []
      : [
          {
            targetKind,
            targetId,
            sourceId,
            words: one.words,
            page: one.page,
            effectiveOn: today,
          },
        ];
  });
  const ids = await linkSources(tx, actor.authorityId, links, actor.userId);
  written.push(...ids.map((id) => ({ fact: 'source_link', id })));
}
