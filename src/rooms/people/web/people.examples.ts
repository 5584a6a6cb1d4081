import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { parseId, type Id } from '#kernel/ids.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { codeKeyAddress, keyInGroups } from '../proofs/one-time-code.ts';
import { squareCode } from '../proofs/square-code.ts';
import type { AccountFacts } from '../rules/account-state.ts';
import type { AccountEvent } from '../store/accounts.ts';
import type { NamedGrant } from '../store/named-grants.ts';
import type { Census } from '../store/census.ts';
import type { LogEntry } from '../store/read-log.ts';
import { logTable } from './log.view.ts';
import { paths } from './paths.ts';
import { conflictText } from './refusals.ts';
import { newTokenForm, tokenLine, tokenMadeView, tokensView } from './tokens.view.ts';
import type { ListedToken } from '../store/api-tokens.ts';
import { closeView, detailsView, openView } from './accounts.view.ts';
import { deputiesView } from './deputies.view.ts';
import { guestTable, rolesTable } from './who-may.view.ts';
import { giveRoleView } from './roles.view.ts';
import {
  accountOf,
  deputiesOf,
  holdersOf,
  peopleFilter,
  peopleHref,
  peoplePages,
  peopleTable,
  postsTable,
  userView,
  waitingGrants,
} from './people.view.ts';

const noForm = { values: {}, errors: [] };
const today = day('2026-03-04');
const ada = { id: id<'user'>(1), name: 'Ada Marsh', email: 'ada.marsh@saltmarsh.example' };
const cleo = {
  id: id<'user'>(2),
  name: 'Cleo Fenn',
  email: 'cleo.fenn-of-the-early-help-service@saltmarsh.example',
};
const post = { id: id<'party'>(3), kind: 'post', name: 'Service Manager, Early Help' } as const;
const team = { id: id<'party'>(4), kind: 'team', name: 'Early Help' } as const;
const board = { id: id<'party'>(5), kind: 'board', name: 'Improvement Board' } as const;

const census: Census = {
  users: [ada, cleo],
  grants: [
    {
      id: id<'role-grant'>(6),
      userId: ada.id,
      role: 'administrator',
      startsOn: day('2025-01-06'),
      endsOn: null,
      grantedBy: null,
      confirmed: true,
    },
    {
      id: id<'role-grant'>(7),
      userId: cleo.id,
      role: 'service-manager',
      startsOn: today,
      endsOn: null,
      grantedBy: ada.id,
      confirmed: false,
    },
    {
      id: id<'role-grant'>(8),
      userId: cleo.id,
      role: 'action-lead',
      startsOn: day('2025-01-06'),
      endsOn: today,
      grantedBy: null,
      confirmed: true,
    },
  ],
  parties: [team, board, post],
  holdings: [
    {
      id: id<'post-holding'>(9),
      partyId: post.id,
      userId: cleo.id,
      startsOn: day('2025-09-01'),
      endsOn: null,
    },
  ],
  answers: new Map([[team.id, post.id]]),
  above: new Map(),
  withCodes: new Set([ada.id]),
  accounts: new Map([
    [ada.id, account(new Date('2026-03-04T08:40:00Z'), false)],
    [cleo.id, account(null, true)],
  ]),
  delegations: [
    {
      id: id<'delegation'>(20),
      partyId: post.id,
      userId: ada.id,
      startsOn: today,
      endsOn: day('2026-03-11'),
      withdrawn: false,
      by: cleo.id,
    },
  ],
};

const now = new Date('2026-03-04T09:05:00Z');
const events: AccountEvent[] = [
  { kind: 'closed', reason: 'Left the council on 27 February.', at: now, by: ada.id },
  { kind: 'opened', reason: 'Came back as a service manager.', at: now, by: null },
];
const guestGrant: NamedGrant = {
  id: id(21),
  userId: cleo.id,
  itemKind: 'plan',
  itemId: id(22),
  reason: 'Peer challenge',
  startsOn: today,
  endsOn: day('2026-03-11'),
  withdrawn: false,
  grantedBy: null,
};
const exampleTokens: ListedToken[] = [
  {
    id: id(23),
    userId: cleo.id,
    name: 'Power BI of the performance team',
    scopes: ['plans:read', 'updates:read'],
    madeAt: now,
    endsOn: day('2026-06-02'),
    lastUsedOn: today,
    ended: null,
    hasSecret: true,
  },
  {
    id: id(24),
    userId: cleo.id,
    name: 'A trial',
    scopes: ['plans:read'],
    madeAt: now,
    endsOn: day('2026-06-02'),
    lastUsedOn: null,
    ended: { why: 'withdrawn', at: now },
    hasSecret: false,
  },
];
const acts = [
  { value: '', text: 'Anything' },
  { value: 'readings', text: 'Any reading or export' },
  { value: 'role put forward', text: 'role put forward' },
];

const entries: LogEntry[] = [
  logged(3, ada.id, ada.name, 'role put forward', 'role_grant', id(7)),
  logged(2, null, null, 'sign-in refused', 'sign_in_failure', id(10)),
  logged(1, null, null, 'user added', 'app_user', ada.id),
];

const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const out = { signedIn: false };
const wrong = (field: string, text: string) => ({
  form: { values: { email: ada.email, next: '' }, errors: [{ field, text }] },
  errors: [{ field, text }],
});

/** The pages of this room in the states that people meet. */
export const examples: PageExample[] = [
  example(
    'Choose your council',
    'rooms/people/web/choose-council.njk',
    {
      title: 'Choose your council',
      classification: null,
      councils: [
        { name: 'Fenmoor Council', href: '/fenmoor/sign-in' },
        { name: 'Saltmarsh Borough Council', href: '/saltmarsh/sign-in' },
      ],
    },
    out,
  ),
  example(
    'No council yet',
    'rooms/people/web/choose-council.njk',
    { title: 'Choose your council', classification: null, councils: [] },
    out,
  ),
  example('Sign in', 'rooms/people/web/sign-in.njk', signInView(noForm), out),
  example(
    'Sign in, demonstration',
    'rooms/people/web/sign-in.njk',
    {
      ...signInView(noForm),
      demoSignIns: [
        {
          name: 'Ada Marsh',
          part: 'administrator',
          email: ada.email,
          password: 'a password for all to see',
        },
        {
          name: 'Cleo Fenn',
          part: 'service manager',
          email: cleo.email,
          password: 'a password for all to see',
        },
      ],
    },
    out,
  ),
  example(
    'Sign in, refused',
    'rooms/people/web/sign-in.njk',
    {
      ...signInView(noForm),
      ...wrong(
        'email',
        'The email address or the password is not right. Check both and try again.',
      ),
    },
    { ...out, status: 422 },
  ),
  example('One-time code', 'rooms/people/web/code.njk', {
    title: 'Enter your one-time code',
    classification: null,
    form: noForm,
    errors: [],
  }),
  example(
    'One-time code, refused',
    'rooms/people/web/code.njk',
    {
      title: 'Enter your one-time code',
      classification: null,
      ...wrong('code', 'That code is not right, or was used already.'),
    },
    { status: 422 },
  ),
  example('Set up one-time codes', 'rooms/people/web/set-up-codes.njk', codesView(key)),
  example('Set up one-time codes, before', 'rooms/people/web/set-up-codes.njk', codesView(null)),
  example('First password', 'rooms/people/web/new-password.njk', {
    title: 'Choose a password of your own',
    classification: null,
    first: true,
    form: noForm,
    errors: [],
    action: paths.password,
  }),
  example(
    'Change password, refused',
    'rooms/people/web/new-password.njk',
    {
      title: 'Change your password',
      classification: null,
      first: false,
      ...wrong('again', 'The two passwords are not the same. Type the new one twice.'),
      action: paths.password,
    },
    { status: 422 },
  ),
  example('Your account', 'rooms/people/web/account.njk', {
    title: 'Your account',
    email: cleo.email,
    roles: ['Service manager', 'Action lead'],
    codeSetUp: false,
    paths,
  }),
  example('People', 'rooms/people/web/people.njk', {
    title: 'People',
    wide: true,
    subNavigation: peoplePages('people'),
    counted: '2 people have',
    shown: '2 of them are',
    ...peopleFilter({ q: '', role: '', state: '' }),
    table: peopleTable(census, census.users, today, now),
    pages: pagination(2, 4, (page) => peopleHref({ q: '', role: '', state: '' }, page)),
    waiting: [...waitingGrants(census, ada.id), ...waitingGrants(census, id<'user'>(11))],
    mayAdd: true,
    paths,
  }),
  example('People, nobody found', 'rooms/people/web/people.njk', {
    title: 'People',
    subNavigation: peoplePages('people'),
    counted: '2 people have',
    shown: '0 of them are',
    ...peopleFilter({ q: 'quay', role: 'iro', state: 'dormant' }),
    table: null,
    pages: pagination(1, 1, () => paths.people),
    waiting: [],
    mayAdd: true,
    paths,
  }),
  example('Change name or address', 'rooms/people/web/details.njk', detailsView(cleo, noForm)),
  example(
    'Change name or address, taken',
    'rooms/people/web/details.njk',
    detailsView(cleo, wrong('email', 'Somebody here has this email address already').form),
    { status: 422 },
  ),
  example('Close an account', 'rooms/people/web/account-reason.njk', closeView(cleo, noForm)),
  example(
    'Open an account, without a reason',
    'rooms/people/web/account-reason.njk',
    openView(cleo, wrong('reason', 'Say why').form),
    { status: 422 },
  ),
  example('Acting for somebody', 'rooms/people/web/deputies.njk', deputiesPage(true)),
  example('Acting for somebody, no post', 'rooms/people/web/deputies.njk', deputiesPage(false)),
  example('Who holds which role', 'rooms/people/web/who-may.njk', {
    title: 'Who holds which role',
    wide: true,
    subNavigation: peoplePages('roles'),
    lead: 'Every role with whoever holds it today.',
    table: rolesTable(census, today),
  }),
  example('Guests', 'rooms/people/web/who-may.njk', {
    title: 'What is open to guests',
    wide: true,
    subNavigation: peoplePages('guests'),
    lead: 'Plans that were shared with a guest by name, the newest first.',
    table: guestTable([guestGrant], census, today),
  }),
  example('Add a person', 'rooms/people/web/new-user.njk', {
    title: 'Add a person',
    back: { text: 'People', href: paths.people },
    form: noForm,
    errors: [],
    action: paths.newUser,
  }),
  example(
    'Add a person, address taken',
    'rooms/people/web/new-user.njk',
    {
      title: 'Add a person',
      back: { text: 'People', href: paths.people },
      ...wrong('email', 'Somebody here has this email address already'),
      action: paths.newUser,
    },
    { status: 422 },
  ),
  example('A person', 'rooms/people/web/user.njk', personView(false)),
  example('A person, oneself', 'rooms/people/web/user.njk', personView(true)),
  example(
    'Tokens for data, refused',
    'rooms/people/web/tokens.njk',
    tokensView({
      tokens: exampleTokens,
      mayMake: true,
      form: {
        ...newTokenForm(today),
        errors: [{ field: 'name', text: 'Say what it is for, such as Power BI' }],
      },
      today,
    }),
    { status: 422 },
  ),
  example(
    'A token for data was made',
    'rooms/people/web/token-made.njk',
    tokenMadeView({
      token: `sightline_${'0Aa1Bb2Cc3'.repeat(7)}Z`,
      name: 'Power BI of the performance team',
      scopes: ['plans:read'],
      lastDay: today,
      example: 'https://sightline.saltmarsh.example/api/v1/plans',
    }),
  ),
  example('Give a role', 'rooms/people/web/give-role.njk', giveRolePage()),
  example(
    'Give a role, conflict',
    'rooms/people/web/give-role.njk',
    {
      ...giveRolePage(),
      ...wrong('role', conflictText({ asked: 'administrator', held: 'action-lead' })),
    },
    { status: 422 },
  ),
  example('Posts', 'rooms/people/web/posts.njk', {
    title: 'Posts, teams and boards',
    wide: true,
    subNavigation: peoplePages('posts'),
    counted: '3 posts, teams, boards and organisations',
    table: postsTable(census, today),
    kinds: [
      { value: 'post', text: 'Post' },
      { value: 'team', text: 'Team' },
    ],
    mayAdd: true,
    form: noForm,
    errors: [],
    action: paths.posts,
  }),
  example('Posts, none yet', 'rooms/people/web/posts.njk', {
    title: 'Posts, teams and boards',
    subNavigation: peoplePages('posts'),
    counted: '0 posts, teams, boards and organisations',
    table: null,
    kinds: [],
    mayAdd: false,
    form: noForm,
    errors: [],
    action: paths.posts,
  }),
  example('A post', 'rooms/people/web/party.njk', partyView(false)),
  example('A team', 'rooms/people/web/party.njk', partyView(true)),
  example('Audit log', 'rooms/people/web/log.njk', {
    title: 'Audit log',
    wide: true,
    counted: '53 entries',
    about: '',
    acts,
    isNarrowed: false,
    table: logTable(entries),
    olderHref: `${paths.log}?before=2`,
    newestHref: paths.log,
    form: noForm,
    errors: [],
    action: paths.log,
  }),
  example(
    'Audit log, no such number',
    'rooms/people/web/log.njk',
    {
      title: 'Audit log',
      counted: '53 entries',
      about: '',
      acts,
      isNarrowed: true,
      table: null,
      olderHref: null,
      newestHref: null,
      form: {
        values: { item: 'Cleo' },
        errors: [{ field: 'item', text: 'An item’s number has 36 characters' }],
      },
      errors: [{ field: 'item', text: 'An item’s number has 36 characters' }],
      action: paths.log,
    },
    { status: 422 },
  ),
];

function signInView(form: typeof noForm) {
  return {
    title: 'Sign in',
    classification: null,
    action: '/saltmarsh/sign-in',
    form,
    errors: [],
    demoSignIns: [],
  };
}

function codesView(shown: string | null) {
  return {
    title: 'Set up one-time codes',
    classification: null,
    codeSetUp: false,
    required: shown !== null,
    email: cleo.email,
    key: shown === null ? null : keyInGroups(shown),
    square:
      shown === null
        ? null
        : squareCode(
            codeKeyAddress(shown, cleo.email, 'Saltmarsh Borough Council'),
            'Square code for your authenticator app',
          ),
    form: noForm,
    errors: [],
    action: paths.codes,
  };
}

function personView(isMe: boolean) {
  return {
    title: cleo.name,
    caption: cleo.email,
    back: { text: 'People', href: paths.people },
    ...userView(census, cleo),
    ...accountOf(census, isMe ? ada : cleo, isMe ? [] : events, now),
    tokens: isMe ? [] : exampleTokens.map((token) => tokenLine(token, today)),
    hasCodes: true,
    isMe,
    mayChange: true,
    address: `/people/users/${cleo.id}`,
    form: noForm,
    errors: [],
  };
}

function deputiesPage(holdsAPost: boolean) {
  const view = deputiesView({
    told: holdsAPost ? census.delegations : [],
    posts: holdsAPost ? [post] : [],
    parties: new Map([[post.id, post]]),
    names: new Map([[ada.id, ada.name]]),
    today,
    me: cleo.id,
  });
  return { ...view, form: noForm, errors: [] };
}

function giveRolePage() {
  return { ...giveRoleView(cleo, ada.id), form: noForm, errors: [] };
}

function partyView(isTeam: boolean) {
  return {
    title: isTeam ? team.name : post.name,
    caption: isTeam ? 'Team' : 'Post',
    back: { text: 'Posts, teams and boards', href: paths.posts },
    isTeam,
    answering: isTeam ? post.name : undefined,
    holders: isTeam ? [] : holdersOf(census, post.id),
    postItems: [
      { value: '', text: 'Choose a post' },
      { value: post.id, text: post.name },
    ],
    mayChange: true,
    isPost: !isTeam,
    above: isTeam ? undefined : 'Director of Children’s Services',
    aboveItems: [
      { value: '', text: 'Choose a post' },
      { value: 'nobody', text: 'Nobody here' },
      { value: post.id, text: 'Director of Children’s Services' },
    ],
    aboveAction: `/people/posts/${post.id}/above`,
    action: `/people/posts/${team.id}/answer`,
    kindAction: `/people/posts/${team.id}/kind`,
    kindItems: [{ value: 'post', text: 'Post', selected: !isTeam }],
    deputies: isTeam ? [] : deputiesOf(census, post.id, today),
    form: noForm,
    errors: [],
  };
}

function account(signedInAt: Date | null, closed: boolean): AccountFacts {
  return {
    createdAt: new Date('2025-01-06T09:00:00Z'),
    signedInAt,
    openedAt: null,
    closed,
    isDemo: false,
  };
}

function logged(
  seq: number,
  actorId: LogEntry['actorId'],
  actorName: string | null,
  act: string,
  fact: string,
  factId: string,
): LogEntry {
  const at = new Date('2026-03-04T09:05:00Z');
  return { seq, at, actorId, actorName, act, fact, factId, version: null };
}

function id<Kind extends string>(number: number): Id<Kind> {
  const made = parseId<Kind>(`01980a7e-0000-7000-8000-${String(number).padStart(12, '0')}`);
  if (made === null) throw new Error('Not an identifier');
  return made;
}

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error('Not a day');
  return date;
}
