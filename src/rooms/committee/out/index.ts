import { fileWords, paperFile, type MadePaper } from '#platform/web/paper-file.ts';
import type { ReportWords } from '../rules/content.ts';
import type { ReportFigures } from '../rules/figures.ts';
import { reportPaper, type Printing } from './report-paper.ts';

/** What a report can be sent out as. */
export const reportFormats = ['html', 'docx', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The report as a file, named after its subject and the day of its figures. */
export function reportFile(
  format: ReportFormat,
  words: ReportWords,
  figures: ReportFigures,
  printing: Printing,
): Promise<MadePaper> {
  const name = `${fileWords(words.head.title, 'report')}-${figures.asAt}`;
  return paperFile(format, reportPaper(words, figures, printing), name);
}
