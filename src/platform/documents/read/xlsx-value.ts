import { type Cell, type CellValue, formatValue, isDateFormat } from 'hucre';
import { type IsoDate, parseIsoDate } from '#kernel/dates.ts';
import { cleanText } from './text.ts';

export interface SeenValue {
  /** What a person sees in the cell. */
  text: string;
  /** The real day of a date, where its format shows one. */
  date: IsoDate | null;
  struck: string | null;
}

/** A cell's value as it is shown on the screen of somebody in Britain. */
export function seenValue(value: CellValue, cell: Cell | undefined): SeenValue {
  const struckCell = cell?.style?.font?.strikethrough === true;
  if (cell?.richText !== undefined) {
    // A piece without a font of its own has the cell's.
    const join = (struck: boolean) =>
      cleanText(
        (cell.richText ?? [])
          .filter(
            ({ font }) =>
              (font === undefined ? struckCell : font.strikethrough === true) === struck,
          )
          .map(({ text }) => text)
          .join(''),
      );
    return { text: join(false), date: null, struck: join(true) || null };
  }
  const text = cleanText(shownText(value, cell?.style?.numFmt));
  if (struckCell) return { text: '', date: null, struck: text || null };
  return { text, date: dayOf(value, cell?.style?.numFmt), struck: null };
}

function shownText(value: CellValue, format: string | undefined): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return shownDate(value, format ?? 'dd/mm/yyyy');
  return shownNumber(value, format);
}

function shownNumber(value: number, format: string | undefined): string {
  // The General format is not one that the library writes with words around it.
  if (format === undefined || /general/i.test(format)) return general(value);
  try {
    // A currency is written as `[$£-809]`.
    return formatValue(value, format.replace(/\[\$([^\]-]*)[^\]]*\]/g, '"$1"'));
  } catch {
    return general(value);
  }
}

/** As many digits as Excel shows: a sum such as 0.1 + 0.2 is 0.3. */
function general(value: number): string {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(10));
  return String(rounded);
}

/** Formats that Excel shows by the settings of the computer: here, in British order. */
const byComputer = /^(\[\$-[0-9a-f]+\])?m{1,2}[/\-.]d{1,2}[/\-.]y{2,4}/i;
const longByComputer = /^\[\$-f800\].*/i;

function shownDate(value: Date, format: string): string {
  const british = format.replace(longByComputer, 'd mmmm yyyy').replace(byComputer, 'dd/mm/yyyy');
  try {
    return formatValue(value, british);
  } catch {
    return value.toISOString().slice(0, 10);
  }
}

/** The first days of the two date systems, on which a time without a day is kept. */
const noDay = new Set(['1899-12-30', '1899-12-31', '1904-01-01']);

function dayOf(value: CellValue, format: string | undefined): IsoDate | null {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
  const day = value.toISOString().slice(0, 10);
  if (noDay.has(day) || (format !== undefined && !showsDay(format))) return null;
  return parseIsoDate(day);
}

/** Whether the format shows a day, month or year, not only hours and minutes. */
function showsDay(format: string): boolean {
  const codes = format.replace(/\[[^\]]*\]|"[^"]*"|\\./g, '');
  return (
    isDateFormat(format) && (/[dy]/i.test(codes) || /m{3}/i.test(codes) || !/[hs]/i.test(codes))
  );
}
