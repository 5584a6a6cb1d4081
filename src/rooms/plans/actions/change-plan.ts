import type { IsoDate } from '#kernel/dates.ts';
import type { ObjectiveId, PartyId, PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { findOrAddParty, may, recordFacts, type Actor } from '#people';
import { kindOfParty } from '../rules/party-kind.ts';
import type { PlanHead, PlanPicture, RagColour } from '../rules/picture.ts';
import { slugOf } from '../rules/slug.ts';
import {
  appendObjectiveVersions,
  appendObjectives,
  appendPlan,
  appendPlanVersion,
  type PlanContent,
  type WrittenFact,
} from '../store/append.ts';
import { relinkSources, type GivenSource } from './change-action.ts';
import { openPlan } from './open-plan.ts';
import { forbidden, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

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

/** Begins an empty plan. */
export async function createPlan(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenPlan,
): Promise<ChangePlanOutcome> {
  if (!may(actor, 'C', 'PLN')) return forbidden;
  return inAuthority(db, actor.authorityId, async (tx) => {
    const written: WrittenFact[] = [];
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const content = await planContent(tx, actor, given, 'active', written);
    const plan = await appendPlan(tx, writing, slugOf(given.title));
    written.push(...plan.written);
    written.push(...(await appendPlanVersion(tx, writing, plan.planId, 1, content)));
    await recordFacts(tx, actor.userId, 'began a plan', written);
    return { kind: 'done', planId: plan.planId, slug: plan.slug };
  });
}

/** Appends a new version of a plan's head. Its address stays, so that links keep working. */
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
    if (plan.version !== seenVersion) return { kind: 'stale', picture: opened.picture };
    const content = {
      ...headContent(plan),
      state: archived ? ('archived' as const) : ('active' as const),
    };
    const act = archived ? 'archived a plan' : 'brought a plan back';
    return saveHead(tx, actor, today, plan, content, act, []);
  });
}

/** Adds an objective at the end of a plan. */
export async function addObjective(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: GivenObjective,
): Promise<ChangeObjectiveOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    if (picture.plan.state === 'archived') return archivedRefusal;
    const fault = objectiveFault(picture, null, given);
    if (fault !== null) return fault;
    const position = picture.objectives.reduce((last, one) => Math.max(last, one.position), 0) + 1;
    const { ids, written } = await appendObjectives(
      tx,
      { authority: actor.authorityId, by: actor.userId, effectiveOn: today },
      planId,
      [{ section: given.section, ref: given.ref, title: given.title, position, withdrawn: false }],
    );
    const objectiveId = ids[0];
    if (objectiveId === undefined) throw new Error('An objective was appended without an id');
    await relinkSources(tx, actor, today, 'objective', objectiveId, given.sources, written);
    await recordFacts(tx, actor.userId, 'added an objective', written);
    return { kind: 'done', objectiveId };
  });
}

/** Appends a new version of an objective, withdrawn where asked and no open action needs it. */
export async function changeObjective(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  objectiveId: ObjectiveId,
  seenVersion: number,
  given: GivenObjective & { position: number; withdrawn: boolean },
): Promise<ChangeObjectiveOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    const standing = picture.objectives.find((one) => one.id === objectiveId);
    if (standing === undefined) return { kind: 'not-found' };
    if (picture.plan.state === 'archived') return archivedRefusal;
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
    const written = await appendObjectiveVersions(
      tx,
      { authority: actor.authorityId, by: actor.userId, effectiveOn: today },
      [
        {
          id: objectiveId,
          version: standing.version + 1,
          content: {
            section: given.section,
            ref: given.ref,
            title: given.title,
            position: given.position,
            withdrawn: given.withdrawn,
          },
        },
      ],
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
  await recordFacts(tx, actor.userId, act, written);
  return { kind: 'done', planId: plan.id, slug: plan.slug };
}
