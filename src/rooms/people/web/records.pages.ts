import { may, type Actor } from '../rules/policy.ts';
import { recordPaths } from './records.paths.ts';

/** The pages of the keeping of records that this person has, for the sub-navigation. */
export function recordPages(
  actor: Actor,
  current: string,
): { text: string; href: string; current: boolean }[] {
  const pages = [
    { text: 'Names to take out', href: recordPaths.names, seen: may(actor, 'A', 'PLN') },
  ];
  return pages
    .filter(({ seen }) => seen)
    .map(({ text, href }) => ({ text, href, current: href === current }));
}
