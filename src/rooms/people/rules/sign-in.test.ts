import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';
import { isOver, nextStep } from './session-life.ts';
import { secondsToWait } from './sign-in-limit.ts';

const noon = new Date('2026-03-04T12:00:00Z');
const before = (minutes: number) => new Date(noon.getTime() - minutes * 60_000);

describe('a session', () => {
  const session = (startedAt: Date, seenAt: Date, endedAt: Date | null = null) => ({
    startedAt,
    seenAt,
    endedAt,
  });

  it.each([
    ['just used', session(before(1), before(0)), false],
    ['left for 29 minutes', session(before(40), before(29)), false],
    ['left for 30 minutes', session(before(40), before(30)), true],
    ['used all day for 11 hours 59', session(before(719), before(1)), false],
    ['used all day for 12 hours', session(before(720), before(1)), true],
    ['signed out', session(before(5), before(1), before(1)), true],
  ])('%s', (_what, given, over) => {
    expect(isOver(given, noon)).toBe(over);
  });
});

describe('the steps of signing in', () => {
  const everyProof = fc.record({
    codeRequired: fc.boolean(),
    codeSetUp: fc.boolean(),
    codeProved: fc.boolean(),
    passwordMustChange: fc.boolean(),
  });
  const done = {
    codeRequired: true,
    codeSetUp: true,
    codeProved: true,
    passwordMustChange: false,
  };

  it.each([
    ['all done', done, null],
    ['a code is still to be given', { ...done, codeProved: false }, 'code'],
    ['no codes yet', { ...done, codeSetUp: false, codeProved: false }, 'set-up-code'],
    ['a first password', { ...done, passwordMustChange: true }, 'new-password'],
    [
      'the demonstration without codes',
      { ...done, codeRequired: false, codeSetUp: false, codeProved: false },
      null,
    ],
    [
      'the demonstration with codes set up',
      { ...done, codeRequired: false, codeProved: false },
      'code',
    ],
  ] as const)('%s', (_what, proofs, step) => {
    expect(nextStep(proofs)).toBe(step);
  });

  it('lets nobody in who set up codes and gave none', () => {
    fc.assert(
      fc.property(everyProof, (proofs) => {
        const step = nextStep({ ...proofs, codeSetUp: true, codeProved: false });
        expect(step).toBe('code');
      }),
    );
  });

  it('lets nobody in with a password alone where codes are required', () => {
    fc.assert(
      fc.property(everyProof, (proofs) => {
        expect(nextStep({ ...proofs, codeRequired: true, codeProved: false })).not.toBeNull();
      }),
    );
  });
});

describe('the limit of guesses', () => {
  it.each([
    ['none', [], null],
    ['nine in five minutes', Array.from({ length: 9 }, () => before(1)), null],
    ['ten in five minutes', Array.from({ length: 10 }, () => before(1)), 240],
    [
      'ten, of which one is five minutes old',
      [before(5), ...Array.from({ length: 9 }, () => before(1))],
      null,
    ],
    ['ten over four minutes', [before(4), ...Array.from({ length: 9 }, () => before(1))], 60],
    [
      'twelve, of which three must pass',
      [before(4), before(3), before(2), ...Array.from({ length: 9 }, () => before(1))],
      180,
    ],
  ])('%s', (_what, guesses, seconds) => {
    expect(secondsToWait(guesses, noon)).toBe(seconds);
  });

  it('never lets more than ten through in any five minutes', () => {
    const tries = fc.array(fc.integer({ min: 0, max: 30 * 60 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(tries, (seconds) => {
        const taken: Date[] = [];
        for (const second of seconds.sort((one, other) => one - other)) {
          const now = new Date(noon.getTime() + second * 1000);
          if (secondsToWait(taken, now) === null) taken.push(now);
        }
        for (const [index, instant] of taken.entries()) {
          const eleventh = taken[index + 10];
          if (eleventh === undefined) break;
          expect(eleventh.getTime() - instant.getTime()).toBeGreaterThanOrEqual(5 * 60_000);
        }
      }),
    );
  });

  it('takes another guess after the wait it named', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 10, maxLength: 30 });
    fc.assert(
      fc.property(minutes, (ages) => {
        const guesses = ages.map(before);
        const wait = secondsToWait(guesses, noon);
        expect(wait).not.toBeNull();
        const later = new Date(noon.getTime() + (wait ?? 0) * 1000);
        expect(secondsToWait(guesses, later)).toBeNull();
      }),
    );
  });
});

describe('where a sign-in leads', () => {
  it.each(['/', '/plans', '/plans/improvement?status=overdue&as-at=2025-01-01#a4'])(
    'goes to %s',
    (path) => {
      expect(localPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    '',
    'plans',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    '/x/..//evil.example',
    '/.//evil.example',
    ' /plans',
    '/plans\r\nSet-Cookie: a=b',
    `/${'a'.repeat(3000)}`,
  ])('does not go to %j', (path) => {
    expect(localPath(path)).toBeNull();
  });

  it('never leaves this site, whatever is written there', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.stringMatching(/^[/\\.@:\t?#a-z]{1,12}$/),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const path = localPath(text);
        if (path === null) return;
        expect(new URL(path, 'https://sightline.example').origin).toBe('https://sightline.example');
      }),
    );
  });
});
