import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, AuthorityId, ObjectiveId, PartyId, PlanId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import { sourcesOf, type SourceOf } from '#findings';
import { listParties, userNames } from '#people';
import {
  noTruth,
  pictureAction,
  type ActionFacts,
  type DueEntry,
} from '../rules/picture-action.ts';
import { restrictedSource } from '../rules/picture.ts';
import type {
  ObjectivePicture,
  PartyRef,
  PlanHead,
  PlanPicture,
  SourceRef,
} from '../rules/picture.ts';
import { knownBy, readRagRules, readTruth, type Until } from './read-truth.ts';

/**
 * The plan as it stood at the end of a day: facts with `effective_on` on or before it, the
 * latest version of each by (effective_on, version). Overdue is told by that same day. With
 * `knownAt`, facts recorded after that instant are left out: the position as it was known then.
 * Null where the authority has no such plan, where it did not stand yet, or where its import
 * was undone.
 */
export async function readPicture(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
  asAt: IsoDate,
  knownAt?: Date,
): Promise<PlanPicture | null> {
  return (await readPictures(tx, authority, asAt, [planId], knownAt))[0] ?? null;
}

/**
 * All plans as they stood at the end of a day, or these alone, in the order of `readHeads`.
 * However many they are, each table is asked once: a council's list of 150 plans would
 * otherwise be a thousand questions.
 */
export async function readPictures(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  only?: readonly PlanId[],
  knownAt?: Date,
): Promise<PlanPicture[]> {
  const until = { asAt, knownAt };
  const parties = await partiesById(tx, authority);
  const heads = await readHeads(tx, authority, asAt, parties, only, knownAt);
  if (heads.length === 0) return [];
  const planIds = heads.map((head) => head.id);
  const objectiveRows = await readObjectives(tx, authority, planIds, until);
  const facts = await readActionFacts(tx, authority, { planIds }, until);
  const sources = groupSources(
    await sourcesOf(
      tx,
      authority,
      [...objectiveRows.map((row) => row.id), ...facts.map((row) => row.id)],
      asAt,
      knownAt,
    ),
  );
  const names = await userNames(
    tx,
    authority,
    facts.flatMap((fact) => (fact.update?.by == null ? [] : [fact.update.by])),
  );
  const objectivesOf = Map.groupBy(objectiveRows, (row) => row.planId);
  const factsOf = Map.groupBy(facts, (fact) => fact.planId);
  return heads.map((plan) => {
    const objectives: ObjectivePicture[] = (objectivesOf.get(plan.id) ?? [])
      .map(({ id, section, ref, title, position, withdrawn, version }) => ({
        id,
        section,
        ref,
        title,
        position,
        sources: sources.get(id) ?? [],
        withdrawn,
        version,
      }))
      .sort((a, b) => a.position - b.position);
    const order = new Map<ObjectiveId, number>(
      objectives.map((objective, index) => [objective.id, index]),
    );
    const actions = (factsOf.get(plan.id) ?? [])
      .map((fact) =>
        pictureAction(fact, { asAt, parties, names, sources: sources.get(fact.id) ?? [] }),
      )
      .sort(
        (a, b) =>
          (order.get(a.objectiveId) ?? 0) - (order.get(b.objectiveId) ?? 0) ||
          a.position - b.position,
      );
    return { plan, asAt, objectives, actions };
  });
}

async function readObjectives(
  tx: Tx,
  authority: AuthorityId,
  planIds: readonly PlanId[],
  until: Until,
) {
  return await tx
    .selectFrom('objective')
    .innerJoin('objective_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'objective.authority_id')
        .onRef('version.objective_id', '=', 'objective.id'),
    )
    .distinctOn('version.objective_id')
    .select([
      'objective.plan_id as planId',
      'version.objective_id as id',
      'version.section',
      'version.ref',
      'version.title',
      'version.position',
      'version.withdrawn',
      'version.version',
    ])
    .where('objective.authority_id', '=', authority)
    .where('objective.plan_id', '=', anyOf(planIds))
    .where('version.effective_on', '<=', until.asAt)
    .where('version.recorded_at', '<=', knownBy(until))
    .orderBy('version.objective_id')
    .orderBy('version.effective_on', 'desc')
    .orderBy('version.version', 'desc')
    .execute();
}

/** The head of a plan as at a day, or null as for `readPicture`. */
export async function readHead(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
  asAt: IsoDate,
  parties?: ReadonlyMap<PartyId, PartyRef>,
): Promise<PlanHead | null> {
  const heads = await readHeads(
    tx,
    authority,
    asAt,
    parties ?? (await partiesById(tx, authority)),
    [planId],
  );
  return heads[0] ?? null;
}

/** The heads of all plans that stood at the end of that day, or of these alone, archived ones last, then by title. */
export async function readHeads(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  parties: ReadonlyMap<PartyId, PartyRef>,
  only?: readonly PlanId[],
  knownAt?: Date,
): Promise<PlanHead[]> {
  const until = { asAt, knownAt };
  let query = tx
    .selectFrom('plan_address as address')
    .innerJoin('plan_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'address.authority_id')
        .onRef('version.plan_id', '=', 'address.plan_id'),
    )
    .distinctOn('version.plan_id')
    .select([
      'version.plan_id as id',
      'version.id as versionId',
      'address.slug',
      'version.title',
      'version.period_from as periodFrom',
      'version.period_to as periodTo',
      'version.owner_id as ownerId',
      'version.review_cycle_days as reviewCycleDays',
      'version.rag_scheme as ragScheme',
      'version.state',
      'version.version',
    ])
    .where('address.authority_id', '=', authority)
    .where('version.effective_on', '<=', asAt)
    .where('version.recorded_at', '<=', knownBy(until))
    .orderBy('version.plan_id')
    .orderBy('version.effective_on', 'desc')
    .orderBy('version.version', 'desc');
  if (only !== undefined) query = query.where('version.plan_id', '=', anyOf(only));
  const rows = (await query.execute()).filter((row) => row.state !== 'undone');
  if (rows.length === 0) return [];
  const boards = await tx
    .selectFrom('plan_version_board')
    .select(['plan_version_id', 'board_id'])
    .where('authority_id', '=', authority)
    .where('plan_version_id', '=', anyOf(rows.map((row) => row.versionId)))
    .execute();
  const ruleOf = await readRagRules(
    tx,
    authority,
    rows.map((row) => row.id),
    until,
  );
  return rows
    .map(({ versionId, ownerId, ...head }) => ({
      ...head,
      ragRule: ruleOf(head.id),
      owner: ownerId === null ? null : (parties.get(ownerId) ?? null),
      boards: boards
        .filter((row) => row.plan_version_id === versionId)
        .flatMap((row) => parties.get(row.board_id) ?? [])
        .sort((a, b) => a.name.localeCompare(b.name, 'en-GB')),
    }))
    .sort(
      (a, b) =>
        Number(a.state === 'archived') - Number(b.state === 'archived') ||
        a.title.localeCompare(b.title, 'en-GB'),
    );
}

/** The plan with this id or these words in its address, or null. */
export async function findPlanId(
  tx: Tx,
  authority: AuthorityId,
  idOrSlug: string,
): Promise<PlanId | null> {
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(idOrSlug);
  const row = await tx
    .selectFrom('plan_address')
    .select('plan_id')
    .where('authority_id', '=', authority)
    .where(isId ? 'plan_id' : 'slug', '=', idOrSlug as PlanId)
    .executeTakeFirst();
  return row?.plan_id ?? null;
}

/** Every post, team, board and organisation by id. */
export async function partiesById(tx: Tx, authority: AuthorityId): Promise<Map<PartyId, PartyRef>> {
  const parties = await listParties(tx, authority);
  return new Map(parties.map(({ id, kind, name }) => [id, { id, kind, name }]));
}

/** The facts behind the actions of these plans, or behind these actions, as at a day. */
export async function readActionFacts(
  tx: Tx,
  authority: AuthorityId,
  which: { planIds: readonly PlanId[] } | { actionIds: readonly ActionId[] },
  until: Until,
): Promise<(ActionFacts & { planId: PlanId })[]> {
  const { asAt } = until;
  const known = knownBy(until);
  let query = tx
    .selectFrom('action')
    .innerJoin('action_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'action.authority_id')
        .onRef('version.action_id', '=', 'action.id'),
    )
    .distinctOn('version.action_id')
    .select([
      'action.plan_id as planId',
      'version.action_id as id',
      'version.id as versionId',
      'version.objective_id as objectiveId',
      'version.ref',
      'version.position',
      'version.text',
      'version.priority',
      'version.success_measure as successMeasure',
      'version.outcome_for_children as outcomeForChildren',
      'version.withdrawn',
      'version.version',
      // The first of the versions of which the latest is taken.
      sql<IsoDate>`min(version.effective_on) over (partition by version.action_id)`.as('addedOn'),
    ])
    .where('action.authority_id', '=', authority)
    .where('version.effective_on', '<=', asAt)
    .where('version.recorded_at', '<=', known)
    .orderBy('version.action_id')
    .orderBy('version.effective_on', 'desc')
    .orderBy('version.version', 'desc');
  if ('planIds' in which) query = query.where('action.plan_id', '=', anyOf(which.planIds));
  else if (which.actionIds.length === 0) return [];
  else query = query.where('action.id', '=', anyOf(which.actionIds));
  const versions = await query.execute();
  if (versions.length === 0) return [];
  const ids = versions.map((row) => row.id);
  const named = await tx
    .selectFrom('action_version_party')
    .select(['action_version_id', 'party_id', 'part'])
    .where('authority_id', '=', authority)
    .where('action_version_id', '=', anyOf(versions.map((row) => row.versionId)))
    .orderBy('position')
    .execute();
  const dues = await tx
    .selectFrom('due_date_entry')
    .select([
      'action_id',
      'version',
      'as_written',
      'due_from',
      'due_to',
      'precision',
      'declared_revised',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('action_id')
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  const updates = await tx
    .selectFrom('action_update')
    .distinctOn('action_id')
    .select([
      'action_id as actionId',
      'id',
      'version',
      'effective_on as effectiveOn',
      'recorded_by as by',
      'claimed_rag as claimedRag',
      'status',
      'what_changed as whatChanged',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('action_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const heads = await tx
    .selectFrom('action_update')
    .select(['action_id', (make) => make.fn.max('version').as('version')])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(ids))
    .groupBy('action_id')
    .execute();
  const completeIds = updates.flatMap(({ actionId, status }) =>
    status === 'complete' ? [actionId] : [],
  );
  const truth = await readTruth(tx, authority, ids, completeIds, until);
  const partiesOf = Map.groupBy(named, (row) => row.action_version_id);
  const duesOf = Map.groupBy(dues, (row) => row.action_id);
  const updateOf = new Map(updates.map((row) => [row.actionId, row]));
  const headOf = new Map(heads.map((row) => [row.action_id, row.version]));
  return versions.map(({ versionId, ...version }) => ({
    ...version,
    leadIds: (partiesOf.get(versionId) ?? [])
      .filter((p) => p.part === 'lead')
      .map((p) => p.party_id),
    contributorIds: (partiesOf.get(versionId) ?? [])
      .filter((p) => p.part === 'contributor')
      .map((p) => p.party_id),
    dues: (duesOf.get(version.id) ?? []).map((due): DueEntry => ({
      due: {
        asWritten: due.as_written,
        from: due.due_from,
        to: due.due_to,
        precision: due.precision,
      },
      declaredRevised: due.declared_revised,
      version: due.version,
    })),
    update: updateOf.get(version.id) ?? null,
    updateVersion: headOf.get(version.id) ?? 0,
    truth: truth.get(version.id) ?? noTruth,
  }));
}

function groupSources(rows: readonly SourceOf[]): Map<string, SourceRef[]> {
  const grouped = new Map<string, SourceRef[]>();
  for (const { targetId, id, title, words, page, restricted } of rows) {
    const list = grouped.get(targetId) ?? [];
    list.push(
      restricted
        ? { id, title: restrictedSource, words: null, page: null, restricted: { words, page } }
        : { id, title, words, page },
    );
    grouped.set(targetId, list);
  }
  return grouped;
}
