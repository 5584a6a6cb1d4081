import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from './dates.ts';
import { isWorkingDay, workingDaysBack, workingDaysBetween } from './working-days.ts';

const day = (text: string) => text as IsoDate;

describe('working days in England', () => {
  // As the government published them for these years.
  it.each([
    ['2014', '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
    ['2020', '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28'],
    ['2021', '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28'],
    ['2022', '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
    ['2023', '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
    ['2026', '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
  ])('leave out the bank holidays of %s, and no other weekday', (year, holidays) => {
    const off: string[] = [];
    for (let at = Date.parse(`${year}-01-01`); ; at += 86_400_000) {
      const date = new Date(at);
      const text = date.toISOString().slice(0, 10);
      if (!text.startsWith(year)) break;
      const isWeekend = [0, 6].includes(date.getUTCDay());
      if (isWeekend) expect([text, isWorkingDay(day(text))]).toEqual([text, false]);
      else if (!isWorkingDay(day(text))) off.push(text.slice(5));
    }
    expect(off.join(' ')).toBe(holidays);
  });

  it('are counted after the first day, up to and with the last', () => {
    expect(workingDaysBetween(day('2020-06-03'), day('2020-07-30'))).toBe(41);
    expect(workingDaysBetween(day('2026-04-02'), day('2026-04-07'))).toBe(1);
    expect(workingDaysBetween(day('2026-03-04'), day('2026-03-04'))).toBe(0);
    expect(workingDaysBetween(day('2026-03-04'), day('2026-03-01'))).toBe(0);
  });

  it('are counted back to the latest day after which so many have passed', () => {
    for (const to of ['2026-03-04', '2026-04-07', '2026-01-03', '2025-12-27'].map(day)) {
      for (const count of [0, 1, 20]) {
        const from = workingDaysBack(to, count);
        expect(workingDaysBetween(from, to)).toBe(count);
        if (count > 0) expect(workingDaysBetween(addDays(from, 1), to)).toBeLessThan(count);
      }
    }
  });
});
