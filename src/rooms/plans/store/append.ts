import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type ActionId,
  type AuthorityId,
  type EvidenceId,
  type Id,
  type ObjectiveId,
  type PartyId,
  type PlanId,
  type UpdateId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Writing, WrittenFact } from '#findings';
import type { RagColour } from '../rules/picture.ts';
import type { Due, Rag, Status } from '../rules/reading.ts';

export type { Writing, WrittenFact };

export interface PlanContent {
  title: string;
  periodFrom: IsoDate | null;
  periodTo: IsoDate | null;
  ownerId: PartyId | null;
  boardIds: PartyId[];
  reviewCycleDays: number | null;
  ragScheme: RagColour[];
  state: 'active' | 'archived' | 'undone';
}

export interface ObjectiveContent {
  section: string | null;
  ref: string | null;
  title: string;
  position: number;
  withdrawn: boolean;
}

export interface ActionContent {
  objectiveId: ObjectiveId;
  ref: string;
  position: number;
  text: string;
  priority: 'high' | 'medium' | 'low' | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
  withdrawn: boolean;
  reason: string | null;
  leadIds: PartyId[];
  contributorIds: PartyId[];
}

export interface DueContent {
  due: Due;
  declaredRevised: boolean;
  reason: string | null;
  effectOnChildren: string | null;
}

export interface UpdateContent {
  claimedRag: Rag | null;
  status: Status | null;
  whatChanged: string;
  correctsId: UpdateId | null;
  submissionId: Id<'submission'> | null;
  evidenceIds: EvidenceId[];
}

/** Rows are inserted in pieces, so that no statement passes PostgreSQL's 65,535 parameters. */
const rowsAtOnce = 500;

/**
 * One writer at a time in a plan, to the end of the transaction: what is read after this call
 * cannot change before the write. Facts cannot be locked as rows, since the program may not
 * update them.
 */
export async function lockPlan(tx: Tx, authority: AuthorityId, planId: PlanId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${authority} ${planId}`}, 1))`.execute(
    tx,
  );
}

/** Appends a plan and its address. Where the words are taken, "-2", "-3" … is added. */
export async function appendPlan(
  tx: Tx,
  writing: Writing,
  slug: string,
  planId: PlanId = newId<'plan'>(),
): Promise<{ planId: PlanId; slug: string; written: WrittenFact[] }> {
  await tx
    .insertInto('plan')
    .values({ authority_id: writing.authority, id: planId, recorded_by: writing.by })
    .execute();
  for (let attempt = 1; ; attempt += 1) {
    const address = attempt === 1 ? slug : `${slug}-${attempt}`;
    const taken = await tx
      .insertInto('plan_address')
      .values({ authority_id: writing.authority, slug: address, plan_id: planId })
      .onConflict((conflict) => conflict.columns(['authority_id', 'slug']).doNothing())
      .returning('slug')
      .executeTakeFirst();
    if (taken !== undefined) {
      return { planId, slug: address, written: [{ fact: 'plan', id: planId }] };
    }
  }
}

/** Appends a version of a plan's head. */
export async function appendPlanVersion(
  tx: Tx,
  writing: Writing,
  planId: PlanId,
  version: number,
  content: PlanContent,
): Promise<WrittenFact[]> {
  const id = newId<'plan version'>();
  await tx
    .insertInto('plan_version')
    .values({
      authority_id: writing.authority,
      id,
      plan_id: planId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      title: content.title,
      period_from: content.periodFrom,
      period_to: content.periodTo,
      owner_id: content.ownerId,
      review_cycle_days: content.reviewCycleDays,
      rag_scheme: JSON.stringify(content.ragScheme),
      state: content.state,
    })
    .execute();
  if (content.boardIds.length > 0) {
    await tx
      .insertInto('plan_version_board')
      .values(
        [...new Set(content.boardIds)].map((board) => ({
          authority_id: writing.authority,
          plan_version_id: id,
          board_id: board,
        })),
      )
      .execute();
  }
  return [{ fact: 'plan_version', id, version }];
}

/** Appends objectives, each with its first version. Answers their ids in the same order. */
export async function appendObjectives(
  tx: Tx,
  writing: Writing,
  planId: PlanId,
  contents: readonly (ObjectiveContent & { id?: ObjectiveId })[],
): Promise<{ ids: ObjectiveId[]; written: WrittenFact[] }> {
  const ids = contents.map((content) => content.id ?? newId<'objective'>());
  await inPieces(ids, (piece) =>
    tx
      .insertInto('objective')
      .values(
        piece.map((id) => ({
          authority_id: writing.authority,
          id,
          plan_id: planId,
          recorded_by: writing.by,
        })),
      )
      .execute(),
  );
  const versions = await appendObjectiveVersions(
    tx,
    writing,
    contents.map((content, index) => ({ id: at(ids, index), version: 1, content })),
  );
  return { ids, written: [...ids.map((id) => ({ fact: 'objective', id })), ...versions] };
}

/** Appends versions of objectives. */
export async function appendObjectiveVersions(
  tx: Tx,
  writing: Writing,
  versions: readonly { id: ObjectiveId; version: number; content: ObjectiveContent }[],
): Promise<WrittenFact[]> {
  const rows = versions.map(({ id, version, content }) => ({
    authority_id: writing.authority,
    id: newId<'objective version'>(),
    objective_id: id,
    version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    section: content.section,
    ref: content.ref,
    title: content.title,
    position: content.position,
    withdrawn: content.withdrawn,
  }));
  await inPieces(rows, (piece) => tx.insertInto('objective_version').values(piece).execute());
  return rows.map((row) => ({ fact: 'objective_version', id: row.id, version: row.version }));
}

/** Appends actions without content: give each a version and a due date in the same transaction. */
export async function appendActions(
  tx: Tx,
  writing: Writing,
  planId: PlanId,
  actions: readonly {
    id: ActionId;
    copiedFrom: ActionId | null;
    submissionId: Id<'submission'> | null;
  }[],
): Promise<WrittenFact[]> {
  await inPieces(actions, (piece) =>
    tx
      .insertInto('action')
      .values(
        piece.map((action) => ({
          authority_id: writing.authority,
          id: action.id,
          plan_id: planId,
          copied_from: action.copiedFrom,
          submission_id: action.submissionId,
          recorded_by: writing.by,
        })),
      )
      .execute(),
  );
  return actions.map((action) => ({ fact: 'action', id: action.id }));
}

/** Appends versions of actions, with their leads and contributors. */
export async function appendActionVersions(
  tx: Tx,
  writing: Writing,
  versions: readonly { id: ActionId; version: number; content: ActionContent }[],
): Promise<WrittenFact[]> {
  const rows = versions.map(({ id, version, content }) => ({
    authority_id: writing.authority,
    id: newId<'action version'>(),
    action_id: id,
    version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    objective_id: content.objectiveId,
    ref: content.ref,
    position: content.position,
    text: content.text,
    priority: content.priority,
    success_measure: content.successMeasure,
    outcome_for_children: content.outcomeForChildren,
    withdrawn: content.withdrawn,
    reason: content.reason,
  }));
  await inPieces(rows, (piece) => tx.insertInto('action_version').values(piece).execute());
  const parties = versions.flatMap(({ content }, index) => {
    const leads = [...new Set(content.leadIds)];
    const contributors = [...new Set(content.contributorIds)].filter((id) => !leads.includes(id));
    return [
      ...leads.map((party, position) => ({ party, part: 'lead' as const, position })),
      ...contributors.map((party, position) => ({ party, part: 'contributor' as const, position })),
    ].map(({ party, part, position }) => ({
      authority_id: writing.authority,
      action_version_id: at(rows, index).id,
      party_id: party,
      part,
      position,
    }));
  });
  await inPieces(parties, (piece) => tx.insertInto('action_version_party').values(piece).execute());
  return rows.map((row) => ({ fact: 'action_version', id: row.id, version: row.version }));
}

/** Appends due dates to the ledger of each action. */
export async function appendDueDates(
  tx: Tx,
  writing: Writing,
  entries: readonly { id: ActionId; version: number; content: DueContent }[],
): Promise<WrittenFact[]> {
  const rows = entries.map(({ id, version, content }) => ({
    authority_id: writing.authority,
    id: newId<'due date'>(),
    action_id: id,
    version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    as_written: content.due.asWritten,
    due_from: content.due.from,
    due_to: content.due.to,
    precision: content.due.precision,
    declared_revised: content.declaredRevised,
    reason: content.reason,
    effect_on_children: content.effectOnChildren,
  }));
  await inPieces(rows, (piece) => tx.insertInto('due_date_entry').values(piece).execute());
  return rows.map((row) => ({ fact: 'due_date_entry', id: row.id, version: row.version }));
}

/** Appends updates, with the evidence they name. */
export async function appendUpdates(
  tx: Tx,
  writing: Writing,
  updates: readonly { id: ActionId; version: number; content: UpdateContent }[],
): Promise<{ ids: UpdateId[]; written: WrittenFact[] }> {
  const rows = updates.map(({ id, version, content }) => ({
    authority_id: writing.authority,
    id: newId<'update'>(),
    action_id: id,
    version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    claimed_rag: content.claimedRag,
    status: content.status,
    what_changed: content.whatChanged,
    corrects_id: content.correctsId,
    submission_id: content.submissionId,
  }));
  await inPieces(rows, (piece) => tx.insertInto('action_update').values(piece).execute());
  const evidence = updates.flatMap(({ content }, index) =>
    content.evidenceIds.map((evidenceId) => ({
      authority_id: writing.authority,
      update_id: at(rows, index).id,
      evidence_id: evidenceId,
    })),
  );
  await inPieces(evidence, (piece) =>
    tx.insertInto('action_update_evidence').values(piece).execute(),
  );
  return {
    ids: rows.map((row) => row.id),
    written: rows.map((row) => ({ fact: 'action_update', id: row.id, version: row.version })),
  };
}

async function inPieces<Row>(
  rows: readonly Row[],
  insert: (piece: Row[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await insert(rows.slice(start, start + rowsAtOnce));
  }
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError(`No value at ${index}`);
  return value;
}
