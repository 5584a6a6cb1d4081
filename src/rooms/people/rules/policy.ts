import type { AuthorityId, PartyId, UserId } from '#kernel/ids.ts';

/**
 * What each role may do. Source: the permission matrix in docs/permissions.md (security 2.1),
 * for the roles and classes that exist so far. Anything that is not written here is denied.
 */
export const roles = [
  'member',
  'director',
  'qa-manager',
  'service-manager',
  'action-lead',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** PUB published; PLN plans, actions and updates; USR accounts and roles; LOG the audit log. */
export const classesOfRecord = ['PUB', 'PLN', 'USR', 'LOG'] as const;
export type ClassOfRecord = (typeof classesOfRecord)[number];

/**
 * L know that it exists, R read, C create, U change, X+ raise the class or withdraw,
 * X- lower the class or release, A approve or publish, E export, D dispose, G grant or assign.
 */
export const letters = ['L', 'R', 'C', 'U', 'X+', 'X-', 'A', 'E', 'D', 'G'] as const;
export type Letter = (typeof letters)[number];

/**
 * The signed-in person of a request. `partyIds` are the posts, boards and organisations that
 * they act for today, and the teams that such a post answers for.
 */
export interface Actor {
  authorityId: AuthorityId;
  userId: UserId;
  name: string;
  roles: Role[];
  partyIds: PartyId[];
}

/** What is known of the thing that is asked about; whatever is left out counts as no. */
export interface CircumstancesOfRecord {
  /** Whose record it is; the actor's own authority's unless said. */
  authorityId?: AuthorityId;
  /** Named in it or assigned to it: a lead's own plan or action, a manager's own service. */
  assigned?: boolean;
  /** Sits on the board or committee that oversees it. */
  onBoard?: boolean;
  /** A second person, other than the actor, agreed to this very act. */
  secondPerson?: boolean;
  /** The act gives a role to the actor. */
  toOneself?: boolean;
}

/** `yes` always, `a` when assigned, `c` when on its board, `2` with a second person. */
type Condition = 'yes' | 'a' | 'c' | '2';
type Cell = Partial<Record<Letter, Condition>>;

export const matrix = {
  member: {
    PUB: { L: 'yes', R: 'yes', E: 'yes' },
    PLN: { L: 'c', R: 'c' },
  },
  director: {
    PUB: { L: 'yes', R: 'yes', E: 'yes', 'X+': 'yes' },
    PLN: { L: 'yes', R: 'yes', C: 'yes', U: 'yes', 'X+': 'yes', A: 'yes', E: 'yes', G: 'yes' },
  },
  'qa-manager': {
    PUB: { L: 'yes', R: 'yes', E: 'yes', 'X+': 'yes' },
    PLN: {
      L: 'yes',
      R: 'yes',
      C: 'yes',
      U: 'yes',
      'X+': 'yes',
      'X-': '2',
      A: 'yes',
      E: 'yes',
      D: '2',
      G: 'yes',
    },
    LOG: { L: 'yes', R: 'yes', E: '2' },
  },
  'service-manager': {
    PUB: { L: 'yes', R: 'yes', E: 'yes' },
    PLN: { L: 'yes', R: 'yes', C: 'yes', U: 'a', A: 'a', E: 'yes', G: 'a' },
  },
  'action-lead': {
    PUB: { L: 'yes', R: 'yes', E: 'yes' },
    PLN: { L: 'a', R: 'a', U: 'a' },
  },
  administrator: {
    PUB: { L: 'yes', R: 'yes', E: 'yes' },
    USR: { L: 'yes', R: 'yes', C: 'yes', U: 'yes', D: '2', G: '2' },
    LOG: { L: 'yes', R: 'yes', E: '2' },
  },
} as const satisfies Record<Role, Partial<Record<ClassOfRecord, Cell>>>;

/** Why something is refused; the page says it in words. */
export type Refusal =
  | 'another-authority'
  | 'no-role-allows-it'
  | 'not-assigned'
  | 'not-on-the-board'
  | 'needs-a-second-person'
  | 'oneself';

const refusalOf = {
  a: 'not-assigned',
  c: 'not-on-the-board',
  '2': 'needs-a-second-person',
} as const satisfies Record<Exclude<Condition, 'yes'>, Refusal>;

/**
 * Why this actor may not do this to a record of this class: every reason, one for each
 * condition that would have allowed it; an empty list when they may. Two roles give the union
 * of both. Nobody gives a role to themself, and of another authority's records only what is
 * published can be known.
 */
export function whyNot(
  actor: Pick<Actor, 'roles' | 'authorityId'>,
  letter: Letter,
  cls: ClassOfRecord,
  facts: CircumstancesOfRecord = {},
): Refusal[] {
  const elsewhere = facts.authorityId !== undefined && facts.authorityId !== actor.authorityId;
  if (elsewhere && !isPublishedReading(letter, cls)) return ['another-authority'];
  if (cls === 'USR' && letter === 'G' && facts.toOneself === true) return ['oneself'];
  const conditions = conditionsOf(actor.roles, letter, cls);
  if (conditions.some((condition) => holds(condition, facts))) return [];
  const refusals = conditions.flatMap((condition) =>
    condition === 'yes' ? [] : [refusalOf[condition]],
  );
  return refusals.length === 0 ? ['no-role-allows-it'] : [...new Set(refusals)];
}

/** Whether this actor may do this to a record of this class. */
export function may(
  actor: Pick<Actor, 'roles' | 'authorityId'>,
  letter: Letter,
  cls: ClassOfRecord,
  facts: CircumstancesOfRecord = {},
): boolean {
  return whyNot(actor, letter, cls, facts).length === 0;
}

/** The coarse question at a route: could any circumstances allow it? */
export function mightEver(
  actor: { roles: readonly Role[] },
  letter: Letter,
  cls: ClassOfRecord,
): boolean {
  return conditionsOf(actor.roles, letter, cls).length > 0;
}

function isPublishedReading(letter: Letter, cls: ClassOfRecord): boolean {
  return cls === 'PUB' && (letter === 'L' || letter === 'R' || letter === 'E');
}

function conditionsOf(held: readonly Role[], letter: Letter, cls: ClassOfRecord): Condition[] {
  return held.flatMap((role) => {
    const row: Partial<Record<ClassOfRecord, Cell>> = matrix[role];
    const condition = row[cls]?.[letter];
    return condition === undefined ? [] : [condition];
  });
}

function holds(condition: Condition, facts: CircumstancesOfRecord): boolean {
  switch (condition) {
    case 'yes':
      return true;
    case 'a':
      return facts.assigned === true;
    case 'c':
      return facts.onBoard === true;
    case '2':
      return facts.secondPerson === true;
  }
}

/** A letter and a class as words, such as a route's rule gives them; null when there are none such. */
export function parsePermission(
  letter: string,
  cls: string,
): { letter: Letter; cls: ClassOfRecord } | null {
  const knownLetter = letters.find((known) => known === letter);
  const knownClass = classesOfRecord.find((known) => known === cls);
  return knownLetter === undefined || knownClass === undefined
    ? null
    : { letter: knownLetter, cls: knownClass };
}

/** The text as a role, or null when there is no such role (or no longer). */
export function parseRole(text: string): Role | null {
  return roles.find((role) => role === text) ?? null;
}

/** How a role is called on a page. */
export const roleNames = {
  member: 'Elected member',
  director: 'Director',
  'qa-manager': 'Quality assurance manager',
  'service-manager': 'Service manager',
  'action-lead': 'Action lead',
  administrator: 'Administrator',
} as const satisfies Record<Role, string>;
