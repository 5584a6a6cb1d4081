import type { CriterionId } from '#kernel/ids.ts';
import type { ReadCriterion } from './framework-reading.ts';
import type { LoadChoices } from './load-choices.ts';
import type { Criterion } from './picture.ts';

/** What became of each criterion between two editions. */
export interface MapPicture {
  /** In the order of the new edition; `from` is null where the criterion is new. */
  criteria: {
    criterion: ReadCriterion;
    from: Criterion | null;
    state: 'new' | 'same' | 'changed';
  }[];
  /** Those of the edition before that nothing takes up. */
  removed: Criterion[];
}

/**
 * Suggests which criterion of the edition before each new one is: the one with the same words, or
 * else the one of the same reference. The same words at another reference are the same criterion.
 */
export function suggestMap(
  criteria: readonly ReadCriterion[],
  before: readonly Criterion[],
): LoadChoices['map'] {
  const free = new Set(before);
  const map: LoadChoices['map'] = {};
  const take = (ref: string, from: Criterion | undefined, relation: 'same' | 'changed') => {
    if (from === undefined) return;
    free.delete(from);
    map[ref] = { fromId: from.id, relation };
  };
  for (const criterion of criteria) {
    const same = before.find(
      (one) => free.has(one) && wordsOf(one.text) === wordsOf(criterion.text),
    );
    take(criterion.ref, same, 'same');
  }
  for (const criterion of criteria) {
    if (map[criterion.ref] !== undefined) continue;
    take(
      criterion.ref,
      before.find((one) => free.has(one) && one.ref === criterion.ref),
      'changed',
    );
  }
  return map;
}

/** What the choices make of the two editions. */
export function pictureMap(
  criteria: readonly ReadCriterion[],
  before: readonly Criterion[],
  map: LoadChoices['map'],
): MapPicture {
  const taken = new Set<CriterionId>();
  const pictured = criteria.map((criterion) => {
    const chosen = map[criterion.ref];
    const from = before.find((one) => one.id === chosen?.fromId) ?? null;
    if (from === null) return { criterion, from, state: 'new' as const };
    taken.add(from.id);
    return { criterion, from, state: relationOf(criterion, from) };
  });
  return { criteria: pictured, removed: before.filter((one) => !taken.has(one.id)) };
}

/** Whether a criterion says what it said: capitals, spaces and full stops at the end count for nothing. */
export function relationOf(
  criterion: Pick<ReadCriterion, 'text'>,
  from: Pick<Criterion, 'text'>,
): 'same' | 'changed' {
  return wordsOf(criterion.text) === wordsOf(from.text) ? 'same' : 'changed';
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/[\s.]+$/, '')
    .trim();
}
