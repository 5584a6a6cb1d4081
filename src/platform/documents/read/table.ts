import type { DocumentRefusal, GridCell, GridTable } from '../grid.ts';
import { limits } from './limits.ts';
import { refusals } from './refusals.ts';

/** What is left of the cells and characters that one file may fill, over all its tables. */
export class TableBudget {
  #cells: number = limits.cells;
  #characters: number = limits.characters;

  /** False once there is nothing left. */
  spend(row: readonly GridCell[]): boolean {
    this.#cells -= row.length;
    for (const { text, struck } of row) this.#characters -= text.length + (struck?.length ?? 0);
    return this.#cells >= 0 && this.#characters >= 0;
  }
}

/** Coloured cells without words beside the last words that still belong to the table: a RAG, say. */
export const colouredBeside = 2;

/**
 * The table with its empty edges cut, below and to the right, and every row as long as the
 * widest; `placeOf` names the cells that had to be added (row and column counted from 0).
 * Null when no cell has words; a refusal when it is too large or the file's budget is spent.
 */
export function tableOf(
  table: GridTable,
  placeOf: (row: number, column: number) => string,
  budget: TableBudget,
): GridTable | DocumentRefusal | null {
  let height = 0;
  let width = 0;
  let coloured = 0;
  table.rows.forEach((row, at) => {
    const filled = row.findLastIndex(isFilled) + 1;
    if (filled === 0) return;
    height = at + 1;
    width = Math.max(width, filled);
    coloured = Math.max(coloured, row.findLastIndex(({ fill }) => fill !== null) + 1);
  });
  if (height === 0) return null;
  width = Math.max(width, Math.min(coloured, width + colouredBeside, limits.columns));
  const refused = refusals.tooManyCells(table.name, placeOf(height - 1, width - 1));
  if (height > limits.rows || width > limits.columns) return refused;

  const rows: GridCell[][] = [];
  for (const [at, row] of table.rows.slice(0, height).entries()) {
    const level = row.slice(0, width);
    while (level.length < width) level.push(emptyCell(placeOf(at, level.length)));
    if (!budget.spend(level)) return refused;
    rows.push(level);
  }
  return { ...table, rows, hiddenRows: table.hiddenRows.filter((row) => row < height) };
}

function isFilled(cell: GridCell): boolean {
  return cell.text !== '' || cell.struck !== null;
}

export function emptyCell(where: string): GridCell {
  return { text: '', date: null, fill: null, where, mergedInto: null, struck: null };
}
