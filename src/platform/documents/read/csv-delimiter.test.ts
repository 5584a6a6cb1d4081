import { expect, it } from 'vitest';
import { readCsv } from './csv.ts';

it('keeps to the comma by which all rows agree, whatever stands inside a cell', () => {
  const text =
    'Ref,Action,Lead\r\n1,"Do one; then\nanother; then\na third; and\na fourth; end",Team\r\n';
  const grid = readCsv(new TextEncoder().encode(text));
  if ('refused' in grid) throw new Error(grid.refused);
  expect(grid.tables[0]?.rows.map((row) => row.length)).toEqual([3, 3]);
  expect(grid.tables[0]?.rows[1]?.[2]?.text).toBe('Team');
});
