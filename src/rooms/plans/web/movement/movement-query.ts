import { z } from 'zod';
import { addDays, parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { parseWrittenDate } from '#platform/web/dates-written.ts';
import { comparedKinds, type ComparedAction } from '../../rules/compare.ts';
import { type Round, roundName } from '../../rules/rounds.ts';

const word = z.string().max(40).optional();

/** The address of a comparison: each end is a day, or a closed round by its id. */
export const movementQuery = z.strictObject({
  from: word,
  to: word,
  view: z.enum(['summary', 'side-by-side']).optional(),
  show: z.enum(['all', ...comparedKinds]).optional(),
  page: z.string().max(10).optional(),
});
export type MovementQuery = z.output<typeof movementQuery>;

/** What an address asks to compare. */
export interface Comparison {
  from: IsoDate;
  to: IsoDate;
  /** The rounds that the address named; null where it named days. */
  fromRound: Round | null;
  toRound: Round | null;
  view: 'summary' | 'side-by-side';
  show: 'all' | ComparedAction['kind'];
  /** Counted from 1. */
  page: number;
}

export type ComparisonReading =
  { ok: true; comparison: Comparison } | { ok: false; field: 'from' | 'to'; why: string };

/**
 * Reads both ends. Without a word, from the last round that was closed before the later end, or
 * thirty days before it, to the day of the page. The later end is never in the future.
 */
export function readComparison(
  query: MovementQuery,
  rounds: readonly Round[],
  asAt: IsoDate,
  today: IsoDate,
): ComparisonReading {
  const to = readEnd(query.to, rounds) ?? { ok: true, day: asAt, round: null };
  if (!to.ok) return { ok: false, field: 'to', why: to.why };
  if (to.day > today) {
    return { ok: false, field: 'to', why: 'Choose today or an earlier day to compare with.' };
  }
  const last = rounds.find(({ close }) => close !== null && close.on < to.day);
  const from = readEnd(query.from, rounds) ?? {
    ok: true,
    day: last?.close?.on ?? addDays(to.day, -30),
    round: last ?? null,
  };
  if (!from.ok) return { ok: false, field: 'from', why: from.why };
  if (from.day > to.day) {
    return { ok: false, field: 'from', why: 'The first day is later than the second.' };
  }
  return {
    ok: true,
    comparison: {
      from: from.day,
      to: to.day,
      fromRound: from.round,
      toRound: to.round,
      view: query.view ?? 'summary',
      show: query.show ?? 'all',
      page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1),
    },
  };
}

type End = { ok: true; day: IsoDate; round: Round | null } | { ok: false; why: string };

/** Null where nothing was said. */
function readEnd(given: string | undefined, rounds: readonly Round[]): End | null {
  const words = given?.trim() ?? '';
  if (words === '') return null;
  const round = rounds.find(({ id }) => id === words);
  if (round !== undefined) {
    return round.close === null
      ? {
          ok: false,
          why: `The ${roundName(round.name)} is still open: it can be compared once it is closed.`,
        }
      : { ok: true, day: round.close.on, round };
  }
  const day = parseIsoDate(words);
  if (day !== null) return { ok: true, day, round: null };
  const read = parseWrittenDate(words);
  return read.ok ? { ok: true, day: read.date, round: null } : { ok: false, why: read.why };
}

/** The address's words for a comparison; what goes without saying is left out. */
export function writeComparison(comparison: Comparison): string {
  const { from, to, fromRound, toRound, view, show, page } = comparison;
  const query = new URLSearchParams({ from: fromRound?.id ?? from, to: toRound?.id ?? to });
  if (view !== 'summary') query.append('view', view);
  if (show !== 'all') query.append('show', show);
  if (page > 1) query.append('page', String(page));
  return query.toString();
}
