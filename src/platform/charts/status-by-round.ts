import { scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import type { ChartBlock } from '../documents/paper-blocks.ts';
import { partLook, patterns } from './part-looks.ts';
import { chartInk, chartQuiet, round, svgDocument, svgText } from './svg.ts';
import { fitting, textWidth } from './text-width.ts';

export interface RoundCounts {
  /** As it stands after "in": "June 2014"; or a day, as after "on": "4 March 2014". */
  label: string;
  /** One number for each part. */
  counts: readonly number[];
}

export interface StatusByRound {
  parts: readonly { name: string; open: boolean }[];
  /** The oldest first. */
  columns: readonly RoundCounts[];
  noun?: { one: string; many: string };
}

const width = 680;
const barHeight = 26;
const gap = 14;
const mostBars = 12;

/**
 * How many actions stood where, round by round: a bar for each, its parts told apart by pattern
 * and each with its number. The title says how many are open now, and how many more than at the
 * round before. The latest twelve rounds are drawn; the table has them all.
 */
export function statusByRound(input: StatusByRound): ChartBlock {
  const { parts, columns, noun = { one: 'action', many: 'actions' } } = input;
  const title = titleOf(input, noun);
  const drawn = columns.slice(-mostBars);
  const left = columns.length - drawn.length;
  const sentence = [
    ...columns.slice(-2).map((column) => `${upper(column.label)}: ${inWords(column, parts)}.`),
    ...(left === 0
      ? []
      : [`${left} earlier ${left === 1 ? 'round is' : 'rounds are'} in the table only.`]),
  ].join(' ');
  const alt = `A bar for each round, of ${parts.map(({ name }) => name.toLowerCase()).join(', ')}. ${sentence}`;
  return {
    kind: 'chart',
    title,
    sentence: sentence === '' ? 'No round has been counted yet.' : sentence,
    alt,
    svg: drawing(title, alt, parts, drawn),
    table: {
      kind: 'table',
      columns: [
        { header: 'Round', share: 30 },
        ...parts.map(({ name }) => ({ header: name, share: 15, numeric: true })),
        { header: 'All', share: 12, numeric: true },
      ],
      rowHeader: 0,
      rows: columns.map((column) => [
        column.label,
        ...parts.map((_, at) => String(column.counts[at] ?? 0)),
        String(totalOf(column)),
      ]),
    },
  };
}

/** "18 of 49 actions are open; 3 more than in June 2014." without its full stop. */
function titleOf({ parts, columns }: StatusByRound, noun: { one: string; many: string }): string {
  const now = columns.at(-1);
  const before = columns.at(-2);
  if (now === undefined || totalOf(now) === 0) return `There are no ${noun.many}`;
  const openIn = ({ counts }: RoundCounts) =>
    parts.reduce((sum, part, at) => sum + (part.open ? (counts[at] ?? 0) : 0), 0);
  const open = openIn(now);
  const total = totalOf(now);
  const many = total === 1 ? noun.one : noun.many;
  const finding =
    open === 0
      ? `${total === 1 ? 'The one' : `None of the ${total}`} ${many} is ${total === 1 ? 'not ' : ''}open`
      : `${open} of ${total} ${many} ${open === 1 ? 'is' : 'are'} open`;
  if (before === undefined) return finding;
  const more = open - openIn(before);
  const change = more === 0 ? 'as many as' : more > 0 ? `${more} more than` : `${-more} fewer than`;
  // A day is named with "on", a month or a round with "in".
  const when = /^\d/.test(before.label) ? 'on' : 'in';
  return `${finding}; ${change} ${when} ${before.label}`;
}

function totalOf({ counts }: RoundCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function inWords(column: RoundCounts, parts: StatusByRound['parts']): string {
  const said = parts.map(({ name }, at) => `${column.counts[at] ?? 0} ${name.toLowerCase()}`);
  const last = said.pop() ?? 'nothing';
  return said.length === 0 ? last : `${said.join(', ')} and ${last}`;
}

function upper(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function drawing(
  title: string,
  description: string,
  parts: StatusByRound['parts'],
  columns: readonly RoundCounts[],
): string {
  const legend = legendOf(parts);
  const labels = Math.min(190, Math.max(...columns.map(({ label }) => textWidth(label, 12)), 40));
  const from = labels + 12;
  const most = Math.max(...columns.map(totalOf), 1);
  const scale = scaleLinear([0, most], [from, width - 48]);
  const keys = parts.map((_, at) => at);
  const series = stack<RoundCounts, number>()
    .keys(keys)
    .value(({ counts }, part) => counts[part] ?? 0)([...columns]);
  const content = columns.flatMap((column, row) => {
    const y = legend.height + row * (barHeight + gap);
    const middle = y + barHeight / 2 + 4;
    const total = totalOf(column);
    return [
      svgText({ x: labels, y: middle }, fitting(column.label, 12, labels), { anchor: 'end' }),
      ...series.flatMap((one, part) => {
        const [start = 0, end = 0] = one[row] ?? [];
        return segment({ start, end }, part, y, scale);
      }),
      svgText({ x: scale(total) + 8, y: middle }, String(total), { bold: true }),
    ];
  });
  const height = legend.height + Math.max(columns.length, 1) * (barHeight + gap);
  const nothing =
    columns.length === 0
      ? [svgText({ x: 0, y: legend.height + 16 }, 'Nothing to show yet', { fill: chartQuiet })]
      : [];
  return svgDocument({
    width,
    height,
    title,
    description,
    content: [patterns, ...legend.content, ...content, ...nothing],
  });
}

function segment(
  { start, end }: { start: number; end: number },
  part: number,
  y: number,
  scale: (count: number) => number,
): string[] {
  if (end <= start) return [];
  const x = scale(start);
  const wide = scale(end) - x;
  const { fill, on } = partLook(part);
  const count = String(end - start);
  const box = `<rect x="${round(x)}" y="${y}" width="${round(wide)}" height="${barHeight}" fill="${fill}" stroke="${chartInk}" stroke-width="1"/>`;
  // A number that does not fit on its part is in the table and in the sentence.
  const size = textWidth(count, 12) + 8;
  if (size > wide) return [box];
  const middle = x + wide / 2;
  const ground = fill.startsWith('url')
    ? `<rect x="${round(middle - size / 2)}" y="${y + 5}" width="${round(size)}" height="${barHeight - 10}" fill="#ffffff"/>`
    : '';
  return [
    box + ground,
    svgText({ x: middle, y: y + barHeight / 2 + 4 }, count, { anchor: 'middle', fill: on }),
  ];
}

/** What each pattern stands for, on as many lines as it needs. */
function legendOf(parts: StatusByRound['parts']): { content: string[]; height: number } {
  let x = 0;
  let y = 0;
  const content = parts.flatMap(({ name }, at) => {
    const words = fitting(name, 12, width - 40);
    const wide = 20 + textWidth(words, 12) + 22;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += 22;
    }
    const entry = [
      `<rect x="${round(x + 0.5)}" y="${y + 1.5}" width="14" height="14" fill="${partLook(at).fill}" stroke="${chartInk}" stroke-width="1"/>`,
      svgText({ x: x + 21, y: y + 13 }, words),
    ];
    x += wide;
    return entry;
  });
  return { content, height: y + 34 };
}
