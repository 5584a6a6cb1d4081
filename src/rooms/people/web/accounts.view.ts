import { formatInstant } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { dormantAfterDays, type AccountFacts, type AccountState } from '../rules/account-state.ts';
import type { AccountEvent } from '../store/accounts.ts';
import type { User } from '../store/users.ts';
import { closePath, detailsPath, openPath, userPath } from './paths.ts';
import type { ShownForm } from './shared.ts';

/** Another name or address. What stands is in the boxes until something else was typed. */
export function detailsView(user: User, form: ShownForm) {
  const asTyped = form.errors.length > 0;
  return {
    title: 'Change name or address',
    caption: user.name,
    back: { text: user.name, href: userPath(user.id) },
    action: detailsPath(user.id),
    form: asTyped ? form : { values: { name: user.name, email: user.email }, errors: [] },
    errors: form.errors,
  };
}

/** Closing an account, with what that ends. */
export function closeView(user: User, form: ShownForm) {
  return {
    title: 'Close this account?',
    caption: user.name,
    back: { text: user.name, href: userPath(user.id) },
    meaning:
      'From this moment nobody signs in with it. Its roles, posts, delegations and what was shared with it end, and it is signed out everywhere. What they wrote stays, with their name.',
    action: closePath(user.id),
    button: 'Close this account',
    isWarning: true,
    cancelHref: userPath(user.id),
    form,
    errors: form.errors,
  };
}

/** Opening an account again. */
export function openView(user: User, form: ShownForm) {
  return {
    title: 'Open this account again?',
    caption: user.name,
    back: { text: user.name, href: userPath(user.id) },
    meaning:
      'They can sign in again. If it was closed, its roles and posts stay ended: give them anew, which takes two administrators for each role.',
    action: openPath(user.id),
    button: 'Open this account',
    isWarning: false,
    cancelHref: userPath(user.id),
    form,
    errors: form.errors,
  };
}

export const stateNames = {
  open: 'Open',
  dormant: 'Dormant',
  closed: 'Closed',
} as const satisfies Record<AccountState, string>;

/** What an account is now, in words. */
export function stateInWords(state: AccountState): string {
  switch (state) {
    case 'open':
      return 'The account is open.';
    case 'dormant':
      return `The account is dormant: nobody signed in with it for ${dormantAfterDays} days. It signs nobody in until you open it again.`;
    case 'closed':
      return 'The account is closed. It signs nobody in.';
  }
}

/** "4 March 2026 at 9:05am", or "Never". */
export function lastSignIn(account: AccountFacts | undefined): string {
  const at = account?.signedInAt ?? null;
  return at === null ? 'Never' : formatInstant(at);
}

/** Every time that an account was closed or opened again, in words. */
export function eventsInWords(
  events: readonly AccountEvent[],
  names: ReadonlyMap<UserId, string>,
): string[] {
  return events.map(({ kind, reason, at, by }) => {
    const who = (by !== null && names.get(by)) || 'somebody at the server';
    return `${kind === 'closed' ? 'Closed' : 'Opened again'} on ${formatInstant(at)} by ${who}: ${reason}`;
  });
}
