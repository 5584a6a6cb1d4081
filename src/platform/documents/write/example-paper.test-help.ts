import { dateOf, type IsoDate } from '#kernel/dates.ts';
import { slippageChart, statusByRound } from '#platform/charts/index.ts';
import type { Block, Paper } from '../paper-blocks.ts';

/** A date that the calendar has. */
export function day(year: number, month: number, date: number): IsoDate {
  const found = dateOf(year, month, date);
  if (found === null) throw new Error('No such day');
  return found;
}

export function paperOf(blocks: readonly Block[]): Paper {
  return {
    head: {
      title: 'Service improvement plan: progress',
      author: 'Director of Children’s Services',
      asAt: day(2014, 11, 27),
      classification: 'Public',
      status: 'Draft 2',
      printed: { by: 'Robin Marsh', at: new Date('2014-11-20T10:00:00Z') },
      orientation: 'portrait',
    },
    blocks,
  };
}

/** Words that a careless writer would read as markup of its own. */
export const markup = '#evil() *bold* _i_ $x$ `code` @ref <b>&amp;</b> // no = not a heading';

export const example = {
  status: statusByRound({
    parts: [
      { name: 'Complete', open: false },
      { name: 'In progress', open: true },
      { name: 'Not started', open: true },
    ],
    columns: [
      { label: 'June 2014', counts: [90, 33, 10] },
      { label: 'November 2014', counts: [108, 20, 5] },
    ],
  }),
  slippage: slippageChart({
    asAt: day(2014, 11, 27),
    actions: [
      { ref: '1.1', text: 'Health assessments', first: day(2014, 3, 1), current: day(2015, 1, 1) },
      { ref: '1.2', text: 'Visits in time', first: day(2014, 6, 1), current: day(2014, 6, 1) },
    ],
  }),
};

/** A paper that has one of everything. */
export const committeePaper = paperOf([
  { kind: 'title', text: 'Service improvement plan: progress' },
  {
    kind: 'cover',
    rows: [
      [
        { key: 'Committee', value: 'Safeguarding Sub-Committee' },
        { key: 'Dated', value: '27 November 2014' },
      ],
      [{ key: 'How much extra spending?', value: '' }],
      [{ key: 'Report author', value: 'Service Manager, Quality Assurance' }],
    ],
  },
  { kind: 'heading', level: 1, text: 'Summary' },
  {
    kind: 'text',
    text: [
      { text: 'Of ' },
      { text: '133', figure: true },
      { text: ' actions, ' },
      { text: '108', figure: true },
      { text: ' are complete. One has moved from ' },
      { text: '1 March 2014', struck: true },
      { text: ' to ' },
      { text: '1 January 2015', strong: true },
      { text: '.' },
    ],
  },
  { kind: 'figures-note', asAt: day(2014, 11, 27) },
  { kind: 'heading', level: 1, text: 'Recommendation' },
  { kind: 'bullets', items: ['note the report', 'agree the date'] },
  { kind: 'heading', level: 1, text: 'Main report' },
  { kind: 'heading', level: 2, text: 'Background' },
  {
    kind: 'numbered',
    text: 'The plan is watched by the board.',
    parts: ['One part', 'Another part'],
  },
  { kind: 'numbered', text: markup },
  {
    kind: 'table',
    caption: 'Dates that have moved',
    rowHeader: 0,
    columns: [
      { header: 'Ref', share: 10 },
      { header: 'Action', share: 60 },
      { header: 'Colour', share: 20 },
    ],
    rows: [
      ['1.1', 'Health assessments', { text: 'Amber', fill: 'FFDF94' }],
      ['1.2', 'Visits in time', { text: ' ', fill: 'FF0000' }],
    ],
  },
  { kind: 'numbered', text: 'The number runs on.' },
  example.status,
  example.slippage,
  { kind: 'heading', level: 1, text: 'Contact' },
  {
    kind: 'contact',
    name: 'Service Manager',
    department: 'Children’s services',
    email: 'quality@saltmarsh.example',
  },
]);
