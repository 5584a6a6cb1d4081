import {
  AlignmentType,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import type { CoverPair, Words } from '../../paper-blocks.ts';
import type { LaidOutTable } from '../layout.ts';
import { writableLine } from '../writable-text.ts';
import { wordParagraphs } from './paragraphs.ts';
import { borders, headFill, styleIds } from './styles.ts';

/** A table whose header row is marked and repeated, and whose rows do not split. */
export function wordTable(table: LaidOutTable, contentWidth: number): Table {
  const widths = shared(
    table.columns.map(({ share }) => share),
    contentWidth,
  );
  return tableOf(contentWidth, widths, table.rowHeader === 0, [
    new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: table.columns.map(({ header, numeric }, at) =>
        cell([{ text: header, strong: true }], widths[at] ?? 0, {
          fill: headFill,
          numeric,
          keepNext: true,
        }),
      ),
    }),
    ...table.rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: row.map(({ text, fill }, at) =>
            cell(text, widths[at] ?? 0, { fill, numeric: table.columns[at]?.numeric ?? false }),
          ),
        }),
    ),
  ]);
}

/** One or two pairs a row: a pair alone takes the whole width. */
export function wordCover(rows: readonly (readonly CoverPair[])[], contentWidth: number): Table {
  const widths = shared([1.15, 1.6, 0.8, 1.05], contentWidth);
  return tableOf(
    contentWidth,
    widths,
    true,
    rows.map((row) => {
      const pairs = row.slice(0, 2);
      const span = pairs.length === 1 ? 2 : 1;
      return new TableRow({
        cantSplit: true,
        children: pairs.flatMap(({ key, value }, at) =>
          [[{ text: writableLine(key), strong: true }], value].map((words, side) => {
            const from = at * 2 + side * span;
            const width = widths.slice(from, from + span).reduce((sum, one) => sum + one, 0);
            return cell(words, width, { span });
          }),
        ),
      });
    }),
  );
}

function tableOf(
  width: number,
  columnWidths: number[],
  firstColumn: boolean,
  rows: TableRow[],
): Table {
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths,
    layout: TableLayoutType.FIXED,
    borders,
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    tableLook: { firstRow: true, firstColumn, noHBand: true, noVBand: true },
    rows,
  });
}

function cell(
  words: Words,
  width: number,
  look: { fill?: string | null; numeric?: boolean; span?: number; keepNext?: boolean },
): TableCell {
  const { fill = null, numeric = false, span = 1, keepNext = false } = look;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(span === 1 ? {} : { columnSpan: span }),
    ...(fill === null ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
    children: wordParagraphs(words, {
      style: styleIds.cell,
      ...(numeric ? { alignment: AlignmentType.RIGHT } : {}),
      ...(keepNext ? { keepNext } : {}),
    }),
  });
}

function shared(shares: readonly number[], width: number): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.floor((share / whole) * width));
}
