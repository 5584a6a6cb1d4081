import { describe, expect, it } from 'vitest';
import { accountState, type AccountFacts } from './account-state.ts';

const at = (text: string) => new Date(`${text}T09:00:00Z`);
const account: AccountFacts = {
  createdAt: at('2026-01-01'),
  signedInAt: null,
  openedAt: null,
  closed: false,
  isDemo: false,
};

describe('an account (A-09)', () => {
  it.each([
    ['is open a moment before 45 days without use', {}, '2026-02-14T23:59:59Z', 'open'],
    ['is dormant after 45 days without any use', {}, '2026-02-15T09:00:00Z', 'dormant'],
    [
      'counts from the last sign-in',
      { signedInAt: at('2026-02-01') },
      '2026-03-18T08:59:59Z',
      'open',
    ],
    [
      'sleeps 45 days after it',
      { signedInAt: at('2026-02-01') },
      '2026-03-18T09:00:00Z',
      'dormant',
    ],
    [
      'wakes when it is opened again',
      { openedAt: at('2026-06-01') },
      '2026-06-02T09:00:00Z',
      'open',
    ],
    [
      'sleeps again when nobody came',
      { openedAt: at('2026-06-01') },
      '2026-07-16T09:00:00Z',
      'dormant',
    ],
    [
      'is closed, however lately used',
      { signedInAt: at('2026-02-01'), closed: true },
      '2026-02-02T09:00:00Z',
      'closed',
    ],
    ['of a demonstration never sleeps', { isDemo: true }, '2027-02-02T09:00:00Z', 'open'],
    [
      'of a demonstration can be closed',
      { isDemo: true, closed: true },
      '2026-01-02T09:00:00Z',
      'closed',
    ],
  ])('%s', (_what, facts, now, state) => {
    expect(accountState({ ...account, ...facts }, new Date(now))).toBe(state);
  });
});
