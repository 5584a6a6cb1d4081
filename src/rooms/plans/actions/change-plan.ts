import type { IsoDate } from '#kernel/dates.ts';
import { newId, type ObjectiveId, type PartyId, type PlanId, type UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { findOrAddParty, may, recordFacts, type Actor } from '#people';
import { kindOfParty } from '#kernel/party-kind.ts';
import type { PlanHead, PlanPicture, RagColour } from '../rules/picture.ts';
import { moveAfter } from '#kernel/place.ts';
import { sameHead, sameObjective } from '../rules/same-content.ts';
import { slugOf } from '../rules/slug.ts';
import {
  appendObjectiveVersions,
  appendObjectives,
  appendPlan,
  appendPlanVersion,
  lockPlan,
  type PlanContent,
  type WrittenFact,
} from '../store/append.ts';
import { isIdTaken, planBegun } from '../store/find-plan.ts';
import { relinkSources, type GivenSource } from './change-action.ts';
import { openPlan } from './open-plan.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';
import { tellPlan } from './tell-progress.ts';

/** What a person writes of a plan's head. Owner and boards are names as written. */
export interface GivenPlan {
  title: string;
  periodFrom: IsoDate | null;
  periodTo: IsoDate | null;
  owner: string | null;
  boards: string[];
  reviewCycleDays: number | null;
  ragScheme: RagColour[];
}

export interface GivenObjective {
  section: string | null;
  ref: string | null;
  title: string;
  sources: GivenSource[];
}

export type ChangePlanOutcome =
  | { kind: 'done'; planId: PlanId; slug: string }
  | { kind: 'stale'; picture: PlanPicture }
  | NotFound
  | Forbidden
  | Refused;

export type ChangeObjectiveOutcome =
  | { kind: 'done'; objectiveId: ObjectiveId }
  | { kind: 'stale'; picture: PlanPicture }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Begins an empty plan. `planId` is made with the form: the same form sent twice begins one.
 */
export async function createPlan(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenPlan,
  planId: PlanId = newId<'plan'>(),
): Promise<ChangePlanOutcome> {
  if (!may(actor, 'C', 'PLN')) return forbidden;
  return inAuthority(db, actor.authorityId, async (tx) => {
    await lockPlan(tx, actor.authorityId, planId);
    const before = await planBegun(tx, actor.authorityId, planId);
    if (before !== null) return sentTwice(actor, planId, before);
    const written: WrittenFact[] = [];
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const content = await planContent(tx, actor, given, 'active', written);
    const plan = await appendPlan(tx, writing, slugOf(given.title), planId);
    written.push(...plan.written);
    written.push(...(await appendPlanVersion(tx, writing, plan.planId, 1, content)));
    await recordFacts(tx, actor.userId, 'began a plan', written);
    return { kind: 'done', planId: plan.planId, slug: plan.slug };
  });
}

/**
 * Appends a new version of a plan's head; where nothing differs from what stands, nothing is
 * written. Its address stays, so that links keep working.
 */
export async function changePlan(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  seenVersion: number,
  given: GivenPlan,
): Promise<ChangePlanOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    if (picture.plan.state === 'archived') return archivedRefusal;
    if (sameHead(picture.plan, given)) return { kind: 'done', planId, slug: picture.plan.slug };
    if (picture.plan.version !== seenVersion) return { kind: 'stale', picture };
    const written: WrittenFact[] = [];
    const content = await planContent(tx, actor, given, picture.plan.state, written);
    return saveHead(tx, actor, today, picture.plan, content, 'changed a plan', written);
  });
}

/** Archives a plan, so that it is read and no longer changed, or brings it back. */
export async function archivePlan(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  seenVersion: number,
  archived: boolean,
): Promise<ChangePlanOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { plan } = opened.picture;
    if ((plan.state === 'archived') === archived) return { kind: 'done', planId, slug: plan.slug };
    if (plan.version !== seenVersion) return { kind: 'stale', picture: opened.picture };
    const content = {
      ...headContent(plan),
      state: archived ? ('archived' as const) : ('active' as const),
    };
    const act = archived ? 'archived a plan' : 'brought a plan back';
    return saveHead(tx, actor, today, plan, content, act, []);
  });
}

/**
 * Adds an objective at the end of a plan. `objectiveId` is made with the form: the same form
 * sent twice adds one.
 */
export async function addObjective(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: GivenObjective,
  objectiveId: ObjectiveId = newId<'objective'>(),
): Promise<ChangeObjectiveOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    const made = picture.objectives.find((one) => one.id === objectiveId);
    if (made !== undefined) {
      return sameObjective(made, { ...given, withdrawn: made.withdrawn })
        ? { kind: 'done', objectiveId }
        : refused({ field: null, text: objectiveAdded });
    }
    // The form brings the id: one that is something else's is none that a form of ours made.
    if (await isIdTaken(tx, actor.authorityId, objectiveId)) return notFound;
    if (picture.plan.state === 'archived') return archivedRefusal;
    const fault = objectiveFault(picture, null, given);
    if (fault !== null) return fault;
    const position = picture.objectives.reduce((last, one) => Math.max(last, one.position), 0) + 1;
    const { section, ref, title } = given;
    const { written } = await appendObjectives(
      tx,
      { authority: actor.authorityId, by: actor.userId, effectiveOn: today },
      planId,
      [{ id: objectiveId, section, ref, title, position, withdrawn: false }],
    );
    await relinkSources(tx, actor, today, 'objective', objectiveId, given.sources, written);
    await recordFacts(tx, actor.userId, 'added an objective', written);
    return { kind: 'done', objectiveId };
  });
}

/** Where an objective is to stand: after another one, or first of all. */
export type Place = { after: ObjectiveId | null };

/**
 * Appends a new version of an objective, withdrawn where asked and no open action needs it, and
 * of the others that make room for it. Where nothing differs from what stands, nothing is
 * written. `place` is null where it stays.
 */
export async function changeObjective(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  objectiveId: ObjectiveId,
  seenVersion: number,
  given: GivenObjective & { place: Place | null; withdrawn: boolean },
): Promise<ChangeObjectiveOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    const standing = picture.objectives.find((one) => one.id === objectiveId);
    if (standing === undefined) return notFound;
    if (picture.plan.state === 'archived') return archivedRefusal;
    const moved =
      given.place === null ? [] : moveAfter(picture.objectives, objectiveId, given.place.after);
    const same = sameObjective(standing, given);
    if (same && moved.length === 0) return { kind: 'done', objectiveId };
    if (standing.version !== seenVersion) return { kind: 'stale', picture };
    const fault = objectiveFault(picture, objectiveId, given);
    if (fault !== null) return fault;
    const open = picture.actions.filter(
      (action) => action.objectiveId === objectiveId && !action.withdrawn,
    );
    if (given.withdrawn && open.length > 0) {
      return refused({
        field: 'withdrawn',
        text: 'Actions still stand under this objective. Move or withdraw them first',
      });
    }
    const positions = new Map(moved.map((one) => [one.id, one.position]));
    const { section, ref, title, withdrawn } = given;
    const written = await appendObjectiveVersions(
      tx,
      { authority: actor.authorityId, by: actor.userId, effectiveOn: today },
      picture.objectives
        .filter((one) => one.id === objectiveId || positions.has(one.id))
        .map((one) => ({
          id: one.id,
          version: one.version + 1,
          content: {
            ...(one.id === objectiveId ? { section, ref, title, withdrawn } : one),
            position: positions.get(one.id) ?? one.position,
          },
        })),
    );
    await relinkSources(tx, actor, today, 'objective', objectiveId, given.sources, written);
    await recordFacts(tx, actor.userId, 'changed an objective', written);
    return { kind: 'done', objectiveId };
  });
}

/** The content of a plan's head as it stands, to be appended again with something changed. */
export function headContent(plan: PlanHead): PlanContent {
  return {
    title: plan.title,
    periodFrom: plan.periodFrom,
    periodTo: plan.periodTo,
    ownerId: plan.owner?.id ?? null,
    boardIds: plan.boards.map((board) => board.id),
    reviewCycleDays: plan.reviewCycleDays,
    ragScheme: plan.ragScheme,
    state: plan.state,
  };
}

const archivedRefusal = refused({
  field: null,
  text: 'This plan is archived, so nothing in it can be changed. Bring it back first.',
});

/** What a person is told who changed a form after it was saved, and sent it again (Back). */
const objectiveAdded =
  'This form was saved already as an objective, so nothing more was saved. Change that objective on its own page, or begin a new one.';

/** The plan that this form began already: its own sender is told so, and nobody else. */
export function sentTwice(
  actor: Actor,
  planId: PlanId,
  before: { slug: string; by: UserId | null },
): ChangePlanOutcome {
  return before.by === actor.userId ? { kind: 'done', planId, slug: before.slug } : notFound;
}

function objectiveFault(
  picture: PlanPicture,
  self: ObjectiveId | null,
  given: GivenObjective,
): Refused | null {
  const clash =
    given.ref !== null &&
    picture.objectives.some((one) => one.ref === given.ref && one.id !== self && !one.withdrawn);
  return clash
    ? refused({
        field: 'ref',
        text: `Another objective has the reference ${given.ref ?? ''}. Choose one that is free`,
      })
    : null;
}

async function planContent(
  tx: Tx,
  actor: Actor,
  given: GivenPlan,
  state: PlanContent['state'],
  written: WrittenFact[],
): Promise<PlanContent> {
  const find = (kind: 'post' | 'team' | 'board' | 'organisation', name: string) =>
    findOrAddParty(tx, actor.authorityId, { kind, name }, actor.userId, written);
  const boardIds: PartyId[] = [];
  for (const board of given.boards) boardIds.push(await find('board', board));
  return {
    title: given.title,
    periodFrom: given.periodFrom,
    periodTo: given.periodTo,
    ownerId: given.owner === null ? null : await find(kindOfParty(given.owner), given.owner),
    boardIds,
    reviewCycleDays: given.reviewCycleDays,
    ragScheme: given.ragScheme,
    state,
  };
}

async function saveHead(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  plan: PlanHead,
  content: PlanContent,
  act: string,
  written: WrittenFact[],
): Promise<ChangePlanOutcome> {
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  written.push(...(await appendPlanVersion(tx, writing, plan.id, plan.version + 1, content)));
  written.push(...(await tellPlan(tx, writing, today, plan.id)));
  await recordFacts(tx, actor.userId, act, written);
  return { kind: 'done', planId: plan.id, slug: plan.slug };
}
