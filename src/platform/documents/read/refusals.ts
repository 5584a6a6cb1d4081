import type { DocumentRefusal } from '../grid.ts';
import { limits } from './limits.ts';

/** Whether a reader refused, rather than answered. */
export function isRefusal(answer: unknown): answer is DocumentRefusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}

export type FileKind = 'xlsx' | 'docx' | 'csv';

const programs: Record<FileKind, string> = { xlsx: 'Excel', docx: 'Word', csv: 'Excel' };
const called: Record<FileKind, string> = {
  xlsx: 'workbook',
  docx: 'document',
  csv: 'file',
};

const refuse = (refused: string): DocumentRefusal => ({ refused });
const count = new Intl.NumberFormat('en-GB');

/** Every reason for which a file is not read: what happened, and what the person can do. */
export const refusals = {
  empty: () => refuse('The file is empty. Choose the file again, or save it again first.'),

  tooBig: () =>
    refuse(
      'The file is larger than 10 MB. Take out pictures and sheets that are not part of the plan, save it again, and import that copy.',
    ),

  notAKind: (found: string, advice: string) => refuse(`${found} ${advice}`),

  misnamed: (extension: string, found: string, advice: string) =>
    refuse(`The name of the file ends in .${extension}, but it is ${found}. ${advice}`),

  oldOrProtected: (kind: FileKind) => {
    const old = kind === 'docx' ? '.doc' : '.xls';
    return refuse(
      `This ${called[kind]} is protected by a password or is in the old ${old} format. Open it in ${programs[kind]}, take the password off, save it as .${kind}, and import that copy.`,
    );
  },

  protected: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} is protected by a password or by a label that encrypts it. Open it in ${programs[kind]}, take the protection off, save a copy as .${kind}, and import the copy.`,
    ),

  damaged: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} is damaged or incomplete, so it was not read. Open it in ${programs[kind]}, save it again as .${kind}, and import the new copy.`,
    ),

  hiddenContent: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} holds something beside what ${programs[kind]} itself would save, so it was not read. Open it in ${programs[kind]}, save a new copy as .${kind}, and import the copy.`,
    ),

  unpacksTooLarge: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} unpacks to far more than its size allows, as files made to do harm do, so it was not read. Copy the plan into a new ${called[kind]} and import that.`,
    ),

  macros: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} holds macros or other active content. Open it in ${programs[kind]}, save it as .${kind} without them (File, Save as), and import that copy.`,
    ),

  embedded: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} has another file embedded in it. Delete the embedded file in ${programs[kind]}, save the ${called[kind]} again, and import that copy.`,
    ),

  outsideContent: (kind: FileKind, what: string) =>
    refuse(
      `This ${called[kind]} takes ${what} from another place when it is opened. Copy the plan into a new ${called[kind]}, save it, and import that copy.`,
    ),

  tooMuch: (kind: FileKind) =>
    refuse(
      `This ${called[kind]} holds more than Sightline can read. Copy the plan into a new ${called[kind]} of its own and import that.`,
    ),

  tooManyCells: (table: string, corner: string) =>
    refuse(
      `${table} is filled as far as ${corner}. Sightline reads up to ${count.format(limits.rows)} rows, ${limits.columns} columns and ${count.format(limits.cells)} cells. Delete what lies outside the plan, or copy the plan into a new file, and import that.`,
    ),

  openQuote: (row: number) =>
    refuse(
      `A quotation mark that opens in row ${row} is never closed, so the rest of the file cannot be told apart. Close it, or save the file again from Excel as .csv or .xlsx.`,
    ),

  notText: () =>
    refuse(
      'The name of the file ends in .csv, but it is not text. Open it in Excel, save it as .csv or .xlsx, and import that copy.',
    ),

  notADocument: () =>
    refuse('This is not a Word document. Save it as .docx in Word, and choose that copy.'),

  noTable: (kind: FileKind) =>
    refuse(
      kind === 'docx'
        ? 'There is no table with words in this document. Sightline reads plans that are set out in a table: one row for each action.'
        : `There is nothing in the cells of this ${called[kind]}. Check that it is the right file.`,
    ),

  tooSlow: () =>
    refuse(
      `The file could not be read in ${limits.seconds} seconds. Copy the plan into a new file without the rest, save it, and import that.`,
    ),
};
