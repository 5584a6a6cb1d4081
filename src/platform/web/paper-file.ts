import type { Paper } from '../documents/paper-blocks.ts';
import { writeDocx, writePdf, type PaperTrouble } from '../documents/write/paper.ts';
import { standAlonePage } from './components/stand-alone-page.ts';

/** What a paper can be sent out as. */
export type PaperFormat = 'docx' | 'pdf' | 'html';

/** A paper as a file to send, or why it could not be made. */
export type MadePaper =
  | { kind: 'made'; fileName: string; mediaType: string; bytes: Uint8Array }
  | { kind: 'cannot'; why: PaperTrouble };

export const paperMediaTypes: Readonly<Record<PaperFormat, string>> = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** The paper as a file of this name, which is given without its ending. */
export async function paperFile(
  format: PaperFormat,
  paper: Paper,
  name: string,
): Promise<MadePaper> {
  const fileName = `${name}.${format}`;
  const mediaType = paperMediaTypes[format];
  if (format === 'html') {
    const bytes = new TextEncoder().encode(await standAlonePage(paper));
    return { kind: 'made', fileName, mediaType, bytes };
  }
  const made = await (format === 'docx' ? writeDocx(paper) : writePdf(paper));
  return made.kind === 'made' ? { ...made, fileName, mediaType } : made;
}

/** A title as words of a file's name, at most so many characters; `usual` where none is left. */
export function fileWords(title: string, usual: string, most = 80): string {
  const words = title
    .toLowerCase()
    .replace(/[’'“”]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, most);
  return words === '' ? usual : words;
}
