/**
 * The permission matrix of security 2.1, as docs/permissions.md prints it: what each role may do
 * with each class of record. Nothing but the table; what it means is in policy.ts.
 */

/** `public` is whoever is not signed in; nobody is ever given it. */
export const roles = [
  'public',
  'member',
  'clerk',
  'director',
  'qa-manager',
  'service-manager',
  'team-manager',
  'action-lead',
  'report-author',
  'participation-officer',
  'auditor',
  'iro',
  'board-chair',
  'advocate',
  'peer-reviewer',
  'analyst',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/**
 * PUB published. PLN plans, actions, updates, judgements and figures for those inside. DRF draft
 * for publication. EXM exempt committee paper. FND audit finding, or unsuppressed small numbers.
 * CHD pseudonymous child-level row. ESC escalation, with the child's voice. USR accounts, roles
 * and settings. LOG the audit log.
 */
export const classesOfRecord = [
  'PUB',
  'PLN',
  'DRF',
  'EXM',
  'FND',
  'CHD',
  'ESC',
  'USR',
  'LOG',
] as const;
export type ClassOfRecord = (typeof classesOfRecord)[number];

/**
 * L know that it exists, R read, C create, U change, X+ raise the class or withdraw,
 * X- lower the class or release, A approve or publish, E export, D dispose, G grant or assign.
 */
export const letters = ['L', 'R', 'C', 'U', 'X+', 'X-', 'A', 'E', 'D', 'G'] as const;
export type Letter = (typeof letters)[number];

/**
 * `a` named in it or assigned to it, `o` own item until submitted, `c` sits on its board or
 * committee, `t` by a named grant with an end, `s` its redacted or suppressed derivative only,
 * `2` with a second, different person. Several letters are to hold together.
 */
export const conditions = ['a', 'o', 'c', 't', 's', '2'] as const;
export type Condition = (typeof conditions)[number];

/** One word of a cell: a letter that is allowed always, or on conditions. */
type Word = Letter | `${Letter}=${Condition | 'ts'}`;

/** The text of a cell, where every word of it is one of the table's; else no text at all. */
type Cell<Text extends string> = Text extends `${Word} ${infer Rest}`
  ? [Cell<Rest>] extends [never]
    ? never
    : Text
  : Text extends Word
    ? Text
    : never;

/** The table as it is given; the compiler refuses a word, a class or a role that is none. */
const table = <const Rows extends Record<Role, Partial<Record<ClassOfRecord, string>>>>(
  rows: Rows & { [R in keyof Rows]: { [C in keyof Rows[R]]: Cell<Rows[R][C] & string> } },
): Record<Role, Partial<Record<ClassOfRecord, string>>> => rows;

/** A class that is not named is denied, and so is a letter. */
export const matrix = table({
  public: {
    PUB: 'L R E',
  },
  member: {
    PUB: 'L R E',
    PLN: 'L=c R=c',
    EXM: 'L=c R=c',
  },
  clerk: {
    PUB: 'L R E X+ D=2',
    PLN: 'L R E',
    DRF: 'L R C U X+ A=2 E G',
    EXM: 'L R C U X+ X-=2 A=2 E D=2 G',
  },
  director: {
    PUB: 'L R E X+',
    PLN: 'L R C U X+ A E G',
    DRF: 'L R C U X+ A=2 E',
    EXM: 'L R C U X+ A=2 E',
    FND: 'L R C U X+ A=2 E',
    CHD: 'L=s R=s',
    ESC: 'L R C U=a',
  },
  'qa-manager': {
    PUB: 'L R E X+',
    PLN: 'L R C U X+ X-=2 A E D=2 G',
    DRF: 'L R C U X+ A=2 E',
    EXM: 'L R C U X+ X-=2 E',
    FND: 'L R C U X+ X-=2 A=2 E=2 D=2 G',
    CHD: 'L R E=2 D=2 G',
    ESC: 'L R C U X+ A=2 E=2 G',
    LOG: 'L R E=2',
  },
  'service-manager': {
    PUB: 'L R E',
    PLN: 'L R C U=a A=a E G=a',
    DRF: 'L=a R=a C U=a',
    EXM: 'L=a R=a',
    FND: 'L=a R=a C U=a',
    CHD: 'L=a R=a',
    ESC: 'L=a R=a C U=a',
  },
  'team-manager': {
    PUB: 'L R E',
    PLN: 'L=a R=a U=a E=a',
    FND: 'L=a R=a U=a',
    CHD: 'L=a R=a',
    ESC: 'L=a R=a C U=a',
  },
  'action-lead': {
    PUB: 'L R E',
    PLN: 'L=a R=a U=a',
    FND: 'L=a R=a U=a',
  },
  'report-author': {
    PUB: 'L R E',
    PLN: 'L R E',
    DRF: 'L=a R=a C U=o',
    EXM: 'L=a R=a C U=o',
    FND: 'L=a R=a',
  },
  'participation-officer': {
    PUB: 'L R E',
    PLN: 'L R U=a',
    DRF: 'L=a R=a C U=a',
    FND: 'L=s R=s C',
  },
  auditor: {
    PUB: 'L R E',
    PLN: 'L=a R=a',
    FND: 'L=o R=o C=a U=o',
    CHD: 'L=a R=a',
    ESC: 'L=o R=o C',
  },
  iro: {
    PUB: 'L R E',
    PLN: 'L R',
    FND: 'L=a R=a',
    CHD: 'L=a R=a',
    ESC: 'L=a R=a C U=a',
  },
  'board-chair': {
    PUB: 'L R E',
    PLN: 'L=c R=c A=c E=c',
    DRF: 'L=c R=c',
    EXM: 'L=c R=c',
    FND: 'L=s R=s',
    ESC: 'L=a R=a U=a',
  },
  advocate: {
    PUB: 'L R E',
    ESC: 'L=a R=a C U=o',
  },
  'peer-reviewer': {
    PUB: 'L R E',
    PLN: 'L=t R=t',
    DRF: 'L=t R=t',
    FND: 'L=ts R=ts',
  },
  analyst: {
    PUB: 'L R E',
    PLN: 'L R C U E',
    DRF: 'L R C U',
    FND: 'L=s R=s',
    CHD: 'L R C E=2',
    ESC: 'L=s R=s',
  },
  administrator: {
    PUB: 'L R E',
    USR: 'L R C U D=2 G=2',
    LOG: 'L R E=2',
  },
});
