import { readDocument } from '#platform/documents/read/index.ts';
import { readPlan } from '../src/rooms/plans/rules/read-plan/index.ts';
import { councilWorkbook } from './council-workbook.ts';
import { measure, type Figure } from './figures.ts';

/** What a person waits for between choosing a file and seeing what was understood of it. */
export async function previews(): Promise<Figure[]> {
  const bytes = await councilWorkbook(1000);
  return [
    await measure('Preview of a workbook of 1,000 actions', 2000, 5, async () => {
      const grid = await readDocument(bytes, 'plan.xlsx');
      if ('refused' in grid) throw new Error(grid.refused);
      const { actions } = readPlan(grid).counts;
      if (actions !== 1000) throw new Error(`Read ${actions} actions instead of 1,000`);
    }),
  ];
}
