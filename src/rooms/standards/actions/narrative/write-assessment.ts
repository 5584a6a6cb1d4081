import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, FindingId, Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { appendSourceVersion, readSources, type Writing, type WrittenFact } from '#findings';
import { recordFacts, type Actor } from '#people';
import {
  numbered,
  type Assessment,
  type AssessmentItemId,
  type Head,
  type Row,
  type RowKind,
  type Section,
  type SectionId,
} from '../../rules/narrative/assessment.ts';
import { drawnFrom, pointOf } from '../../rules/narrative/part-b.ts';
import { readSectionNumbers, unknownText, unknownTokens } from '../../rules/narrative/tokens.ts';
import {
  appendFigureNote,
  appendHead,
  appendRow,
  appendRowVersion,
  appendSection,
  appendSectionVersion,
  type RowContent,
} from '../../store/narrative/append.ts';
import { sourceContent } from './begin-assessment.ts';
import { openAssessment } from './open-assessment.ts';
import {
  notFound,
  refused,
  type Forbidden,
  type Locked,
  type NotFound,
  type Reason,
  type Refused,
} from '../outcome.ts';
import { writePoints, type GivenPoint } from './points.ts';

export type WriteOutcome =
  | { kind: 'done' }
  /** Somebody saved first: what stands is in the assessment, nothing of this was written. */
  | { kind: 'stale'; assessment: Assessment }
  | NotFound
  | Forbidden
  | Refused
  | Locked;

type Deed = (
  tx: Tx,
  writing: Writing,
  assessment: Assessment,
) => Promise<
  { act: string; written: WrittenFact[] } | Exclude<WriteOutcome, { kind: 'done' }> | 'nothing new'
>;

/** Opens the assessment, does the deed in its transaction, and records what it wrote. */
async function write(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: AssessmentId,
  section: SectionId | undefined,
  deed: Deed,
): Promise<WriteOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAssessment(tx, actor, id, 'U', today, section);
    if (opened.kind !== 'open') return opened;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const outcome = await deed(tx, writing, opened.assessment);
    if (outcome === 'nothing new') return { kind: 'done' };
    if ('kind' in outcome) return outcome;
    await recordFacts(tx, actor.userId, outcome.act, outcome.written);
    return { kind: 'done' };
  });
}

/** Changes what the assessment is called, its year, and whom to ask; its source follows. */
export async function changeHead(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: AssessmentId,
  seenVersion: number,
  head: Head,
): Promise<WriteOutcome> {
  return await write(db, actor, today, id, undefined, async (tx, writing, assessment) => {
    const { title, period, contact, written: last } = assessment;
    if (title === head.title && period === head.period && contact === head.contact)
      return 'nothing new';
    if (last.version !== seenVersion) return { kind: 'stale', assessment };
    const written = await appendHead(tx, writing, id, last.version + 1, head);
    const [source] = await readSources(tx, writing.authority, today, [assessment.sourceId]);
    if (source !== undefined && (title !== head.title || period !== head.period)) {
      const named = {
        ...source,
        title: sourceContent(head).title,
        reason: 'The self-assessment was given another title or year',
      };
      written.push(
        ...(await appendSourceVersion(tx, writing, source.id, source.version + 1, named)),
      );
    }
    return { act: 'changed the head of a self-assessment', written };
  });
}

export interface GivenSection {
  /** Null: a new numbered section. */
  id: SectionId | null;
  number: string | null;
  title: string;
  summary: string;
  /** Every point of the section, in their order; one that is left out, or empty, is taken out. */
  points: readonly GivenPoint[];
  /** The versions that the person saw: of the section, and of each point. 0 for a new section. */
  seenVersion: number;
  seenPoints: ReadonlyMap<FindingId, number>;
  /** Made with the form: the same form sent twice makes one section. */
  submissionId: Id<'submission'>;
}

/** Writes a section with its strengths and areas for development, as a further version. */
export async function writeSection(
  db: Db,
  actor: Actor,
  today: IsoDate,
  assessmentId: AssessmentId,
  given: GivenSection,
): Promise<WriteOutcome> {
  const { id } = given;
  return await write(
    db,
    actor,
    today,
    assessmentId,
    id ?? undefined,
    async (tx, writing, assessment) => {
      const before = assessment.sections.find((section) => section.id === id) ?? null;
      if (id !== null && before === null) return notFound;
      const isSame = before !== null && saysTheSame(before, given);
      if (isSame && before.looked) return 'nothing new';
      if (before !== null && isStale(before, given)) return { kind: 'stale', assessment };
      const reasons = sectionProblems(assessment, before, given);
      if (reasons.length > 0) return refused(...reasons);
      const content = { ...given, looked: true, withdrawn: false };
      if (before === null) {
        const added = await appendSection(tx, writing, {
          assessmentId,
          kind: 'numbered',
          copiedFrom: null,
          submissionId: given.submissionId,
          content,
        });
        if (added === null) return 'nothing new';
        const points = await writePoints(
          tx,
          writing,
          assessment.sourceId,
          added.id,
          given,
          [],
          given.points,
        );
        return { act: 'added a section', written: [...added.written, ...points] };
      }
      const version = before.written.version + 1;
      const written = await appendSectionVersion(tx, writing, before.id, version, content);
      const { points } = before;
      written.push(
        ...(await writePoints(tx, writing, assessment.sourceId, before.id, given, points, [
          ...given.points,
          ...points
            .filter(({ findingId }) => !given.points.some((one) => one.findingId === findingId))
            .map(({ findingId, kind }) => ({ findingId, kind, words: '' })),
        ])),
      );
      return { act: 'wrote a section', written };
    },
  );
}

function saysTheSame(before: Section, given: GivenSection): boolean {
  const said = given.points.filter(({ words }) => words !== '');
  return (
    before.number === given.number &&
    before.title === given.title &&
    before.summary === given.summary &&
    before.points.length === said.length &&
    before.points.every(({ findingId, words }) =>
      said.some((one) => one.findingId === findingId && one.words === words),
    )
  );
}

/** Whether somebody wrote here, or on one of its points in the register, since this person looked. */
function isStale(before: Section, given: GivenSection): boolean {
  return (
    before.written.version !== given.seenVersion ||
    before.points.some(({ findingId, version }) => given.seenPoints.get(findingId) !== version)
  );
}

function sectionProblems(
  assessment: Assessment,
  before: Section | null,
  given: GivenSection,
): Reason[] {
  const reasons: Reason[] = [];
  const others = numbered(assessment).filter(({ id }) => id !== before?.id);
  const isNumbered = before === null || before.kind === 'numbered';
  if (isNumbered && others.some(({ number }) => number === given.number)) {
    reasons.push({
      field: 'number',
      text: `Another section has the number ${given.number ?? ''}. Give this one its own`,
    });
  }
  // A section can lead to itself by its new number.
  const self = { ...(before ?? newSection), number: given.number, title: given.title };
  const known = { figures: assessment.figures, sections: isNumbered ? [...others, self] : others };
  const unknown = unknownTokens(given.summary, known);
  if (unknown.length > 0) reasons.push({ field: 'summary', text: unknownText(unknown) });
  return reasons;
}

const newSection: Section = {
  id: '' as SectionId,
  kind: 'numbered',
  number: null,
  title: '',
  summary: '',
  looked: true,
  written: { version: 0, by: null, at: new Date(0), on: '1970-01-01' as IsoDate },
  points: [],
};

/** Says of a copied section that it was looked at and holds for this year as it stands. */
export async function confirmSection(
  db: Db,
  actor: Actor,
  today: IsoDate,
  assessmentId: AssessmentId,
  id: SectionId,
  seenVersion: number,
): Promise<WriteOutcome> {
  return await write(db, actor, today, assessmentId, id, async (tx, writing, assessment) => {
    const section = assessment.sections.find((one) => one.id === id);
    if (section === undefined) return notFound;
    if (section.written.version !== seenVersion) return { kind: 'stale', assessment };
    const content = { ...section, looked: true, withdrawn: false };
    const written = await appendSectionVersion(tx, writing, id, seenVersion + 1, content);
    return { act: 'confirmed a section', written };
  });
}

/** Takes a numbered section out of the document, with its points; all of it stays to be seen. */
export async function takeOutSection(
  db: Db,
  actor: Actor,
  today: IsoDate,
  assessmentId: AssessmentId,
  id: SectionId,
  seenVersion: number,
): Promise<WriteOutcome> {
  return await write(db, actor, today, assessmentId, id, async (tx, writing, assessment) => {
    const section = assessment.sections.find((one) => one.id === id);
    if (section?.kind !== 'numbered') return notFound;
    if (section.written.version !== seenVersion) return { kind: 'stale', assessment };
    const content = { ...section, looked: true, withdrawn: true };
    const written = await appendSectionVersion(tx, writing, id, seenVersion + 1, content);
    const gone = section.points.map(({ findingId, kind }) => ({ findingId, kind, words: '' }));
    written.push(
      ...(await writePoints(tx, writing, assessment.sourceId, id, section, section.points, gone)),
    );
    return { act: 'took a section out', written };
  });
}

export interface GivenRow {
  /** Null: a new row. */
  id: AssessmentItemId | null;
  kind: RowKind;
  label: string | null;
  words: string | null;
  dated: string | null;
  url: string | null;
  findingId: FindingId | null;
  /** The numbers of sections as they were typed: "1, 8 and 13". */
  sections: string;
  /** Take the row out. */
  withdrawn: boolean;
  seenVersion: number;
  submissionId: Id<'submission'>;
}

/** Writes a row of a table of part A or B; saving a copied one unchanged confirms it. */
export async function writeRow(
  db: Db,
  actor: Actor,
  today: IsoDate,
  assessmentId: AssessmentId,
  given: GivenRow,
): Promise<WriteOutcome> {
  return await write(db, actor, today, assessmentId, undefined, async (tx, writing, assessment) => {
    const before = assessment.rows.find(({ id }) => id === given.id) ?? null;
    if (given.id !== null && before === null) return notFound;
    if (before !== null && before.written.version !== given.seenVersion) {
      return { kind: 'stale', assessment };
    }
    const read = readSectionNumbers(given.sections, numbered(assessment));
    const reasons = rowProblems(assessment, given, read.ok ? [] : read.unknown);
    if (reasons.length > 0 && !given.withdrawn) return refused(...reasons);
    const content: RowContent = {
      position: before?.position ?? nextPosition(assessment, given.kind),
      label: given.label,
      words: given.words,
      dated: given.dated,
      url: given.url,
      findingId: given.findingId,
      sectionIds: read.ok ? read.sections.map(({ id }) => id) : (before?.sectionIds ?? []),
      looked: true,
      withdrawn: given.withdrawn,
    };
    if (before === null) {
      const { kind, submissionId } = given;
      const row = { assessmentId, kind, copiedFrom: null, submissionId, content };
      const added = await appendRow(tx, writing, row);
      return added === null ? 'nothing new' : { act: 'added a row', written: added.written };
    }
    if (before.looked && !given.withdrawn && sameRow(before, content)) return 'nothing new';
    const version = before.written.version + 1;
    const written = await appendRowVersion(tx, writing, before.id, version, content);
    return { act: given.withdrawn ? 'took a row out' : 'wrote a row', written };
  });
}

function sameRow(before: Row, content: RowContent): boolean {
  const said = ({ label, words, dated, url, findingId, sectionIds }: Row | RowContent) =>
    JSON.stringify([label, words, dated, url, findingId, [...sectionIds].sort()]);
  return said(before) === said(content);
}

function rowProblems(
  assessment: Assessment,
  given: GivenRow,
  unknown: readonly string[],
): Reason[] {
  const reasons: Reason[] = [];
  if (unknown.length > 0) {
    reasons.push({
      field: 'sections',
      text: `This assessment has no section ${unknown.join(' and no section ')}. Write the numbers of sections that stand in part C`,
    });
  }
  if (given.findingId !== null && (given.kind === 'proud' || given.kind === 'improve')) {
    const from = pointOf(assessment, given.findingId);
    if (from?.point.kind !== drawnFrom[given.kind]) {
      reasons.push({ field: 'finding', text: 'Choose one that stands in part C' });
    }
  }
  const tokens = unknownTokens(given.words ?? '', {
    figures: assessment.figures,
    sections: numbered(assessment),
  });
  if (tokens.length > 0) reasons.push({ field: 'words', text: unknownText(tokens) });
  return reasons;
}

function nextPosition(assessment: Assessment, kind: RowKind): number {
  return (
    Math.max(
      0,
      ...assessment.rows.filter((row) => row.kind === kind).map(({ position }) => position),
    ) + 1
  );
}

export interface GivenFigure {
  name: string;
  value: string;
  asAt: IsoDate;
  origin: string;
  /** How many notes of this figure the person saw; 0 for a new one. */
  seenVersion: number;
}

/** Notes a figure: a new one, or a later value of one that stands. */
export async function noteFigure(
  db: Db,
  actor: Actor,
  today: IsoDate,
  assessmentId: AssessmentId,
  given: GivenFigure,
): Promise<WriteOutcome> {
  return await write(db, actor, today, assessmentId, undefined, async (tx, writing, assessment) => {
    const figure = assessment.figures.find(({ name }) => name === given.name);
    const last = figure?.notes.at(-1);
    const { value, asAt, origin } = given;
    if (last?.value === value && last.asAt === asAt && last.origin === origin) return 'nothing new';
    if ((last?.version ?? 0) !== given.seenVersion) return { kind: 'stale', assessment };
    if (asAt > today) {
      return refused({ field: 'as-at', text: 'The day of a figure is today or before' });
    }
    const place = { id: figure?.id ?? null, name: given.name, version: given.seenVersion + 1 };
    const written = await appendFigureNote(tx, writing, assessmentId, place, {
      value,
      asAt,
      origin,
    });
    return { act: 'noted a figure', written };
  });
}
