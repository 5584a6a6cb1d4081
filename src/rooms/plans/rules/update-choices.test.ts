import { describe, expect, it } from 'vitest';
import { defaultScheme } from './default-scheme.ts';
import { updateChoices } from './update-choices.ts';

describe('the answers to "How is it going?"', () => {
  it('are the colours of the plan, in its own words, with the status each stands for', () => {
    const choices = updateChoices(defaultScheme);
    expect(choices.map(({ value, status }) => [value, status])).toEqual([
      ['red', 'in progress'],
      ['amber', 'in progress'],
      ['green', 'in progress'],
      ['blue', 'complete'],
      ['not-started', 'not started'],
    ]);
    expect(choices[3]).toMatchObject({ label: 'Blue', hint: 'Complete' });
  });

  it('always let an action be complete, though no colour means that', () => {
    const scheme = defaultScheme.filter((colour) => colour.colour !== 'blue');
    expect(updateChoices(scheme)).toContainEqual(
      expect.objectContaining({ value: 'complete', status: 'complete', rag: 'green' }),
    );
  });

  it('follow a council where green means complete', () => {
    const choices = updateChoices([
      { colour: 'green', name: 'Green', meaning: 'Done', standsFor: 'complete' },
      { colour: 'amber', name: 'Amber', meaning: 'Under way', standsFor: 'on track' },
    ]);
    expect(choices.map(({ value, rag, status }) => [value, rag, status])).toEqual([
      ['green', 'green', 'complete'],
      ['amber', 'amber', 'in progress'],
      ['not-started', null, 'not started'],
    ]);
  });
});
