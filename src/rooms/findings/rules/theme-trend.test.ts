import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import type { SourceId, ThemeId } from '#kernel/ids.ts';
import { trendInWords, trendOf, type AreaMention } from './theme-trend.ts';

const theme = 'recording' as ThemeId;
const asAt = '2026-03-04' as IsoDate;
/** Sources of that year: so many that raise the theme, and so many that do not. */
const sources = (year: number, raising: number, silent: number): AreaMention[] =>
  Array.from({ length: raising + silent }, (_, index) => ({
    sourceId: `${year}-${index}` as SourceId,
    kind: 'recommendation',
    when: `${year}-05-01`,
    themes: index < raising ? [{ id: theme }] : [],
    area: index === 0 ? 'Fostering' : null,
  }));

describe('a theme over time', () => {
  it('is counted by year and by service, each source once, from its first to its last', () => {
    const [again = { ...sources(2020, 1, 0)[0] }] = sources(2020, 1, 0);
    const strength = { ...sources(2022, 1, 0)[0], kind: 'strength' } as AreaMention;
    const trend = trendOf(
      theme,
      [...sources(2014, 2, 1), ...sources(2020, 1, 0), again as AreaMention, strength],
      asAt,
    );
    expect(trend).toMatchObject({
      findings: 4,
      sources: 3,
      firstSeen: '2014-05-01',
      lastSeen: '2020-05-01',
      byYear: [
        { name: '2020', findings: 2, sources: 1 },
        { name: '2014', findings: 2, sources: 2 },
      ],
      byArea: [
        { name: 'Fostering', findings: 3, sources: 2 },
        { name: 'No area written down', findings: 1, sources: 1 },
      ],
      since: '2023-03-04',
      // The source of the strength could have raised it, and did not.
      before: { count: 3, of: 5 },
    });
  });

  it('says no clear change where chance would explain it, and never a share without its counts', () => {
    // 7 of 9 and 4 of 12: p = 0.080 (R, fisher.test).
    const unclear = trendOf(theme, [...sources(2025, 7, 2), ...sources(2015, 4, 8)], asAt);
    expect(unclear.p).toBeCloseTo(0.0805, 4);
    expect(trendInWords(unclear)).toBe(
      'No clear change: 7 of 9 sources since 4 March 2023 raise it, and 4 of 12 sources before, which chance would explain.',
    );
    // 3 of 24 and 12 of 22: p = 0.004 (R, fisher.test).
    const less = trendOf(theme, [...sources(2025, 3, 21), ...sources(2015, 12, 10)], asAt);
    expect(trendInWords(less)).toBe(
      'Raised less often lately: 3 of 24 sources since 4 March 2023 raise it, and 12 of 22 sources before. Chance alone would hardly explain it.',
    );
    expect(trendInWords(trendOf(theme, sources(2025, 3, 2), asAt))).toBe(
      'No source before 4 March 2023 to compare with.',
    );
  });
});
