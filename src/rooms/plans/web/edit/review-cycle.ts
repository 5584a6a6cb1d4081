/** The cycles that are offered, in days: a month is its longest, so that no month is too long. */
export const offeredCycles = [
  { days: 14, words: 'Every 2 weeks' },
  { days: 31, words: 'Every month' },
  { days: 62, words: 'Every 2 months' },
  { days: 92, words: 'Every quarter' },
] as const;

/** "Every month", "Every 45 days", "None agreed" */
export function reviewCycleInWords(days: number | null): string {
  if (days === null) return 'None agreed';
  const offered = offeredCycles.find((cycle) => cycle.days === days);
  return offered?.words ?? (days === 1 ? 'Every day' : `Every ${days} days`);
}
