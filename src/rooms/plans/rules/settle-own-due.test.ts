import { describe, expect, it } from 'vitest';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { settleOwnDue } from './settle-own-due.ts';

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}

const june = { from: day('2026-06-01'), to: day('2026-06-30'), precision: 'Month' };

describe('the due date of a file that comes back', () => {
  it('is taken as it was sent out, also where a person had corrected what the words mean', () => {
    const cells = { ...june, asWritten: 'June' };
    expect(settleOwnDue(cells)).toEqual({ due: { ...cells, precision: 'month' }, doubts: [] });
    const corrected = {
      asWritten: 'February 14',
      from: day('2014-02-14'),
      to: day('2014-02-14'),
      precision: 'Day',
    };
    expect(settleOwnDue(corrected)).toEqual({
      due: { ...corrected, precision: 'day' },
      doubts: [],
    });
  });

  it.each([
    ['a month', { ...june, asWritten: 'June 2026' }],
    [
      'a day',
      { asWritten: '30/06/2026', from: day('2026-06-30'), to: day('2026-06-30'), precision: 'Day' },
    ],
    ['no day', { asWritten: 'ASAP', from: null, to: null, precision: 'As soon as possible' }],
  ])('is the new day where a person changed the date of %s', (_what, cells) => {
    const { due, doubts } = settleOwnDue({ ...cells, to: day('2026-09-15') });
    expect(due).toEqual({
      asWritten: '15 September 2026',
      from: '2026-09-15',
      to: '2026-09-15',
      precision: 'day',
    });
    expect(doubts).toHaveLength(1);
  });

  it('asks where the words were changed and the date was not', () => {
    const { due, doubts } = settleOwnDue({ ...june, asWritten: 'July 2026' });
    expect(due.to).toBe('2026-06-30');
    expect(doubts[0]).toMatch(/July 2026.*30 June 2026/);
  });

  it('is none, and asked about, where the date was taken away', () => {
    const { due, doubts } = settleOwnDue({ ...june, asWritten: 'June 2026', to: null });
    expect(due).toMatchObject({ precision: 'none', from: null, to: null });
    expect(doubts).toHaveLength(1);
  });

  it('needs no more than the words or the day in a row that was added', () => {
    const added = { asWritten: '', from: null, to: null, precision: '' };
    expect(settleOwnDue({ ...added, asWritten: 'ASAP' }).due.precision).toBe('asap');
    expect(settleOwnDue({ ...added, asWritten: '30 June 2026' }).due.to).toBe('2026-06-30');
    expect(settleOwnDue({ ...added, to: day('2026-06-30') })).toEqual({
      due: { asWritten: '30 June 2026', from: '2026-06-30', to: '2026-06-30', precision: 'day' },
      doubts: [],
    });
    expect(settleOwnDue(added)).toEqual({
      due: { asWritten: '', from: null, to: null, precision: 'none' },
      doubts: [],
    });
  });
});
