import type { Block } from '#platform/documents/paper-blocks.ts';
import { slippageChart, statusByRound } from '#platform/charts/index.ts';
import { standingActions, type ReportFigures } from '../rules/figures.ts';
import type { Depth } from '../rules/sections.ts';

/**
 * How the plans stood from the first day to the last: one bar a day, all plans together. Members, who
 * read one or two pages, have both ends.
 */
export function statusChart(figures: ReportFigures, depth: Depth): Block[] {
  const points = figures.plans[0]?.points ?? [];
  const days = depth === 'members' ? [...points.slice(0, 1), ...points.slice(1).slice(-1)] : points;
  const columns = days.map(({ label, on }) => {
    const then = figures.plans.flatMap((plan) => plan.points.filter((one) => one.on === on));
    const sum = (of: (point: (typeof then)[number]) => number) =>
      then.reduce((total, point) => total + of(point), 0);
    return {
      label,
      counts: [
        sum((one) => one.complete),
        sum((one) => one.inProgress),
        sum((one) => one.notStarted),
        sum((one) => one.notStated),
      ],
    };
  });
  if (columns.length < 2) return [];
  const parts = [
    { name: 'complete', open: false },
    { name: 'in progress', open: true },
    { name: 'not started', open: true },
    { name: 'not stated', open: true },
  ];
  // A part of which there never was one is no part of this picture.
  const used = parts.map((_, index) => columns.some(({ counts }) => (counts[index] ?? 0) > 0));
  return [
    statusByRound({
      parts: parts.filter((_, index) => used[index]),
      columns: columns.map(({ label, counts }) => ({
        label,
        counts: counts.filter((_, index) => used[index]),
      })),
    }),
  ];
}

/**
 * First against current due dates, of the actions that have both; none where no date moved. Members,
 * who read one or two pages, have the same in a table.
 */
export function datesChart(figures: ReportFigures, depth: Depth): Block[] {
  if (depth === 'members') return [];
  const several = figures.plans.length > 1;
  const dated = standingActions(figures).flatMap(({ plan, action }) =>
    action.firstDueOn === null || action.dueOn === null
      ? []
      : [
          {
            ref: several ? `${figures.plans.indexOf(plan) + 1}: ${action.ref}` : action.ref,
            text: action.text,
            first: action.firstDueOn,
            current: action.dueOn,
            days: action.slippageDays ?? 0,
          },
        ],
  );
  const moved = dated.filter(({ days }) => days !== 0);
  if (moved.length === 0) return [];
  const slipped = moved.sort((a, b) => b.days - a.days);
  return [
    slippageChart({
      actions: slipped.map(({ ref, text, first, current }) => ({ ref, text, first, current })),
      asAt: figures.asAt,
    }),
  ];
}
