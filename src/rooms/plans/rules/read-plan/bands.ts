import type { Header } from '#platform/documents/tables/find-headers.ts';
import type { Line } from '#platform/documents/tables/lines.ts';
import type { Column } from './settle-columns.ts';

/** The same background stands behind most of the row. */
export function isBanded(line: Line, fill: string | null): boolean {
  if (fill === null || line.seen.length < 3) return false;
  const same = line.seen.filter(({ cell }) => cell.fill === fill).length;
  return same >= 3 && same > line.seen.length / 2;
}

/** Backgrounds that are no RAG in this row: those of the heading row, and of the row as a whole. */
export function bandsOf(line: Line, header: Header, columns: readonly Column[]): Set<string> {
  const ofHeadings = columns
    .filter(({ ragFills }) => ragFills !== false)
    .map(({ index }) => fillOfHeading(header, index));
  const isRatedByRow = columns.some(({ ragFills }) => ragFills === 'row');
  const ofRow = isRatedByRow
    ? []
    : line.seen.map(({ cell }) => cell.fill).filter((fill) => isBanded(line, fill));
  return new Set([...ofHeadings, ...ofRow].filter((fill) => fill !== null));
}

export function fillOfHeading(header: Header, column: number): string | null {
  const cell = header.line.seen.find(
    (one) => column >= one.column && column < one.column + one.span,
  )?.cell;
  return cell?.fill ?? null;
}
