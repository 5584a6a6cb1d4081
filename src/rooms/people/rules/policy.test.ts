import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { checkout } from '#platform/checkout.ts';
import { matrix } from './policy-matrix.ts';
import { roleNames } from './role-names.ts';
import {
  classesOfRecord,
  conflictOfRoles,
  grantableRoles,
  letters,
  may,
  mightEver,
  parseRole,
  roles,
  whyNot,
  type CircumstancesOfRecord,
  type Refusal,
  type Role,
} from './policy.ts';

/**
 * The answers that are expected, written from the permission matrix that the council's officers
 * are to confirm (docs/permissions.md), and from nothing in this program.
 */
const expected = parse<Record<string, string>>(
  readFileSync(new URL('./fixtures/permissions.csv', import.meta.url)),
  { columns: true },
);

const authorityId = newId<'authority'>();
const actor = (...held: Role[]) => ({ roles: held, authorityId });

/** What each word of the expected answers takes, and what is said where it is not so. */
const takes: Record<string, { fact: keyof CircumstancesOfRecord; refusal: Refusal }> = {
  assigned: { fact: 'assigned', refusal: 'not-assigned' },
  own: { fact: 'own', refusal: 'not-ones-own' },
  board: { fact: 'onBoard', refusal: 'not-on-the-board' },
  granted: { fact: 'granted', refusal: 'no-grant-in-force' },
  derivative: { fact: 'derivative', refusal: 'only-the-derivative' },
  two: { fact: 'secondPerson', refusal: 'needs-a-second-person' },
};
const everything: CircumstancesOfRecord = Object.fromEntries(
  Object.values(takes).map(({ fact }) => [fact, true]),
);

/** The words of a cell, but for `yes` and `no`. */
const wordsOf = (text: string) => (['yes', 'no'].includes(text) ? [] : text.split(' '));

const cells = expected.flatMap((row) =>
  letters.map((letter) => ({
    role: row['role'] as Role,
    cls: row['class'] as (typeof classesOfRecord)[number],
    letter,
    text: row[letter] ?? '',
  })),
);

describe('the permission matrix', () => {
  it('is expected whole: every role, class and letter once', () => {
    expect(new Set(cells.map(({ role, cls, letter }) => `${role} ${cls} ${letter}`)).size).toBe(
      17 * 9 * 10,
    );
    expect(cells).toHaveLength(roles.length * classesOfRecord.length * letters.length);
    const words = cells.flatMap(({ text }) => wordsOf(text));
    expect(words.filter((word) => !(word in takes))).toEqual([]);
  });

  it('allows 177 cells always and 123 on conditions, and denies 1,230', () => {
    const count = (want: (text: string) => boolean) =>
      cells.filter(({ role, cls, letter, text }) => {
        const always = may(actor(role), letter, cls);
        expect(always).toBe(text === 'yes');
        return want(always ? 'yes' : may(actor(role), letter, cls, everything) ? 'if' : 'no');
      }).length;
    expect(count((answer) => answer === 'yes')).toBe(177);
    expect(count((answer) => answer === 'if')).toBe(123);
    expect(count((answer) => answer === 'no')).toBe(1230);
  });

  // One test a role: a wrong cell is named by the list that differs.
  it.each(roles)('answers every cell of %s as expected', (role) => {
    const who = actor(role);
    const mine = cells.filter((cell) => cell.role === role);
    const told = mine.map(({ cls, letter }) => ({
      cell: `${cls} ${letter}`,
      refusals: whyNot(who, letter, cls),
      withEverything: may(who, letter, cls, everything),
      ever: mightEver(who, letter, cls),
    }));
    const wanted = mine.map(({ cls, letter, text }) => ({
      cell: `${cls} ${letter}`,
      refusals:
        text === 'no'
          ? ['no-role-allows-it']
          : wordsOf(text).flatMap((word) => takes[word]?.refusal ?? []),
      withEverything: text !== 'no',
      ever: text !== 'no',
    }));
    expect(told).toEqual(wanted);
  });

  it.each(roles)('opens a conditional cell of %s to its conditions and no others', (role) => {
    for (const { cls, letter, text } of cells.filter((cell) => cell.role === role)) {
      const needed = new Set(wordsOf(text).map((word) => takes[word]?.fact));
      if (needed.size === 0) continue;
      const only = Object.fromEntries(
        Object.entries(everything).filter(([fact]) => needed.has(fact as never)),
      );
      expect(whyNot(actor(role), letter, cls, only), `${cls} ${letter}`).toEqual([]);
      for (const fact of needed) {
        const without = Object.fromEntries(
          Object.entries(everything).filter(([name]) => name !== fact),
        );
        expect(may(actor(role), letter, cls, without), `${cls} ${letter}, not ${fact}`).toBe(false);
      }
    }
  });

  it('is printed in docs/permissions.md as it is held', () => {
    const page = readFileSync(path.join(checkout, 'docs', 'permissions.md'), 'utf8');
    const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    for (const role of roles) {
      const row = rows.find(([, name]) => name === roleNames[role]);
      expect(row?.slice(2, -1), role).toEqual(
        classesOfRecord.map((cls) => matrix[role][cls] ?? ''),
      );
    }
  });

  it('lets read and export what another council published, and nothing else of it', () => {
    const elsewhere = { ...everything, authorityId: newId<'authority'>() };
    const open = cells.filter(({ role, cls, letter }) => {
      const reasons = whyNot(actor(role), letter, cls, elsewhere);
      if (reasons.length > 0) expect(reasons).toEqual(['another-authority']);
      return reasons.length === 0;
    });
    expect(open).toHaveLength(51);
    expect(new Set(open.map(({ cls }) => cls))).toEqual(new Set(['PUB']));
    expect(new Set(open.map(({ letter }) => letter))).toEqual(new Set(['L', 'R', 'E']));
  });
});

describe('the rules over the whole matrix (security 2.1)', () => {
  const anyRoles = fc.subarray([...roles]);
  const anyGrantable = fc.constantFrom(...grantableRoles);
  const anyLetter = fc.constantFrom(...letters);
  const anyClass = fc.constantFrom(...classesOfRecord);
  const flag = fc.boolean();
  const anyFacts = fc.record(
    {
      assigned: flag,
      own: flag,
      onBoard: flag,
      granted: flag,
      derivative: flag,
      secondPerson: flag,
      authorOfThisContent: flag,
      confidential: flag,
      aboutActorsService: flag,
    },
    { requiredKeys: [] },
  );
  const content = ['PLN', 'DRF', 'EXM', 'FND', 'CHD', 'ESC'] as const;

  it('1: leaves no other trace of what cannot be read', () => {
    fc.assert(
      fc.property(anyRoles, anyClass, anyFacts, (held, cls, facts) => {
        if (may(actor(...held), 'R', cls, facts)) return;
        expect(may(actor(...held), 'L', cls, facts)).toBe(false);
        expect(may(actor(...held), 'E', cls, facts)).toBe(false);
      }),
    );
  });

  it('2: opens nothing but what is published to whoever is not signed in', () => {
    for (const cls of classesOfRecord) {
      const open = letters.filter((letter) => may(actor('public'), letter, cls, everything));
      expect(open).toEqual(cls === 'PUB' ? ['L', 'R', 'E'] : []);
    }
  });

  it('3: never lets the author approve, whatever roles they hold and whoever agrees', () => {
    fc.assert(
      fc.property(anyRoles, anyClass, anyFacts, (held, cls, facts) => {
        const written = { ...facts, authorOfThisContent: true };
        expect(may(actor(...held), 'A', cls, written)).toBe(false);
      }),
    );
    const agreed = { secondPerson: true };
    expect(may(actor('clerk'), 'A', 'DRF', agreed)).toBe(true);
    expect(whyNot(actor('clerk'), 'A', 'DRF', { ...agreed, authorOfThisContent: true })).toEqual([
      'author-is-not-the-approver',
    ]);
  });

  it('4: gives an administrator no content, whatever other roles they hold', () => {
    fc.assert(
      fc.property(anyRoles, anyLetter, fc.constantFrom(...content), anyFacts, (held, ...asked) => {
        const [letter, cls, facts] = asked;
        expect(may(actor(...held, 'administrator'), letter, cls, facts)).toBe(false);
        expect(mightEver(actor(...held, 'administrator'), letter, cls)).toBe(false);
      }),
    );
    expect(whyNot(actor('administrator', 'qa-manager'), 'R', 'PLN')).toEqual([
      'administrators-see-no-content',
    ]);
  });

  it('4: lets nobody give a role to themself, whoever agrees', () => {
    fc.assert(
      fc.property(anyRoles, anyFacts, (held, facts) => {
        const oneself = { ...facts, secondPerson: true, toOneself: true };
        expect(may(actor(...held), 'G', 'USR', oneself)).toBe(false);
      }),
    );
    expect(whyNot(actor('administrator'), 'G', 'USR', { toOneself: true })).toEqual(['oneself']);
  });

  it('4: refuses the role of an administrator beside any other, either way round', () => {
    fc.assert(
      fc.property(anyGrantable, fc.subarray([...grantableRoles]), (asked, held) => {
        const together = new Set([asked, ...held]);
        const clash = together.has('administrator') && together.size > 1;
        const before = held.includes('administrator') && held.length > 1;
        // Whoever held both already is the store's fault and not this question's.
        if (!before) expect(conflictOfRoles(asked, held) !== null).toBe(clash);
      }),
    );
  });

  it('5: lets nobody write, change, release, approve, dispose of or assign the audit log', () => {
    fc.assert(
      fc.property(anyRoles, anyFacts, (held, facts) => {
        for (const letter of ['C', 'U', 'D', 'X+', 'X-', 'A', 'G'] as const) {
          expect(may(actor(...held), letter, 'LOG', facts)).toBe(false);
        }
      }),
    );
  });

  it('6: lowers no child-level row, and releases nothing that is confidential by law', () => {
    fc.assert(
      fc.property(anyRoles, anyClass, anyFacts, (held, cls, facts) => {
        expect(may(actor(...held), 'X-', 'CHD', facts)).toBe(false);
        expect(may(actor(...held), 'X-', cls, { ...facts, confidential: true })).toBe(false);
      }),
    );
    expect(may(actor('clerk'), 'X-', 'EXM', { secondPerson: true })).toBe(true);
  });

  it('7: raises a class by one person at once, and lowers it by two', () => {
    for (const { role, cls } of cells) {
      const raises = mightEver(actor(role), 'X+', cls);
      expect(may(actor(role), 'X+', cls), `${role} ${cls}`).toBe(raises);
      expect(may(actor(role), 'X-', cls, { ...everything, secondPerson: false })).toBe(false);
    }
    expect(may(actor('qa-manager'), 'X-', 'PLN', { secondPerson: true })).toBe(true);
  });

  it('9: gives two roles the union of both, and nothing more', () => {
    const others = fc.subarray(roles.filter((role) => role !== 'administrator'));
    fc.assert(
      fc.property(others, anyLetter, anyClass, anyFacts, (held, letter, cls, facts) => {
        const alone = held.some((role) => may(actor(role), letter, cls, facts));
        expect(may(actor(...held), letter, cls, facts)).toBe(alone);
      }),
    );
    // Two roles' halves of a condition do not make a whole: t and s are to hold together.
    expect(may(actor('peer-reviewer', 'action-lead'), 'R', 'FND', { granted: true })).toBe(false);
  });

  it('10: keeps a child’s words from the service that they are about', () => {
    fc.assert(
      fc.property(anyRoles, anyLetter, anyFacts, (held, letter, facts) => {
        const about = { ...facts, aboutActorsService: true };
        expect(may(actor(...held), letter, 'ESC', about)).toBe(false);
      }),
    );
    expect(may(actor('service-manager'), 'R', 'ESC', { assigned: true })).toBe(true);
  });

  it('says why whenever it refuses, each reason once, and nothing when it allows', () => {
    fc.assert(
      fc.property(anyRoles, anyLetter, anyClass, anyFacts, (held, letter, cls, facts) => {
        const reasons = whyNot(actor(...held), letter, cls, facts);
        expect(reasons.length === 0).toBe(may(actor(...held), letter, cls, facts));
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });

  it('denies whoever holds no role', () => {
    expect(whyNot(actor(), 'L', 'PUB')).toEqual(['no-role-allows-it']);
  });

  it('holds nobody for the public: that role is never given', () => {
    expect(parseRole('public')).toBe(null);
    expect(grantableRoles).toHaveLength(16);
  });
});
