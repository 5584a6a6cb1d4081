import { plainHeading } from '#platform/documents/tables/find-headers.ts';
import type { TableWords } from '#platform/documents/tables/read-tables.ts';
import type { CriteriaMeaning } from './reading.ts';

/**
 * In the order tried; the first that fits holds. The heading is in small letters, without what
 * stands in brackets and without marks. Gathered from the self-assessments of councils.
 */
const headings: [CriteriaMeaning, RegExp][] = [
  [
    'ref',
    /^(?:ref\w*|no|nos|nr|number|num|id|item|code|para(?:graph)?)(?: (?:no|number|code|id))?$|^(?:criteri(?:on|a)|standard|descriptor|statement|question|indicator|requirement)s? (?:ref\w*|no|nos|num\w*|id|code)$/,
  ],
  [
    'domain',
    /^(?:domain|area|theme|section|category|heading|chapter|topic|principle|judge?ment area|area of (?:practice|judge?ment)|key theme)s?(?: (?:name|title))?$/,
  ],
  [
    'leads',
    /\bwho(?:m|s|se)?\b|\bleads?\b|\bowners?\b|\bresponsib\w+|\baccountab\w+|\bofficers?\b|^post$/,
  ],
  [
    'due',
    /\bwhen\b|\bby$|\btime ?(?:scale|frame|line)s?\b|\bdead ?line\b|\bdue\b|\btarget\b|\bdates?\b/,
  ],
  [
    'why',
    /\bwhy\b|\breasons?\b|\brationale\b|\bif not (?:fully|met)\b|\bgaps?\b|\bweakness\w*|\bareas? for (?:development|improvement)\b/,
  ],
  [
    'next',
    /\bwhat (?:else|next|more)\b|\bnext steps?\b|\bactions?\b|\bto do\b|\bfurther work\b|\bneeds? to (?:do|happen|be done)\b|\bplans?\b|\bhow will (?:we|you) (?:improve|meet|get)\b/,
  ],
  [
    'level',
    /\b(?:fully|partially|partly|partial)\b|^met\b|\bnot met$|\bmet not met\b|^(?:is )?(?:the |this )?(?:standard|criterion)? ?met$|\blevel\b|\bjudge?ment\b|\bgrad(?:e|ing)s?\b|\bratings?\b|\bb?rag\b|\bscore\b|\bcompliant\b|\bcompliance\b|^status$|\bself assess(?:ed|ment)\b(?!.*\bevidence)/,
  ],
  [
    'howMet',
    /\bhow (?:do|are|have|is|well|we|you|did|this|it)\b|\bhow met\b|\bevidence\b|\b(?:current )?position\b|\bwhat (?:do )?(?:we|you) (?:do|have)\b|\bwhere (?:are we|we are)\b|\bcommentary\b|\bstrengths?\b|\bassurance\b|\bnarrative\b|\bcomments?\b/,
  ],
  [
    'criterion',
    /\bdescription\b|\bcriteri(?:on|a)\b|\bstandards?\b|\brequirements?\b|\bstatements?\b|\bdescriptors?\b|\bgood looks?\b|\bexpectations?\b|\bquestions?\b|\bindicators?\b|\bprinciples?\b|\bmeasures?\b/,
  ],
];

/** Headings are short; a longer cell is taken for one only when it asks something. */
const longestHeading = 9;

function meaningOf(text: string): CriteriaMeaning | null {
  if (/^\s*#\s*$/.test(text)) return 'ref';
  const words = plainHeading(text);
  if (words === '') return null;
  const asks = /^(?:what|who|when|how|why|where|if|is)\b/.test(words) || text.includes('?');
  if (words.split(' ').length > (asks ? 2 * longestHeading : longestHeading)) return null;
  return headings.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

const aboutIt: readonly CriteriaMeaning[] = ['level', 'howMet', 'why', 'next'];

/** The headings of a table of criteria: the criterion, and something that is said of it. */
export const criteriaWords: TableWords<CriteriaMeaning> = {
  meaningOf,
  isHeadingRow: (meanings, isFurther) => {
    const known = meanings.filter((one) => one !== null);
    const found = new Set(known);
    const said = aboutIt.filter((one) => found.has(one)).length;
    if (isFurther) return found.size >= 4 && known.length >= meanings.length * 0.8;
    if (known.length < meanings.length / 2) return false;
    return (
      (found.has('criterion') && said >= 1) || (found.has('ref') && said >= 2) || found.size >= 4
    );
  },
  isTable: (meanings) => meanings.has('criterion'),
};
