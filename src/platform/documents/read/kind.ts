import type { DocumentRefusal } from '../grid.ts';
import { type FileKind, refusals } from './refusals.ts';

const saveAsWorkbook = 'Open it in Excel, save it as .xlsx, and import that copy.';
const saveAsDocument = 'Open it in Word, save it as .docx, and import that copy.';
const useTheOriginal = 'Import the Word or Excel file that it was made from.';
const whatIsRead = 'Sightline reads plans as Excel (.xlsx), Word (.docx) and .csv.';

/** Names that people try, each with what to do instead. */
const otherExtensions: Record<string, DocumentRefusal> = {
  xls: refusals.notAKind('This workbook is in the old .xls format.', saveAsWorkbook),
  xlsm: refusals.notAKind('This workbook may hold macros (.xlsm).', saveAsWorkbook),
  xlsb: refusals.notAKind('This workbook is in the binary .xlsb format.', saveAsWorkbook),
  xltx: refusals.notAKind('This is a template for workbooks.', saveAsWorkbook),
  xltm: refusals.notAKind('This is a template for workbooks.', saveAsWorkbook),
  ods: refusals.notAKind('This is an OpenDocument spreadsheet.', saveAsWorkbook),
  doc: refusals.notAKind('This document is in the old .doc format.', saveAsDocument),
  docm: refusals.notAKind('This document may hold macros (.docm).', saveAsDocument),
  dotx: refusals.notAKind('This is a template for documents.', saveAsDocument),
  dotm: refusals.notAKind('This is a template for documents.', saveAsDocument),
  odt: refusals.notAKind('This is an OpenDocument text.', saveAsDocument),
  rtf: refusals.notAKind('This is a rich text file.', saveAsDocument),
  pdf: refusals.notAKind('A PDF cannot be read here.', useTheOriginal),
  txt: refusals.notAKind('This is a plain text file.', 'Save the table as .csv and import that.'),
  tsv: refusals.notAKind('This is a .tsv file.', 'Save the table as .csv and import that.'),
};

type Content = 'archive' | 'compound' | 'pdf' | 'picture' | 'program' | 'web page' | 'rich text';

const beginnings: [Content, number[]][] = [
  ['archive', [0x50, 0x4b]],
  ['compound', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['program', [0x7f, 0x45, 0x4c, 0x46]],
];

/**
 * What the file is by its name and its first bytes together; the readers then check that its
 * content is that. A refusal when the two do not agree, or when it is nothing that is read.
 */
export function fileKind(bytes: Uint8Array, fileName: string): FileKind | DocumentRefusal {
  if (bytes.length === 0) return refusals.empty();
  const extension = extensionOf(fileName);
  if (extension !== 'xlsx' && extension !== 'docx' && extension !== 'csv') {
    return (
      otherExtensions[extension] ??
      refusals.notAKind('This kind of file cannot be read here.', whatIsRead)
    );
  }
  const content = contentOf(bytes);
  if (extension === 'csv') {
    return content === null ? 'csv' : refusals.misnamed('csv', named[content], adviceFor(content));
  }
  if (content === 'archive') return extension;
  if (content === 'compound') {
    // A password or a label turns the whole file into this one part of a compound file.
    return Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))
      ? refusals.protected(extension)
      : refusals.oldOrProtected(extension);
  }
  return content === null
    ? refusals.damaged(extension)
    : refusals.misnamed(extension, named[content], adviceFor(content));
}

const named: Record<Content, string> = {
  archive: 'a workbook, a document or an archive',
  compound: 'a workbook or document of the old kind',
  pdf: 'a PDF',
  picture: 'a picture',
  program: 'a program',
  'web page': 'a web page',
  'rich text': 'a rich text file',
};

function adviceFor(content: Content): string {
  switch (content) {
    case 'pdf':
    case 'picture':
      return useTheOriginal;
    case 'program':
      return whatIsRead;
    case 'archive':
    case 'compound':
    case 'web page':
    case 'rich text':
      return 'Open it in Excel or Word, save it as .xlsx or .docx, and import that copy.';
  }
}

function extensionOf(fileName: string): string {
  const name = fileName.trim().toLowerCase();
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

function contentOf(bytes: Uint8Array): Content | null {
  for (const [content, beginning] of beginnings) {
    if (beginning.every((byte, at) => bytes[at] === byte)) return content;
  }
  // Readers of PDF look for its mark in the first 1,024 bytes, so it counts there.
  const start = String.fromCharCode(...bytes.subarray(0, 1024));
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('MZ') && start.includes('\0')) return 'program';
  if (start.startsWith('{\\rtf')) return 'rich text';
  const markup = start.replace(/^(\u00ef\u00bb\u00bf)?\s*/, '');
  return /^<(!doctype|html|table|head|body|\?xml|script|svg|meta|!--)/i.test(markup)
    ? 'web page'
    : null;
}
