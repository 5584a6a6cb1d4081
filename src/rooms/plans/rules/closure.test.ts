import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, type PartyId, type UserId } from '#kernel/ids.ts';
import {
  closureOf,
  isEffectUnshown,
  nothingClosed,
  whyNotAccept,
  whyNotAnswer,
  whyNotSay,
  type ClosureReached,
  type ClosureStep,
  type Priority,
  type ToClose,
  type Verifier,
} from './closure.ts';
import { effectSentence, heldInWords, regressedInWords } from './closure-words.ts';
import type { ActionPicture } from './picture.ts';

const first = '2026-01-05' as IsoDate;
const lead: UserId = newId();
const other: UserId = newId();
const leadPost: PartyId = newId();

let versions = 0;
function step(state: ClosureStep['state'], more: Partial<ClosureStep> = {}): ClosureStep {
  versions += 1;
  return {
    id: newId(),
    version: versions,
    state,
    account: 'The form was changed',
    testResult: null,
    heldDays: state === 'regressed' ? 30 : null,
    on: first,
    by: lead,
    evidenceCount: 0,
    answer: null,
    ...more,
  };
}
const verified = { answer: 'verified', on: addDays(first, 3), by: other, reason: null } as const;
const returned = {
  answer: 'returned',
  on: addDays(first, 3),
  by: other,
  reason: 'Show it',
} as const;
const completion = { since: first, by: lead };

function close(steps: ClosureStep[], priority: Priority = 'medium', complete = true) {
  return closureOf({ steps, completion: complete ? completion : null, priority });
}

describe('how far an action has come', () => {
  it('is one state after the other, each signed off', () => {
    const done = step('done', { answer: verified });
    const changed = step('practice changed', { answer: verified });
    const better = step('children better off', { answer: verified });
    expect(close([]).reached).toBe('none');
    expect(close([done])).toMatchObject({ reached: 'done', since: '2026-01-08', waiting: null });
    expect(close([done, changed]).reached).toBe('practice changed');
    expect(close([done, changed, better]).reached).toBe('children better off');
    // Nobody is better off of what was not done.
    expect(close([better]).reached).toBe('none');
  });

  it('counts no step that waits or was returned', () => {
    const waits = step('done');
    expect(close([waits])).toMatchObject({ reached: 'none', waiting: waits });
    expect(close([step('done', { answer: returned })])).toMatchObject({
      reached: 'none',
      waiting: null,
    });
  });

  it('is done at once where the priority is low', () => {
    expect(close([], 'low')).toMatchObject({ reached: 'done', since: first, waiting: null });
    expect(close([step('practice changed')], 'low').reached).toBe('practice changed');
    expect(close([], 'low', false).reached).toBe('none');
  });

  it('begins anew after a regression, and after it was taken back', () => {
    const before = [
      step('done', { answer: verified }),
      step('practice changed', { answer: verified }),
    ];
    const failed = step('regressed', { on: addDays(first, 214), heldDays: 214 });
    const after = closureOf({
      steps: [...before, failed],
      completion: { since: addDays(first, 230), by: lead },
      priority: 'medium',
    });
    expect(after).toMatchObject({ reached: 'none', standing: [] });
    expect(after.regressions).toEqual([{ on: addDays(first, 214), heldDays: 214 }]);
    expect(regressedInWords(after)).toBe('Regressed once');
    expect(heldInWords(214)).toBe('The fix held 214 days');
    // Another completion, without a regression between: a wrong update was corrected.
    const anew = closureOf({
      steps: before,
      completion: { since: addDays(first, 1), by: lead },
      priority: 'medium',
    });
    expect(anew.reached).toBe('none');
  });

  it('is settled by an acceptance, and then alone out of sight', () => {
    const done = step('done', { answer: verified });
    const action = (closure: ToClose['closure']) => ({
      withdrawn: false,
      status: 'complete',
      closure,
    });
    expect(isEffectUnshown(action(close([done])))).toBe(true);
    expect(isEffectUnshown(action(close([done, step('accepted as untested')])))).toBe(false);
    expect(isEffectUnshown({ ...action(nothingClosed), status: 'in progress' })).toBe(false);
  });
});

const anyStep = fc
  .record({
    state: fc.constantFrom<ClosureStep['state']>(
      'done',
      'practice changed',
      'children better off',
      'accepted as untested',
      'regressed',
    ),
    answer: fc.constantFrom(null, verified, returned),
    days: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ state, answer, days }) =>
    step(state, {
      on: addDays(first, days),
      answer: state === 'accepted as untested' || state === 'regressed' ? null : answer,
    }),
  );
const anySteps = fc
  .array(anyStep, { maxLength: 8 })
  .map((steps) => steps.sort((a, b) => a.on.localeCompare(b.on)));
const signedOffPriorities = fc.constantFrom<Priority>('high', 'medium', null);
const anyCompletion = fc.option(
  fc.integer({ min: 0, max: 9 }).map((days) => ({ since: addDays(first, days), by: lead })),
);
const rank: Record<ClosureReached, number> = {
  none: 0,
  done: 1,
  'practice changed': 2,
  'children better off': 3,
  'accepted as untested': 3,
};

describe('for any steps', () => {
  it('nothing that was returned or is not signed off makes it better', () => {
    fc.assert(
      fc.property(
        anySteps,
        signedOffPriorities,
        anyCompletion,
        fc.constantFrom<ClosureStep['state']>('done', 'practice changed', 'children better off'),
        fc.constantFrom(null, returned),
        (steps, priority, since, state, answer) => {
          const before = closureOf({ steps, completion: since, priority });
          const more = [...steps, step(state, { on: addDays(first, 9), answer })];
          const after = closureOf({ steps: more, completion: since, priority });
          expect(rank[after.reached]).toBeLessThanOrEqual(rank[before.reached]);
        },
      ),
    );
  });

  it('nothing before a regression counts, nor anything while it is not complete', () => {
    fc.assert(
      fc.property(
        anySteps,
        anySteps,
        anyCompletion,
        signedOffPriorities,
        (a, b, since, priority) => {
          const failed = step('regressed', { on: first });
          const all = closureOf({ steps: [...a, failed, ...b], completion: since, priority });
          const alone = closureOf({ steps: b, completion: since, priority });
          expect(all.reached).toBe(alone.reached);
          expect(closureOf({ steps: a, completion: null, priority }).reached).toBe('none');
        },
      ),
    );
  });
});

const agreed = {
  measure: 'Visits on time',
  sample: '20 files',
  threshold: '18 of 20',
  byWhen: null,
};
function toClose(more: Partial<ToClose> = {}): ToClose {
  return {
    priority: 'medium',
    withdrawn: false,
    test: null,
    leads: [{ id: leadPost }],
    closure: close([]),
    ...more,
  };
}

describe('what it takes to say a step', () => {
  const said = { state: 'done', testResult: null, evidenceCount: 0 } as const;

  it('is evidence where the priority is high, and none of it elsewhere', () => {
    expect(whyNotSay(toClose({ priority: 'high' }), said)).toEqual(['needs evidence']);
    expect(whyNotSay(toClose({ priority: 'high' }), { ...said, evidenceCount: 1 })).toEqual([]);
    expect(whyNotSay(toClose(), said)).toEqual([]);
  });

  it('is the test, where one was agreed, before practice has changed', () => {
    const done = toClose({ test: agreed, closure: close([step('done', { answer: verified })]) });
    const changed = { ...said, state: 'practice changed', evidenceCount: 1 } as const;
    expect(whyNotSay(done, changed)).toEqual(['test not made']);
    expect(whyNotSay(done, { ...changed, testResult: 'not met' })).toEqual(['test not met']);
    expect(whyNotSay(done, { ...changed, testResult: 'met' })).toEqual([]);
    // Where none was, what shows it stands in its place.
    const untested = { ...done, test: 'to be agreed' } as const;
    expect(whyNotSay(untested, { ...changed, evidenceCount: 0 })).toEqual(['needs evidence']);
    expect(whyNotSay(untested, changed)).toEqual([]);
  });

  it('takes the result of a test that was made with an earlier step', () => {
    const met = step('done', { answer: verified, testResult: 'met' });
    const changed = { ...said, state: 'practice changed' } as const;
    expect(whyNotSay(toClose({ test: agreed, closure: close([met]) }), changed)).toEqual([]);
  });

  it('is told with every reason at once', () => {
    const waits = toClose({ priority: 'high', withdrawn: true, closure: close([step('done')]) });
    expect(whyNotSay(waits, said)).toEqual([
      'withdrawn',
      'waits for its sign-off',
      'needs evidence',
    ]);
    expect(whyNotSay(toClose(), { ...said, state: 'children better off' })).toEqual(['not next']);
  });
});

describe('who signs off', () => {
  const independent: Verifier = { userId: other, partyIds: [], mayApprove: true };
  const waiting = toClose({ closure: close([step('done')]) });

  it('is somebody else, whose role lets them approve', () => {
    expect(whyNotAnswer(independent, waiting, 'verified')).toEqual([]);
    expect(whyNotAnswer({ ...independent, mayApprove: false }, waiting, 'verified')).toEqual([
      'role may not approve',
    ]);
  });

  it('is never the doer, though their role lets them approve', () => {
    const doer = { userId: lead, partyIds: [leadPost], mayApprove: true };
    expect(whyNotAnswer(doer, waiting, 'verified')).toEqual([
      'leads the action',
      'claimed it complete',
      'wrote this step',
    ]);
    expect(whyNotAccept(doer, waiting)).toEqual(['leads the action', 'claimed it complete']);
  });

  it('has evidence to go by where the priority is high, or returns it', () => {
    const high = { ...waiting, priority: 'high' } as const;
    expect(whyNotAnswer(independent, high, 'verified')).toEqual(['needs evidence']);
    expect(whyNotAnswer(independent, high, 'returned')).toEqual([]);
  });

  it('answers what waits alone, and accepts what is complete alone', () => {
    expect(whyNotAnswer(independent, toClose(), 'verified')).toEqual(['nothing waits']);
    expect(whyNotAccept(independent, toClose({ closure: nothingClosed }))).toEqual([
      'not complete',
    ]);
    const better = ['done', 'practice changed', 'children better off'] as const;
    const closure = close(better.map((state) => step(state, { answer: verified })));
    expect(whyNotAccept(independent, toClose({ closure }))).toEqual(['not next']);
  });
});

it('says of how many nobody has shown that children are better off', () => {
  const action = (status: 'complete' | 'in progress', reached: ClosureReached) =>
    ({ status, withdrawn: false, closure: { ...nothingClosed, reached } }) as ActionPicture;
  const better = action('complete', 'children better off');
  const done = action('complete', 'done');
  expect(effectSentence([better, action('in progress', 'none')])).toBeNull();
  expect(effectSentence([better, better, done, action('complete', 'none')])).toBe(
    '4 are complete; of 2 nobody has shown yet that children are better off.',
  );
  expect(effectSentence([done, done])).toBe(
    '2 are complete; of none of them has anybody shown yet that children are better off.',
  );
  expect(effectSentence([done])).toBe(
    '1 is complete; of it nobody has shown yet that children are better off.',
  );
});
