import type { Block } from '#platform/documents/paper-blocks.ts';
import { slippageChart, statusByRound } from '#platform/charts/index.ts';
import { standingActions, type ReportFigures } from '../rules/figures.ts';
import type { Depth } from '../rules/sections.ts';

/** How many actions the drawing of dates names to members, who read one or two pages. */
const mostForMembers = 6;

/** How the plans stood from the first day to the last: one bar a day, all plans together. */
export function statusChart(figures: ReportFigures): Block[] {
  const days = figures.plans[0]?.points.map(({ label, on }) => ({ label, on })) ?? [];
  const columns = days.map(({ label, on }) => {
    const points = figures.plans.flatMap((plan) => plan.points.filter((one) => one.on === on));
    const sum = (of: (point: (typeof points)[number]) => number) =>
      points.reduce((total, point) => total + of(point), 0);
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

/** First against current due dates, of the actions that have both; none where no date moved. */
export function datesChart(figures: ReportFigures, depth: Depth): Block[] {
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
  const drawn = depth === 'members' ? slipped.slice(0, mostForMembers) : slipped;
  return [
    slippageChart({
      actions: drawn.map(({ ref, text, first, current }) => ({ ref, text, first, current })),
      asAt: figures.asAt,
    }),
  ];
}
