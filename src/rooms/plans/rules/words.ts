import { dueInSentence } from '#kernel/due/due-in-words.ts';
import type { ActionPicture, AskedDue, RagColour, SourceRef } from './picture.ts';
import type { Rag, Status } from './reading.ts';

export { dueInSentence, dueInWords } from '#kernel/due/due-in-words.ts';

/**
 * The words that pages, papers and exports share, so that the same thing is always called the
 * same. Nothing here is the plan's own text: that is shown as it was written.
 */

/** "2nd date": which of its due dates an action has now. The first is 1. */
export function nthDate(count: number): string {
  return `${ordinal(count)} date`;
}

/** "3rd date, 140 days later than first": how far an action has moved; null where it has not. */
export function movedInWords(
  action: Pick<ActionPicture, 'dueDateCount' | 'revised' | 'slippageDays'>,
): string | null {
  const { dueDateCount, slippageDays: days } = action;
  if (dueDateCount < 2) return action.revised ? 'Revised date' : null;
  const nth = nthDate(dueDateCount);
  if (days === null) return nth;
  if (days === 0) return `${nth}, the same day as first`;
  const far = Math.abs(days);
  const many = `${far.toLocaleString('en-GB')} ${far === 1 ? 'day' : 'days'}`;
  return `${nth}, ${many} ${days > 0 ? 'later' : 'earlier'} than first`;
}

/** "asked for 30 June 2026, not yet agreed" */
export function askedInWords({ due }: Pick<AskedDue, 'due'>): string {
  return `asked for ${dueInSentence(due)}, not yet agreed`;
}

/** "not approved by the Improvement Board"; null where no board said no to the date it has now. */
export function notApprovedInWords({ boardAnswer }: Pick<ActionPicture, 'boardAnswer'>) {
  if (boardAnswer?.answer !== 'not approved') return null;
  return boardAnswer.board === null
    ? 'not approved by the board'
    : `not approved by ${boardAnswer.board.name}`;
}

/** What this plan calls the colour; the colour's own word where its scheme has no such colour. */
export function ragName(scheme: readonly RagColour[], colour: Rag | null): string {
  if (colour === null) return 'Not rated';
  const name = scheme.find((entry) => entry.colour === colour)?.name.trim() ?? '';
  return name === '' ? sentenceCase(colour) : name;
}

/** "In progress" */
export function statusName(status: Status | null): string {
  return status === null ? 'Not stated' : sentenceCase(status);
}

/** "“Plans are not measurable” (Ofsted inspection 2025, page 12)": the words, then where they stand. */
export function sourceInWords(source: Omit<SourceRef, 'id'>): string {
  const words = source.words?.trim() ?? '';
  const title = source.title.trim();
  const page = source.page?.trim() ?? '';
  const place = [title, page === '' ? '' : pageInWords(page)].filter((part) => part !== '');
  if (words === '' || words === title) return place.join(', ');
  return place.length === 0 ? `“${words}”` : `“${words}” (${place.join(', ')})`;
}

/** "31st", "2nd" */
export function ordinal(count: number): string {
  const lastTwo = count % 100;
  if (lastTwo >= 11 && lastTwo <= 13) return `${count}th`;
  return `${count}${['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'}`;
}

/** The first letter in capitals, the rest as it is. */
export function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function pageInWords(page: string): string {
  if (!/^\d/.test(page)) return page;
  return `${/^\d+\s*([-–,&]|to|and)\s*\d/.test(page) ? 'pages' : 'page'} ${page}`;
}
