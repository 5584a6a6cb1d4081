import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { PartyId, UserId } from '#kernel/ids.ts';
import { breakable } from '#platform/web/components/long-words.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { accountState, type AccountState } from '../rules/account-state.ts';
import { grantableRoles } from '../rules/policy.ts';
import { roleNames } from '../rules/role-names.ts';
import type { AccountEvent } from '../store/accounts.ts';
import type { Census } from '../store/census.ts';
import { actsOn } from '../store/delegations.ts';
import { isHeldOn, type Holding } from '../store/holdings.ts';
import type { Party } from '../store/parties.ts';
import { isHeld, type RoleGrant } from '../store/roles.ts';
import type { User } from '../store/users.ts';
import { eventsInWords, lastSignIn, stateInWords, stateNames } from './accounts.view.ts';
import { delegationPeriod } from './deputies.view.ts';
import { logHref } from './log.view.ts';
import { closePath, detailsPath, openPath, partyPath, paths, userPath } from './paths.ts';

/** The pages of this part, for its sub-navigation. */
export function peoplePages(current: 'people' | 'posts' | 'roles' | 'guests'): {
  text: string;
  href: string;
  current: boolean;
}[] {
  return [
    { text: 'People', href: paths.people, current: current === 'people' },
    { text: 'Posts, teams and boards', href: paths.posts, current: current === 'posts' },
    { text: 'Roles', href: paths.roles, current: current === 'roles' },
    { text: 'Guests', href: paths.guests, current: current === 'guests' },
  ];
}

/** What the list of people is narrowed to, as it stands in its address. */
export interface PeopleQuery {
  /** Part of a name or an address. */
  q: string;
  role: string;
  state: string;
}

/** The people of a council who answer to what was asked for. */
export function peopleAsked(census: Census, asked: PeopleQuery, on: IsoDate, now: Date): User[] {
  const words = asked.q.trim().toLowerCase();
  return census.users.filter(
    (user) =>
      `${user.name} ${user.email}`.toLowerCase().includes(words) &&
      (asked.role === '' ||
        census.grants.some(
          (grant) => grant.userId === user.id && grant.role === asked.role && isHeld(grant, on),
        )) &&
      (asked.state === '' || asked.state === stateOf(census, user, now)),
  );
}

/** A page of the narrowed list, counted from 1. */
export function peopleHref(asked: PeopleQuery, page: number): string {
  const parts = Object.entries({ ...asked, page: page === 1 ? '' : String(page) });
  const query = new URLSearchParams(parts.filter(([, value]) => value !== ''));
  return query.size === 0 ? paths.people : `${paths.people}?${query.toString()}`;
}

/** The boxes by which the list of people is narrowed. */
export function peopleFilter(asked: PeopleQuery) {
  return {
    form: { values: { ...asked }, errors: [] },
    isNarrowed: Object.values(asked).some((value) => value !== ''),
    roleItems: [
      { value: '', text: 'Any role' },
      ...grantableRoles.map((role) => ({ value: role, text: roleNames[role] })),
    ],
    stateItems: [
      { value: '', text: 'Any account' },
      ...Object.entries(stateNames).map(([value, text]) => ({ value, text })),
    ],
  };
}

/** What a person's account is now. */
export function stateOf(census: Census, user: User, now: Date): AccountState {
  const account = census.accounts.get(user.id);
  return account === undefined ? 'open' : accountState(account, now);
}

/** These people with what they may do and which posts they hold on a day. */
export function peopleTable(census: Census, users: readonly User[], on: IsoDate, now: Date): Html {
  return dataTable({
    caption: 'People',
    hiddenCaption: true,
    columns: [
      { text: 'Name' },
      { text: 'Email address' },
      { text: 'Roles' },
      { text: 'Posts and seats' },
      { text: 'One-time codes' },
      { text: 'Account' },
      { text: 'Last sign-in' },
    ],
    groups: [
      {
        rows: users.map((user) => [
          html`<a class="govuk-link" href="${userPath(user.id)}">${breakable(user.name)}</a>`,
          user.email,
          inOrder(rolesHeld(census, user.id, on)),
          inOrder(postsHeld(census, user.id, on)),
          census.withCodes.has(user.id) ? 'Set up' : 'Not yet',
          stateNames[stateOf(census, user, now)],
          lastSignIn(census.accounts.get(user.id)),
        ]),
      },
    ],
  });
}

function rolesHeld(census: Census, userId: UserId, on: IsoDate): string[] {
  const names = census.grants
    .filter((grant) => grant.userId === userId && isHeld(grant, on))
    .map((grant) => roleNames[grant.role]);
  return [...new Set(names)];
}

function postsHeld(census: Census, userId: UserId, on: IsoDate): string[] {
  const names = partyNames(census.parties);
  return census.holdings
    .filter((held) => held.userId === userId && isHeldOn(held, on))
    .map((held) => names.get(held.partyId) ?? '');
}

const inOrder = (words: string[]): string => (words.length === 0 ? 'None' : words.join('; '));

function partyNames(parties: readonly Party[]): Map<PartyId, string> {
  return new Map(parties.map((party) => [party.id, party.name]));
}

/** A role that was put forward and waits for a second administrator. */
export interface WaitingGrant {
  id: string;
  text: string;
  /** Whether the person who looks may be the second: not who put it forward, nor who gets it. */
  mayConfirm: boolean;
}

/** The roles that wait, in words. */
export function waitingGrants(census: Census, me: UserId): WaitingGrant[] {
  const users = new Map(census.users.map((user) => [user.id, user.name]));
  return census.grants
    .filter((grant) => !grant.confirmed && grant.endsOn === null)
    .map((grant) => ({
      id: grant.id,
      text: `${users.get(grant.userId) ?? 'Somebody'}: ${roleNames[grant.role]} from ${formatDate(grant.startsOn)}, put forward by ${(grant.grantedBy !== null && users.get(grant.grantedBy)) || 'somebody'}`,
      mayConfirm: grant.grantedBy !== me && grant.userId !== me,
    }));
}

export interface UserView {
  roles: { id: string; text: string; canEnd: boolean; waits: boolean }[];
  posts: { id: string; text: string; canEnd: boolean }[];
  partyItems: { value: string; text: string }[];
  /** In whose post they act, and who acts in theirs. */
  deputies: string[];
}

/** One person's roles and posts, those of the past included. */
export function userView(census: Census, user: User): UserView {
  const names = partyNames(census.parties);
  return {
    roles: census.grants
      .filter((grant) => grant.userId === user.id)
      .map((grant) => ({
        id: grant.id,
        text: `${roleNames[grant.role]}, ${period(grant)}${waits(grant)}`,
        canEnd: grant.endsOn === null,
        waits: !grant.confirmed,
      })),
    posts: census.holdings
      .filter((held) => held.userId === user.id)
      .map((held) => ({
        id: held.id,
        text: `${names.get(held.partyId) ?? ''}, ${period(held)}`,
        canEnd: held.endsOn === null,
      })),
    deputies: census.delegations
      .filter((one) => one.userId === user.id)
      .map((one) => `Acts as ${names.get(one.partyId) ?? ''}, ${delegationPeriod(one)}`),
    partyItems: [
      { value: '', text: 'Choose a post, board or organisation' },
      ...census.parties
        .filter((party) => party.kind !== 'team')
        .map((party) => ({ value: party.id, text: `${party.name} (${party.kind})` })),
    ],
  };
}

const waits = (grant: RoleGrant): string =>
  grant.confirmed || grant.endsOn !== null ? '' : '. Waits for a second administrator to agree';

function period(held: { startsOn: IsoDate; endsOn: IsoDate | null }): string {
  const from = `from ${formatDate(held.startsOn)}`;
  return held.endsOn === null ? from : `${from}, no longer from ${formatDate(held.endsOn)}`;
}

/** What a person's account is, and what became of it. */
export function accountOf(census: Census, user: User, events: readonly AccountEvent[], now: Date) {
  const state = stateOf(census, user, now);
  const names = new Map(census.users.map((one) => [one.id, one.name]));
  return {
    state,
    stateInWords: stateInWords(state),
    lastSignIn: lastSignIn(census.accounts.get(user.id)),
    events: eventsInWords(events, names),
    detailsHref: detailsPath(user.id),
    closeHref: closePath(user.id),
    openHref: openPath(user.id),
    logHref: logHref({ person: user.id }),
  };
}

/** Every post, team, board and organisation with who holds it on a day and since when. */
export function postsTable(census: Census, on: IsoDate): Html {
  const users = new Map(census.users.map((user) => [user.id, user.name]));
  const names = partyNames(census.parties);
  const heldBy = (held: Holding) =>
    `${users.get(held.userId) ?? ''} since ${formatDate(held.startsOn)}`;
  return dataTable({
    caption: 'Posts, teams, boards and organisations',
    hiddenCaption: true,
    columns: [{ text: 'Name' }, { text: 'Kind' }, { text: 'Held by' }, { text: 'Answers to' }],
    groups: [
      {
        rows: census.parties.map((party) => {
          const answering = census.answers.get(party.id);
          const above = census.above.get(party.id);
          const holders = census.holdings.filter(
            (held) => held.partyId === party.id && isHeldOn(held, on),
          );
          return [
            html`<a class="govuk-link" href="${partyPath(party.id)}">${party.name}</a>`,
            kindNames[party.kind],
            party.kind === 'team'
              ? answering === undefined
                ? 'No post answers for it yet'
                : `Answered for by the ${names.get(answering) ?? ''}`
              : holders.length === 0
                ? 'Nobody'
                : [...holders.map(heldBy), ...deputiesOf(census, party.id, on)].join('; '),
            above === undefined ? '' : (names.get(above) ?? ''),
          ];
        }),
      },
    ],
  });
}

/** Who acts in a post on a day for its holder, in words. */
export function deputiesOf(census: Census, partyId: PartyId, on: IsoDate): string[] {
  const users = new Map(census.users.map((user) => [user.id, user.name]));
  return census.delegations
    .filter((one) => one.partyId === partyId && actsOn(one, on))
    .map((one) => `${users.get(one.userId) ?? ''} acts in it, ${delegationPeriod(one)}`);
}

export const kindNames = {
  post: 'Post',
  team: 'Team',
  board: 'Board',
  organisation: 'Organisation',
} as const satisfies Record<Party['kind'], string>;

/** Who held a post and when, newest first, in words. */
export function holdersOf(census: Census, partyId: PartyId): { text: string; href: string }[] {
  const users = new Map(census.users.map((user) => [user.id, user.name]));
  return census.holdings
    .filter((held) => held.partyId === partyId)
    .reverse()
    .map((held) => ({
      text: `${users.get(held.userId) ?? ''}, ${period(held)}`,
      href: userPath(held.userId),
    }));
}
