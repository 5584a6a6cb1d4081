import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, FindingId, Id, SourceId, UserId } from '#kernel/ids.ts';

/** The self-assessment in narrative, as it stands on a day: a document for each year. */
export type SectionId = Id<'section'>;
export type AssessmentItemId = Id<'assessment item'>;
export type AssessmentImportId = Id<'assessment import'>;
export type SelfEvaluationId = Id<'self-evaluation'>;

/**
 * The texts of the document. 'area' is the local area and its services, the end of part A; the
 * numbered ones are part C.
 */
export const textKinds = ['introduction', 'area', 'numbered', 'closing'] as const;
export type TextKind = (typeof textKinds)[number];

/** The rows of the tables of parts A and B. */
export const rowKinds = ['person', 'document', 'proud', 'improve', 'risk', 'innovation'] as const;
export type RowKind = (typeof rowKinds)[number];

export const pointKinds = ['strength', 'area for development'] as const;
/** What stands under a numbered section: a finding of one of these kinds. */
export type PointKind = (typeof pointKinds)[number];

/** A strength or an area for development: a finding of the register. */
export interface Point {
  findingId: FindingId;
  kind: PointKind;
  words: string;
  version: number;
  position: number;
}

/** Who wrote a text last, and when. */
export interface Written {
  version: number;
  by: UserId | null;
  at: Date;
  on: IsoDate;
}

export interface Section {
  id: SectionId;
  kind: TextKind;
  /** As text: "10", "10a". Null where it is not a numbered one. */
  number: string | null;
  title: string;
  summary: string;
  /** False: copied from last year, and nobody has changed or confirmed it yet. */
  looked: boolean;
  written: Written;
  points: Point[];
}

export interface Row {
  id: AssessmentItemId;
  kind: RowKind;
  position: number;
  label: string | null;
  words: string | null;
  dated: string | null;
  url: string | null;
  findingId: FindingId | null;
  sectionIds: SectionId[];
  looked: boolean;
  written: Written;
}

/** One dated note of a figure. */
export interface FigureNote {
  version: number;
  value: string;
  asAt: IsoDate;
  /** Where it comes from. */
  origin: string;
  recordedAt: Date;
}

export interface Figure {
  id: Id<'assessment figure'>;
  name: string;
  /** In the order in which they were noted; never empty. */
  notes: FigureNote[];
}

export interface Head {
  title: string;
  /** The year, as it is written: "2026/27". */
  period: string;
  contact: string | null;
}

export interface Assessment extends Head {
  id: AssessmentId;
  sourceId: SourceId;
  copiedFrom: AssessmentId | null;
  written: Written;
  /** Introduction, area, the numbered ones in the order of their numbers, closing. */
  sections: Section[];
  /** By kind, and in their order. */
  rows: Row[];
  /** By name. */
  figures: Figure[];
}

/** The numbered sections, in the order of their numbers. */
export function numbered(assessment: Pick<Assessment, 'sections'>): Section[] {
  return assessment.sections.filter(({ kind }) => kind === 'numbered');
}

/** Orders numbers of sections as a reader does: 2 before 10, 10 before 10a. */
export function byNumber(a: string | null, b: string | null): number {
  const [x, y] = [a ?? '', b ?? ''];
  return (
    Number.parseInt(x || '0', 10) - Number.parseInt(y || '0', 10) || (x < y ? -1 : x > y ? 1 : 0)
  );
}

/** "8. Early help" */
export function sectionName({ number, title }: Pick<Section, 'number' | 'title'>): string {
  return number === null ? title : `${number}. ${title}`;
}
