import { formatDate, formatMonth, lastDayOfMonth, monthName, type IsoDate } from '../dates.ts';
import type { Due } from './due.ts';

/** "30 June 2026", "June 2026", "August to December 2014", "As soon as possible", "Ongoing", "No date". */
export function dueInWords(due: Due): string {
  if (due.precision === 'asap') return 'As soon as possible';
  if (due.precision === 'ongoing') return 'Ongoing';
  if (due.precision === 'none' || due.to === null) return 'No date';
  if (due.precision === 'day') return formatDate(due.to);
  if (due.precision === 'month') return formatMonth(due.to);
  return due.from === null ? `By ${formatDate(due.to)}` : spanInWords(due.from, due.to);
}

/** A due date inside a sentence: "30 June 2026", "ongoing", "no date". */
export function dueInSentence(due: Due): string {
  const words = dueInWords(due);
  return ['asap', 'ongoing', 'none'].includes(due.precision) ? words.toLowerCase() : words;
}

/** Whole months are named as months; the year is said once where it is the same. */
function spanInWords(from: IsoDate, to: IsoDate): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  if (from.endsWith('-01') && to === lastDayOfMonth(to)) {
    if (from.slice(0, 7) === to.slice(0, 7)) return formatMonth(to);
    const first = sameYear ? monthName(Number(from.slice(5, 7))) : formatMonth(from);
    return `${first} to ${formatMonth(to)}`;
  }
  if (from === to) return formatDate(to);
  const first = sameYear ? formatDate(from).replace(/ \d{4}$/, '') : formatDate(from);
  return `${first} to ${formatDate(to)}`;
}
