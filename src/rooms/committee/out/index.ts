import { writeDocx, writePdf, type PaperTrouble } from '#platform/documents/write/paper.ts';
import type { ReportWords } from '../rules/content.ts';
import type { ReportFigures } from '../rules/figures.ts';
import { reportPaper, type Printing } from './report-paper.ts';
import { standAlonePage } from '#platform/web/components/stand-alone-page.ts';

/** What a report can be sent out as. */
export const reportFormats = ['html', 'docx', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export type ReportFile =
  | { kind: 'made'; fileName: string; mediaType: string; bytes: Uint8Array }
  | { kind: 'cannot'; why: PaperTrouble };

const mediaTypes: Record<ReportFormat, string> = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** The report as a file, named after its subject and the day of its figures. */
export async function reportFile(
  format: ReportFormat,
  words: ReportWords,
  figures: ReportFigures,
  printing: Printing,
): Promise<ReportFile> {
  const paper = reportPaper(words, figures, printing);
  const fileName = `${fileWords(words.head.title)}-${figures.asAt}.${format}`;
  const mediaType = mediaTypes[format];
  if (format === 'html') {
    const bytes = new TextEncoder().encode(await standAlonePage(paper));
    return { kind: 'made', fileName, mediaType, bytes };
  }
  const made = await (format === 'docx' ? writeDocx(paper) : writePdf(paper));
  return made.kind === 'made' ? { ...made, fileName, mediaType } : made;
}

function fileWords(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  return words === '' ? 'report' : words;
}
