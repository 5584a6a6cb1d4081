import type { IsoDate } from '#kernel/dates.ts';
import { newId, type ActionId, type ImportId, type PartyId, type PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import {
  addEvidence,
  findOrAddSources,
  linkSources,
  sourceKey,
  storeFile,
  type NewSourceLink,
} from '#findings';
import { findOrAddParty, may, recordFacts, type Actor } from '#people';
import type { ImportChoices } from '../rules/import-choices.ts';
import { draftOf, type DraftAction, type DraftObjective } from '../rules/import-draft.ts';
import { kindOfParty } from '#kernel/party-kind.ts';
import type { PlanReading } from '../rules/reading.ts';
import { slugOf } from '../rules/slug.ts';
import {
  appendActionVersions,
  appendActions,
  appendDueDates,
  appendObjectives,
  appendPlan,
  appendPlanVersion,
  appendUpdates,
  lockPlan,
  type WrittenFact,
  type Writing,
} from '../store/append.ts';
import {
  findImport,
  importsOfHash,
  insertImport,
  moveImport,
  releaseAddress,
  saveImport,
  writtenSinceImport,
  type PlanImport,
} from '../store/imports.ts';
import { readHead } from '../store/read-picture.ts';
import { headContent } from './change-plan.ts';
import { showActions } from './keep-evidence.ts';
import { openPlan } from './open-plan.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';
import { tellPlan, tellPlanGone } from './tell-progress.ts';

export interface PrepareImport {
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
  positionOn: IsoDate;
  reading: PlanReading;
  choices: ImportChoices;
}

export type PrepareOutcome =
  /** `before` names earlier imports of exactly this file that still stand. */
  { kind: 'done'; importId: ImportId; before: PlanImport[] } | Forbidden;

export type SaveImportOutcome =
  { kind: 'done' } | { kind: 'stale'; standing: PlanImport } | NotFound | Forbidden;

export type RunImportOutcome =
  | { kind: 'done'; planId: PlanId; slug: string; objectives: number; actions: number }
  | NotFound
  | Forbidden
  | Refused;

export type UndoImportOutcome = { kind: 'done' } | NotFound | Forbidden | Refused;

/** Keeps a file that was read, to be looked at and corrected before anything becomes a plan. */
export async function prepareImport(
  db: Db,
  actor: Actor,
  prepared: PrepareImport,
): Promise<PrepareOutcome> {
  if (!may(actor, 'C', 'PLN')) return forbidden;
  return inAuthority(db, actor.authorityId, async (tx) => {
    const { fileName: name, mediaType, bytes } = prepared;
    const file = await storeFile(tx, actor.authorityId, { name, mediaType, bytes }, actor.userId);
    const before = await importsOfHash(tx, actor.authorityId, file.sha256);
    const importId = await insertImport(tx, actor.authorityId, {
      fileId: file.id,
      positionOn: prepared.positionOn,
      reading: prepared.reading,
      choices: prepared.choices,
      startedBy: actor.userId,
    });
    await recordFacts(tx, actor.userId, 'prepared an import', [
      { fact: 'stored_file', id: file.id },
      { fact: 'plan_import', id: importId, state: true },
    ]);
    return { kind: 'done', importId, before };
  });
}

/** The import that this person is preparing or has run, or null where they may not know of it. */
export async function importFor(
  tx: Tx,
  actor: Actor,
  importId: ImportId,
): Promise<PlanImport | null> {
  const standing = await findImport(tx, actor.authorityId, importId);
  return standing?.startedBy === actor.userId && may(actor, 'C', 'PLN') ? standing : null;
}

/** Saves the person's choices; two windows do not overwrite each other. */
export async function changeImport(
  db: Db,
  actor: Actor,
  importId: ImportId,
  seenVersion: number,
  changed: Pick<PlanImport, 'reading' | 'choices' | 'positionOn'>,
): Promise<SaveImportOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const standing = await importFor(tx, actor, importId);
    if (standing === null) return notFound;
    const saved = await saveImport(tx, actor.authorityId, importId, seenVersion, changed);
    return saved ? { kind: 'done' } : { kind: 'stale', standing };
  });
}

/** Leaves a prepared import unfinished for good. */
export async function leaveImport(
  db: Db,
  actor: Actor,
  importId: ImportId,
): Promise<{ kind: 'done' } | NotFound> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    if ((await importFor(tx, actor, importId)) === null) return notFound;
    const left = await moveImport(tx, actor.authorityId, importId, 'prepared', { state: 'left' });
    return left ? { kind: 'done' } : notFound;
  });
}

/**
 * Makes the plan of a prepared import: all of it or nothing. Every fact holds from the
 * position's date. The progress written in the file becomes the first update.
 */
export async function runImport(
  db: Db,
  actor: Actor,
  importId: ImportId,
): Promise<RunImportOutcome> {
  return inAuthority(db, actor.authorityId, async (tx): Promise<RunImportOutcome> => {
    const standing = await importFor(tx, actor, importId);
    if (standing === null) return notFound;
    // Claims the import first: of two that run at once, one finds it taken.
    const claimed = await moveImport(tx, actor.authorityId, importId, 'prepared', {
      state: 'imported',
    });
    if (!claimed) {
      const done = await findImport(tx, actor.authorityId, importId);
      const head =
        done?.state !== 'imported' || done.planId === null
          ? null
          : await readHead(tx, actor.authorityId, done.planId, done.positionOn);
      if (head === null) return notFound;
      const draft = draftOf(standing.reading, standing.choices);
      return {
        kind: 'done',
        planId: head.id,
        slug: head.slug,
        objectives: draft.objectives.length,
        actions: draft.actions.length,
      };
    }
    const draft = draftOf(standing.reading, standing.choices);
    if (draft.actions.length === 0) {
      throw new RefuseImport(['Nothing is left to import: every row was left out.']);
    }
    if (draft.tooLong.length > 0) {
      throw new RefuseImport(draft.tooLong.map((one) => `${one.where}: ${one.message}`));
    }
    const writing: Writing = {
      authority: actor.authorityId,
      by: actor.userId,
      effectiveOn: standing.positionOn,
    };
    const plan = await appendPlan(tx, writing, slugOf(standing.choices.title));
    const written: WrittenFact[] = [...plan.written];
    written.push(
      ...(await appendPlanVersion(tx, writing, plan.planId, 1, {
        title: standing.choices.title,
        periodFrom: null,
        periodTo: null,
        ownerId: null,
        boardIds: [],
        reviewCycleDays: null,
        ragScheme: standing.choices.ragScheme,
        state: 'active',
      })),
    );
    const objectives = draft.objectives.filter((objective) => objective.actions.length > 0);
    await writeObjectives(tx, actor, writing, plan.planId, objectives, written);
    await moveImport(tx, actor.authorityId, importId, 'imported', {
      state: 'imported',
      planId: plan.planId,
    });
    // All of it holds from the day of the paper, and nothing else was written of it since.
    written.push(...(await tellPlan(tx, writing, standing.positionOn, plan.planId)));
    await recordFacts(tx, actor.userId, 'imported a plan', [
      ...written,
      { fact: 'plan_import', id: importId, state: true },
    ]);
    return {
      kind: 'done',
      planId: plan.planId,
      slug: plan.slug,
      objectives: objectives.length,
      actions: draft.actions.length,
    };
  }).catch((fault: unknown) => {
    if (fault instanceof RefuseImport) {
      return refused(...fault.reasons.map((text) => ({ field: null, text })));
    }
    throw fault;
  });
}

/**
 * Takes an import back, while nothing else was written on its plan. The plan is then read by
 * nothing but the log; its facts stay, marked as undone.
 */
export async function undoImport(
  db: Db,
  actor: Actor,
  importId: ImportId,
  today: IsoDate,
): Promise<UndoImportOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const standing = await importFor(tx, actor, importId);
    if (standing?.planId == null) return notFound;
    if (standing.state === 'undone') return { kind: 'done' };
    await lockPlan(tx, actor.authorityId, standing.planId);
    if (await writtenSinceImport(tx, actor.authorityId, importId, standing.planId)) {
      return refused({
        field: null,
        text: 'Somebody has written on this plan since it was imported, so the import cannot be undone. You can archive the plan instead.',
      });
    }
    const opened = await openPlan(tx, actor, standing.planId, 'C', today);
    if (opened.kind !== 'open') return opened;
    const { plan } = opened.picture;
    const writing = {
      authority: actor.authorityId,
      by: actor.userId,
      effectiveOn: standing.positionOn,
    };
    const written = await appendPlanVersion(tx, writing, plan.id, plan.version + 1, {
      ...headContent(plan),
      state: 'undone',
    });
    written.push(...(await tellPlanGone(tx, writing, plan.id)));
    await releaseAddress(tx, actor.authorityId, plan.id);
    await moveImport(tx, actor.authorityId, importId, 'imported', { state: 'undone' });
    await recordFacts(tx, actor.userId, 'undid an import', [
      ...written,
      { fact: 'plan_import', id: importId, state: true },
    ]);
    return { kind: 'done' };
  });
}

/** A refusal that must roll back what the transaction has begun. */
class RefuseImport extends Error {
  readonly reasons: readonly string[];
  constructor(reasons: readonly string[]) {
    super(reasons.join(' '));
    this.reasons = reasons;
  }
}

async function writeObjectives(
  tx: Tx,
  actor: Actor,
  writing: Writing,
  planId: PlanId,
  objectives: readonly DraftObjective[],
  written: WrittenFact[],
): Promise<void> {
  const made = await appendObjectives(
    tx,
    writing,
    planId,
    objectives.map(({ section, ref, title }, index) => ({
      section,
      ref,
      title,
      position: index + 1,
      withdrawn: false,
    })),
  );
  written.push(...made.written);
  const rows = objectives.flatMap((objective, index) => {
    const objectiveId = made.ids[index];
    return objectiveId === undefined
      ? []
      : objective.actions.map((draft) => ({ id: newId<'action'>(), objectiveId, draft }));
  });
  const party = await partiesOf(
    tx,
    actor,
    rows.map((row) => row.draft),
    written,
  );
  written.push(
    ...(await appendActions(
      tx,
      writing,
      planId,
      rows.map(({ id }) => ({ id, copiedFrom: null, submissionId: null })),
    )),
    ...(await appendActionVersions(
      tx,
      writing,
      rows.map(({ id, objectiveId, draft }, index) => ({
        id,
        version: 1,
        content: {
          objectiveId,
          ref: draft.ref,
          position: index + 1,
          text: draft.text,
          priority: draft.priority,
          successMeasure: draft.successMeasure,
          outcomeForChildren: draft.outcome,
          withdrawn: false,
          reason: null,
          leadIds: draft.leads.flatMap((name) => party.get(name) ?? []),
          contributorIds: draft.contributors.flatMap((name) => party.get(name) ?? []),
        },
      })),
    )),
    ...(await appendDueDates(
      tx,
      writing,
      rows.map(({ id, draft }) => ({
        id,
        version: 1,
        content: {
          due: draft.due,
          declaredRevised: draft.revised,
          reason: null,
          effectOnChildren: null,
        },
      })),
    )),
  );
  await writeFirstUpdates(tx, actor, writing, rows, written);
  const targets = [
    ...objectives.flatMap(({ sources }, index) => {
      const id = made.ids[index];
      return id === undefined ? [] : [{ kind: 'objective' as const, id, sources }];
    }),
    ...rows.map(({ id, draft }) => ({ kind: 'action' as const, id, sources: draft.sources })),
  ];
  const links = await sourceLinksOf(tx, actor, writing, targets, written);
  const linkIds = await linkSources(tx, actor.authorityId, links, actor.userId);
  written.push(...linkIds.map((id) => ({ fact: 'source_link', id })));
}

async function writeFirstUpdates(
  tx: Tx,
  actor: Actor,
  writing: Writing,
  rows: readonly { id: ActionId; draft: DraftAction }[],
  written: WrittenFact[],
): Promise<void> {
  const updates = [];
  for (const { id, draft } of rows) {
    const says = draft.claimedRag ?? draft.status ?? draft.progress ?? draft.evidence;
    if (says === null) continue;
    const evidenceIds = [];
    if (draft.evidence !== null) {
      const note = { kind: 'note' as const, title: draft.evidence.slice(0, 2000) };
      const evidenceId = await addEvidence(tx, actor.authorityId, note, actor.userId);
      written.push({ fact: 'evidence', id: evidenceId });
      evidenceIds.push(evidenceId);
    }
    updates.push({
      id,
      version: 1,
      content: {
        claimedRag: draft.claimedRag,
        status: draft.status,
        whatChanged: draft.progress ?? '',
        correctsId: null,
        submissionId: null,
        evidenceIds,
      },
    });
  }
  written.push(...(await appendUpdates(tx, writing, updates)).written);
  const shows = updates.map(({ id, content }) => ({
    actionId: id,
    evidenceIds: content.evidenceIds,
  }));
  written.push(...(await showActions(tx, writing, shows)));
}

async function partiesOf(
  tx: Tx,
  actor: Actor,
  drafts: readonly DraftAction[],
  written: WrittenFact[],
): Promise<Map<string, PartyId>> {
  // One spelling is kept of those that differ in capitals: "Managers" rather than "MANAGERS".
  const inCapitals = (name: string) => Number(name === name.toUpperCase());
  const names = [
    ...new Set(drafts.flatMap((draft) => [...draft.leads, ...draft.contributors])),
  ].sort((a, b) => inCapitals(a) - inCapitals(b));
  const found = new Map<string, PartyId>();
  for (const name of names) {
    const party = { kind: kindOfParty(name), name };
    found.set(name, await findOrAddParty(tx, actor.authorityId, party, actor.userId, written));
  }
  return found;
}

async function sourceLinksOf(
  tx: Tx,
  actor: Actor,
  writing: Writing,
  targets: readonly { kind: 'objective' | 'action'; id: string; sources: readonly string[] }[],
  written: WrittenFact[],
): Promise<NewSourceLink[]> {
  const titles = targets.flatMap((target) => target.sources);
  const found = await findOrAddSources(tx, actor.authorityId, titles, 'other', actor.userId);
  written.push(...found.added.map((id) => ({ fact: 'source', id })));
  return targets.flatMap((target) => {
    const sourceIds = new Set(
      target.sources.flatMap((title) => found.byKey.get(sourceKey(title)) ?? []),
    );
    return [...sourceIds].map((sourceId) => ({
      targetKind: target.kind,
      targetId: target.id,
      sourceId,
      words: null,
      page: null,
      effectiveOn: writing.effectiveOn,
    }));
  });
}
