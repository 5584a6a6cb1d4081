import { mayGiveOut } from '../actions/give-out.ts';
import { mayDispose, mayHold } from '../actions/retention.ts';
import { agreesToTakingOut } from '../actions/take-out-name.ts';
import { answersForOpenings } from '../rules/emergency.ts';
import { may, type Actor } from '../rules/policy.ts';
import { emergencyPaths } from './emergency.paths.ts';
import { recordPaths } from './records.paths.ts';

/** The pages of the keeping of records that this person has, for the sub-navigation. */
export function recordPages(
  actor: Actor,
  current: string,
): { text: string; href: string; current: boolean }[] {
  const pages = [
    { text: 'Names to take out', href: recordPaths.names, seen: agreesToTakingOut(actor) },
    { text: 'Due for disposal', href: recordPaths.disposal, seen: mayDispose(actor) },
    { text: 'Holds', href: recordPaths.holds, seen: mayHold(actor) },
    { text: 'What was given out', href: recordPaths.disclosures, seen: mayGiveOut(actor) },
    { text: 'Emergency openings', href: emergencyPaths.all, seen: answersForOpenings(actor) },
    {
      text: 'How long we keep things',
      href: recordPaths.retention,
      seen: may(actor, 'U', 'USR'),
    },
  ];
  return pages
    .filter(({ seen }) => seen)
    .map(({ text, href }) => ({ text, href, current: href === current }));
}
