import { describe, expect, it } from 'vitest';
import { readDocument } from './index.ts';
import { readBytes } from './read-bytes.ts';
import { number, plan, readGrid, reason, rowsOf, words } from './test-files.ts';
import { Turns } from './turns.ts';

const small = plan(rowsOf(words('A1', 'Ref') + words('B1', 'Action'), number('A2', 1)));

describe('reading a document in a thread of its own', () => {
  it('gives what reading it here gives', async () => {
    expect(await readDocument(small, 'plan.xlsx')).toEqual(await readBytes(small, 'plan.xlsx'));
  });

  it('gives every row of a table that comes in several pieces, in order', async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) =>
      ['A', 'B', 'C', 'D', 'E'].map((column) => number(`${column}${n + 1}`, n)).join(''),
    );
    const grid = readGrid(await readDocument(plan(rowsOf(...rows)), 'plan.xlsx'));
    expect(grid.tables[0]?.rows.map((row) => row[4]?.text)).toEqual(rows.map((_, n) => String(n)));
  });

  it('gives the same refusals, before the thread and in it', async () => {
    expect(reason(await readDocument(small, 'plan.pdf'))).toContain('PDF');
    expect(reason(await readDocument(small.subarray(0, 200), 'plan.xlsx'))).toContain('damaged');
  });

  it('leaves the bytes with the caller, who may hold them inside others', async () => {
    const around = Buffer.concat([Buffer.from('before'), small, Buffer.from('behind')]);
    const bytes = around.subarray(6, 6 + small.length);
    readGrid(await readDocument(bytes, 'plan.xlsx'));
    expect(Buffer.compare(bytes, small)).toBe(0);
  });

  it('reads several, each to its own caller', async () => {
    const grids = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => readDocument(plan(rowsOf(number('A1', n))), 'plan.xlsx')),
    );
    expect(grids.map((grid) => readGrid(grid).tables[0]?.rows[0]?.[0]?.text)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });
});

describe('turns', () => {
  it('let only so many run at once, and all in the end, also after a fault', async () => {
    const turns = new Turns(2);
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const work = (n: number) => async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (n === 1) throw new Error('a fault');
      done.push(n);
    };
    await Promise.allSettled([0, 1, 2, 3, 4, 5].map((n) => turns.take(work(n))));
    expect(most).toBe(2);
    expect(done).toEqual([0, 2, 3, 4, 5]);
  });
});
