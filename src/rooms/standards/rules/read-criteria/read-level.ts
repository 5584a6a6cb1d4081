import { flat } from '#platform/documents/tables/lines.ts';
import { levelKey, metLevels, ofstedGrades, type Level } from '../levels.ts';

/** What a cell says of the level: its key, and the words that stand behind it. */
export interface SaidLevel {
  key: string;
  rest: string;
}

interface Scheme {
  levels: readonly Level[];
  /** The key of a level, and how it is written. In this order: "not met" before "met". */
  words: readonly [string, RegExp][];
}

const met = String.raw`(?: (?:met|compliant|achieved|in place))?`;

const ofWork: Scheme = {
  levels: metLevels,
  words: [
    ['not-applicable', /^(?:not applicable|n ?\/ ?a|not relevant)/],
    [
      'not-met',
      /^(?:not (?:yet |currently )?(?:met|compliant|achieved|in place)|unmet|not at all|no|not)/,
    ],
    ['partially-met', new RegExp(`^(?:partially|partly|partial|part|mostly|largely|nearly)${met}`)],
    ['fully-met', new RegExp(`^(?:(?:fully|full|wholly|completely)${met}|met|compliant|yes)`)],
  ],
};

const ofInspection: Scheme = {
  levels: ofstedGrades,
  words: [
    ['outstanding', /^outstanding/],
    ['requires-improvement', /^requires improvement(?: to be good)?|^ri/],
    ['inadequate', /^inadequate/],
    ['good', /^good/],
  ],
};

/** No level of an authority's own is longer, in characters; and no scheme has more levels. */
const longestLevel = 40;
const mostLevels = 8;

/**
 * The scheme that most of the cells are written in: fully, partially, not met; Ofsted's four
 * grades; or, where they are neither, the few short words that the authority uses itself, in the
 * order in which they first stand. Where no cell says anything it is the first.
 */
export function readScheme(cells: readonly string[]): Level[] {
  const filled = cells.map(flat).filter((text) => text !== '');
  const share = (scheme: Scheme): number =>
    filled.filter((text) => saidIn(scheme, text) !== null).length;
  const [best = ofWork] = [ofWork, ofInspection].sort((a, b) => share(b) - share(a));
  if (filled.length === 0 || share(best) >= filled.length / 2) return [...best.levels];
  const own = ownWords(filled);
  return own.length === 0 ? [...metLevels] : own;
}

/** What this cell says in that scheme; null where it says none of its levels. */
export function readLevel(levels: readonly Level[], cell: string): SaidLevel | null {
  const scheme = [ofWork, ofInspection].find((one) => one.levels[0]?.key === levels[0]?.key);
  if (scheme !== undefined) return saidIn(scheme, flat(cell));
  const said = levelKey(flat(cell));
  const level = levels.find(({ key, name }) => key === said || levelKey(name) === said);
  return level === undefined ? null : { key: level.key, rest: '' };
}

/** The level that the text is, or opens with before a mark: "Partially - no audit yet". */
function saidIn({ words }: Scheme, text: string): SaidLevel | null {
  const small = text.toLowerCase().replace(/^[^\p{L}]+/u, '');
  const skipped = text.length - small.length;
  for (const [key, pattern] of words) {
    const said = pattern.exec(small)?.[0];
    if (said === undefined) continue;
    const rest = text.slice(skipped + said.length).trim();
    if (/^[\s.:;,)*]*$/.test(rest)) return { key, rest: '' };
    if (/^(?:[.:;,(–—-])/.test(rest)) return { key, rest: rest.replace(/^[\s.:;,–—-]+/, '') };
  }
  return null;
}

function ownWords(filled: readonly string[]): Level[] {
  const levels = new Map<string, Level>();
  for (const text of filled) {
    const key = levelKey(text);
    if (key === '' || text.length > longestLevel || levels.has(key)) continue;
    levels.set(key, { key, name: text, meaning: null, rank: null, countsAs: 'not applicable' });
  }
  const isScheme = levels.size <= mostLevels && filled.length >= levels.size * 2;
  return isScheme ? [...levels.values()] : [];
}
