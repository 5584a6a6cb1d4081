import { flat } from '#platform/documents/tables/lines.ts';
import type { Answer, FindingKind } from '../kinds.ts';

const kinds: readonly [FindingKind, RegExp][] = [
  ['recommendation', /^(?:recommendations?|recs?|priority (?:actions?|recommendations?))$/],
  [
    'area for development',
    /^(?:areas? (?:for|of|requiring) (?:development|improvement|concern|weakness|focus)s?|what (?:needs|has) to improve(?: in .*)?|weakness(?:es)?|afis?|concerns?|issues?|requires improvement|development)$/,
  ],
  [
    'strength',
    /^(?:(?:key |areas? of )?strengths?|what is working well|good practice|positives?)$/,
  ],
  ['key question', /^(?:key )?(?:questions?|lines? of enquiry|kloes?)$/],
];

/** The kind of finding that these words name, as a heading or in a column; else null. */
export function kindIn(text: string): FindingKind | null {
  const words = flat(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return kinds.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** What an authority answered, as a cell says it; `rest` is what stands behind it. */
export function answerIn(text: string): { answer: Answer; rest: string } | null {
  const words = flat(text);
  const said: [Answer, RegExp][] = [
    ['not accepted', /^(?:not accepted|not agreed|rejected|declined|disagreed?|no)\b/i],
    [
      'partly accepted',
      /^(?:(?:partly|partially|part|in part)(?:[ -](?:accepted|agreed))?|accepted in part|agreed in part)\b/i,
    ],
    ['accepted', /^(?:fully )?(?:accepted|agreed|accept|agree|yes)\b/i],
  ];
  for (const [answer, pattern] of said) {
    const found = pattern.exec(words)?.[0];
    if (found === undefined) continue;
    const rest = words.slice(found.length);
    // "Agreed actions are …" is a narrative and no answer.
    if (/^\s*$|^\s*[.,:;(–—-]/.test(rest)) {
      return { answer, rest: rest.replace(/^[\s.,:;–—-]+/, '') };
    }
  }
  return null;
}
