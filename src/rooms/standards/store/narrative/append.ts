import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type AssessmentId,
  type AuthorityId,
  type FileId,
  type FindingId,
  type Id,
  type SourceId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Writing, WrittenFact } from '#findings';
import type {
  AssessmentImportId,
  AssessmentItemId,
  Head,
  RowKind,
  SectionId,
  SelfEvaluationId,
  TextKind,
} from '../../rules/narrative/assessment.ts';
import '../tables.ts';

/** One writer at a time of this assessment, to the end of the transaction. */
export async function lockAssessment(tx: Tx, authority: AuthorityId, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`assessment ${authority} ${id}`}, 0))`.execute(
    tx,
  );
}

/** Appends an assessment, which is also the source `sourceId` of the register. */
export async function appendAssessment(
  tx: Tx,
  writing: Writing,
  given: {
    sourceId: SourceId;
    copiedFrom: AssessmentId | null;
    submissionId: Id<'submission'>;
    head: Head;
  },
): Promise<{ id: AssessmentId; written: WrittenFact[] }> {
  const id = newId<'assessment'>();
  await tx
    .insertInto('assessment')
    .values({
      authority_id: writing.authority,
      id,
      source_id: given.sourceId,
      copied_from: given.copiedFrom,
      submission_id: given.submissionId,
      recorded_by: writing.by,
    })
    .execute();
  const head = await appendHead(tx, writing, id, 1, given.head);
  return { id, written: [{ fact: 'assessment', id }, ...head] };
}

/** Appends what the assessment is called, its year and whom to ask. */
export async function appendHead(
  tx: Tx,
  writing: Writing,
  assessmentId: AssessmentId,
  version: number,
  { title, period, contact }: Head,
): Promise<WrittenFact[]> {
  const id = newId<'assessment version'>();
  await tx
    .insertInto('assessment_version')
    .values({
      ...dated(writing),
      id,
      assessment_id: assessmentId,
      version,
      title,
      period,
      contact,
    })
    .execute();
  return [{ fact: 'assessment_version', id, version }];
}

/** What a text says. */
export interface SectionContent {
  number: string | null;
  title: string;
  /** Empty for none yet. */
  summary: string;
  looked: boolean;
  withdrawn: boolean;
}

/**
 * Appends a text of an assessment with its first version. Null where this form made one before:
 * the same form sent twice makes one section.
 */
export async function appendSection(
  tx: Tx,
  writing: Writing,
  given: {
    assessmentId: AssessmentId;
    kind: TextKind;
    copiedFrom: SectionId | null;
    submissionId: Id<'submission'> | null;
    content: SectionContent;
  },
): Promise<{ id: SectionId; written: WrittenFact[] } | null> {
  const added = await tx
    .insertInto('assessment_section')
    .values({
      authority_id: writing.authority,
      id: newId<'section'>(),
      assessment_id: given.assessmentId,
      kind: given.kind,
      copied_from: given.copiedFrom,
      submission_id: given.submissionId,
      recorded_by: writing.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'submission_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return null;
  const version = await appendSectionVersion(tx, writing, added.id, 1, given.content);
  return { id: added.id, written: [{ fact: 'assessment_section', id: added.id }, ...version] };
}

/** Appends what a text says from that day on. */
export async function appendSectionVersion(
  tx: Tx,
  writing: Writing,
  sectionId: SectionId,
  version: number,
  { number, title, summary, looked, withdrawn }: SectionContent,
): Promise<WrittenFact[]> {
  const id = newId<'assessment section version'>();
  await tx
    .insertInto('assessment_section_version')
    .values({
      ...dated(writing),
      id,
      section_id: sectionId,
      version,
      number,
      title,
      summary: summary === '' ? null : summary,
      looked,
      withdrawn,
    })
    .execute();
  return [{ fact: 'assessment_section_version', id, version }];
}

/** What a row of a table of part A or B says. */
export interface RowContent {
  position: number;
  label: string | null;
  words: string | null;
  dated: string | null;
  url: string | null;
  findingId: FindingId | null;
  sectionIds: readonly SectionId[];
  looked: boolean;
  withdrawn: boolean;
}

/** Appends a row with its first version; null where this form made one before. */
export async function appendRow(
  tx: Tx,
  writing: Writing,
  given: {
    assessmentId: AssessmentId;
    kind: RowKind;
    copiedFrom: AssessmentItemId | null;
    submissionId: Id<'submission'> | null;
    content: RowContent;
  },
): Promise<{ id: AssessmentItemId; written: WrittenFact[] } | null> {
  const added = await tx
    .insertInto('assessment_item')
    .values({
      authority_id: writing.authority,
      id: newId<'assessment item'>(),
      assessment_id: given.assessmentId,
      kind: given.kind,
      copied_from: given.copiedFrom,
      submission_id: given.submissionId,
      recorded_by: writing.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'submission_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return null;
  const version = await appendRowVersion(tx, writing, added.id, 1, given.content);
  return { id: added.id, written: [{ fact: 'assessment_item', id: added.id }, ...version] };
}

/** Appends what a row says from that day on. */
export async function appendRowVersion(
  tx: Tx,
  writing: Writing,
  itemId: AssessmentItemId,
  version: number,
  content: RowContent,
): Promise<WrittenFact[]> {
  const id = newId<'assessment item version'>();
  await tx
    .insertInto('assessment_item_version')
    .values({
      ...dated(writing),
      id,
      item_id: itemId,
      version,
      position: content.position,
      label: content.label,
      words: content.words,
      dated: content.dated,
      url: content.url,
      finding_id: content.findingId,
      section_ids: [...content.sectionIds],
      looked: content.looked,
      withdrawn: content.withdrawn,
    })
    .execute();
  return [{ fact: 'assessment_item_version', id, version }];
}

/** Appends a dated note of a figure; the figure too where it has no name here yet. */
export async function appendFigureNote(
  tx: Tx,
  writing: Writing,
  assessmentId: AssessmentId,
  figure: { id: Id<'assessment figure'> | null; name: string; version: number },
  note: { value: string; asAt: IsoDate; origin: string },
): Promise<WrittenFact[]> {
  const written: WrittenFact[] = [];
  const figureId = figure.id ?? newId<'assessment figure'>();
  if (figure.id === null) {
    await tx
      .insertInto('assessment_figure')
      .values({
        authority_id: writing.authority,
        id: figureId,
        assessment_id: assessmentId,
        name: figure.name,
        recorded_by: writing.by,
      })
      .execute();
    written.push({ fact: 'assessment_figure', id: figureId });
  }
  const id = newId<'assessment figure version'>();
  await tx
    .insertInto('assessment_figure_version')
    .values({
      ...dated(writing),
      id,
      figure_id: figureId,
      version: figure.version,
      value: note.value,
      as_at: note.asAt,
      origin: note.origin,
    })
    .execute();
  written.push({ fact: 'assessment_figure_version', id, version: figure.version });
  return written;
}

/** Keeps a file from which an assessment is to be read. */
export async function appendImport(
  tx: Tx,
  authority: AuthorityId,
  by: UserId,
  fileId: FileId,
): Promise<{ id: AssessmentImportId; written: WrittenFact[] }> {
  const id = newId<'assessment import'>();
  await tx
    .insertInto('assessment_import')
    .values({ authority_id: authority, id, file_id: fileId, recorded_by: by })
    .execute();
  return { id, written: [{ fact: 'assessment_import', id }] };
}

/** The self-evaluation of a year, begun where there is none yet. */
export async function findOrAddEvaluation(
  tx: Tx,
  writing: Writing,
  year: number,
): Promise<{ id: SelfEvaluationId; written: WrittenFact[] }> {
  const id = newId<'self-evaluation'>();
  const added = await tx
    .insertInto('self_evaluation')
    .values({ authority_id: writing.authority, id, year, recorded_by: writing.by })
    .onConflict((clash) => clash.columns(['authority_id', 'year']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added !== undefined) return { id, written: [{ fact: 'self_evaluation', id }] };
  const found = await tx
    .selectFrom('self_evaluation')
    .select('id')
    .where('authority_id', '=', writing.authority)
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  return { id: found.id, written: [] };
}

/** Appends the words that people add to one question of a self-evaluation; null takes them out. */
export async function appendEvaluationWords(
  tx: Tx,
  writing: Writing,
  evaluationId: SelfEvaluationId,
  question: number,
  version: number,
  words: string | null,
): Promise<WrittenFact[]> {
  const id = newId<'self-evaluation words'>();
  await tx
    .insertInto('self_evaluation_words')
    .values({ ...dated(writing), id, evaluation_id: evaluationId, question, version, words })
    .execute();
  return [{ fact: 'self_evaluation_words', id, version }];
}

const dated = ({ authority, effectiveOn, by }: Writing) => ({
  authority_id: authority,
  effective_on: effectiveOn,
  recorded_by: by,
});
