import type { AuthorityId, Id, PartyId, UserId } from '#kernel/ids.ts';
import {
  classesOfRecord,
  conditions,
  letters,
  matrix,
  roles,
  type ClassOfRecord,
  type Condition,
  type Letter,
  type Role,
} from './policy-matrix.ts';

export { classesOfRecord, letters, roles, type ClassOfRecord, type Letter, type Role };

/**
 * What each role may do, from the matrix and the rules over the whole of it (security 2.1, printed
 * in docs/permissions.md). Anything that is not written there is denied.
 */

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
  /** The ids of the items that a named grant, in force today, opens to them; none unless said. */
  grantedIds?: readonly string[];
  /** The emergency opening under which they read at this moment; none unless said. */
  emergency?: Emergency | null;
}

/** What lets an administrator read content for a few hours, because a second person agreed (rule 4). */
export interface Emergency {
  id: EmergencyOpeningId;
  /** When it ends by itself. */
  until: Date;
}

export type EmergencyOpeningId = Id<'emergency-opening'>;

/** What is known of the thing that is asked about; whatever is left out counts as no. */
export interface CircumstancesOfRecord {
  /** Whose record it is; the actor's own authority's unless said. */
  authorityId?: AuthorityId;
  /**
   * `a`: named in it or assigned to it. A lead: the plans that hold an action of theirs; a
   * manager: their own service or team; an IRO: their own caseload; an advocate: the child they
   * represent, with consent recorded.
   */
  assigned?: boolean;
  /** `o`: the actor's own item, which is not submitted yet. */
  own?: boolean;
  /** `c`: sits on the board or committee that oversees it; of a paper, once it is issued. */
  onBoard?: boolean;
  /** `t`: a named grant of it to the actor is in force today. */
  granted?: boolean;
  /** `s`: only its redacted or suppressed derivative is asked for, never the thing itself. */
  derivative?: boolean;
  /** `2`: a second person, other than the actor, agreed to this very act. */
  secondPerson?: boolean;
  /** Rule 3: the actor wrote this very content, or changed it last. */
  authorOfThisContent?: boolean;
  /** Rule 4: the act gives a role to the actor. */
  toOneself?: boolean;
  /** Rule 6: confidential in the sense of section 100A(3), Local Government Act 1972. */
  confidential?: boolean;
  /** Rule 10: a child's or an advocate's words about the actor's own service, not shared with it. */
  aboutActorsService?: boolean;
}

/** Why something is refused; the page says it in words. */
export type Refusal =
  | 'another-authority'
  | 'no-role-allows-it'
  | 'not-assigned'
  | 'not-ones-own'
  | 'not-on-the-board'
  | 'no-grant-in-force'
  | 'only-the-derivative'
  | 'needs-a-second-person'
  | 'administrators-see-no-content'
  | 'author-is-not-the-approver'
  | 'confidential-is-never-released'
  | 'about-ones-own-service'
  | 'oneself';

/** What makes each condition hold, and what is said where it does not. */
const meaningOf = {
  a: { fact: 'assigned', refusal: 'not-assigned' },
  o: { fact: 'own', refusal: 'not-ones-own' },
  c: { fact: 'onBoard', refusal: 'not-on-the-board' },
  t: { fact: 'granted', refusal: 'no-grant-in-force' },
  s: { fact: 'derivative', refusal: 'only-the-derivative' },
  '2': { fact: 'secondPerson', refusal: 'needs-a-second-person' },
} as const satisfies Record<Condition, { fact: keyof CircumstancesOfRecord; refusal: Refusal }>;

/** The conditions of every letter that a cell of the matrix allows; they hold together. */
type Allowed = ReadonlyMap<Letter, readonly Condition[]>;

const cells: ReadonlyMap<string, Allowed> = new Map(
  roles.flatMap((role) =>
    classesOfRecord.map((cls) => [`${role} ${cls}`, readCell(matrix[role][cls] ?? '')] as const),
  ),
);

/** @throws where the matrix holds a word that is none: the program then does not start. */
function readCell(text: string): Allowed {
  const words = text === '' ? [] : text.split(' ');
  return new Map(
    words.map((word) => {
      const [name, on = ''] = word.split('=');
      const letter = letters.find((known) => known === name);
      const asked = conditions.filter((condition) => on.includes(condition));
      if (letter === undefined || asked.length !== on.length) {
        throw new Error(`The permission matrix holds '${word}', which means nothing`);
      }
      return [letter, asked] as const;
    }),
  );
}

/** Whoever is asked about: their roles, their authority, and what was opened in an emergency. */
export type Asker = Pick<Actor, 'roles' | 'authorityId' | 'emergency'>;

/**
 * Why this actor may not do this to a record of this class: every reason, one for each condition
 * that would have allowed it; an empty list when they may. Two roles give the union of both, but
 * for the rules that bind whatever roles are held (rules 3, 4, 6, 8 and 10 of security 2.1).
 */
export function whyNot(
  actor: Asker,
  letter: Letter,
  cls: ClassOfRecord,
  facts: CircumstancesOfRecord = {},
): Refusal[] {
  const elsewhere = facts.authorityId !== undefined && facts.authorityId !== actor.authorityId;
  if (elsewhere && !isPublishedReading(letter, cls)) return ['another-authority'];
  const ways = waysTo(actor, letter, cls);
  if (ways.length === 0) {
    const barred = isAdministratorsBar(actor.roles, cls);
    return [barred ? 'administrators-see-no-content' : 'no-role-allows-it'];
  }
  const bound = boundBy(letter, cls, facts);
  if (bound !== null) return [bound];
  if (ways.some((way) => missing(way, facts).length === 0)) return [];
  return [...new Set(ways.flatMap((way) => missing(way, facts)))];
}

/** Whether this actor may do this to a record of this class. */
export function may(
  actor: Asker,
  letter: Letter,
  cls: ClassOfRecord,
  facts: CircumstancesOfRecord = {},
): boolean {
  return whyNot(actor, letter, cls, facts).length === 0;
}

/** The coarse question at a route: could any circumstances allow it? */
export function mightEver(actor: Rights, letter: Letter, cls: ClassOfRecord): boolean {
  return waysTo(actor, letter, cls).length > 0;
}

function isPublishedReading(letter: Letter, cls: ClassOfRecord): boolean {
  return cls === 'PUB' && (letter === 'L' || letter === 'R' || letter === 'E');
}

/** Rules 3, 4, 6 and 10, which bind whatever roles are held. */
function boundBy(letter: Letter, cls: ClassOfRecord, facts: CircumstancesOfRecord): Refusal | null {
  if (letter === 'A' && facts.authorOfThisContent === true) return 'author-is-not-the-approver';
  if (letter === 'G' && cls === 'USR' && facts.toOneself === true) return 'oneself';
  if (letter === 'X-' && facts.confidential === true) return 'confidential-is-never-released';
  if (cls === 'ESC' && facts.aboutActorsService === true) return 'about-ones-own-service';
  return null;
}

/** What of the conditions does not hold. */
function missing(way: readonly Condition[], facts: CircumstancesOfRecord): Refusal[] {
  return way
    .filter((condition) => facts[meaningOf[condition].fact] !== true)
    .map((condition) => meaningOf[condition].refusal);
}

/** What somebody may go by: roles, and for an administrator an emergency opening. */
type Rights = Pick<Actor, 'emergency'> & { roles: readonly Role[] };

/** The conditions on which each of these roles allows it, or an emergency opening, which has none. */
function waysTo(asker: Rights, letter: Letter, cls: ClassOfRecord): (readonly Condition[])[] {
  if (isOpenedInEmergency(asker, letter, cls)) return [[]];
  const held = asker.roles;
  const counted = held.includes('administrator') && isContent(cls) ? [] : held;
  return counted.flatMap((role) => {
    const way = cells.get(`${role} ${cls}`)?.get(letter);
    return way === undefined ? [] : [way];
  });
}

/** Rule 4: content can be found and read, and nothing else, and by an administrator alone. */
function isOpenedInEmergency(asker: Rights, letter: Letter, cls: ClassOfRecord): boolean {
  const opened = asker.emergency != null && asker.roles.includes('administrator');
  return opened && isContent(cls) && (letter === 'L' || letter === 'R');
}

/** What people write about their work, as against what is published, accounts and the log. */
export function isContent(cls: ClassOfRecord): boolean {
  return cls !== 'PUB' && cls !== 'USR' && cls !== 'LOG';
}

function isAdministratorsBar(held: readonly Role[], cls: ClassOfRecord): boolean {
  return held.includes('administrator') && held.length > 1 && isContent(cls);
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

/** A role that can be given: every one but `public`. */
export type GrantableRole = Exclude<Role, 'public'>;

/** The roles that can be given, in the order of the matrix. */
export const grantableRoles: readonly GrantableRole[] = roles.filter(
  (role): role is GrantableRole => role !== 'public',
);

/** The text as a role that somebody can hold, or null when there is no such role (or no longer). */
export function parseRole(text: string): GrantableRole | null {
  return grantableRoles.find((role) => role === text) ?? null;
}

/** Two roles that one person does not hold together. */
export interface RoleConflict {
  asked: GrantableRole;
  held: GrantableRole;
}

/**
 * The first role held that does not go with the one that is asked for, or null. The administrator
 * has no access to content (rule 4), so that they hold no role that gives some; with two
 * administrators who agree to each other's roles, nothing else would stand between them and it.
 */
export function conflictOfRoles(
  asked: GrantableRole,
  held: readonly GrantableRole[],
): RoleConflict | null {
  const other =
    asked === 'administrator'
      ? held.find((role) => role !== 'administrator')
      : held.find((role) => role === 'administrator');
  return other === undefined ? null : { asked, held: other };
}
