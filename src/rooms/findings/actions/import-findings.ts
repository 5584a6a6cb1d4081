import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId, PartyId, SourceId, ThemeId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { findOrAddParty, recordFacts, type Actor } from '#people';
import { answerKept, draftOf, type DraftFinding } from '../rules/read-findings-table/draft.ts';
import type { FindingsChoices, FindingsReading } from '../rules/read-findings-table/reading.ts';
import { appendFindings, appendFindingVersions, appendResponse } from '../store/append.ts';
import { storeFile } from '../store/evidence.ts';
import {
  findImport,
  insertImport,
  moveImport,
  saveImport,
  writtenSinceImport,
  type FindingImport,
  type FindingImportId,
} from '../store/imports.ts';
import { readThemes } from '../store/themes.ts';
import type { Writing, WrittenFact } from '../store/writing.ts';
import { contentOf } from './findings.ts';
import { openSource } from './open.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

export interface PrepareFindings {
  /** Null: a list that was pasted. */
  file: { name: string; mediaType: string; bytes: Uint8Array } | null;
  reading: FindingsReading;
  choices: FindingsChoices;
}

export type PrepareOutcome =
  { kind: 'done'; importId: FindingImportId } | NotFound | Forbidden | Refused;

const sourceWithdrawn = refused({
  field: null,
  text: 'This source was withdrawn. Bring it back first',
});

/** Keeps what was read, to be looked at and corrected before anything becomes a finding. */
export async function prepareFindings(
  db: Db,
  actor: Actor,
  today: IsoDate,
  sourceId: SourceId,
  prepared: PrepareFindings,
): Promise<PrepareOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, sourceId, 'C', today);
    if (opened.kind !== 'open') return opened;
    if (opened.source.withdrawn) return sourceWithdrawn;
    const { file, reading, choices } = prepared;
    const stored =
      file === null ? null : await storeFile(tx, actor.authorityId, file, actor.userId);
    const importId = await insertImport(tx, actor.authorityId, {
      sourceId,
      fileId: stored?.id ?? null,
      reading,
      choices,
      startedBy: actor.userId,
    });
    await recordFacts(tx, actor.userId, 'prepared an import of findings', [
      ...(stored === null ? [] : [{ fact: 'stored_file', id: stored.id }]),
      { fact: 'finding_import', id: importId, state: true },
    ]);
    return { kind: 'done', importId };
  });
}

/** The import that this person began into this source; null where they may not know of it. */
export async function importFor(
  tx: Tx,
  actor: Actor,
  sourceId: SourceId,
  importId: FindingImportId,
): Promise<FindingImport | null> {
  const standing = await findImport(tx, actor.authorityId, importId);
  const isOwn = standing?.startedBy === actor.userId && standing.sourceId === sourceId;
  return isOwn ? standing : null;
}

/** Saves the person's choices; two windows do not overwrite each other. */
export async function changeFindingsImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  standing: FindingImport,
  seenVersion: number,
): Promise<{ kind: 'done' } | { kind: 'stale' } | NotFound | Forbidden> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, standing.sourceId, 'C', today);
    if (opened.kind !== 'open') return opened;
    if ((await importFor(tx, actor, standing.sourceId, standing.id)) === null) return notFound;
    const saved = await saveImport(tx, actor.authorityId, standing.id, seenVersion, standing);
    return { kind: saved ? 'done' : 'stale' };
  });
}

/** Leaves a prepared import unfinished for good. */
export async function leaveFindingsImport(
  db: Db,
  actor: Actor,
  { id, sourceId }: Pick<FindingImport, 'id' | 'sourceId'>,
): Promise<{ kind: 'done' } | NotFound> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if ((await importFor(tx, actor, sourceId, id)) === null) return notFound;
    const left = await moveImport(tx, actor.authorityId, id, 'prepared', { state: 'left' });
    return left ? { kind: 'done' } : notFound;
  });
}

export type RunFindingsOutcome = { kind: 'done' } | NotFound | Forbidden | Refused;

/**
 * Adds the findings of a prepared import at the end of their source: all or nothing. They hold from
 * today, as does what the file says the authority answered.
 */
export async function runFindingsImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  { id, sourceId }: Pick<FindingImport, 'id' | 'sourceId'>,
): Promise<RunFindingsOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<RunFindingsOutcome> => {
    const opened = await openSource(tx, actor, sourceId, 'C', today);
    if (opened.kind !== 'open') return opened;
    // The lock of the source is held: of two that run at once, the second finds it imported.
    const standing = await importFor(tx, actor, sourceId, id);
    if (standing?.state === 'imported') return { kind: 'done' };
    if (standing?.state !== 'prepared') return notFound;
    if (opened.source.withdrawn) return sourceWithdrawn;
    const draft = draftOf(standing.reading, standing.choices);
    if (draft.findings.length === 0) {
      const text = 'Nothing is left to import: every finding was left out.';
      return refused({ field: null, text });
    }
    if (draft.faults.length > 0) {
      return refused(
        ...draft.faults.map(({ where, message }) => ({
          field: null,
          text: `${where}: ${message}`,
        })),
      );
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written: WrittenFact[] = [];
    const first = Math.max(0, ...opened.findings.map((one) => one.position)) + 1;
    const contents = await contentsOf(tx, actor, today, draft.findings, written);
    const made = await appendFindings(
      tx,
      writing,
      sourceId,
      contents.map((content, at) => ({
        submissionId: null,
        content: { ...content, position: first + at, withdrawn: false, reason: null },
      })),
    );
    written.push(...made.written);
    const ids = made.ids.flatMap((one) => one ?? []);
    written.push(...(await answers(tx, writing, draft.findings, made.ids)));
    await moveImport(tx, actor.authorityId, id, 'prepared', { state: 'imported', made: ids });
    await recordFacts(tx, actor.userId, 'imported findings', [
      ...written,
      { fact: 'finding_import', id, state: true },
    ]);
    return { kind: 'done' };
  });
}

/** Takes an import back while nothing else was written on its findings: each is withdrawn. */
export async function undoFindingsImport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  { id, sourceId }: Pick<FindingImport, 'id' | 'sourceId'>,
): Promise<RunFindingsOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, sourceId, 'C', today);
    if (opened.kind !== 'open') return opened;
    const standing = await importFor(tx, actor, sourceId, id);
    if (standing?.state === 'undone') return { kind: 'done' };
    if (standing?.state !== 'imported') return notFound;
    if (await writtenSinceImport(tx, actor.authorityId, id)) {
      const text =
        'Somebody has written on these findings since they were imported, so the import cannot be undone. You can withdraw a finding instead.';
      return refused({ field: null, text });
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const made = new Set<FindingId>(standing.made);
    const versions = opened.findings
      .filter((one) => made.has(one.id))
      .map((one) => ({
        id: one.id,
        version: one.version + 1,
        content: { ...contentOf(one), withdrawn: true, reason: 'Its import was undone' },
      }));
    const written = await appendFindingVersions(tx, writing, versions);
    await moveImport(tx, actor.authorityId, id, 'imported', { state: 'undone' });
    await recordFacts(tx, actor.userId, 'undid an import of findings', [
      ...written,
      { fact: 'finding_import', id, state: true },
    ]);
    return { kind: 'done' };
  });
}

async function answers(
  tx: Tx,
  writing: Writing,
  findings: readonly DraftFinding[],
  ids: readonly (FindingId | null)[],
): Promise<WrittenFact[]> {
  const written: WrittenFact[] = [];
  for (const [at, one] of findings.entries()) {
    const { answer, reason } = one;
    const id = ids[at];
    if (id == null || answer === null || !answerKept(one)) continue;
    written.push(...(await appendResponse(tx, writing, id, 1, { answer, reason })));
  }
  return written;
}

async function contentsOf(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  findings: readonly DraftFinding[],
  written: WrittenFact[],
) {
  const parties = new Map<string, PartyId>();
  const party = async (name: string | null, kind: 'post' | 'board'): Promise<PartyId | null> => {
    if (name === null) return null;
    const known = parties.get(name);
    if (known !== undefined) return known;
    const id = await findOrAddParty(tx, actor.authorityId, { kind, name }, actor.userId, written);
    parties.set(name, id);
    return id;
  };
  const themes = await themesByName(tx, actor, today);
  const contents = [];
  for (const one of findings) {
    const { kind, ref, words, page, paragraph, area } = one;
    contents.push({
      ...{ kind, ref, words, page, paragraph, area, wordsToShare: null },
      leadId: await party(one.lead, 'post'),
      reportsToId: await party(one.reportsTo, 'board'),
      themeIds: one.themes.flatMap((name) => themes.get(themeKey(name)) ?? []),
    });
  }
  return contents;
}

/** The standing themes of an authority by their names, without regard to capitals and spaces. */
export async function themesByName(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
): Promise<Map<string, ThemeId>> {
  const themes = await readThemes(tx, actor.authorityId, today);
  return new Map(
    themes
      .filter((one) => !one.withdrawn && one.mergedInto === null)
      .map(({ id, name }) => [themeKey(name), id]),
  );
}

export function themeKey(name: string): string {
  return name.toLowerCase().replace(/\s+/g, ' ').trim();
}
