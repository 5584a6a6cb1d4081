import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, type ActionId } from '#kernel/ids.ts';
import { actionKey, readRowCode, writeRowCode } from './row-code.ts';

const version = fc.integer({ min: 0, max: 999 });
const versions = fc.record({ action: version, update: version, due: version, asked: version });
const actionId = fc.integer({ min: 1, max: 2 ** 40 }).map((time) => newId<'action'>(time));
const code = fc
  .tuple(actionId, versions)
  .map(([id, stood]) => ({ id, stood, text: writeRowCode(id, stood) }));

describe('the ID of a row', () => {
  it('says which action and what stood', () => {
    fc.assert(
      fc.property(code, ({ id, stood, text }) => {
        expect(readRowCode(text)).toEqual({ key: actionKey(id), versions: stood });
      }),
    );
  });

  it('is read as somebody types it after it: in small letters, with blanks and another dash', () => {
    fc.assert(
      fc.property(code, ({ text }) => {
        const typed = ` ${text.toLowerCase().replaceAll('-', ' – ')} `;
        expect(readRowCode(typed)).toEqual(readRowCode(text));
      }),
    );
  });

  it('is found wrong where one character is another, or two changed places', () => {
    fc.assert(
      fc.property(
        code,
        fc.nat(),
        fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('')),
        ({ text }, at, other) => {
          const place = at % text.length;
          const wrong = text.slice(0, place) + other + text.slice(place + 1);
          if (wrong !== text) expect(readRowCode(wrong)).toBeNull();
          const [one = '', two = ''] = text.slice(place, place + 2);
          const swapped = text.slice(0, place) + two + one + text.slice(place + 2);
          if (swapped !== text) expect(readRowCode(swapped)).toBeNull();
        },
      ),
    );
  });

  it.each(['', '-', 'Action', '12', '01980a7e-0000-7000-8000-000000000000', '=1+1'])(
    'is not %o',
    (text) => {
      expect(readRowCode(text)).toBeNull();
    },
  );

  it('tells the actions of a plan apart', () => {
    const ids = Array.from({ length: 2000 }, () => newId<'action'>() as ActionId);
    expect(new Set(ids.map(actionKey)).size).toBe(ids.length);
  });
});
