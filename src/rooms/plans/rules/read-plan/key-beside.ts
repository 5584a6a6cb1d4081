import type { GridCell, GridTable } from '#platform/documents/grid.ts';
import { ragOfFill } from '../rag.ts';
import { beginsKey } from './legend.ts';

/** No key is longer, in cells with words. */
const longestKey = 12;

/**
 * Parts a key to the colours from the plan that it stands beside: the columns at the right, after
 * an empty one, where they hold a few short texts on grounds of at least two colours. The plan is
 * the table itself where there is none.
 */
export function partKeyBeside(table: GridTable): { plan: GridTable; key: GridTable | null } {
  const width = table.rows[0]?.length ?? 0;
  for (let gap = width - 2; gap >= 2; gap -= 1) {
    if (!table.rows.every((row) => isEmpty(row[gap]))) continue;
    const key = { ...table, rows: table.rows.map((row) => row.slice(gap + 1)) };
    if (!isKey(key)) return { plan: table, key: null };
    return { plan: { ...table, rows: table.rows.map((row) => row.slice(0, gap)) }, key };
  }
  return { plan: table, key: null };
}

/** A title merged across the gap does not close it. */
function isEmpty(cell: GridCell | undefined): boolean {
  return cell === undefined || cell.mergedInto !== null || (cell.text === '' && cell.fill === null);
}

function isKey({ rows }: GridTable): boolean {
  const own = rows.flat().filter(({ mergedInto }) => mergedInto === null);
  const said = own.filter(({ text }) => text !== '');
  const colours = new Set(own.map(({ fill }) => ragOfFill(fill)));
  const shown = (['red', 'amber', 'green', 'blue'] as const).filter((one) => colours.has(one));
  return (
    shown.length >= 2 &&
    said.length >= 2 &&
    said.length <= longestKey &&
    said.every(({ text }) => text.length <= 80) &&
    new Set(said.map(({ text }) => text)).size === said.length &&
    !isHeadingOfRag(said[0]?.text ?? '')
  );
}

/** "RAG", and not "RAG key": a column of the plan after an empty one. */
function isHeadingOfRag(text: string): boolean {
  return /\b(?:b?rag|status|rating|progress|colou?r)\b/i.test(text) && !beginsKey(text);
}
