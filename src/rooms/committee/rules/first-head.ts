import type { ReportHead } from './cover.ts';

/**
 * The head of a new report: its cover as far as it is known, to be filled in by the officer. The
 * first owner of its plans stands for whose report it is.
 */
export function firstHead(
  about: Omit<ReportHead, 'title' | 'cover'>,
  title: string | null,
  plans: readonly { title: string; owner: { name: string } | null }[],
  authorName: string,
): ReportHead {
  const owner = plans.flatMap((plan) => plan.owner?.name ?? [])[0];
  const named = plans.map((plan) => plan.title).join(' and ');
  return {
    ...about,
    title: title ?? `${named}: progress report`.slice(0, 300),
    cover: {
      outcomes: null,
      extraSpending: false,
      howMuch: null,
      source: null,
      agreedWithFinance: 'not needed',
      reportOf: owner ?? authorName,
      author: authorName,
      forDecision: false,
      appendices: null,
      contact: { name: authorName, role: null, department: null, telephone: null, email: null },
    },
  };
}
