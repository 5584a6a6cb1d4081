import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf, daysBetween, type IsoDate } from '#kernel/dates.ts';
import type { Due } from '#plans';
import { calendarFrom } from './calendar.ts';
import { northmere } from './content/northmere.ts';
import { saltmarsh } from './content/saltmarsh.ts';
import type { ActionStory, CouncilStory, PlanStory } from './story.ts';
import { timetableOf, type Moment } from './timetable.ts';

/** Any day of twelve years, and always the days on which months are awkward. */
const anyDay: fc.Arbitrary<IsoDate> = fc.oneof(
  fc.constantFrom(
    day(2028, 2, 29),
    day(2027, 3, 1),
    day(2026, 12, 31),
    day(2027, 1, 1),
    day(2026, 10, 31),
    day(2026, 3, 29),
  ),
  fc.integer({ min: 0, max: 12 * 365 }).map((days) => addDays(day(2025, 1, 1), days)),
);
const stories = [saltmarsh, northmere] as const;

describe('the timetable of a council, loaded on any day', () => {
  it('leaves nothing for today or later, and nobody writes at a weekend', () => {
    everywhere((_, moments, today) => {
      for (const moment of moments) {
        expect(moment.day < today).toBe(true);
        expect([0, 6]).not.toContain(new Date(`${moment.day}T12:00:00Z`).getUTCDay());
      }
    });
  });

  it('reaches fourteen months back and up to the last few days', () => {
    everywhere((council, moments, today) => {
      if (council.slug !== 'saltmarsh') return;
      expect(daysBetween(first(moments).day, today)).toBeGreaterThan(14 * 30);
      expect(daysBetween(first(moments.slice(-1)).day, today)).toBeLessThan(8);
    });
  });

  it('gives each moment an instant of its own, in working hours, that never runs backwards', () => {
    everywhere((_, moments) => {
      const instants = moments.map((moment) => moment.at);
      expect([...instants].sort()).toEqual(instants);
      expect(new Set(instants).size).toBe(instants.length);
      for (const at of instants) expect(at).toMatch(/ (09|1[0-6]):\d\d:\d\d Europe\/London$/);
    });
  });

  it('tells of an action only after it was added', () => {
    everywhere((_, moments) => {
      const added = new Set<ActionStory>();
      for (const moment of moments) {
        if (moment.kind === 'action') added.add(moment.action);
        if (moment.kind === 'happening') expect(added.has(moment.action)).toBe(true);
      }
    });
  });
});

describe('the plans of the demonstration, looked at on any day', () => {
  it('always have the same figures, so that the demonstration never goes stale', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        const [children, adults, exploitation] = saltmarsh(calendarFrom(today)).plans.map((plan) =>
          figures(plan, today),
        );
        expect(children).toEqual({ actions: 60, complete: 24, overdue: 7, moved: 12, twice: 3 });
        expect(adults).toEqual({ actions: 18, complete: 7, overdue: 1, moved: 2, twice: 0 });
        expect(exploitation).toEqual({ actions: 20, complete: 6, overdue: 2, moved: 2, twice: 0 });
      }),
    );
  });

  it('never move a date to the day it had already', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        for (const action of actionsOf(saltmarsh(calendarFrom(today)))) {
          const days = duesOf(action).map((due) => due.to);
          expect(days.every((to, index) => index === 0 || to !== days[index - 1])).toBe(true);
        }
      }),
    );
  });

  it('name no month, season or year of their own', () => {
    const seasons =
      /\b(January|February|April|June|July|August|September|October|November|December|spring|summer|autumn|winter|Christmas|Easter|20\d\d)\b/;
    for (const story of stories) {
      for (const action of actionsOf(story(calendarFrom(day(2026, 3, 4))))) {
        const words = [
          action.text,
          action.measure,
          action.outcome,
          ...action.history.flatMap(textsOf),
        ];
        for (const text of words) expect(text ?? '').not.toMatch(seasons);
      }
    }
  });

  it('give each action a reference and words of its own', () => {
    for (const plan of saltmarsh(calendarFrom(day(2026, 3, 4))).plans) {
      const actions = actionsOf({ plans: [plan] });
      expect(new Set(actions.map((action) => action.ref)).size).toBe(actions.length);
      expect(new Set(actions.map((action) => action.text)).size).toBe(actions.length);
    }
  });
});

function everywhere(check: (council: CouncilStory, moments: Moment[], today: IsoDate) => void) {
  fc.assert(
    fc.property(anyDay, fc.constantFrom(...stories), (today, story) => {
      const council = story(calendarFrom(today));
      check(council, timetableOf(council, today), today);
    }),
    { numRuns: 40 },
  );
}

/** What a plan amounts to, reckoned here from its story and not by the product. */
function figures(plan: PlanStory, today: IsoDate) {
  const actions = actionsOf({ plans: [plan] }).filter((action) =>
    action.history.every((one) => one.kind !== 'withdrawal'),
  );
  const complete = new Set<string>(['complete']);
  for (const { colour, standsFor } of plan.ragScheme) {
    if (standsFor === 'complete') complete.add(colour);
  }
  const isComplete = (action: ActionStory) => complete.has(lastChoice(action) ?? '');
  const moves = actions.map((action) => duesOf(action).length - 1);
  return {
    actions: actions.length,
    complete: actions.filter(isComplete).length,
    overdue: actions.filter((action) => {
      const to = duesOf(action).at(-1)?.to ?? null;
      return to !== null && to < today && !isComplete(action);
    }).length,
    moved: moves.filter((count) => count >= 1).length,
    twice: moves.filter((count) => count >= 2).length,
  };
}

function lastChoice(action: ActionStory): string | undefined {
  return action.history.flatMap((one) => (one.kind === 'update' ? [one.choice] : [])).at(-1);
}

function actionsOf(council: Pick<CouncilStory, 'plans'>): ActionStory[] {
  return council.plans.flatMap((plan) =>
    plan.objectives.flatMap((objective) => [...objective.actions]),
  );
}

/** The dates that were agreed: what was asked for and not granted moves nothing. */
function duesOf(action: ActionStory): Due[] {
  const granted = action.history.flatMap((one) =>
    one.kind === 'date' && one.answer === 'granted' ? [one.due] : [],
  );
  return [action.due, ...granted];
}

function textsOf(happening: ActionStory['history'][number]): string[] {
  switch (happening.kind) {
    case 'update':
    case 'correction':
    case 'wording':
    case 'failed':
      return [happening.text];
    case 'said': {
      const { text, answer } = happening;
      return [text, typeof answer === 'string' ? '' : answer.returned];
    }
    case 'date':
      return [happening.reason, happening.effect];
    case 'accepted':
    case 'withdrawal':
      return [happening.reason];
    case 'leads':
      return [];
  }
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('Nothing there');
  return item;
}

function day(year: number, month: number, dayOfMonth: number): IsoDate {
  const date = dateOf(year, month, dayOfMonth);
  if (date === null) throw new Error('No such day');
  return date;
}
