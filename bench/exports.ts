import { exportFormats, exportPlan } from '#plans';
import { measure, type Figure } from './figures.ts';
import { planPicture } from './plan-pictures.ts';

/** Each format of a plan of 300 actions, and the workbook of one of 1,000. */
export async function exports(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [actions, formats] of [
    [300, exportFormats],
    [1000, ['xlsx', 'docx']],
  ] as const) {
    const input = {
      picture: await planPicture(actions),
      selection: null,
      exportedBy: 'Priya Shah',
      exportedAt: new Date('2026-03-04T09:05:00Z'),
      authorityName: 'Saltmarsh Borough Council',
      classification: 'Internal' as const,
    };
    for (const format of formats) {
      const what = `Export of ${actions.toLocaleString('en-GB')} actions as .${format}`;
      figures.push(await measure(what, null, 5, () => exportPlan(format, input)));
    }
  }
  return figures;
}
