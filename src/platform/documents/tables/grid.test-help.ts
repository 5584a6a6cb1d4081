import { parseIsoDate } from '#kernel/dates.ts';
import type { DocumentGrid, GridCell, GridTable } from '../grid.ts';

/** A cell made by hand: its words, or its words and what else is to be said of it. */
export type Made =
  | string
  | {
      text?: string;
      date?: string;
      fill?: string;
      struck?: string;
      /** How many columns and rows it spans; the cells under it are left out of their rows as ''. */
      across?: number;
      down?: number;
    };

/** A table made by hand. As a sheet its places are `Plan!B4`, in Word `table 1 row 4 cell 2`. */
export function table(name: string, made: Made[][], more: Partial<GridTable> = {}): GridTable {
  const width = Math.max(...made.map((row) => row.length));
  const isWord = /^table \d+$/.test(name);
  const rows = made.map((row, r) =>
    Array.from({ length: width }, (_, c): GridCell => {
      const cell = typeof row[c] === 'string' ? { text: row[c] } : (row[c] ?? {});
      return {
        text: cell.text ?? '',
        date: parseIsoDate(cell.date ?? ''),
        fill: cell.fill ?? null,
        struck: cell.struck ?? null,
        where: isWord
          ? `${name} row ${r + 1} cell ${c + 1}`
          : `${name}!${String.fromCharCode(65 + c)}${r + 1}`,
        mergedInto: null,
      };
    }),
  );
  for (const [r, row] of made.entries()) {
    for (const [c, cell] of row.entries()) {
      if (typeof cell !== 'string') merge(rows, r, c, cell.across ?? 1, cell.down ?? 1);
    }
  }
  return { name, before: [], rows, hidden: false, hiddenRows: [], ...more };
}

function merge(rows: GridCell[][], r: number, c: number, across: number, down: number): void {
  const first = rows[r]?.[c];
  if (first === undefined) return;
  for (let row = r; row < r + down; row += 1) {
    for (let column = c; column < c + across; column += 1) {
      const cell = rows[row]?.[column];
      if (cell === undefined || cell === first) continue;
      Object.assign(cell, { ...first, where: cell.where, mergedInto: first.where });
    }
  }
}

/** A workbook of one sheet, "Plan". */
export function workbook(made: Made[][]): DocumentGrid {
  return sheets(table('Plan', made));
}

export function sheets(...tables: GridTable[]): DocumentGrid {
  return { format: 'xlsx', tables, problems: [] };
}

/** A Word document: each table with what stands above it. */
export function letter(...tables: { before?: string[]; rows: Made[][] }[]): DocumentGrid {
  return {
    format: 'docx',
    tables: tables.map(({ before = [], rows }, i) => table(`table ${i + 1}`, rows, { before })),
    problems: [],
  };
}
