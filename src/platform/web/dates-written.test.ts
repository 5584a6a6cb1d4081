import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, formatDate, parseIsoDate } from '#kernel/dates.ts';
import { linkAsAt } from './as-at.ts';
import { parseWrittenDate, readDateParts } from './dates-written.ts';
import { readDateFields } from './forms.ts';

const anyDay = fc.integer({ min: 0, max: 80_000 }).map((days) => {
  const start = parseIsoDate('1900-01-01');
  if (start === null) throw new Error('1 January 1900 is a day');
  return addDays(start, days);
});

describe('a date as people write it', () => {
  it.each([
    ['4 March 2026', '2026-03-04'],
    ['4 mar 2026', '2026-03-04'],
    ['4th March 2026', '2026-03-04'],
    ['4/3/2026', '2026-03-04'],
    ['04.03.2026', '2026-03-04'],
    ['4-3-2026', '2026-03-04'],
    ['4 3 2026', '2026-03-04'],
    ['  4   3  2026 ', '2026-03-04'],
    ['2026-03-04', '2026-03-04'],
    ['1 Sept 2026', '2026-09-01'],
    // British order: never the third of April.
    ['03/04/2026', '2026-04-03'],
  ])('%s is read', (written, date) => {
    expect(parseWrittenDate(written)).toEqual({ ok: true, date });
  });

  it.each([
    ['31 February 2026', 'The date says 31 February 2026. February 2026 has 28 days.'],
    ['31/2/2024', 'The date says 31 February 2024. February 2024 has 29 days.'],
    ['4/13/2026', '"13" is not a month. Write a number from 1 to 12, or its name.'],
    ['4 ma 2026', '"ma" is not a month. Write a number from 1 to 12, or its name.'],
    ['soon', 'We could not read "soon" as a date. Write it like 4 March 2026.'],
    // Two figures could be a year of this century or the last.
    ['4/3/26', 'We could not read "4/3/26" as a date. Write it like 4 March 2026.'],
  ])('%s is asked about', (written, why) => {
    expect(parseWrittenDate(written)).toEqual({ ok: false, why });
  });

  it('is read back from every way in which we write it', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        expect(parseWrittenDate(date)).toEqual({ ok: true, date });
        expect(parseWrittenDate(formatDate(date))).toEqual({ ok: true, date });
      }),
    );
  });

  it('never breaks the reader, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseWrittenDate(text);
        expect(read.ok ? parseIsoDate(read.date) : read.why).not.toBeNull();
      }),
    );
  });
});

describe('a date in three boxes', () => {
  it('says all that is missing at once', () => {
    expect(readDateParts('', '3', '')).toEqual({
      ok: false,
      why: 'The date must have a day and a year.',
    });
  });

  it('is nothing when all are empty', () => {
    expect(readDateFields({ 'due-day': ' ' }, 'due')).toEqual({ ok: true, date: null });
  });

  it('puts its error beside its boxes', () => {
    const boxes = { 'due-day': '31', 'due-month': '2', 'due-year': '2026' };
    expect(readDateFields(boxes, 'due')).toEqual({
      ok: false,
      error: { field: 'due', text: 'The date says 31 February 2026. February 2026 has 28 days.' },
    });
  });

  it('takes a list from a forged form for nothing', () => {
    expect(readDateFields({ 'due-day': ['1', '2'] }, 'due')).toEqual({ ok: true, date: null });
  });
});

describe('a link that keeps the day', () => {
  const [earlier, today] = [parseIsoDate('2014-11-27'), parseIsoDate('2026-03-04')];
  if (earlier === null || today === null) throw new Error('both are days');
  it.each([
    ['/plans/a', '/plans/a?as-at=2014-11-27'],
    ['/plans/a?rag=red', '/plans/a?rag=red&as-at=2014-11-27'],
    ['/plans/a#history', '/plans/a?as-at=2014-11-27#history'],
  ])('%s', (href, kept) => {
    expect(linkAsAt(href, earlier, today)).toBe(kept);
    expect(linkAsAt(href, today, today)).toBe(href);
  });
});
