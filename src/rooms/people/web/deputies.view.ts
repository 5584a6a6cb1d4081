import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { PartyId, UserId } from '#kernel/ids.ts';
import type { Delegation } from '../store/delegations.ts';
import type { Party } from '../store/parties.ts';
import { paths } from './paths.ts';

export interface DeputiesInput {
  told: readonly Delegation[];
  /** The posts that the person holds, and may delegate. */
  posts: readonly Party[];
  parties: ReadonlyMap<PartyId, Party>;
  names: ReadonlyMap<UserId, string>;
  today: IsoDate;
  me: UserId;
}

/** Who acts in whose post, from when to when, and the form that says so. */
export function deputiesView({ told, posts, parties, names, today, me }: DeputiesInput) {
  const lines = told.map((one) => ({
    id: one.id,
    text: `${one.userId === me ? 'You act' : `${names.get(one.userId) ?? 'Somebody'} acts`} as ${parties.get(one.partyId)?.name ?? ''}, ${delegationPeriod(one)}`,
    isOver: one.endsOn <= today,
  }));
  return {
    title: 'Acting for somebody',
    back: { text: 'Your account', href: paths.account },
    current: lines.filter((line) => !line.isOver),
    before: lines.filter((line) => line.isOver),
    postItems: [
      ...(posts.filter((post) => post.kind === 'post').length === 1
        ? []
        : [{ value: '', text: 'Choose a post' }]),
      ...posts
        .filter((post) => post.kind === 'post')
        .map((post) => ({ value: post.id, text: post.name })),
    ],
    holdsAPost: posts.some((post) => post.kind === 'post'),
    action: paths.deputies,
  };
}

/** "4 March 2026 to 10 March 2026", and whether it was taken back. */
export function delegationPeriod(
  one: Pick<Delegation, 'startsOn' | 'endsOn' | 'withdrawn'>,
): string {
  if (one.withdrawn && one.endsOn <= one.startsOn) return 'taken back before it began';
  const period = `${formatDate(one.startsOn)} to ${formatDate(addDays(one.endsOn, -1))}`;
  return one.withdrawn ? `${period}, then taken back` : period;
}
