import type { HeadingWords } from '#platform/documents/tables/find-headers.ts';
import type { ColumnMeaning } from '../reading.ts';
import { meaningOfHeading, type HeadingMeaning } from './header-words.ts';

const aboutActions = new Set<string>(['text', 'objective', 'priorityOrObjective', 'what', 'how']);
const aboutDoing = new Set<string>([
  ...(['leads', 'due', 'leadsAndDue', 'revisedDue', 'targetOrDue', 'rag', 'status'] as const),
  ...([
    'progress',
    'successMeasure',
    'outcome',
    'evidence',
    'contributors',
    'completedOn',
  ] as const),
]);

/** The headings of a plan: something of the actions, and something of who does them and when. */
export const planHeadings: HeadingWords = {
  meaningOf: meaningOfHeading,
  isHeadingRow: (meanings, isFurther) => {
    const found = new Set(meanings.filter((one) => one !== null));
    const share = meanings.filter((one) => one !== null).length / meanings.length;
    const doing = [...found].filter((one) => aboutDoing.has(one)).length;
    const about = [...found].filter((one) => aboutActions.has(one)).length;
    // A row of actions may use the words of a heading; a second, different heading row must be plainer.
    if (isFurther) return found.size >= 4 && share >= 0.8 && about >= 1 && doing >= 2;
    if (share < 0.5) return false;
    return (about >= 1 && doing >= 1) || doing >= 3;
  },
};

/** What the words of a column say: those of the lower row first, as parts of those above them. */
export function meaningOfColumn(words: string): HeadingMeaning | null {
  const [group = '', ...rest] = words.split(' – ');
  const lower = rest.at(-1);
  if (lower === undefined) return meaningOfHeading(group);
  const ofGroup = meaningOfHeading(group);
  const ofLower = meaningOfHeading(lower);
  // "Timescale" over "Start" and "Complete"
  if (ofGroup === 'due' && !/^(?:actual|start|date)/i.test(lower)) {
    return ofLower === 'revisedDue' || /revis/i.test(lower) ? 'revisedDue' : 'due';
  }
  return ofLower ?? meaningOfHeading(words) ?? ofGroup;
}

/** One correction of the mapping, by whoever prepares the import. */
export interface ColumnChoice {
  table: string;
  /** Counted from 1. */
  index: number;
  meaning: ColumnMeaning;
}
