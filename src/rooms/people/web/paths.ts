import type { SignInStep } from '../rules/session-life.ts';

/** The addresses of this room, for routes, links and tests. */
export const paths = {
  chooseCouncil: '/sign-in',
  code: '/sign-in/code',
  account: '/account',
  password: '/account/password',
  codes: '/account/codes',
  prove: '/account/prove',
  kept: '/account/kept',
  sessions: '/account/sessions',
  stay: '/account/stay',
  deputies: '/account/deputies',
  tokens: '/account/tokens',
  timeLeft: '/account/time-left',
  signOut: '/sign-out',
  people: '/people',
  newUser: '/people/new',
  posts: '/people/posts',
  roles: '/people/roles',
  guests: '/people/guests',
  log: '/log',
} as const;

/** Where a person makes tokens for data. */
export const tokensPath = paths.tokens;
export const signInPath = (slug: string): string => `/${slug}/sign-in`;
export const passwordLinkPath = (slug: string, token: string): string =>
  `/${slug}/password/${token}`;
export const userPath = (id: string): string => `/people/users/${id}`;
export const rolesPath = (userId: string): string => `${userPath(userId)}/roles`;
export const detailsPath = (userId: string): string => `${userPath(userId)}/details`;
export const closePath = (userId: string): string => `${userPath(userId)}/close`;
export const openPath = (userId: string): string => `${userPath(userId)}/open`;
export const keptPath = (id: string): string => `${paths.kept}/${id}`;
export const partyPath = (id: string): string => `/people/posts/${id}`;

/** The address with where to go on to afterwards. */
export function withNext(path: string, next: string | null): string {
  return next === null ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** Where a person who is half-way through signing in goes on. */
export function stepPath(step: SignInStep, next: string | null): string {
  const page = {
    code: paths.code,
    'set-up-code': paths.codes,
    'new-password': paths.password,
  } as const satisfies Record<SignInStep, string>;
  return withNext(page[step], next);
}
