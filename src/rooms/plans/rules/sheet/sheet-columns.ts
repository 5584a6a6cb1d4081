/**
 * The headers of an update sheet. The writer and the reader share them; docs/data-out.md tells
 * what each holds.
 */
export const sheetNames = { actions: 'Update sheet', notes: 'Notes' } as const;

/** What stands already. What is written over these is shown when the sheet comes back, not taken. */
export const givenHeaders = {
  ref: 'Reference',
  text: 'Action',
  leads: 'Lead',
  due: 'Due date now',
  claimed: 'Rating now',
  status: 'Status now',
  lastUpdate: 'Last update',
  lastUpdateOn: 'Last update given on',
} as const;

/** What people fill in. */
export const filledHeaders = {
  going: 'How is it going? (fill in)',
  changed: 'What has changed? (fill in)',
  shows: 'What shows it? (fill in)',
  newDue: 'New due date (fill in)',
  reason: 'Reason for the new date (fill in)',
  effect: 'Effect on children (fill in)',
  toldBy: 'Your name and post (fill in)',
} as const;

export const sheetHeaders = {
  code: 'ID (leave as it is)',
  ...givenHeaders,
  ...filledHeaders,
} as const;

export type GivenColumn = keyof typeof givenHeaders;
export type FilledColumn = keyof typeof filledHeaders;
export type SheetColumn = keyof typeof sheetHeaders;

export const filledColumns = Object.keys(filledHeaders) as FilledColumn[];
export const givenColumns = Object.keys(givenHeaders) as GivenColumn[];

/** The words of a header without capitals, points and what stands in brackets. */
function headerWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const byWords: ReadonlyMap<string, SheetColumn> = new Map(
  (Object.keys(sheetHeaders) as SheetColumn[]).map((column) => [
    headerWords(sheetHeaders[column]),
    column,
  ]),
);

/** The column that a header names, or null: capitals, blanks and brackets do not matter. */
export function columnOfHeader(text: string): SheetColumn | null {
  return byWords.get(headerWords(text)) ?? null;
}

/** "What has changed?": a header without the words in brackets, as pages say it. */
export function headerName(column: SheetColumn): string {
  return sheetHeaders[column].replace(/ \([^()]*\)$/, '');
}
