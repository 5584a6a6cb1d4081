import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, FindingId, Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { appendSource, type SourceContent, type Writing, type WrittenFact } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import type { Assessment, Head, SectionId, TextKind } from '../../rules/narrative/assessment.ts';
import type { DraftRow, NarrativeDraft } from '../../rules/narrative/draft.ts';
import {
  appendAssessment,
  appendFigureNote,
  appendRow,
  appendSection,
} from '../../store/narrative/append.ts';
import { assessmentOfSubmission } from '../../store/narrative/read.ts';
import { readAssessmentFor } from './open-assessment.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from '../outcome.ts';
import { addPoints, pointContent } from './points.ts';

/** What the texts that every assessment has are called until somebody names them otherwise. */
export const firstTitles: Readonly<Record<Exclude<TextKind, 'numbered'>, string>> = {
  introduction: 'Introduction',
  area: 'The local area and its services for children',
  closing: 'Final words',
};

/** From what an assessment is begun. */
export type BegunFrom =
  | { kind: 'nothing' }
  /** Last year's: each text and row is copied, and says so until somebody looks at it. */
  | { kind: 'assessment'; id: AssessmentId }
  | { kind: 'draft'; draft: NarrativeDraft };

export type BeginOutcome =
  { kind: 'done'; assessmentId: AssessmentId } | NotFound | Forbidden | Refused;

/**
 * Begins the self-assessment of a year: empty, from last year's, or from a file that was read. It is
 * registered as a source of the register of findings, under its title and year.
 */
export async function beginAssessment(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: { head: Head; from: BegunFrom; submissionId: Id<'submission'> },
): Promise<BeginOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if (!may(actor, 'C', 'PLN')) return forbidden;
    const before = await assessmentOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before !== null) return { kind: 'done', assessmentId: before };
    const { head, from } = given;
    const last =
      from.kind === 'assessment' ? await readAssessmentFor(tx, actor, from.id, today, today) : null;
    if (from.kind === 'assessment' && last === null) return notFound;
    const writing: Writing = {
      authority: actor.authorityId,
      by: actor.userId,
      effectiveOn: today,
    };
    const source = await appendSource(tx, writing, sourceContent(head));
    if (source === null) {
      return refused({
        field: 'period',
        text: `The register of findings holds “${sourceTitle(head)}” already. Give another year or another title`,
      });
    }
    const begun = await appendAssessment(tx, writing, {
      sourceId: source.sourceId,
      copiedFrom: from.kind === 'assessment' ? from.id : null,
      submissionId: given.submissionId,
      head,
    });
    const place = { assessmentId: begun.id, sourceId: source.sourceId };
    const written = [...source.written, ...begun.written];
    if (last !== null) written.push(...(await copy(tx, writing, place, last.assessment)));
    else
      written.push(...(await fill(tx, writing, place, from.kind === 'draft' ? from.draft : null)));
    await recordFacts(tx, actor.userId, 'began a self-assessment', written);
    return { kind: 'done', assessmentId: begun.id };
  });
}

/** As what the register knows an assessment. */
export function sourceTitle({ title, period }: Head): string {
  return `${title}, ${period}`;
}

/** The assessment as a source of the register. */
export function sourceContent(head: Head): SourceContent {
  return {
    kind: 'self-assessment',
    title: sourceTitle(head),
    body: null,
    reference: null,
    visitFrom: null,
    visitTo: null,
    publishedOn: null,
    receivedOn: null,
    overall: null,
    overallIs: 'none given',
    grades: [],
    summary: null,
    classification: 'internal',
    withdrawn: false,
    reason: null,
  };
}

interface Place {
  assessmentId: AssessmentId;
  sourceId: Assessment['sourceId'];
}

/** Everything of last year's: a copy says that it is one until somebody changes or confirms it. */
async function copy(
  tx: Tx,
  writing: Writing,
  { assessmentId, sourceId }: Place,
  last: Assessment,
): Promise<WrittenFact[]> {
  const written: WrittenFact[] = [];
  const sections = new Map<SectionId, SectionId>();
  const points = new Map<FindingId, FindingId>();
  for (const section of last.sections) {
    const { number, title, summary } = section;
    const added = await appendSection(tx, writing, {
      assessmentId,
      kind: section.kind,
      copiedFrom: section.id,
      submissionId: null,
      content: { number, title, summary, looked: false, withdrawn: false },
    });
    if (added === null) throw new Error('A copied section was not added');
    sections.set(section.id, added.id);
    written.push(...added.written);
    const contents = section.points.map((point, index) =>
      pointContent(section, point.kind, point.words, index + 1),
    );
    const fresh = await addPoints(tx, writing, sourceId, added.id, contents);
    section.points.forEach((point, index) => {
      const id = fresh.ids[index];
      if (id !== undefined) points.set(point.findingId, id);
    });
    written.push(...fresh.written);
  }
  for (const row of last.rows) {
    const added = await appendRow(tx, writing, {
      assessmentId,
      kind: row.kind,
      copiedFrom: row.id,
      submissionId: null,
      content: {
        position: row.position,
        label: row.label,
        words: row.words,
        dated: row.dated,
        url: row.url,
        findingId: row.findingId === null ? null : (points.get(row.findingId) ?? null),
        sectionIds: row.sectionIds.flatMap((id) => sections.get(id) ?? []),
        looked: false,
        withdrawn: false,
      },
    });
    if (added !== null) written.push(...added.written);
  }
  for (const figure of last.figures) {
    const note = figure.notes.at(-1);
    if (note === undefined) continue;
    const fresh = { id: null, name: figure.name, version: 1 };
    written.push(...(await appendFigureNote(tx, writing, assessmentId, fresh, note)));
  }
  return written;
}

/** The texts that every assessment has, with what a file gave, where one was read. */
async function fill(
  tx: Tx,
  writing: Writing,
  { assessmentId, sourceId }: Place,
  draft: NarrativeDraft | null,
): Promise<WrittenFact[]> {
  const written: WrittenFact[] = [];
  const texts = { introduction: draft?.introduction, area: draft?.area, closing: draft?.closing };
  for (const kind of ['introduction', 'area', 'closing'] as const) {
    const added = await appendSection(tx, writing, {
      assessmentId,
      kind,
      copiedFrom: null,
      submissionId: null,
      content: {
        number: null,
        title: firstTitles[kind],
        summary: texts[kind] ?? '',
        looked: true,
        withdrawn: false,
      },
    });
    written.push(...(added?.written ?? []));
  }
  if (draft === null) return written;
  const byNumber = new Map<string, SectionId>();
  for (const { number, title, summary, points } of draft.sections) {
    const added = await appendSection(tx, writing, {
      assessmentId,
      kind: 'numbered',
      copiedFrom: null,
      submissionId: null,
      content: { number, title, summary, looked: true, withdrawn: false },
    });
    if (added === null) continue;
    byNumber.set(number, added.id);
    const contents = points.map((point, index) =>
      pointContent({ number, title }, point.kind, point.words, index + 1),
    );
    const fresh = await addPoints(tx, writing, sourceId, added.id, contents);
    written.push(...added.written, ...fresh.written);
  }
  const rows = [
    ...draft.people.map(({ post, name, since }) =>
      row('person', { label: post, words: name, dated: since }),
    ),
    ...draft.documents.map(({ title, dated, url, words }) =>
      row('document', { label: title, words, dated, url }),
    ),
    ...(
      [
        ['proud', draft.proud],
        ['improve', draft.improve],
        ['risk', draft.risks],
        ['innovation', draft.innovations],
      ] as const
    ).flatMap(([kind, all]) => all.map((one) => row(kind, draftRow(one, byNumber)))),
  ];
  for (const [index, { kind, content }] of rows.entries()) {
    const added = await appendRow(tx, writing, {
      assessmentId,
      kind,
      copiedFrom: null,
      submissionId: null,
      content: { ...content, position: index + 1 },
    });
    written.push(...(added?.written ?? []));
  }
  return written;
}

type RowContent = Parameters<typeof appendRow>[2]['content'];

function row(
  kind: Parameters<typeof appendRow>[2]['kind'],
  given: Partial<RowContent>,
): { kind: typeof kind; content: RowContent } {
  return {
    kind,
    content: {
      position: 1,
      label: null,
      words: null,
      dated: null,
      url: null,
      findingId: null,
      sectionIds: [],
      looked: true,
      withdrawn: false,
      ...given,
    },
  };
}

function draftRow(
  { label, words, dated, sections }: DraftRow,
  byNumber: ReadonlyMap<string, SectionId>,
): Partial<RowContent> {
  return {
    label,
    words,
    dated,
    sectionIds: sections.flatMap((number) => byNumber.get(number) ?? []),
  };
}
