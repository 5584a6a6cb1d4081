import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { longestGuestDays, opens, type NamedGrant, type User } from '#people';
import type { Challenge } from '../../rules/challenge/picture.ts';
import { challengePaths as paths } from './paths.ts';

export interface KnownGuests {
  /** The newest first. */
  grants: readonly NamedGrant[];
  /** Who can be named: the peer reviewers of today. */
  reviewers: readonly UserId[];
  users: ReadonlyMap<UserId, User>;
}

/** With whom a challenge is shared, with whom it was, and the form that shares it. */
export function guestsView(
  challenge: Challenge,
  known: KnownGuests,
  state: FormState,
  today: IsoDate,
) {
  const name = (id: UserId | null) => (id === null ? undefined : known.users.get(id)?.name);
  const told = known.grants.map((grant) => ({
    id: grant.id,
    name: name(grant.userId) ?? 'Somebody',
    period: `${formatDate(grant.startsOn)} to ${formatDate(addDays(grant.endsOn, -1))}`,
    withdrawn: grant.withdrawn,
    by: name(grant.grantedBy) ?? 'somebody at the server',
    reason: grant.reason,
    isOpen: opens(grant, today),
    userId: grant.userId,
  }));
  const sharedNow = told.filter(({ isOpen }) => isOpen);
  const count = challenge.shared.length;
  return {
    title: 'Guests of this challenge',
    caption: challenge.title,
    back: { text: `Back to ${challenge.title}`, href: paths.challenge(challenge.id) },
    lead: `${count === 1 ? 'One section is' : `${count} sections are`} shared with ${sharedNow.length === 0 ? 'nobody' : `${sharedNow.length} ${sharedNow.length === 1 ? 'guest' : 'guests'}`} today.`,
    longest: longestGuestDays,
    sharedNow,
    before: told.filter(({ isOpen }) => !isOpen),
    guestItems: [
      { value: '', text: 'Choose a peer reviewer' },
      ...known.reviewers
        .filter((id) => !sharedNow.some(({ userId }) => userId === id))
        .map((id) => ({ value: id, text: name(id) ?? '' }))
        .sort((a, b) => a.text.localeCompare(b.text)),
    ],
    action: paths.guests(challenge.id),
    withdrawAction: paths.withdrawGuest(challenge.id),
    cancelHref: paths.challenge(challenge.id),
    errors: state.errors,
    form: state,
  };
}
