import { describe, expect, it } from 'vitest';
import { action, day, dueOn, objective, party } from '../out/example-picture.test-help.ts';
import { nothingClosed } from './closure.ts';
import { comparePictures } from './compare.ts';
import { defaultScheme } from './default-scheme.ts';
import { handoverOf } from './handover.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { usualRule } from './rag-thresholds.ts';
import { roundStanding } from './rounds.ts';

const serves = objective({});
const lead = party('Service Manager');

function picture(asAt: string, actions: ActionPicture[]): PlanPicture {
  return {
    plan: {
      id: 'plan' as PlanPicture['plan']['id'],
      slug: 'plan',
      title: 'Plan',
      periodFrom: null,
      periodTo: null,
      owner: null,
      boards: [],
      reviewCycleDays: 60,
      ragScheme: [...defaultScheme],
      state: 'active',
      version: 1,
      ragRule: usualRule(day(asAt)),
    },
    asAt: day(asAt),
    objectives: [serves],
    actions,
  };
}

const one = action(serves, {
  ref: '1',
  leads: [lead],
  due: dueOn('2026-03-31', '31 March 2026'),
  status: 'in progress',
});

describe('two pictures side by side', () => {
  it('tell what was added, removed and changed, field by field', () => {
    const added = action(serves, { ref: '2' });
    const away = action(serves, { ref: '3' });
    const left = action(serves, { ref: '4', status: 'complete' });
    const back = action(serves, { ref: '5', withdrawn: true });
    const same = action(serves, { ref: '6' });
    const gone = action(serves, { ref: '7', withdrawn: true });
    const then = picture('2026-01-31', [one, away, left, back, same, gone]);
    const now = picture('2026-03-04', [
      { ...one, due: dueOn('2026-06-30', '30 June 2026'), claimedRag: 'amber' },
      added,
      { ...away, withdrawn: true },
      { ...left, onTable: false },
      { ...back, withdrawn: false },
      same,
      gone,
    ]);
    const compared = comparePictures(then, now);
    expect(compared.map(({ action: { ref }, kind, why }) => [ref, kind, why])).toEqual([
      ['1', 'changed', null],
      ['2', 'added', 'new'],
      ['3', 'removed', 'withdrawn'],
      ['4', 'removed', 'left the table'],
      ['5', 'added', 'brought back'],
    ]);
    expect(compared[0]?.fields).toEqual([
      { what: 'Due', before: '31 March 2026', after: '30 June 2026' },
      { what: 'Claimed', before: 'Not rated', after: 'Amber' },
    ]);
    expect(comparePictures(null, now)).toHaveLength(5);
    expect(comparePictures(now, now)).toEqual([]);
  });
});

describe('a handover sheet', () => {
  it('holds what this post leads, and nothing of another or of an archived plan', () => {
    const late = { ...one, due: dueOn('2026-02-28', ''), daysOverdue: 4, dueDateCount: 2 };
    const other = action(serves, { ref: '2', leads: [party('Head of Service')] });
    const then = picture('2026-01-31', [one, other]);
    const now = picture('2026-03-04', [late, other]);
    const sheet = handoverOf(lead.id, [then], [now], day('2026-03-04'));
    expect(sheet.inherited.map(({ action: { due }, now: is }) => [due.to, is?.due.to])).toEqual([
      ['2026-03-31', '2026-02-28'],
    ]);
    expect(sheet.slipped.map(({ how }) => how)).toEqual([
      'Date changed, now its 2nd date; became overdue, by 4 days',
    ]);
    expect(sheet.owed.map(({ why }) => why)).toEqual(['4 days overdue; an update is owed']);
    const archived = { ...now, plan: { ...now.plan, state: 'archived' as const } };
    expect(handoverOf(lead.id, [], [archived], day('2026-03-04')).owed).toEqual([]);
  });
});

describe('a round', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 2, 4, hour));
  const update = (hour: number, status: 'complete' | 'in progress', version = 1) => ({
    actionId: one.id,
    version,
    effectiveOn: day('2026-03-04'),
    recordedAt: at(hour),
    status,
  });
  const standing = (
    updates: ReturnType<typeof update>[],
    now: ActionPicture = one,
    madeAt = at(1),
  ) => {
    const close = { on: day('2026-03-04'), at: at(12), by: null, note: null };
    const round = { openedAt: at(8), close };
    const { given, missing } = roundStanding(round, picture('2026-03-04', [now]), {
      versions: [{ actionId: now.id, recordedAt: madeAt }],
      updates,
    });
    return [given.length, missing.length];
  };

  it('counts what was recorded after it opened and before it closed', () => {
    expect(standing([])).toEqual([0, 1]);
    expect(standing([update(7, 'in progress')])).toEqual([0, 1]);
    expect(standing([update(9, 'in progress')])).toEqual([1, 0]);
    expect(standing([update(13, 'in progress')])).toEqual([0, 1]);
  });

  it('asks nothing of what was complete, withdrawn, or not there when it opened', () => {
    const complete = { ...one, status: 'complete' as const, closure: nothingClosed };
    expect(standing([update(7, 'complete')], complete)).toEqual([0, 0]);
    expect(standing([update(9, 'complete')], complete)).toEqual([1, 0]);
    expect(standing([], { ...one, withdrawn: true })).toEqual([0, 0]);
    expect(standing([], one, at(9))).toEqual([0, 0]);
    // Reopened in the round: asked for, and answered by the very update that reopens it.
    expect(standing([update(7, 'complete'), update(9, 'in progress', 2)])).toEqual([1, 0]);
  });
});
