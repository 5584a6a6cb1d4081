import { describe, expect, it } from 'vitest';
import { testApp } from '../app.ts';
import {
  cells,
  conditions,
  expectedRoles,
  isAllowed,
  type ExpectedCell,
  type ExpectedCondition,
} from './expectations.ts';
import { residentOf, setHousehold, type Household } from './household.ts';
import { madeUpRoom } from './records-of-every-class.ts';

/** C-01: every cell of the permission matrix, asked through HTTP, of one's own council and another. */
const room = madeUpRoom();
const test = await testApp(undefined, { extend: room.extend });
const ours = await setHousehold(test, 'Saltmarsh Borough Council');
const theirs = await setHousehold(test, 'Fenmoor Council');

const recordIds = new Map<string, string>();
/** The record of a council for which exactly these conditions hold. */
function recordOf({ authority }: Household, holding: readonly ExpectedCondition[]): string {
  const key = `${authority.id} ${holding.join('')}`;
  const id = recordIds.get(key) ?? room.recordWith(authority.id, holding);
  recordIds.set(key, id);
  return id;
}

/** Asks as the person of this role of our council; true is an answer, false the page of nothing. */
async function isLetIn(role: string, cls: string, letter: string, id: string): Promise<boolean> {
  const { method, url } = room.ask(cls, letter, id);
  const answer =
    role === 'public'
      ? await test.app.inject({ method, url })
      : await residentOf(ours, role)[method === 'GET' ? 'get' : 'post'](url);
  if (answer.statusCode === 200 && answer.body === 'here it is') return true;
  // Whoever is not signed in is asked to; all others see what they would see of nothing.
  const asNothing = role === 'public' && cls !== 'PUB' ? [303, 403] : [404, 403];
  expect(asNothing, `${role} ${cls} ${letter}`).toContain(answer.statusCode);
  expect(answer.body).not.toContain('here it is');
  return false;
}

/** The sets of conditions that a cell is tried with: all it asks, and all of the others but one. */
function trials({ expected }: ExpectedCell): (readonly ExpectedCondition[])[] {
  if (expected === 'no') return [conditions];
  if (expected === 'yes') return [[]];
  return [expected, ...expected.map((one) => conditions.filter((other) => other !== one))];
}

async function wrongAnswers(council: Household, right: (cell: ExpectedCell) => boolean | null) {
  const wrong: string[] = [];
  let asked = 0;
  const each = async (role: string) => {
    for (const cell of cells.filter((one) => one.role === role)) {
      const expected = right(cell);
      for (const holding of expected === null ? trials(cell) : [conditions]) {
        const hoped = expected ?? isAllowed(cell.expected, holding);
        const id = recordOf(council, holding);
        const allowed = await isLetIn(role, cell.cls, cell.letter, id);
        asked += 1;
        if (allowed === hoped) continue;
        const fault = allowed ? 'wrongly let in' : 'wrongly turned away';
        wrong.push(`${role} ${cell.cls} ${cell.letter} with ${holding.join('')}: ${fault}`);
      }
    }
  };
  await Promise.all(expectedRoles.map(each));
  return { wrong, asked };
}

describe('the table of expectations', () => {
  it('has 17 roles, 9 classes and 10 letters: 177 allowed, 123 on a condition, 1,230 denied', () => {
    const kinds = Map.groupBy(cells, ({ expected }) =>
      typeof expected === 'string' ? expected : 'conditional',
    );
    expect(expectedRoles).toHaveLength(17);
    expect(new Set(cells.map(({ cls }) => cls)).size).toBe(9);
    expect(Object.fromEntries([...kinds].map(([kind, of]) => [kind, of.length]))).toEqual({
      yes: 177,
      conditional: 123,
      no: 1230,
    });
  });
});

describe('every cell, asked through HTTP', () => {
  it('of one’s own council answers as the table says, conditions met and not met', async () => {
    const { wrong, asked } = await wrongAnswers(ours, () => null);
    expect(wrong).toEqual([]);
    // Each conditional cell is asked once as it should be, and once without each condition.
    expect(asked).toBe(1530 + 125);
  });

  it('of another council is denied whatever holds, but for reading what is published', async () => {
    const { wrong, asked } = await wrongAnswers(
      theirs,
      ({ cls, letter }) => cls === 'PUB' && ['L', 'R', 'E'].includes(letter),
    );
    expect(wrong).toEqual([]);
    expect(asked).toBe(1530);
    expect(cells.filter((c) => c.cls === 'PUB' && ['L', 'R', 'E'].includes(c.letter))).toHaveLength(
      51,
    );
  });
});
