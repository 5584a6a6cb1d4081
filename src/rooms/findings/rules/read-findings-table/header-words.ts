import { plainHeading } from '#platform/documents/tables/find-headers.ts';
import type { TableWords } from '#platform/documents/tables/read-tables.ts';
import type { FindingMeaning } from './reading.ts';

/** In the order tried; the first that fits holds. */
const headings: [FindingMeaning, RegExp][] = [
  [
    'ref',
    /^(?:ref\w*|no|nos|nr|number|num|id|item|code)(?: (?:no|number|code|id))?$|^(?:rec\w*|finding|action|point)s? (?:ref\w*|no|nos|num\w*|id)$/,
  ],
  ['page', /^(?:page|pages|pg|p)(?: (?:no|number|ref))?$/],
  ['paragraph', /^(?:para|paragraph|section|clause)s?(?: (?:no|number|ref))?$/],
  ['kind', /^(?:kind|type|category|finding type|type of finding|strength or .*)$/],
  [
    'reason',
    /\breasons?\b|\bwhy\b|\brationale\b|^(?:comments?|explanation)$|\bif not (?:fully )?accept/,
  ],
  [
    'response',
    /\bresponse\b|\bacce?pt\w*\b|^agreed\b|\bagreed (?:y n|yes no|or not)\b|\bdecision\b|^answer$/,
  ],
  [
    'reportsTo',
    /\breports? to\b|\breporting\b|\bgovernance\b|\bboards?\b|\boverseen\b|\boversight\b/,
  ],
  ['lead', /\bwho\b|\bleads?\b|\bowners?\b|\bresponsib\w+|\baccountab\w+|\bofficers?\b|^post$/],
  ['themes', /\bthemes?\b|\btopics?\b|\btags?\b/],
  ['area', /^(?:area|service|service area|team|domain|judge?ment area|area of judge?ment)s?$/],
  [
    'words',
    /\brecommendations?\b|\bfindings?\b|\bareas? (?:for|of) (?:improvement|development|concern)\b|\bstrengths?\b|\bwhat needs to improve\b|\bkey (?:questions?|lines? of enquiry)\b|\bissues?\b|\blearning(?: points?)?\b|\bdescription\b|\bwords\b|\bwhat (?:was|they) (?:said|found)\b|\btext\b|\bquestions?\b/,
  ],
];

function meaningOf(text: string): FindingMeaning | null {
  if (/^\s*#\s*$/.test(text)) return 'ref';
  const words = plainHeading(text);
  if (words === '' || words.split(' ').length > 12) return null;
  return headings.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** The headings of a table of findings: their words, and perhaps where they stand and who answers. */
export const findingWords: TableWords<FindingMeaning> = {
  meaningOf,
  isHeadingRow: (meanings, isFurther) => {
    const known = meanings.filter((one) => one !== null);
    const found = new Set(known);
    if (isFurther) return found.has('words') && found.size >= 3 && known.length === meanings.length;
    return found.has('words') && found.size >= 2 && known.length >= meanings.length / 2;
  },
  isTable: (meanings) => meanings.has('words'),
};
