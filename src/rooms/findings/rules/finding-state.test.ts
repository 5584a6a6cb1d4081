import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { deriveState, type CountedAction } from './finding-state.ts';
import { answers, findingKinds, progressStates, type ProgressState } from './kinds.ts';
import { stateReasonInWords } from './state-words.ts';

const on = '2026-03-04' as IsoDate;
const action = (state: ProgressState, label = 'Visit on time'): CountedAction => ({
  label,
  state,
  since: on,
});
const stateOf = (
  states: readonly ProgressState[],
  more: Partial<Parameters<typeof deriveState>[0]> = {},
) =>
  deriveState({
    kind: 'recommendation',
    withdrawn: false,
    answer: 'accepted',
    actions: states.map((state) => action(state)),
    ...more,
  });

describe('the state of a finding', () => {
  it.each<[ProgressState[], string, string]>([
    [[], 'open', 'It has a response, and no action yet'],
    [['withdrawn'], 'open', 'Its one action was withdrawn'],
    [['planned', 'planned'], 'planned', 'None of its 2 actions is started'],
    [['planned', 'done'], 'in progress', '1 of its 2 actions is done'],
    [['in progress'], 'in progress', 'Its one action is in progress'],
    [['done', 'better for children'], 'done', 'All 2 of its actions are done'],
    [['practice changed', 'better for children'], 'practice changed', 'have changed practice'],
    [['better for children', 'withdrawn'], 'better for children', 'children better off'],
    [['better for children', 'regressed'], 'regressed', 'failed again on 4 March 2026'],
    [['accepted as untested'], 'done', 'accepted as untested'],
  ])('of actions that are %s is %s', (states, state, words) => {
    const derived = stateOf(states);
    expect(derived.state).toBe(state);
    expect(stateReasonInWords(derived.reason)).toContain(words);
  });

  it('asks no action of a strength, or of what was not accepted', () => {
    expect(stateOf([], { kind: 'strength', answer: null }).state).toBe('no action needed');
    expect(stateOf([], { answer: 'not accepted' }).state).toBe('no action needed');
    expect(stateOf([], { answer: 'partly accepted' }).state).toBe('open');
    expect(stateOf([], { answer: null }).reason.why).toBe('no-response');
  });

  it('is never further than the least of its actions, and one that failed outweighs all', () => {
    const further: Record<string, number> = {
      open: 0,
      planned: 1,
      'in progress': 2,
      done: 3,
      'practice changed': 4,
      'better for children': 5,
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...findingKinds),
        fc.constantFrom(null, ...answers),
        fc.array(fc.constantFrom(...progressStates), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...progressStates),
        (kind, answer, states, added) => {
          const before = stateOf(states, { kind, answer });
          const after = stateOf([...states, added], { kind, answer });
          const counted = states.filter((one) => one !== 'withdrawn');
          if (counted.includes('regressed')) {
            expect(before.state).toBe('regressed');
            expect(after.state).toBe('regressed');
            return;
          }
          if (added === 'withdrawn') {
            expect(after.state).toBe(before.state);
            return;
          }
          const least = further[after.state];
          if (least === undefined || added === 'regressed') return;
          // What is not done of any action is not done of the finding.
          if ([...counted, added].some((one) => one === 'planned' || one === 'in progress')) {
            expect(least).toBeLessThan(3);
          }
          if ([...counted, added].some((one) => one !== 'better for children')) {
            expect(least).toBeLessThan(5);
          }
        },
      ),
    );
  });
});
