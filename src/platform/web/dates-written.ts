import { dateOf, lastDayOfMonth, monthName, type IsoDate } from '#kernel/dates.ts';

export type WrittenDate = { ok: true; date: IsoDate } | { ok: false; why: string };

const monthNames = Array.from({ length: 12 }, (_, index) => monthName(index + 1).toLowerCase());

/**
 * A day as people write it in a box: "4 March 2026", "4 mar 2026", "4/3/2026" (British
 * order), "4.3.2026", "4 3 2026" or "2026-03-04". Years are four figures: nothing is guessed.
 */
export function parseWrittenDate(text: string): WrittenDate {
  const tidy = text.trim().replace(/\s+/g, ' ');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(tidy);
  if (iso) return readDateParts(iso[3] ?? '', iso[2] ?? '', iso[1] ?? '');
  const british = /^(\d{1,2})(?:st|nd|rd|th)?[ ./-]([a-z]+|\d{1,2})[ ./,-]+(\d{4})$/i.exec(tidy);
  if (british) return readDateParts(british[1] ?? '', british[2] ?? '', british[3] ?? '');
  return {
    ok: false,
    why: `We could not read "${shorten(tidy)}" as a date. Write it like 4 March 2026.`,
  };
}

/**
 * A day from three boxes. The month may be a number or a name.
 * The reasons name what is missing or wrong, so that they can stand beside the boxes.
 */
export function readDateParts(day: string, month: string, year: string): WrittenDate {
  const missing = [
    ...(day.trim() === '' ? ['a day'] : []),
    ...(month.trim() === '' ? ['a month'] : []),
    ...(year.trim() === '' ? ['a year'] : []),
  ];
  if (missing.length > 0) {
    return { ok: false, why: `The date must have ${listInWords(missing)}.` };
  }
  const asWritten = `${day.trim()} ${month.trim()} ${year.trim()}`;
  const monthNumber = readMonth(month);
  if (monthNumber === null) {
    return {
      ok: false,
      why: `"${shorten(month.trim())}" is not a month. Write a number from 1 to 12, or its name.`,
    };
  }
  if (!/^\d{4}$/.test(year.trim())) {
    return { ok: false, why: 'The year must have four figures, like 2026.' };
  }
  const name = monthName(monthNumber);
  const first = dateOf(Number(year), monthNumber, 1);
  if (first === null) {
    return { ok: false, why: `We could not read "${shorten(asWritten)}" as a date.` };
  }
  const dayNumber = /^\d{1,2}$/.test(day.trim()) ? Number(day) : Number.NaN;
  const date = dateOf(Number(year), monthNumber, dayNumber);
  if (date !== null) return { ok: true, date };
  const length = Number(lastDayOfMonth(first).slice(8));
  return {
    ok: false,
    why: `The date says ${shorten(day.trim())} ${name} ${Number(year)}. ${name} ${Number(year)} has ${length} days.`,
  };
}

function readMonth(text: string): number | null {
  const word = text.trim().toLowerCase();
  if (/^\d{1,2}$/.test(word)) {
    const number = Number(word);
    return number >= 1 && number <= 12 ? number : null;
  }
  if (word.length < 3) return null;
  const index = monthNames.findIndex((name) => name.startsWith(word));
  return index === -1 ? (word === 'sept' ? 9 : null) : index + 1;
}

function listInWords(items: string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
