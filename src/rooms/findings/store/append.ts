import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type FindingId,
  type Id,
  type PartyId,
  type SourceId,
  type ThemeId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type {
  Answer,
  Classification,
  FindingKind,
  GradedArea,
  SourceKind,
} from '../rules/kinds.ts';
import { sourceKey } from './sources.ts';
import './tables.ts';
import { inPieces, type Writing, type WrittenFact } from './writing.ts';

export interface SourceContent {
  kind: SourceKind;
  title: string;
  body: string | null;
  reference: string | null;
  visitFrom: IsoDate | null;
  visitTo: IsoDate | null;
  publishedOn: IsoDate | null;
  receivedOn: IsoDate | null;
  overall: string | null;
  overallIs: 'given' | 'none given' | 'not recorded';
  grades: GradedArea[];
  summary: string | null;
  classification: Classification;
  withdrawn: boolean;
  reason: string | null;
}

export interface FindingContent {
  kind: FindingKind;
  ref: string | null;
  position: number;
  words: string;
  page: string | null;
  paragraph: string | null;
  area: string | null;
  leadId: PartyId | null;
  reportsToId: PartyId | null;
  themeIds: ThemeId[];
  wordsToShare: string | null;
  withdrawn: boolean;
  reason: string | null;
}

/**
 * Registers a source. Answers null where one of this title stands already: two spellings that
 * differ in case and spaces are one. With `beside`, it stands beside the one of its title, for
 * somebody who may not know of that one.
 */
export async function appendSource(
  tx: Tx,
  writing: Writing,
  content: SourceContent,
  beside = false,
): Promise<{ sourceId: SourceId; written: WrittenFact[] } | null> {
  const id = newId<'source'>();
  const key = sourceKey(content.title);
  const added = await tx
    .insertInto('source')
    .values({
      authority_id: writing.authority,
      id,
      kind: content.kind,
      title: content.title,
      title_key: beside ? `${key} ${id}` : key,
      body: null,
      dated_on: null,
      recorded_by: writing.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'title_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return null;
  const version = await appendSourceVersion(tx, writing, added.id, 1, content);
  return { sourceId: added.id, written: [{ fact: 'source', id: added.id }, ...version] };
}

/** Appends what is known of a source from that day on. */
export async function appendSourceVersion(
  tx: Tx,
  writing: Writing,
  sourceId: SourceId,
  version: number,
  content: SourceContent,
): Promise<WrittenFact[]> {
  const id = newId<'source version'>();
  await tx
    .insertInto('source_version')
    .values({
      authority_id: writing.authority,
      id,
      source_id: sourceId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      kind: content.kind,
      title: content.title,
      body: content.body,
      reference: content.reference,
      visit_from: content.visitFrom,
      visit_to: content.visitTo,
      published_on: content.publishedOn,
      received_on: content.receivedOn,
      overall: content.overall,
      overall_is: content.overallIs,
      grades: JSON.stringify(content.grades) as never,
      summary: content.summary,
      classification: content.classification,
      withdrawn: content.withdrawn,
      reason: content.reason,
    })
    .execute();
  return [{ fact: 'source_version', id, version }];
}

/** Says that a source was looked through again. */
export async function appendSourceLook(
  tx: Tx,
  writing: Writing,
  sourceId: SourceId,
  note: string | null,
): Promise<WrittenFact[]> {
  const id = newId<'source look'>();
  await tx
    .insertInto('source_look')
    .values({
      authority_id: writing.authority,
      id,
      source_id: sourceId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      note,
    })
    .execute();
  return [{ fact: 'source_look', id }];
}

/**
 * Appends findings to a source, in the order given. One whose `submissionId` stands already is left
 * out, and its id is null in the answer: the same form sent twice makes one finding.
 */
export async function appendFindings(
  tx: Tx,
  writing: Writing,
  sourceId: SourceId,
  findings: readonly { submissionId: Id<'submission'> | null; content: FindingContent }[],
): Promise<{ ids: (FindingId | null)[]; written: WrittenFact[] }> {
  const rows = findings.map(({ submissionId, content }) => ({
    id: newId<'finding'>(),
    submissionId,
    content,
  }));
  const made = new Set<FindingId>();
  for (const piece of inPieces(rows)) {
    const inserted = await tx
      .insertInto('finding')
      .values(
        piece.map(({ id, submissionId }) => ({
          authority_id: writing.authority,
          id,
          source_id: sourceId,
          submission_id: submissionId,
          recorded_by: writing.by,
        })),
      )
      .onConflict((clash) => clash.columns(['authority_id', 'submission_id']).doNothing())
      .returning('id')
      .execute();
    for (const { id } of inserted) made.add(id);
  }
  const standing = rows.filter(({ id }) => made.has(id));
  const versions = await appendFindingVersions(
    tx,
    writing,
    standing.map(({ id, content }) => ({ id, version: 1, content })),
  );
  return {
    ids: rows.map(({ id }) => (made.has(id) ? id : null)),
    written: [...standing.map(({ id }) => ({ fact: 'finding', id })), ...versions],
  };
}

/** Appends versions of findings, with their themes. */
export async function appendFindingVersions(
  tx: Tx,
  writing: Writing,
  findings: readonly { id: FindingId; version: number; content: FindingContent }[],
): Promise<WrittenFact[]> {
  const rows = findings.map((one) => ({ ...one, versionId: newId<'finding version'>() }));
  for (const piece of inPieces(rows)) {
    await tx
      .insertInto('finding_version')
      .values(
        piece.map(({ id, versionId, version, content }) => ({
          authority_id: writing.authority,
          id: versionId,
          finding_id: id,
          version,
          effective_on: writing.effectiveOn,
          recorded_by: writing.by,
          kind: content.kind,
          ref: content.ref,
          position: content.position,
          words: content.words,
          page: content.page,
          paragraph: content.paragraph,
          area: content.area,
          lead_id: content.leadId,
          reports_to_id: content.reportsToId,
          words_to_share: content.wordsToShare,
          withdrawn: content.withdrawn,
          reason: content.reason,
        })),
      )
      .execute();
  }
  const parts = rows.flatMap(({ versionId, content }) =>
    [...new Set(content.themeIds)].map((themeId) => ({
      authority_id: writing.authority,
      finding_version_id: versionId,
      theme_id: themeId,
    })),
  );
  for (const piece of inPieces(parts)) {
    await tx.insertInto('finding_version_theme').values(piece).execute();
  }
  return rows.map(({ versionId, version }) => ({
    fact: 'finding_version',
    id: versionId,
    version,
  }));
}

/** Appends what the authority answers to a finding. */
export async function appendResponse(
  tx: Tx,
  writing: Writing,
  findingId: FindingId,
  version: number,
  content: { answer: Answer; reason: string | null },
): Promise<WrittenFact[]> {
  const id = newId<'finding response'>();
  await tx
    .insertInto('finding_response')
    .values({
      authority_id: writing.authority,
      id,
      finding_id: findingId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      ...content,
    })
    .execute();
  return [{ fact: 'finding_response', id, version }];
}

/** Appends that two findings say the same, or that they do not. */
export async function appendPair(
  tx: Tx,
  writing: Writing,
  pair: readonly [FindingId, FindingId],
  verdict: 'same' | 'different',
): Promise<WrittenFact[]> {
  const id = newId<'finding pair'>();
  const [finding_id, other_id] = pair[0] < pair[1] ? pair : [pair[1], pair[0]];
  await tx
    .insertInto('finding_pair')
    .values({
      authority_id: writing.authority,
      id,
      finding_id,
      other_id,
      verdict,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
    })
    .execute();
  return [{ fact: 'finding_pair', id }];
}
