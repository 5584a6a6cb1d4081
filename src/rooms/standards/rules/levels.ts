/** As what a level counts, whatever a framework calls it. */
export const levelStandings = ['met', 'partly met', 'not met', 'not applicable'] as const;
export type LevelStanding = (typeof levelStandings)[number];

/** Whether a text is one of the standings. */
export function isStanding(text: string): text is LevelStanding {
  return levelStandings.some((standing) => standing === text);
}

/** One level of a framework's own scheme. */
export interface Level {
  /** What judgements name it by; never changed while its edition stands. */
  key: string;
  name: string;
  meaning: string | null;
  /** Higher is better; null where it is no judgement (not applicable). */
  rank: number | null;
  countsAs: LevelStanding;
}

/** Fully, partially, not met, not applicable: the levels of most self-assessments. */
export const metLevels: readonly Level[] = [
  {
    key: 'fully-met',
    name: 'Fully met',
    meaning: 'Everything that the criterion asks is in place, and there is evidence of it',
    rank: 3,
    countsAs: 'met',
  },
  {
    key: 'partially-met',
    name: 'Partially met',
    meaning: 'Some of what the criterion asks is in place',
    rank: 2,
    countsAs: 'partly met',
  },
  {
    key: 'not-met',
    name: 'Not met',
    meaning: 'Little or nothing of what the criterion asks is in place',
    rank: 1,
    countsAs: 'not met',
  },
  {
    key: 'not-applicable',
    name: 'Not applicable',
    meaning: 'The criterion does not apply here',
    rank: null,
    countsAs: 'not applicable',
  },
];

/** The four grades of Ofsted's inspections of local authority children's services. */
export const ofstedGrades: readonly Level[] = [
  { key: 'outstanding', name: 'Outstanding', meaning: null, rank: 4, countsAs: 'met' },
  { key: 'good', name: 'Good', meaning: null, rank: 3, countsAs: 'met' },
  {
    key: 'requires-improvement',
    name: 'Requires improvement to be good',
    meaning: null,
    rank: 2,
    countsAs: 'partly met',
  },
  { key: 'inadequate', name: 'Inadequate', meaning: null, rank: 1, countsAs: 'not met' },
];

/** The level of this key, or null: not judged, or a key that the scheme does not have. */
export function levelOf(levels: readonly Level[], key: string | null): Level | null {
  return levels.find((level) => level.key === key) ?? null;
}

/** Whether a criterion of this level is only partly met, or not met: something is to be done. */
export function fallsShort(levels: readonly Level[], key: string | null): boolean {
  const standing = levelOf(levels, key)?.countsAs;
  return standing === 'partly met' || standing === 'not met';
}

/** A key for a level of this name: small letters, digits and hyphens. */
export function levelKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** Whether one level is better (1) or worse (-1) than another; 0 where neither can be said. */
export function compareLevels(a: Level | null, b: Level | null): -1 | 0 | 1 {
  if (a?.rank == null || b?.rank == null || a.rank === b.rank) return 0;
  return a.rank > b.rank ? 1 : -1;
}

/** Levels in their order, best first, with their ranks: what does not apply has none. */
export function withRanks(levels: readonly Omit<Level, 'rank'>[]): Level[] {
  const judged = levels.filter(({ countsAs }) => countsAs !== 'not applicable');
  return levels.map((level) => {
    const place = judged.indexOf(level);
    return { ...level, rank: place === -1 ? null : judged.length - place };
  });
}
