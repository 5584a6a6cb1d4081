import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { readDueBox } from './due-box.ts';

const today = '2026-03-04' as IsoDate;
const read = (due: string, answer: Record<string, string> = {}) =>
  readDueBox({ due, ...answer }, today, null);

describe('a due date written in one box', () => {
  it.each([
    ['30 June 2026', '2026-06-30'],
    ['30/6/26', '2026-06-30'],
    ['June 2026', '2026-06-30'],
    ['ongoing', null],
    ['As soon as possible', null],
  ])('takes %s without a question', (text, to) => {
    expect(read(text)).toMatchObject({ ok: true, due: { asWritten: text, to }, question: null });
  });

  it.each(['June 26', '30 June 2020', 'soonish', 'TBC', '31 February 2027', 'end of summer term'])(
    'asks about %s, and keeps the words once the answer is yes',
    (text) => {
      const asked = read(text);
      expect(asked.ok).toBe(false);
      expect(asked.question?.asked).toBe(text);
      const answered = read(text, { 'due-asked': text, 'due-right': 'yes' });
      expect(answered).toMatchObject({ ok: true, due: { asWritten: text } });
    },
  );

  it('is no date where it is empty and may be', () => {
    expect(read(' ')).toMatchObject({ ok: true, due: { precision: 'none' } });
    expect(readDueBox({}, today, 'Enter the new date')).toEqual({
      ok: false,
      errors: [{ field: 'due', text: 'Enter the new date' }],
      question: null,
    });
  });

  it('never takes words with no date in silence, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const box = read(text);
        if (box.ok && text.trim() !== '') expect(box.due.precision).not.toBe('none');
      }),
    );
  });
});
