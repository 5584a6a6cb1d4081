import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import {
  classesOfRecord,
  letters,
  may,
  mightEver,
  roles,
  whyNot,
  type CircumstancesOfRecord,
  type Refusal,
  type Role,
} from './policy.ts';

/**
 * The answers that are expected, typed by hand from the permission matrix that the council's
 * officers are to confirm (docs/permissions.md), and from nothing in this program.
 */
const expected = parse<Record<string, string>>(
  readFileSync(new URL('./fixtures/permissions.csv', import.meta.url)),
  { columns: true },
);

const authorityId = newId<'authority'>();
const actor = (...held: Role[]) => ({ roles: held, authorityId });

/** What the expected word lets through, and what is said otherwise. */
const meanings: Record<string, { opensWith: CircumstancesOfRecord | null; refusal: Refusal[] }> = {
  yes: { opensWith: {}, refusal: [] },
  no: { opensWith: null, refusal: ['no-role-allows-it'] },
  assigned: { opensWith: { assigned: true }, refusal: ['not-assigned'] },
  board: { opensWith: { onBoard: true }, refusal: ['not-on-the-board'] },
  two: { opensWith: { secondPerson: true }, refusal: ['needs-a-second-person'] },
};
const everything = { assigned: true, onBoard: true, secondPerson: true } as const;

const cells = expected.flatMap((row) =>
  letters.map((letter) => ({
    role: row['role'] as Role,
    cls: row['class'] as (typeof classesOfRecord)[number],
    letter,
    word: row[letter] ?? '',
  })),
);

describe('the permission matrix', () => {
  it('is expected whole: every role, class and letter once', () => {
    expect(new Set(cells.map(({ role, cls, letter }) => `${role} ${cls} ${letter}`)).size).toBe(
      6 * 4 * 10,
    );
    expect(roles.length * classesOfRecord.length * letters.length).toBe(6 * 4 * 10);
    expect(cells.filter(({ word }) => !(word in meanings))).toEqual([]);
  });

  it.each(cells)('$role, $cls $letter: $word', ({ role, cls, letter, word }) => {
    const { opensWith, refusal } = meanings[word] ?? { opensWith: null, refusal: [] };
    const who = actor(role);
    expect(whyNot(who, letter, cls)).toEqual(refusal);
    expect(may(who, letter, cls)).toBe(word === 'yes');
    expect(may(who, letter, cls, everything)).toBe(opensWith !== null);
    expect(mightEver(who, letter, cls)).toBe(opensWith !== null);
    if (opensWith === null) return;
    expect(may(who, letter, cls, opensWith)).toBe(true);
    // Every circumstance but the one that it takes opens nothing.
    const others = Object.fromEntries(
      Object.entries(everything).filter(([name]) => !(name in opensWith)),
    );
    expect(may(who, letter, cls, others)).toBe(word === 'yes');
  });

  it.each(cells)('$role, $cls $letter of another council', ({ role, cls, letter, word }) => {
    const elsewhere = { ...everything, authorityId: newId<'authority'>() };
    const published = cls === 'PUB' && ['L', 'R', 'E'].includes(letter) && word === 'yes';
    expect(may(actor(role), letter, cls, elsewhere)).toBe(published);
    if (!published) expect(whyNot(actor(role), letter, cls, elsewhere)).not.toEqual([]);
  });
});

describe('the rules over the whole matrix', () => {
  const anyRoles = fc.subarray([...roles]);
  const anyLetter = fc.constantFrom(...letters);
  const anyClass = fc.constantFrom(...classesOfRecord);
  const anyFacts = fc.record(
    { assigned: fc.boolean(), onBoard: fc.boolean(), secondPerson: fc.boolean() },
    { requiredKeys: [] },
  );

  it('gives two roles the union of both, and nothing more', () => {
    fc.assert(
      fc.property(anyRoles, anyLetter, anyClass, anyFacts, (held, letter, cls, facts) => {
        const alone = held.some((role) => may(actor(role), letter, cls, facts));
        expect(may(actor(...held), letter, cls, facts)).toBe(alone);
      }),
    );
  });

  it('says why whenever it refuses, and nothing when it allows', () => {
    fc.assert(
      fc.property(anyRoles, anyLetter, anyClass, anyFacts, (held, letter, cls, facts) => {
        const reasons = whyNot(actor(...held), letter, cls, facts);
        expect(reasons.length === 0).toBe(may(actor(...held), letter, cls, facts));
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });

  it('hides from lists what cannot be read: no L, no export where there is no R', () => {
    fc.assert(
      fc.property(anyRoles, anyClass, anyFacts, (held, cls, facts) => {
        if (may(actor(...held), 'R', cls, facts)) return;
        expect(may(actor(...held), 'L', cls, facts)).toBe(false);
        expect(may(actor(...held), 'E', cls, facts)).toBe(false);
      }),
    );
  });

  it('lets nobody write, change, release, approve or dispose of the audit log', () => {
    for (const letter of ['C', 'U', 'D', 'X+', 'X-', 'A'] as const) {
      expect(may(actor(...roles), letter, 'LOG', everything)).toBe(false);
    }
  });

  it('gives an administrator no content', () => {
    for (const letter of letters) {
      expect(may(actor('administrator'), letter, 'PLN', everything)).toBe(false);
    }
  });

  it('lets nobody give a role to themself, whatever roles they hold and whoever agrees', () => {
    fc.assert(
      fc.property(anyRoles, anyFacts, (held, facts) => {
        const reasons = whyNot(actor(...held), 'G', 'USR', { ...facts, toOneself: true });
        expect(reasons).toEqual(['oneself']);
      }),
    );
  });

  it('takes two people to lower a class, and one to raise it', () => {
    expect(may(actor('qa-manager'), 'X+', 'PLN')).toBe(true);
    expect(may(actor('qa-manager'), 'X-', 'PLN')).toBe(false);
  });

  it('denies whoever holds no role', () => {
    expect(whyNot(actor(), 'L', 'PUB')).toEqual(['no-role-allows-it']);
  });
});
