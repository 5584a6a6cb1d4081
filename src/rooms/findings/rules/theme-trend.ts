import { addMonths, formatDate, type IsoDate } from '#kernel/dates.ts';
import { fisherExact, type Share } from '#kernel/statistics/fisher.ts';
import type { ThemeId } from '#kernel/ids.ts';
import { countOf } from './kind-words.ts';
import type { Mention } from './recurrence.ts';

/** How long the last period is: sources are few, so that years are pooled. */
export const lastPeriodMonths = 36;

/** Below this, chance alone would hardly explain a difference. */
const hardlyChance = 0.05;

/** A mention with the part of the service that it speaks of. */
export interface AreaMention extends Mention {
  area: string | null;
}

/** A count of findings, under the year or the service that it is of. */
export interface Count {
  name: string;
  findings: number;
  sources: number;
}

/** How one theme came up over time. */
export interface ThemeTrend {
  findings: number;
  sources: number;
  /** The day or month of the first and the last source that raised it; null where none did. */
  firstSeen: string | null;
  lastSeen: string | null;
  byYear: Count[];
  byArea: Count[];
  /** The first day of the last period. */
  since: IsoDate;
  /** Sources of the last period that raise it, of all of that period. */
  lately: Share;
  /** The same of all before. */
  before: Share;
  /** The probability of Fisher's exact test of the two. */
  p: number;
}

/**
 * How a theme came up over time, as at a day, from these findings. A strength raises nothing. The
 * opportunities are sources: each that has a finding could have raised it, and is counted once.
 */
export function trendOf(
  theme: ThemeId,
  mentions: readonly AreaMention[],
  asAt: IsoDate,
): ThemeTrend {
  const since = addMonths(asAt, -lastPeriodMonths);
  const raising = mentions.filter(
    ({ kind, themes }) => kind !== 'strength' && themes.some(({ id }) => id === theme),
  );
  const raised = new Set(raising.map(({ sourceId }) => sourceId));
  const dayOf = new Map(mentions.map(({ sourceId, when }) => [sourceId, when]));
  const share = (isLate: boolean): Share => {
    const all = [...dayOf].filter(([, when]) => when.padEnd(10, '-01') >= since === isLate);
    return { count: all.filter(([id]) => raised.has(id)).length, of: all.length };
  };
  const lately = share(true);
  const before = share(false);
  const days = raising.map(({ when }) => when).sort();
  return {
    findings: raising.length,
    sources: raised.size,
    firstSeen: days[0] ?? null,
    lastSeen: days.at(-1) ?? null,
    byYear: countBy(raising, ({ when }) => when.slice(0, 4)).sort((a, b) =>
      a.name < b.name ? 1 : -1,
    ),
    byArea: countBy(raising, ({ area }) => area ?? 'No area written down').sort(
      (a, b) => b.findings - a.findings || a.name.localeCompare(b.name, 'en-GB'),
    ),
    since,
    lately,
    before,
    p: fisherExact(lately, before),
  };
}

function countBy(mentions: readonly AreaMention[], name: (one: AreaMention) => string): Count[] {
  return [...Map.groupBy(mentions, name)].map(([key, of]) => ({
    name: key,
    findings: of.length,
    sources: new Set(of.map(({ sourceId }) => sourceId)).size,
  }));
}

/**
 * Whether chance would explain how often sources raise a theme lately, plainly: never a share
 * without its counts, and "no clear change" where chance alone would.
 */
export function trendInWords({ since, lately, before, p }: ThemeTrend): string {
  if (lately.of === 0 || before.of === 0) {
    const which = lately.of === 0 ? 'since' : 'before';
    return `No source ${which} ${formatDate(since)} to compare with.`;
  }
  const counts = `${lately.count} of ${countOf(lately.of, 'source')} since ${formatDate(since)} ${lately.count === 1 ? 'raises' : 'raise'} it, and ${before.count} of ${countOf(before.of, 'source')} before`;
  if (p >= hardlyChance) return `No clear change: ${counts}, which chance would explain.`;
  const more = lately.count / lately.of > before.count / before.of;
  return `Raised ${more ? 'more' : 'less'} often lately: ${counts}. Chance alone would hardly explain it.`;
}
