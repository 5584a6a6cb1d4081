import { z } from 'zod';
import { parseIsoDate } from '#kernel/dates.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { UnexpectedFields } from '#platform/web/forms.ts';
import { mostRows, type SheetRow } from '../../rules/sheet/read-sheet.ts';
import { sheetColumns, sheetHeaders } from '../../rules/sheet/sheet-columns.ts';
import { placeOf, type SheetChoices, type WeighedRow } from '../../rules/sheet/weigh-sheet.ts';

/** Longer, once it is written for the way, no form can be sent: its limit is 1 MiB. */
const longestOnTheWay = 900_000;

const place = z.string().max(200);
const cell = z.strictObject({
  where: place,
  text: z.string().max(40_000),
  date: z
    .string()
    .max(10)
    .nullable()
    .transform((text) => (text === null ? null : parseIsoDate(text))),
});
const carriedRows = z
  .array(
    z.strictObject({
      code: z.strictObject({ where: place, text: z.string().max(200) }),
      cells: z.partialRecord(z.enum(sheetColumns), cell),
    }),
  )
  .max(mostRows);

/** The box of a cell, and the one that says which judgement was seen. */
export function boxName(of: string, part: string): string {
  return `row-${of}-${part}`;
}

/** The changed rows as the form carries them; null where they are too much for one form. */
export function carry(rows: readonly WeighedRow[]): string | null {
  const kept = rows.flatMap(({ row, cells, state }) => {
    if (state !== 'changed') return [];
    const columns = new Set<string>(cells.map(({ column }) => column));
    // Words beside a level are its reason: the two are read together.
    if (columns.has('level') || columns.has('whyNot')) columns.add('level').add('whyNot');
    const some = Object.entries(row.cells).filter(([column]) => columns.has(column));
    return [{ code: row.code, cells: Object.fromEntries(some) }];
  });
  const text = JSON.stringify(kept);
  return encodeURIComponent(text).length > longestOnTheWay ? null : text;
}

/** What a form carried; null where nobody's page sent it. */
export function carriedIn(text: FormValues[string] | undefined): SheetRow[] | null {
  if (typeof text !== 'string') return null;
  try {
    return carriedRows.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const part = new RegExp(`^row-([0-9A-Z]{10})-(seen|${sheetColumns.join('|')})$`);

/**
 * What was chosen of each cell.
 * @throws UnexpectedFields when the form holds a field that its page does not have.
 */
export function readChoices(values: FormValues): SheetChoices {
  const chosen: Record<string, SheetChoices[string]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'rows') continue;
    const [, of = '', what = ''] = part.exec(name) ?? [];
    if (of === '' || typeof value !== 'string') throw new UnexpectedFields([name]);
    const one = (chosen[of] ??= { seen: -1, cells: {} });
    const column = sheetColumns.find((known) => known === what);
    if (what === 'seen' && /^\d{1,6}$/.test(value)) one.seen = Number(value);
    if (column !== undefined && (value === 'sheet' || value === 'ours')) one.cells[column] = value;
  }
  return chosen;
}

/** The choices that are missing, or were made about something else than stands now. */
export function missingChoices(rows: readonly WeighedRow[], choices: SheetChoices): FieldError[] {
  return rows.flatMap(({ cells, criterion, standing, state, note }) => {
    if (criterion === null) return [];
    const of = placeOf(criterion);
    const chosen = choices[of];
    if (state === 'not taken') {
      return Object.values(chosen?.cells ?? {}).includes('sheet')
        ? [{ field: '', text: `Criterion ${criterion.ref} can no longer be taken. ${note ?? ''}` }]
        : [];
    }
    const isSeen = chosen?.seen === (standing?.version ?? 0);
    return cells.flatMap(({ column, sets }) => {
      if (sets === null || (isSeen && chosen.cells[column] !== undefined)) return [];
      const which = `“${sheetHeaders[column]}” of criterion ${criterion.ref}`;
      const text =
        isSeen || chosen === undefined
          ? `Choose which text of ${which} is kept`
          : `Somebody judged criterion ${criterion.ref} while you were choosing: choose again which text of ${which} is kept`;
      return [{ field: boxName(of, column), text }];
    });
  });
}
