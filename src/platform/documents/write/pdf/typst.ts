import { createRequire } from 'node:module';
import path from 'node:path';
import type { Paper } from '../../paper-blocks.ts';
import { readFonts } from './fonts.ts';
import { pdfSheet } from './pdf-sheet.ts';
import { markRowHeaders } from './row-headers.ts';

const require = createRequire(import.meta.url);

/** The only kind of machine that this version of Typst is packaged for. */
const packageName = '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu';

/** What we use of the package, which has no types of its own. */
interface TypstModule {
  NodeCompiler: {
    create(options: { workspace: string; fontArgs: { fontBlobs: Buffer[] }[] }): {
      compile(options: { mainFilePath: string; inputs: Record<string, string> }): {
        result: object | null;
        takeError(): object | null;
      };
      fetchDiagnostics(error: object): { message: string }[];
      pdf(document: object, options: { pdfStandard: 'ua-1'; creationTimestamp: number }): Buffer;
    };
  };
}

export function typstIsInstalled(): boolean {
  try {
    require.resolve(packageName);
    return true;
  } catch {
    return false;
  }
}

/**
 * The paper as a tagged PDF/UA-1, in British English. It takes seconds and hundreds of megabytes
 * for a long paper, and blocks its thread: only the press calls it, in a process of its own.
 * Typst itself checks the standard while it writes; what it refuses is a fault of ours.
 */
export function typstPdf(paper: Paper): Uint8Array {
  const { NodeCompiler } = require(packageName) as TypstModule;
  const compiler = NodeCompiler.create({
    // Typst reads no file outside of this folder, which holds the one template.
    workspace: import.meta.dirname,
    fontArgs: [{ fontBlobs: readFonts() }],
  });
  const print = (plainly: boolean): Uint8Array => {
    const { sheet, tables } = pdfSheet(paper, { plainly });
    const compiled = compiler.compile({
      mainFilePath: path.join(import.meta.dirname, 'paper.typ'),
      inputs: { sheet: JSON.stringify(sheet) },
    });
    if (compiled.result === null) {
      const error = compiled.takeError();
      const [first] = error === null ? [] : compiler.fetchDiagnostics(error);
      throw new Error(`Typst refused the paper: ${first?.message ?? 'no reason given'}`);
    }
    const pdf = compiler.pdf(compiled.result, {
      pdfStandard: 'ua-1',
      creationTimestamp: Math.floor(paper.head.printed.at.getTime() / 1000),
    });
    return markRowHeaders(pdf, tables);
  };
  try {
    return print(false);
  } catch (error) {
    // Marks and scripts can stand together as no one font has them; then one font is used.
    if (!String(error).includes('could not be displayed')) throw error;
    return print(true);
  }
}
