import { writeDocx, writePdf, type PaperTrouble } from '#platform/documents/write/paper.ts';
import type { Paper } from '#platform/documents/paper-blocks.ts';

/** What a self-assessment and a self-evaluation can be sent out as. */
export const paperFormats = ['docx', 'pdf'] as const;
export type PaperFormat = (typeof paperFormats)[number];

const mediaTypes: Record<PaperFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export type MadePaper =
  | { kind: 'made'; fileName: string; mediaType: string; bytes: Uint8Array }
  | { kind: 'cannot'; why: PaperTrouble };

/** The paper as a file, named after its title and the day of its figures. */
export async function paperFile(format: PaperFormat, paper: Paper): Promise<MadePaper> {
  const made = await (format === 'docx' ? writeDocx(paper) : writePdf(paper));
  if (made.kind === 'cannot') return made;
  const words = paper.head.title
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  const fileName = `${words === '' ? 'paper' : words}-${paper.head.asAt}.${format}`;
  return { ...made, fileName, mediaType: mediaTypes[format] };
}
