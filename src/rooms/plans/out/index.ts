import { planCsv } from './csv.ts';
import { isSelection, type Export, type ExportInput } from './export-input.ts';
import { planJson } from './json.ts';
import { planPaper } from './paper.ts';
import { planWorkbook } from './workbook.ts';

export type { Export, ExportInput } from './export-input.ts';

/** What a plan can be sent out as. */
export const exportFormats = ['xlsx', 'csv', 'docx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * A plan, or the list of its actions on the screen, as a file. What each holds is written down
 * in docs/data-out.md. The name of the file says the plan and the day of the position.
 */
export async function exportPlan(format: ExportFormat, input: ExportInput): Promise<Export> {
  const { plan, asAt } = input.picture;
  const part = isSelection(input) ? '-selection' : '';
  return {
    fileName: `${plan.slug}-${asAt}${part}.${format}`,
    mediaType: mediaTypes[format],
    bytes: await writers[format](input),
  };
}

const mediaTypes: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json; charset=utf-8',
};

const writers: Record<ExportFormat, (input: ExportInput) => Uint8Array | Promise<Uint8Array>> = {
  xlsx: planWorkbook,
  csv: planCsv,
  docx: planPaper,
  json: planJson,
};
