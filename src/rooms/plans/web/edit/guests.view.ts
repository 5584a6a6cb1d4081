import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { longestGuestDays, opens, type NamedGrant, type User } from '#people';
import type { PlanPicture } from '../../rules/picture.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';
import type { FormState } from '#platform/web/form-state.ts';

export interface KnownGuests {
  /** The newest first. */
  grants: readonly NamedGrant[];
  /** Who can be named: the peer reviewers of today. */
  reviewers: readonly UserId[];
  users: ReadonlyMap<UserId, User>;
}

/** With whom a plan is shared, with whom it was, and the form that shares it. */
export function guestsView(
  state: FormState,
  picture: PlanPicture,
  known: KnownGuests,
  today: IsoDate,
) {
  const { plan } = picture;
  const name = (id: UserId | null) => (id === null ? undefined : known.users.get(id)?.name);
  const told = known.grants.map((grant) => ({
    id: grant.id,
    name: name(grant.userId) ?? 'Somebody',
    period: `${formatDate(grant.startsOn)} to ${formatDate(addDays(grant.endsOn, -1))}`,
    withdrawn: grant.withdrawn,
    by: name(grant.grantedBy) ?? 'somebody at the server',
    reason: grant.reason,
    isOpen: opens(grant, today),
  }));
  const open = new Set(known.grants.filter((one) => opens(one, today)).map((one) => one.userId));
  return {
    title: 'Guests of this plan',
    caption: planCaption(plan),
    back: { text: 'Back to settings', href: paths.settings(plan.slug) },
    about: plan.title,
    longest: longestGuestDays,
    sharedNow: told.filter((grant) => grant.isOpen),
    before: told.filter((grant) => !grant.isOpen),
    guestItems: [
      { value: '', text: 'Choose a peer reviewer' },
      ...known.reviewers
        .filter((id) => !open.has(id))
        .map((id) => ({ value: id, text: name(id) ?? '' }))
        .sort((a, b) => a.text.localeCompare(b.text)),
    ],
    action: paths.guests(plan.slug),
    withdrawAction: paths.withdrawGuest(plan.slug),
    cancelHref: paths.settings(plan.slug),
    errors: state.errors,
    form: state,
  };
}
