import type { FindingId } from '#kernel/ids.ts';
import {
  byNumber,
  numbered,
  type Assessment,
  type Point,
  type PointKind,
  type Row,
  type Section,
} from './assessment.ts';

/** A row of part B as it is read: its words, and the sections that say more. */
export interface DrawnRow {
  row: Row;
  label: string | null;
  /** Its own words, or those of the point that it is drawn from. */
  words: string;
  /** The strength or area it is drawn from; null where it has words of its own alone. */
  point: Point | null;
  /** The section of the point and those it names itself, in the order of their numbers, each once. */
  references: Section[];
  /** What it was drawn from stands no more: the point or its section was taken out. */
  lost: boolean;
}

/** Which points of part C a row of this kind is drawn from. */
export const drawnFrom: Readonly<Record<'proud' | 'improve', PointKind>> = {
  proud: 'strength',
  improve: 'area for development',
};

/** The point of a finding, with the section under which it stands; null where none has it. */
export function pointOf(
  assessment: Pick<Assessment, 'sections'>,
  findingId: FindingId,
): { point: Point; section: Section } | null {
  for (const section of assessment.sections) {
    const point = section.points.find((one) => one.findingId === findingId);
    if (point !== undefined) return { point, section };
  }
  return null;
}

/** Part B draws from part C: what a row says, and to which sections it refers. */
export function drawRow(assessment: Pick<Assessment, 'sections'>, row: Row): DrawnRow {
  const from = row.findingId === null ? null : pointOf(assessment, row.findingId);
  const references = numbered(assessment)
    .filter((section) => section.id === from?.section.id || row.sectionIds.includes(section.id))
    .sort((a, b) => byNumber(a.number, b.number));
  return {
    row,
    label: row.label,
    words: row.words ?? from?.point.words ?? '',
    point: from?.point ?? null,
    references,
    lost: row.findingId !== null && from === null,
  };
}

/** The points that a row of this kind may be drawn from, with their sections, in document order. */
export function choices(
  assessment: Pick<Assessment, 'sections'>,
  kind: 'proud' | 'improve',
): { section: Section; points: Point[] }[] {
  return numbered(assessment)
    .map((section) => ({
      section,
      points: section.points.filter((point) => point.kind === drawnFrom[kind]),
    }))
    .filter(({ points }) => points.length > 0);
}

/** How many rows of each of the three tables the paper asks for. */
export const askedFor = 3;
