import { UnexpectedFields, type FormValues } from '#platform/web/forms.ts';
import {
  chosenCells,
  mendedCells,
  type CellChoice,
  type SheetChoices,
  type SheetRowChoice,
} from '../../rules/sheet/sheet-choices.ts';
import type { WeighedCell, WeighedRow } from '../../rules/sheet/weigh-sheet.ts';

/** The name of a box of a row. */
export function boxName(place: string, part: string): string {
  return `row-${place}-${part}`;
}

/**
 * Reads what was chosen on a page of rows. A row that the page did not show keeps what was chosen
 * of it; one on which somebody wrote since the page was made is to be chosen anew.
 * @throws UnexpectedFields when the form holds a field that no page of these rows has.
 */
export function readSheetRows(
  values: FormValues,
  rows: readonly WeighedRow[],
  before: SheetChoices,
): SheetChoices {
  refuseOthers(values, rows);
  const chosen = { ...before.rows };
  const textOf = (place: string, part: string) => {
    const value = values[boxName(place, part)];
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
  };
  for (const row of rows) {
    const { place } = row;
    if (row.cells.length === 0 || textOf(place, 'seen') !== row.seen) continue;
    const cells: SheetRowChoice['cells'] = {};
    for (const cell of row.cells) {
      const said = saidOf(cell, textOf(place, cell.part));
      if (said !== null) cells[cell.part] = said;
    }
    const mended: SheetRowChoice['mended'] = {};
    for (const part of mendedCells) {
      const text = textOf(place, `mend-${part}`);
      if (text !== '') mended[part] = text.slice(0, 20_000);
    }
    chosen[place] = { seen: row.seen, cells, mended };
  }
  return { rows: chosen };
}

/** Of a row that changed since, the boxes that it had before are no surprise. */
function refuseOthers(values: FormValues, rows: readonly WeighedRow[]): void {
  const parts = ['seen', ...chosenCells, ...mendedCells.map((part) => `mend-${part}`)];
  const names = rows.flatMap(({ place }) => parts.map((part) => boxName(place, part)));
  const known = new Set(['version', ...names]);
  const others = Object.keys(values).filter((name) => !known.has(name));
  if (others.length > 0) throw new UnexpectedFields(others);
}

/** A box that was left empty says no; of radios that were left empty, nothing is known. */
function saidOf({ open, offers }: WeighedCell, value: string): CellChoice | null {
  const said = offers.find((one) => one === value);
  return said ?? (open ? null : 'ours');
}
