import { z } from 'zod';
import { isOwnWordAlone } from '../rules/freshness.ts';
import { progresses, results } from '../rules/kinds.ts';
import type { Level } from '../rules/levels.ts';
import type { Criterion, Judgement } from '../rules/picture.ts';

const word = z.string().max(100).optional();

/** The address of the list is the whole view, so that it can be kept or sent as a link. */
export const editionQuery = z.strictObject({
  q: word,
  level: word,
  progress: word,
  result: word,
  rests: word,
});

/** What is on; '' where it is not. */
export interface EditionFilter {
  q: string;
  level: string;
  progress: string;
  result: string;
  rests: string;
}

/** What the address asks for; what an old link names and no longer stands is left out. */
export function readFilter(
  query: z.output<typeof editionQuery>,
  levels: readonly Level[],
): EditionFilter {
  const oneOf = (text: string | undefined, known: readonly string[]) =>
    known.find((one) => one === text) ?? '';
  return {
    q: (query.q ?? '').trim(),
    level: oneOf(query.level, [...levels.map(({ key }) => key), 'none']),
    progress: oneOf(query.progress, progresses),
    result: oneOf(query.result, results),
    rests: oneOf(query.rests, ['own-word']),
  };
}

export function isEmpty(filter: EditionFilter): boolean {
  return Object.values(filter).every((value) => value === '');
}

/** Whether a criterion, with what is said of it, is to be shown. */
export function matches(
  filter: EditionFilter,
  criterion: Pick<Criterion, 'ref' | 'text'>,
  judgement: Judgement | undefined,
  levels: readonly Level[],
): boolean {
  const words = filter.q.toLowerCase();
  const said = [
    criterion.ref,
    criterion.text,
    judgement?.howMet,
    judgement?.whyNot,
    judgement?.whatNext,
  ];
  return (
    (words === '' || said.some((text) => text?.toLowerCase().includes(words) === true)) &&
    (filter.level === '' || filter.level === (judgement?.level ?? 'none')) &&
    (filter.progress === '' || filter.progress === (judgement?.progress ?? 'not started')) &&
    (filter.result === '' || filter.result === judgement?.result) &&
    (filter.rests === '' || (judgement !== undefined && isOwnWordAlone(judgement, levels)))
  );
}
