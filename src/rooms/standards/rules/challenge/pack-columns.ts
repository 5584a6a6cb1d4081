/** The headings of the forms in a pack: by them its tables are known again. */
export const packHeaders = {
  code: 'ID',
  kind: 'Kind',
  ref: 'Criterion',
  level: 'Level',
  words: 'What you say',
  saidBy: 'Who says it',
} as const;
export type PackColumn = keyof typeof packHeaders;

export const kindNames = {
  strength: 'Strength',
  question: 'Question',
  challenge: 'Challenge',
  verdict: 'Verdict',
} as const;
