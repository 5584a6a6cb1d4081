import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, AuthorityId, Id, UserId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import { readFile, readFindings, standingLinksOf } from '#findings';
import {
  byNumber,
  textKinds,
  type Assessment,
  type AssessmentImportId,
  type Figure,
  type FigureNote,
  type Head,
  type Point,
  type PointKind,
  type Row,
  type Section,
  type SectionId,
  type SelfEvaluationId,
  type TextKind,
  type Written,
} from '../../rules/narrative/assessment.ts';
import '../tables.ts';

/** An assessment without its texts: for a list. */
export interface AssessmentHead extends Head {
  id: AssessmentId;
  sourceId: Assessment['sourceId'];
  copiedFrom: AssessmentId | null;
  written: Written;
}

/** The assessments of an authority as at a day (or these alone), the newest year first. */
export async function readAssessmentHeads(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  only?: readonly AssessmentId[],
): Promise<AssessmentHead[]> {
  let query = tx
    .selectFrom('assessment')
    .innerJoin('assessment_version as head', (join) =>
      join
        .onRef('head.authority_id', '=', 'assessment.authority_id')
        .onRef('head.assessment_id', '=', 'assessment.id'),
    )
    .distinctOn('assessment.id')
    .select([
      'assessment.id',
      'assessment.source_id as sourceId',
      'assessment.copied_from as copiedFrom',
      'head.title',
      'head.period',
      'head.contact',
      'head.version',
      'head.recorded_by as by',
      'head.recorded_at as at',
      'head.effective_on as on',
    ])
    .where('assessment.authority_id', '=', authority)
    .where('head.effective_on', '<=', asAt)
    .orderBy('assessment.id')
    .orderBy('head.effective_on', 'desc')
    .orderBy('head.version', 'desc');
  if (only !== undefined) query = query.where('assessment.id', '=', anyOf(only));
  const rows = await query.execute();
  return rows
    .map(({ version, by, at, on, ...head }) => ({ ...head, written: { version, by, at, on } }))
    .sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : a.id < b.id ? 1 : -1));
}

/** One assessment as it stood at the end of a day, with everything in it; null where there is none. */
export async function readAssessment(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  id: AssessmentId,
): Promise<Assessment | null> {
  const [head] = await readAssessmentHeads(tx, authority, asAt, [id]);
  if (head === undefined) return null;
  const sections = await readSections(tx, authority, asAt, id);
  const points = await readPoints(
    tx,
    authority,
    asAt,
    head.sourceId,
    sections.map((section) => section.id),
  );
  return {
    ...head,
    sections: sections.map((section) => ({ ...section, points: points.get(section.id) ?? [] })),
    rows: await readRows(tx, authority, asAt, id),
    figures: await readFigures(tx, authority, asAt, id),
  };
}

async function readSections(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  id: AssessmentId,
): Promise<Omit<Section, 'points'>[]> {
  const rows = await tx
    .selectFrom('assessment_section as section')
    .innerJoin('assessment_section_version as text', (join) =>
      join
        .onRef('text.authority_id', '=', 'section.authority_id')
        .onRef('text.section_id', '=', 'section.id'),
    )
    .distinctOn('section.id')
    .select([
      'section.id',
      'section.kind',
      'text.number',
      'text.title',
      'text.summary',
      'text.looked',
      'text.withdrawn',
      'text.version',
      'text.recorded_by as by',
      'text.recorded_at as at',
      'text.effective_on as on',
    ])
    .where('section.authority_id', '=', authority)
    .where('section.assessment_id', '=', id)
    .where('text.effective_on', '<=', asAt)
    .orderBy('section.id')
    .orderBy('text.effective_on', 'desc')
    .orderBy('text.version', 'desc')
    .execute();
  const place = (kind: TextKind) => textKinds.indexOf(kind);
  return rows
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ id: sectionId, kind, number, title, summary, looked, version, by, at, on }) => ({
      id: sectionId,
      kind,
      number,
      title,
      summary: summary ?? '',
      looked,
      written: { version, by, at, on },
    }))
    .sort((a, b) => place(a.kind) - place(b.kind) || byNumber(a.number, b.number));
}

/** The strengths and areas for development of each section: findings linked as drawn from it. */
async function readPoints(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  sourceId: Assessment['sourceId'],
  sectionIds: readonly SectionId[],
): Promise<Map<SectionId, Point[]>> {
  if (sectionIds.length === 0) return new Map();
  const links = await standingLinksOf(tx, authority, sectionIds, asAt);
  const sectionOf = new Map<string, SectionId>(
    links
      .filter(({ from, to }) => from.kind === 'section' && to.kind === 'finding')
      .map(({ from, to }) => [to.id, from.id as SectionId]),
  );
  const findings = await readFindings(tx, authority, asAt, { sourceIds: [sourceId] });
  const found = new Map<SectionId, Point[]>();
  for (const finding of findings) {
    const section = sectionOf.get(finding.id);
    if (section === undefined || finding.withdrawn) continue;
    if (finding.kind !== 'strength' && finding.kind !== 'area for development') continue;
    const point = {
      findingId: finding.id,
      kind: finding.kind satisfies PointKind,
      words: finding.words,
      version: finding.version,
      position: finding.position,
    };
    found.set(section, [...(found.get(section) ?? []), point]);
  }
  return found;
}

async function readRows(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  id: AssessmentId,
): Promise<Row[]> {
  const rows = await tx
    .selectFrom('assessment_item as item')
    .innerJoin('assessment_item_version as text', (join) =>
      join
        .onRef('text.authority_id', '=', 'item.authority_id')
        .onRef('text.item_id', '=', 'item.id'),
    )
    .distinctOn('item.id')
    .select([
      'item.id',
      'item.kind',
      'text.position',
      'text.label',
      'text.words',
      'text.dated',
      'text.url',
      'text.finding_id as findingId',
      'text.section_ids as sectionIds',
      'text.looked',
      'text.withdrawn',
      'text.version',
      'text.recorded_by as by',
      'text.recorded_at as at',
      'text.effective_on as on',
    ])
    .where('item.authority_id', '=', authority)
    .where('item.assessment_id', '=', id)
    .where('text.effective_on', '<=', asAt)
    .orderBy('item.id')
    .orderBy('text.effective_on', 'desc')
    .orderBy('text.version', 'desc')
    .execute();
  return rows
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ version, by, at, on, ...row }): Row => ({ ...row, written: { version, by, at, on } }))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

async function readFigures(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  id: AssessmentId,
): Promise<Figure[]> {
  const rows = await tx
    .selectFrom('assessment_figure as figure')
    .innerJoin('assessment_figure_version as note', (join) =>
      join
        .onRef('note.authority_id', '=', 'figure.authority_id')
        .onRef('note.figure_id', '=', 'figure.id'),
    )
    .select([
      'figure.id',
      'figure.name',
      'note.version',
      'note.value',
      'note.as_at as asAt',
      'note.origin',
      'note.recorded_at as recordedAt',
    ])
    .where('figure.authority_id', '=', authority)
    .where('figure.assessment_id', '=', id)
    .where('note.effective_on', '<=', asAt)
    .orderBy('figure.name')
    .orderBy('note.version')
    .execute();
  const found = Map.groupBy(rows, (row) => row.id);
  return [...found].map(([figureId, notes]) => ({
    id: figureId,
    name: notes[0]?.name ?? '',
    notes: notes.map(({ version, value, asAt: on, origin, recordedAt }): FigureNote => ({
      version,
      value,
      asAt: on,
      origin,
      recordedAt,
    })),
  }));
}

/** A text as somebody left it. */
export interface SectionText extends Written {
  number: string | null;
  title: string;
  summary: string;
  looked: boolean;
}

/** Every text that a section has had by a day, the oldest first. */
export async function readSectionTexts(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  sectionId: SectionId,
): Promise<SectionText[]> {
  const rows = await tx
    .selectFrom('assessment_section_version')
    .select([
      'version',
      'number',
      'title',
      'summary',
      'looked',
      'recorded_by as by',
      'recorded_at as at',
      'effective_on as on',
    ])
    .where('authority_id', '=', authority)
    .where('section_id', '=', sectionId)
    .where('effective_on', '<=', asAt)
    .orderBy('version')
    .execute();
  return rows.map((row) => ({ ...row, summary: row.summary ?? '' }));
}

/** The assessment that a form or an import made before, or null. */
export async function assessmentOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<AssessmentId | null> {
  const row = await tx
    .selectFrom('assessment')
    .select('id')
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The assessment of a section, or null where the authority has no such section. */
export async function assessmentOfSection(
  tx: Tx,
  authority: AuthorityId,
  sectionId: SectionId,
): Promise<AssessmentId | null> {
  const row = await tx
    .selectFrom('assessment_section')
    .select('assessment_id as id')
    .where('authority_id', '=', authority)
    .where('id', '=', sectionId)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** A file that was kept for an import, with who sent it; null where there is none. */
export async function readImportFile(
  tx: Tx,
  authority: AuthorityId,
  id: AssessmentImportId,
): Promise<{ by: UserId; name: string; bytes: Buffer } | null> {
  const row = await tx
    .selectFrom('assessment_import')
    .select(['file_id as fileId', 'recorded_by as by'])
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .executeTakeFirst();
  const file = row === undefined ? null : await readFile(tx, authority, row.fileId);
  return row === undefined || file === null
    ? null
    : { by: row.by, name: file.name, bytes: file.bytes };
}

/** The words that people added to a year's self-evaluation, by question, with their versions. */
export async function readEvaluationWords(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  year: number,
): Promise<Map<number, { id: SelfEvaluationId; words: string | null; written: Written }>> {
  const rows = await tx
    .selectFrom('self_evaluation as evaluation')
    .innerJoin('self_evaluation_words as text', (join) =>
      join
        .onRef('text.authority_id', '=', 'evaluation.authority_id')
        .onRef('text.evaluation_id', '=', 'evaluation.id'),
    )
    .distinctOn('text.question')
    .select([
      'evaluation.id',
      'text.question',
      'text.words',
      'text.version',
      'text.recorded_by as by',
      'text.recorded_at as at',
      'text.effective_on as on',
    ])
    .where('evaluation.authority_id', '=', authority)
    .where('evaluation.year', '=', year)
    .where('text.effective_on', '<=', asAt)
    .orderBy('text.question')
    .orderBy('text.effective_on', 'desc')
    .orderBy('text.version', 'desc')
    .execute();
  return new Map(
    rows.map(({ id, question, words, version, by, at, on }) => [
      question,
      { id, words, written: { version, by, at, on } },
    ]),
  );
}

/** The years for which somebody added words to the self-evaluation. */
export async function readEvaluationYears(tx: Tx, authority: AuthorityId): Promise<number[]> {
  const rows = await tx
    .selectFrom('self_evaluation')
    .select('year')
    .where('authority_id', '=', authority)
    .orderBy('year', 'desc')
    .execute();
  return rows.map(({ year }) => year);
}
