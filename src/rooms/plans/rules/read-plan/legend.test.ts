import { describe, expect, it } from 'vitest';
import { linesOf } from '#platform/documents/tables/lines.ts';
import { isKeyEntry, meaningsIn, meaningsOfLine } from './legend.ts';
import { table, type Made } from '#platform/documents/tables/grid.test-help.ts';

function line(...cells: Made[]): ReturnType<typeof linesOf>[number] {
  const [first] = linesOf(table('Plan', [cells]));
  if (first === undefined) throw new Error('an empty row');
  return first;
}

describe('the key of a plan', () => {
  it.each([
    ['Green = complete', [['green', 'complete']]],
    [
      'RAG rating: Green – completed; Amber – in progress; Red – not started or overdue',
      [
        ['green', 'completed'],
        ['amber', 'in progress'],
        ['red', 'not started or overdue'],
      ],
    ],
    [
      'Key: Blue: done, Green: on track, Amber: at risk',
      [
        ['blue', 'done'],
        ['green', 'on track'],
        ['amber', 'at risk'],
      ],
    ],
    ['Red means nothing has begun', [['red', 'nothing has begun']]],
    ['The Green Paper was answered', []],
    ['Amber Road children’s home', []],
  ])('%j', (text, meanings) => {
    expect(meaningsIn(text).map(({ colour, meaning }) => [colour, meaning])).toEqual(meanings);
  });

  it('may stand in cells: a name or a colour, and its meaning beside it', () => {
    expect(meaningsOfLine(line('Green', 'Done', 'Red', 'Late'), false)).toEqual([
      { colour: 'green', meaning: 'Done' },
      { colour: 'red', meaning: 'Late' },
    ]);
    expect(meaningsOfLine(line({ fill: '00B050' }, 'Done'), true)).toEqual([
      { colour: 'green', meaning: 'Done' },
    ]);
  });

  it('may be words on coloured grounds, where there are several or a key is announced', () => {
    const done: Made = { text: 'Done', fill: '00B050' };
    const late: Made = { text: 'Late', fill: 'FF0000' };
    expect(meaningsOfLine(line(done, late), false)).toHaveLength(2);
    expect(meaningsOfLine(line(done), true)).toHaveLength(1);
    expect(meaningsOfLine(line({ text: 'Our plan', fill: '1F4E79' }), false)).toEqual([]);
  });

  it('is no row of actions', () => {
    expect(isKeyEntry(line('Green', 'Done'))).toBe(true);
    expect(isKeyEntry(line('Amber = at risk'))).toBe(true);
    expect(isKeyEntry(line('Greening the estate', 'Plant trees'))).toBe(false);
    expect(isKeyEntry(line('Green', 'Write the guide', 'SM', 'May 2025'))).toBe(false);
  });
});
