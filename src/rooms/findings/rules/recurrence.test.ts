import { expect, it } from 'vitest';
import type { SourceId, ThemeId } from '#kernel/ids.ts';
import { recurrenceOf, type Mention } from './recurrence.ts';

const recording = { id: 'recording' as ThemeId, name: 'Recording' };
const visits = { id: 'visits' as ThemeId, name: 'Visits' };
const mention = (source: string, when: string, more: Partial<Mention> = {}): Mention => ({
  sourceId: source as SourceId,
  kind: 'recommendation',
  when,
  themes: [recording],
  ...more,
});
const asked = { ...mention('now', '2020-06-03'), themes: [recording, visits] };

it('names the years in which other sources raised a theme before, and nothing else', () => {
  const others = [
    mention('a', '2016-05-01'),
    mention('b', '2014-02'),
    mention('c', '2014-11-30'),
    mention('d', '2021-01-01'),
    mention('e', '2018-01-01', { kind: 'strength' }),
    mention('now', '2012-01-01'),
    // Of a month nobody can say that it was before a day of the same month.
    mention('f', '2020-06'),
  ];
  expect(recurrenceOf(asked, others)).toEqual([
    { ...recording, earlierYears: ['2014', '2016'] },
    { ...visits, earlierYears: [] },
  ]);
  expect(recurrenceOf({ ...asked, kind: 'strength' }, others)[0]?.earlierYears).toEqual([]);
});
