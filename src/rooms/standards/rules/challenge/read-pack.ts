import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import { packHeaders, type PackColumn } from './pack-columns.ts';
import { readPackCode } from './pack-code.ts';

/** One row of a pack that came back, as it was written; empty boxes are empty texts. */
export interface PackRow {
  /** "table 4 row 3" */
  where: string;
  code: string;
  /** A code of the same table: a row that somebody added has none of its own. */
  beside: string | null;
  kind: string;
  ref: string;
  level: string;
  words: string;
  saidBy: string;
}

/** What was read from a pack, before it is held against its challenge. */
export interface PackReading {
  rows: PackRow[];
  /** Of the file as a whole, in words for a person. */
  problems: string[];
}

/** More than any reviewers write: whoever sends it sends something else. */
const mostRows = 2000;

/**
 * Reads the forms of a pack: its tables by the words of their headings, the rows wherever they
 * were moved to. Rows in which nothing was filled in are left out. The answer is a refusal, in
 * words for whoever brought it, where the file holds no such form.
 */
export function readPack(grid: DocumentGrid): PackReading | { refused: string } {
  if (grid.format !== 'docx') {
    return { refused: 'Choose the Word document (.docx) that was sent out, filled in' };
  }
  const forms = grid.tables.flatMap((table) => {
    const found = findHeaders(table);
    return found === null ? [] : [{ table, ...found }];
  });
  if (forms.length === 0) {
    return {
      refused: `We found no form in this document: no table has the headings “${packHeaders.code}” and “${packHeaders.words}”. Choose the pack that was sent out`,
    };
  }
  const rows = forms.flatMap(({ table, row, places }) => readRows(table, row, places));
  if (rows.length > mostRows) {
    return {
      refused: `This document has more than ${mostRows.toLocaleString('en-GB')} filled rows`,
    };
  }
  if (rows.length === 0) return { refused: 'Nothing is filled in in this document' };
  return { rows, problems: grid.problems.map(({ where, message }) => `${where}: ${message}`) };
}

type Places = ReadonlyMap<PackColumn, number>;

function findHeaders({ rows }: GridTable): { row: number; places: Places } | null {
  for (const [row, cells] of rows.slice(0, 3).entries()) {
    const places = new Map<PackColumn, number>();
    for (const [place, cell] of cells.entries()) {
      const column = columnOf(cell.text);
      if (column !== null && !places.has(column)) places.set(column, place);
    }
    if (places.has('code') && places.has('words')) return { row, places };
  }
  return null;
}

function columnOf(header: string): PackColumn | null {
  const tidy = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();
  const columns = Object.keys(packHeaders) as PackColumn[];
  return columns.find((column) => tidy(packHeaders[column]) === tidy(header)) ?? null;
}

function readRows(table: GridTable, headers: number, places: Places): PackRow[] {
  const all = table.rows.slice(headers + 1).map((cells) => readRow(cells, places));
  const beside = all.find(({ code }) => readPackCode(code) !== null)?.code ?? null;
  return all
    .filter(({ words, level }) => words !== '' || level !== '')
    .map((row) => ({ ...row, beside }));
}

function readRow(cells: readonly GridCell[], places: Places): Omit<PackRow, 'beside'> {
  const textOf = (column: PackColumn) => {
    const cell = cells[places.get(column) ?? -1];
    return cell === undefined || cell.mergedInto !== null ? '' : cell.text;
  };
  return {
    where: (cells[0]?.where ?? '').replace(/ cell \d+$/, ''),
    code: textOf('code').trim(),
    kind: textOf('kind'),
    ref: textOf('ref').trim(),
    level: textOf('level').trim(),
    words: textOf('words'),
    saidBy: textOf('saidBy').replace(/\s+/g, ' ').trim(),
  };
}
