import { scaleUtc } from 'd3-scale';
import { line } from 'd3-shape';
import { daysBetween, formatDate, monthName, type IsoDate } from '#kernel/dates.ts';
import type { ChartBlock } from '../documents/paper-blocks.ts';
import { chartInk, chartQuiet, chartRule, round, svgDocument, svgText } from './svg.ts';
import { fitting } from './text-width.ts';

export interface DatedAction {
  ref: string;
  text: string;
  first: IsoDate;
  current: IsoDate;
}

const width = 680;
const rowHeight = 20;
const labels = 210;
const mostRows = 30;

/**
 * First against current due dates: a line for each action, from a ring (first) to a dot (current),
 * the most slipped on top. At most thirty are drawn; the table has them all.
 */
export function slippageChart(input: {
  actions: readonly DatedAction[];
  asAt: IsoDate;
}): ChartBlock {
  const actions = input.actions
    .map((action) => ({ ...action, days: daysBetween(action.first, action.current) }))
    .sort((a, b) => b.days - a.days || a.current.localeCompare(b.current));
  const title = titleOf(actions);
  const left = Math.max(actions.length - mostRows, 0);
  const earlier = actions.filter(({ days }) => days < 0).length;
  const same = actions.filter(({ days }) => days === 0).length;
  const sentence = [
    `Each line runs from the first due date of an action to its current one, as at ${formatDate(input.asAt)}.`,
    ...(same === 0 ? [] : [`${same} ${same === 1 ? 'has' : 'have'} kept the first date.`]),
    ...(earlier === 0
      ? []
      : [`${earlier} ${earlier === 1 ? 'is' : 'are'} due earlier than first.`]),
    ...(left === 0
      ? []
      : [`The ${mostRows} that have slipped most are drawn, and ${left} more are in the table.`]),
  ].join(' ');
  return {
    kind: 'chart',
    title,
    sentence: actions.length === 0 ? 'No action has a due date yet.' : sentence,
    alt: `${title}. A line for each action from its first to its current due date, the longest first; the table says the same.`,
    svg: drawing(title, sentence, actions.slice(0, mostRows), left, input.asAt),
    table: {
      kind: 'table',
      columns: [
        { header: 'Ref', share: 10 },
        { header: 'Action', share: 46 },
        { header: 'First date', share: 18 },
        { header: 'Current date', share: 18 },
        { header: 'Days later', share: 12, numeric: true },
      ],
      rowHeader: 0,
      rows: actions.map(({ ref, text, first, current, days }) => [
        ref,
        text,
        formatDate(first),
        formatDate(current),
        String(days),
      ]),
    },
  };
}

interface SlippedAction extends DatedAction {
  /** From the first to the current date; below 0 where it was brought forward. */
  days: number;
}

function titleOf(actions: readonly SlippedAction[]): string {
  const [most] = actions;
  if (most === undefined) return 'There are no due dates to compare';
  const later = actions.filter(({ days }) => days > 0).length;
  const of = `${actions.length} ${actions.length === 1 ? 'action' : 'actions'}`;
  if (later === 0) {
    return actions.length === 1
      ? 'The action is not due later than its first date'
      : `None of the ${of} is due later than its first date`;
  }
  const longest = most.days === 1 ? '1 day' : `${most.days} days`;
  return later === 1
    ? `1 of ${of} is due later than first agreed, by ${longest}`
    : `${later} of ${of} are due later than first agreed, up to ${longest} later`;
}

const top = 46;

function drawing(
  title: string,
  description: string,
  actions: readonly SlippedAction[],
  left: number,
  asAt: IsoDate,
): string {
  if (actions.length === 0) {
    return svgDocument({
      width,
      height: 30,
      title,
      description,
      content: [svgText({ x: 0, y: 18 }, 'Nothing to show yet', { fill: chartQuiet })],
    });
  }
  const days = [...actions.flatMap(({ first, current }) => [first, current]), asAt].sort();
  const day = 86_400_000;
  const at = (date: IsoDate) => Date.parse(`${date}T00:00:00Z`);
  const scale = scaleUtc(
    [at(days[0] ?? asAt) - 10 * day, at(days.at(-1) ?? asAt) + 10 * day],
    [labels + 14, width - 66],
  );
  const x = (date: IsoDate) => scale(at(date));
  const bottom = top + actions.length * rowHeight;
  const ruleAt = (position: number, look: string) =>
    `<path d="${line()([
      [round(position), top - 6],
      [round(position), bottom],
    ])}" fill="none" ${look}/>`;
  const ticks = scale.ticks(5).flatMap((tick) => [
    ruleAt(scale(tick), `stroke="${chartRule}" stroke-width="0.7"`),
    svgText({ x: scale(tick), y: top - 11 }, monthOf(tick), {
      size: 10.5,
      anchor: 'middle',
      fill: chartQuiet,
    }),
  ]);
  return svgDocument({
    width,
    height: bottom + (left === 0 ? 26 : 44),
    title,
    description,
    content: [
      ...legend(),
      ...ticks,
      ruleAt(x(asAt), `stroke="${chartInk}" stroke-width="1" stroke-dasharray="3 3"`),
      svgText({ x: x(asAt), y: bottom + 14 }, `As at ${formatDate(asAt)}`, {
        size: 10.5,
        anchor: x(asAt) > width - 140 ? 'end' : x(asAt) < labels + 60 ? 'start' : 'middle',
      }),
      ...actions.flatMap((action, row) => dumbbell(action, top + row * rowHeight, x)),
      ...(left === 0
        ? []
        : [
            svgText({ x: 0, y: bottom + 34 }, `and ${left} more in the table`, {
              fill: chartQuiet,
            }),
          ]),
    ],
  });
}

function dumbbell(
  { ref, text, first, current, days }: SlippedAction,
  y: number,
  x: (date: IsoDate) => number,
): string[] {
  const middle = y + rowHeight / 2;
  const [from, to] = [round(x(first)), round(x(current))];
  const bar = line()([
    [from, middle],
    [to, middle],
  ]);
  const moved = days === 0 ? 'kept' : days > 0 ? `+${days} days` : `−${-days} days`;
  return [
    svgText({ x: 2, y: middle + 4 }, fitting(`${ref} ${text}`, 11, labels), { size: 11 }),
    `<path d="${bar}" fill="none" stroke="${chartInk}" stroke-width="2.4"/>`,
    ring(from, middle),
    `<circle cx="${to}" cy="${middle}" r="4.4" fill="${chartInk}"/>`,
    svgText({ x: width - 2, y: middle + 4 }, moved, { size: 10.5, anchor: 'end' }),
  ];
}

function ring(x: number, y: number): string {
  return `<circle cx="${x}" cy="${y}" r="4.8" fill="#ffffff" stroke="${chartInk}" stroke-width="1.6"/>`;
}

function legend(): string[] {
  return [
    ring(labels + 20, 8),
    svgText({ x: labels + 30, y: 12 }, 'First due date', { size: 11 }),
    `<circle cx="${labels + 130}" cy="8" r="4.4" fill="${chartInk}"/>`,
    svgText({ x: labels + 140, y: 12 }, 'Current due date', { size: 11 }),
  ];
}

/** "Jun 2014": the axis has marks at months or years, which begin at their first day. */
function monthOf(tick: Date): string {
  return `${monthName(tick.getUTCMonth() + 1).slice(0, 3)} ${tick.getUTCFullYear()}`;
}
