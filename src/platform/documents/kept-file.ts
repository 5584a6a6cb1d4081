import { openOfficeFile } from './read/office-file.ts';
import { isRefusal } from './read/refusals.ts';

/** A file that may be kept as evidence: under a name of its kind, never under a sender's path. */
export interface KeptFile {
  name: string;
  mediaType: string;
}

const beginnings = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpg: [0xff, 0xd8, 0xff],
} as const;

const mediaTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
} as const;

/**
 * What the file is by its name, its first bytes and, for Word and Excel, its content together
 * (OWASP ASVS 5.2.2), or why it cannot be kept, in words for the person who sent it. A file
 * with macros or other active content is refused.
 */
export function checkKeptFile(bytes: Uint8Array, fileName: string): KeptFile | { refused: string } {
  const name = tidyFileName(fileName);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const kind = extension === 'jpeg' ? 'jpg' : extension;
  if (bytes.length === 0) return { refused: 'This file is empty. Choose another' };
  switch (kind) {
    case 'docx':
    case 'xlsx': {
      const opened = openOfficeFile(bytes, kind);
      return isRefusal(opened)
        ? { refused: opened.refused }
        : { name, mediaType: mediaTypes[kind] };
    }
    case 'csv':
      return bytes.subarray(0, 4096).includes(0)
        ? { refused: 'This is not a .csv file. Save it again as .csv, or choose another' }
        : { name, mediaType: mediaTypes.csv };
    case 'pdf':
    case 'png':
    case 'jpg':
      return beginnings[kind].every((byte, index) => bytes[index] === byte)
        ? { name, mediaType: mediaTypes[kind] }
        : { refused: `This is not what its name says (.${extension}). Choose another file` };
    default:
      return {
        refused:
          'This kind of file cannot be kept. Choose a Word (.docx), Excel (.xlsx), .csv or PDF file, or a PNG or JPEG picture',
      };
  }
}

/** The last part of a name, without what a name should not hold, 200 characters at most. */
export function tidyFileName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    // Control characters, and marks that turn the direction of a text: "exe.fdp" shown as "pdf.exe".
    .replace(/[\p{Cc}\p{Cf}\p{Cs}"<>:|?*;]/gu, '')
    .trim();
  if (clean.length <= 200) return clean === '' ? 'file' : clean;
  const dot = clean.lastIndexOf('.');
  const ending = dot === -1 ? '' : clean.slice(dot).slice(0, 10);
  return `${clean.slice(0, 200 - ending.length)}${ending}`;
}
