import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  action,
  dueOn,
  examplePicture,
  objective,
  update,
} from '../out/example-picture.test-help.ts';
import { deriveRag, disagreementsOf, reasonInWords } from './derived-rag.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import type { RagThresholds } from './rag-thresholds.ts';

const serves = objective({ ref: '1' });
/** On track by every rule: begun, told of yesterday, due in half a year, its date never changed. */
const good = action(serves, {
  ref: '1',
  status: 'in progress',
  claimedRag: 'green',
  due: dueOn('2026-09-01', '1 September 2026'),
  lastUpdate: update('2026-03-03', 'Going well'),
});

/** A plan of these actions on 4 March 2026, with a review cycle of 30 days. */
function planOf(actions: ActionPicture[], thresholds: Partial<RagThresholds> = {}): PlanPicture {
  const picture = examplePicture();
  const { ragRule } = picture.plan;
  return {
    ...picture,
    plan: {
      ...picture.plan,
      ragRule: { ...ragRule, thresholds: { ...ragRule.thresholds, ...thresholds } },
    },
    actions,
  };
}

function derived(changes: Partial<ActionPicture>, thresholds: Partial<RagThresholds> = {}) {
  const one = { ...good, ...changes };
  const found = deriveRag(one, planOf([one], thresholds));
  return found && { standing: found.standing, why: found.reasons.map(({ why }) => why) };
}

describe('the RAG that the facts bear out', () => {
  it('is on track where nothing speaks against it', () => {
    expect(derived({})).toEqual({ standing: 'on track', why: ['nothing against it'] });
    expect(derived({ status: 'not started' })).toEqual({
      standing: 'not started',
      why: ['nothing against it'],
    });
  });

  it('is off track when overdue, from the day that the plan says', () => {
    const late = { due: dueOn('2026-02-27', '27 February'), daysOverdue: 5 };
    expect(derived(late)?.standing).toBe('off track');
    expect(derived(late, { overdueOffTrackDays: 6 })?.standing).toBe('at risk');
    expect(derived(late, { overdueOffTrackDays: 5 })?.standing).toBe('off track');
  });

  it('is at risk once its date was changed, and off track after three changes', () => {
    const changed = (dueDateCount: number) => derived({ dueDateCount, revised: true });
    expect(changed(2)).toEqual({ standing: 'at risk', why: ['revised'] });
    expect(changed(3)?.standing).toBe('at risk');
    expect(changed(4)?.standing).toBe('off track');
    // The imported paper itself said "revised": the dates before it are not known.
    expect(derived({ dueDateCount: 1, revised: true })?.why).toEqual(['revised']);
  });

  it('is at risk without an update within the cycle, the thirtieth day included', () => {
    expect(derived({ lastUpdate: update('2026-02-02', 'Said') })?.why).toEqual([
      'nothing against it',
    ]);
    expect(derived({ lastUpdate: update('2026-02-01', 'Said') })?.why).toEqual(['no update']);
    expect(derived({ lastUpdate: null })?.why).toEqual(['no update']);
    const own = { silentDays: 60 };
    expect(derived({ lastUpdate: update('2026-02-01', 'Said') }, own)?.standing).toBe('on track');
  });

  it('is at risk when complete and nothing shows it, and complete when evidence does', () => {
    const done = { status: 'complete', claimedRag: 'blue', lastUpdate: null } as const;
    expect(derived(done)).toEqual({ standing: 'at risk', why: ['complete without evidence'] });
    expect(derived({ ...done, evidenceCount: 1 })).toEqual({
      standing: 'complete',
      why: ['complete'],
    });
  });

  it('is at risk when it is due soon and not started', () => {
    const soon = { status: 'not started', due: dueOn('2026-04-01', '1 April') } as const;
    expect(derived(soon)).toEqual({ standing: 'at risk', why: ['due soon and not started'] });
    expect(derived(soon, { soonDays: 27 })?.standing).toBe('not started');
    expect(derived({ ...soon, status: 'in progress' })?.standing).toBe('on track');
  });

  it('gives every reason, the worst first, and the worst decides', () => {
    const all = { daysOverdue: 3, revised: true, dueDateCount: 2, lastUpdate: null } as const;
    expect(derived(all)).toEqual({
      standing: 'off track',
      why: ['overdue', 'revised', 'no update'],
    });
  });

  it('is said in the plan’s own colour, and not at all of what was withdrawn', () => {
    const picture = planOf([good]);
    expect(deriveRag({ ...good, daysOverdue: 2 }, picture)?.colour).toBe('red');
    expect(deriveRag({ ...good, withdrawn: true }, picture)).toBeNull();
    // No colour of this plan stands for "complete": it is green, as the plan's own updates say.
    const scheme = picture.plan.ragScheme.filter(({ standsFor }) => standsFor !== 'complete');
    const plan = { ...picture.plan, ragScheme: scheme };
    const done = { ...good, status: 'complete', evidenceCount: 1 } as const;
    expect(deriveRag(done, { ...picture, plan })?.colour).toBe('green');
  });
});

describe('a claim and what is derived', () => {
  it('disagree where the claim is more hopeful or more cautious, hopeful ones first', () => {
    const actions = [
      { ...good, ref: 'agrees' },
      { ...good, ref: 'cautious', claimedRag: 'red' as const },
      { ...good, ref: 'hopeful', daysOverdue: 40, due: dueOn('2026-01-23', '23 January') },
      { ...good, ref: 'no claim', claimedRag: null, status: null, daysOverdue: 9 },
      { ...good, ref: 'withdrawn', withdrawn: true, daysOverdue: 9 },
    ];
    const found = disagreementsOf(planOf(actions));
    expect(found.map(({ action, claim }) => [action.ref, claim])).toEqual([
      ['hopeful', 'more hopeful'],
      ['cautious', 'more cautious'],
    ]);
    const [first] = found;
    if (first === undefined) throw new Error('nothing was found');
    expect(first.derived.reasons.map((reason) => reasonInWords(reason, first.action))).toEqual([
      '40 days overdue: it was due 23 January 2026',
    ]);
  });

  it('agree that an action is complete, whatever colour its plan has for it', () => {
    const done = { ...good, status: 'complete', claimedRag: 'green', evidenceCount: 2 } as const;
    expect(disagreementsOf(planOf([done]))).toEqual([]);
  });

  it('never make the derived colour better by being later, more often changed or more silent', () => {
    const rank = { 'off track': 0, 'at risk': 1, 'not started': 2, 'on track': 2, complete: 3 };
    const facts = fc.record({
      daysOverdue: fc.nat(400),
      dueDateCount: fc.integer({ min: 1, max: 6 }),
      silent: fc.nat(200),
    });
    const standing = (told: { daysOverdue: number; dueDateCount: number; silent: number }) =>
      rank[
        derived({
          daysOverdue: told.daysOverdue,
          dueDateCount: told.dueDateCount,
          revised: told.dueDateCount > 1,
          lastUpdate: told.silent > 100 ? null : update('2026-03-04', 'Said'),
        })?.standing ?? 'complete'
      ];
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const worse = {
          daysOverdue: Math.max(a.daysOverdue, b.daysOverdue),
          dueDateCount: Math.max(a.dueDateCount, b.dueDateCount),
          silent: Math.max(a.silent, b.silent),
        };
        expect(standing(worse)).toBeLessThanOrEqual(Math.min(standing(a), standing(b)));
      }),
    );
  });
});
