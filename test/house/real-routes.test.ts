import { describe, expect, it } from 'vitest';
import { testApp, userWith } from '../app.ts';
import {
  expectedOf,
  expectedRoles,
  isAllowed,
  letters,
  type ExpectedCondition,
} from './expectations.ts';
import { residentOf, setHousehold, type Household } from './household.ts';
import { plantPlan } from './planted.ts';
import { realRoutes, type Target } from './real-routes.ts';

/** C-01 on the pages that there are: each letter asked as each role would, near, far and abroad. */
const test = await testApp();
const ours = await setHousehold(test, 'Saltmarsh Borough Council');
const theirs = await setHousehold(test, 'Fenmoor Council');

async function target(
  household: Household,
  word: string,
  distance: 'near' | 'far',
): Promise<() => Promise<Target>> {
  const plan = await plantPlan(test, household, word, distance);
  // A new person each time: a role that is put forward once is not put forward again.
  return async () => {
    const { userId } = await userWith(test, household.authority, [], 'Pat Saltern', null);
    return { plan, userId };
  };
}
const near = await target(ours, 'zukingfisher', 'near');
const far = await target(ours, 'zubramblefinch', 'far');
const abroad = await target(theirs, 'zugoldcrest', 'near');

const held = expectedRoles.filter((role) => role !== 'public');
const asked = Object.entries(realRoutes).flatMap(([cls, routes]) =>
  letters.flatMap((letter) => {
    const ask = routes[letter];
    return ask === undefined ? [] : [{ cls, letter, ask }];
  }),
);

describe.each(asked)('$cls $letter', ({ cls, letter, ask }) => {
  it('is had by whoever the table allows it, and by nobody else', async () => {
    const wrong: string[] = [];
    const each = async (role: string) => {
      const expected = expectedOf(role, cls, letter);
      const trials: [string, () => Promise<Target>, ExpectedCondition[]][] = [
        ['near', near, ['a', 'c', 't']],
        ['far', far, []],
      ];
      for (const [where, of, holding] of trials) {
        const had = await ask(residentOf(ours, role), await of());
        // Giving a role takes two; here the first of them is asked.
        const conditions: ExpectedCondition[] = cls === 'USR' ? [...holding, '2'] : holding;
        if (had !== isAllowed(expected, conditions)) wrong.push(`${role}, ${where}: ${had}`);
      }
    };
    for (const role of held) await each(role);
    expect(wrong).toEqual([]);
  });
});

describe('a council’s things', () => {
  it.each(held)('%s of another cannot have them', async (role) => {
    const wrong: string[] = [];
    for (const { cls, letter, ask } of asked) {
      // One's own council has lists, forms and a log of its own: they name nothing of another.
      const namesNothing =
        (cls === 'PLN' && letter === 'C') ||
        cls === 'LOG' ||
        (cls === 'USR' && letter !== 'R' && letter !== 'G');
      if (namesNothing) continue;
      if (await ask(residentOf(ours, role), await abroad())) wrong.push(`${cls} ${letter}`);
    }
    expect(wrong).toEqual([]);
  });
});
