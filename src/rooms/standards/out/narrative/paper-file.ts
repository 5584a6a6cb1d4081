import type { Paper } from '#platform/documents/paper-blocks.ts';
import { fileWords, paperFile, type MadePaper } from '#platform/web/paper-file.ts';

/** What a self-assessment and a self-evaluation can be sent out as. */
export const paperFormats = ['docx', 'pdf'] as const;
type Format = (typeof paperFormats)[number];

/** The paper as a file, named after its title and the day of its figures. */
export function datedPaper(format: Format, paper: Paper): Promise<MadePaper> {
  return paperFile(format, paper, `${fileWords(paper.head.title, 'paper')}-${paper.head.asAt}`);
}
