import type { CriterionId } from '#kernel/ids.ts';
import { compareLevels, levelOf, type Level } from './levels.ts';
import type { Criterion, Domain, Judgement, Verdict } from './picture.ts';
import { countOf } from './words.ts';

type Judgements = ReadonlyMap<CriterionId, Judgement>;

export interface LevelCounts {
  criteria: number;
  /** In the order of the scheme. */
  byLevel: { level: Level; count: number }[];
  notJudged: number;
}

/** How many of these criteria are at each level. */
export function countLevels(
  criteria: readonly Pick<Criterion, 'id'>[],
  judgements: Judgements,
  levels: readonly Level[],
): LevelCounts {
  const keys = criteria.map(({ id }) => levelOf(levels, judgements.get(id)?.level ?? null)?.key);
  return {
    criteria: criteria.length,
    byLevel: levels.map((level) => ({
      level,
      count: keys.filter((key) => key === level.key).length,
    })),
    notJudged: keys.filter((key) => key === undefined).length,
  };
}

/** "24 criteria. 9 are fully met, 12 partially met, 1 not met, 2 not judged." */
export function countsInWords({ criteria, byLevel, notJudged }: LevelCounts): string {
  const parts = [
    ...byLevel
      .filter(({ count }) => count > 0)
      .map(({ level, count }) => ({ count, words: level.name.toLowerCase() })),
    ...(notJudged > 0 ? [{ count: notJudged, words: 'not judged' }] : []),
  ].map(({ count, words }, index) =>
    index === 0 ? `${count} ${count === 1 ? 'is' : 'are'} ${words}` : `${count} ${words}`,
  );
  const head = `${countOf(criteria, 'criterion', 'criteria')}.`;
  return parts.length === 0 ? head : `${head} ${parts.join(', ')}.`;
}

export type Move = 'up' | 'down' | 'judged' | 'no longer judged' | 'other words' | 'same';

export interface Moved {
  criterion: Criterion;
  from: Judgement | null;
  to: Judgement | null;
  move: Move;
}

/** What became of each criterion between two days. */
export function movesBetween(
  criteria: readonly Criterion[],
  before: Judgements,
  after: Judgements,
  levels: readonly Level[],
): Moved[] {
  return criteria.map((criterion) => {
    const from = before.get(criterion.id) ?? null;
    const to = after.get(criterion.id) ?? null;
    return { criterion, from, to, move: moveOf(from, to, levels) };
  });
}

function moveOf(from: Judgement | null, to: Judgement | null, levels: readonly Level[]): Move {
  const was = levelOf(levels, from?.level ?? null);
  const is = levelOf(levels, to?.level ?? null);
  if (was === null && is !== null) return 'judged';
  if (was !== null && is === null) return 'no longer judged';
  const direction = compareLevels(is, was);
  if (direction !== 0) return direction > 0 ? 'up' : 'down';
  if (was?.key !== is?.key) return 'other words';
  return from?.id === to?.id ? 'same' : 'other words';
}

/**
 * The verdicts of others that differ from the own level: of each side the latest one that names a
 * level. Nothing is contested where the authority did not judge.
 */
export function contestedBy(
  judgement: Pick<Judgement, 'level'> | undefined,
  verdicts: readonly Verdict[],
  levels: readonly Level[],
): Verdict[] {
  const own = levelOf(levels, judgement?.level ?? null);
  if (own === null) return [];
  return (['peer', 'inspection'] as const).flatMap((whose) => {
    const latest = verdicts
      .filter((one) => one.whose === whose && levelOf(levels, one.level) !== null)
      .sort((a, b) => (a.saidOn < b.saidOn ? 1 : -1))[0];
    return latest !== undefined && latest.level !== own.key ? [latest] : [];
  });
}

export interface DomainPosition {
  domain: Domain;
  counts: LevelCounts;
  up: number;
  down: number;
  contested: number;
}

/** The one-page position: each domain's counts, what moved since a day, and what is contested. */
export function positionByDomain(
  domains: readonly Domain[],
  levels: readonly Level[],
  now: { judgements: Judgements; verdicts: readonly Verdict[] },
  before: Judgements,
): DomainPosition[] {
  const verdicts = Map.groupBy(now.verdicts, ({ criterionId }) => criterionId);
  return domains.map((domain) => {
    const moves = movesBetween(domain.criteria, before, now.judgements, levels);
    return {
      domain,
      counts: countLevels(domain.criteria, now.judgements, levels),
      up: moves.filter(({ move }) => move === 'up').length,
      down: moves.filter(({ move }) => move === 'down').length,
      contested: domain.criteria.filter(
        ({ id }) => contestedBy(now.judgements.get(id), verdicts.get(id) ?? [], levels).length > 0,
      ).length,
    };
  });
}
