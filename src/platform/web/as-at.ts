import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { parseWrittenDate } from './dates-written.ts';

export type AsAt = { ok: true; asAt: IsoDate } | { ok: false; why: string };

/**
 * The day a page is looked at from: the address's `as-at`, or today when there is none.
 * Takes what the address says, as Fastify parsed it; gives the day, or why not in plain words.
 */
export function parseAsAt(given: unknown, today: IsoDate): AsAt {
  if (given === undefined || given === '') return { ok: true, asAt: today };
  if (typeof given !== 'string') return { ok: false, why: 'Give one date to look back to.' };
  const read = parseWrittenDate(given);
  if (!read.ok) return { ok: false, why: read.why };
  if (read.date > today) {
    return {
      ok: false,
      why: `${formatDate(read.date)} is in the future. Choose today, ${formatDate(today)}, or an earlier day.`,
    };
  }
  return { ok: true, asAt: read.date };
}

/** The address with `as-at` added where the day is not today; the rest of it is kept. */
export function linkAsAt(href: string, asAt: IsoDate, today: IsoDate): string {
  if (asAt === today) return href;
  const [beforeHash = '', hash] = href.split('#', 2);
  const joint = beforeHash.includes('?') ? '&' : '?';
  return `${beforeHash}${joint}as-at=${asAt}${hash === undefined ? '' : `#${hash}`}`;
}
