import { addDays, daysBetween, type IsoDate } from '#kernel/dates.ts';

/**
 * What a personal token can be given, each in words. A scope only narrows: what its person may not
 * export, no token of theirs opens.
 */
export const apiScopes = [
  {
    scope: 'plans:read',
    name: 'Plans',
    meaning:
      'Plans, objectives and actions as they stand, with their dates, and what moved between two days',
  },
  {
    scope: 'updates:read',
    name: 'Updates',
    meaning: 'Every update that was ever given, in its words, with what shows it',
  },
] as const;
export type ApiScope = (typeof apiScopes)[number]['scope'];

/** The text as a scope, or null where there is none such. */
export function parseApiScope(text: string): ApiScope | null {
  return apiScopes.find(({ scope }) => scope === text)?.scope ?? null;
}

/** How long a token may last, and how long it does unless its person says, in days. */
export const tokenLife = { longest: 365, usual: 90 } as const;

/** How many tokens of one person can work at a time. */
export const mostTokens = 10;

export interface AskedToken {
  name: string;
  scopes: readonly ApiScope[];
  /** The last day on which it works; null where none was given. */
  lastDay: IsoDate | null;
}

/** What is wrong with what somebody asks for, each beside its field; empty when nothing. */
export function tokenProblems(
  asked: AskedToken,
  today: IsoDate,
): { field: 'name' | 'scopes' | 'last'; text: string }[] {
  const problems: ReturnType<typeof tokenProblems> = [];
  const { length } = asked.name.trim();
  if (length === 0) {
    problems.push({ field: 'name', text: 'Say what it is for, such as Power BI' });
  } else if (length > 100) {
    problems.push({ field: 'name', text: 'Use 100 characters or fewer' });
  }
  if (asked.scopes.length === 0) {
    problems.push({ field: 'scopes', text: 'Choose what it may read' });
  }
  if (asked.lastDay === null) {
    problems.push({ field: 'last', text: 'Enter the last day on which it works' });
  } else if (asked.lastDay < today) {
    problems.push({ field: 'last', text: 'The last day must be today or later' });
  } else if (daysBetween(today, asked.lastDay) >= tokenLife.longest) {
    problems.push({ field: 'last', text: 'A token works for a year at most' });
  }
  return problems;
}

/** The last day that is offered. */
export const usualLastDay = (today: IsoDate): IsoDate => addDays(today, tokenLife.usual - 1);

/** Why a token was ended before its day. */
export type WhyTokenEnded = 'withdrawn' | 'account closed' | 'password reset' | 'codes reset';
