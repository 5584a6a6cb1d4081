import type { Paper } from '../paper-blocks.ts';
import { typstIsInstalled } from './pdf/typst.ts';
import { Press, type PaperFile, type PaperTrouble } from './press.ts';

export type { PaperFile, PaperTrouble };

const press = new Press();

/**
 * The paper as a Word document (.docx), made in a process of its own: real headings, lists and
 * header rows, in British English, with what it is, as at when and its number on every page.
 */
export function writeDocx(paper: Paper): Promise<PaperFile> {
  return press.make({ format: 'docx', paper });
}

/**
 * The paper as a tagged PDF/UA-1, made in a process of its own by Typst. It cannot be made on
 * machines that Typst's package is not for: every other than Linux on x64 with glibc.
 */
export async function writePdf(paper: Paper): Promise<PaperFile> {
  if (!typstIsInstalled()) return { kind: 'cannot', why: 'not-installed' };
  return await press.make({ format: 'pdf', paper });
}

/** Ends the papers that are being made: the program stops. */
export function stopPapers(): Promise<void> {
  press.stop();
  return Promise.resolve();
}

const sentences: Record<PaperTrouble, string> = {
  'not-installed':
    'This server cannot make PDF files: the part of Sightline that makes them is not installed on it. The Word document and the page hold the same.',
  'too-slow':
    'The file took too long to make. Choose a shorter form of the report, or fewer actions.',
  'too-large':
    'The report is too large to make into a file. Choose a shorter form of the report, or fewer actions.',
  busy: 'Many files are being made at the moment. Try again in a minute.',
  stopping: 'Sightline is being restarted. Try again in a minute.',
};

/** Why there is no file, in a sentence for the person who asked. */
export function whyNoPaper(why: PaperTrouble): string {
  return sentences[why];
}
