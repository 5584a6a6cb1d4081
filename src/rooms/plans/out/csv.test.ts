import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exampleInput } from './example-picture.test-help.ts';
import { exportPlan } from './index.ts';

async function rowsOf(input = exampleInput()): Promise<Record<string, string>[]> {
  const { bytes } = await exportPlan('csv', input);
  return parse(Buffer.from(bytes), { bom: true, columns: true, record_delimiter: '\r\n' });
}

describe('the .csv of a plan', () => {
  it('has the actions with dates as YYYY-MM-DD', async () => {
    const rows = await rowsOf();
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({
      'Objective ref': '1.1',
      Lead: 'Service Manager, Help and Protection\nEarly Help',
      'Due as written': 'Revised date 20/02/2026',
      'Due date': '2026-02-20',
      'First due date': '2025-12-01',
      'Days overdue': '12',
    });
    expect(rows[1]).toMatchObject({ 'Due as written': 'ASAP', 'Due date': '' });
  });

  it('holds nothing that a spreadsheet would run', async () => {
    const rows = await rowsOf();
    expect(rows[1]?.['Action']).toBe("'=SUM(A1) is how this action begins, oddly");
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[\s\uFEFF]*[=+@%|\t\r-]/.test(cell))).toEqual([]);
  });
});
