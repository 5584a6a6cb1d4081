import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentGrid } from '#platform/documents/grid.ts';
import type { Rag } from '../reading.ts';
import { letter, workbook, type Made } from '#platform/documents/tables/grid.test-help.ts';
import { readPlan } from './index.ts';

/** One plan, laid out as any of many councils might have: it is read back as the same plan. */
interface Known {
  title: string;
  sections: { name: string; objectives: { name: string; actions: KnownAction[] }[] }[];
}
interface KnownAction {
  text: string;
  lead: string;
  due: { written: string; to: string | null };
  rag: Rag | null;
  progress: string;
}

const dues = [
  { written: '31/08/2025', to: '2025-08-31' },
  { written: 'End of September 2025', to: '2025-09-30' },
  { written: 'October 2025', to: '2025-10-31' },
  { written: 'Dec-25', to: '2025-12-31' },
  { written: 'ASAP', to: null },
  { written: 'Ongoing', to: null },
  { written: '', to: null },
];
const fills: Record<Rag, string> = {
  red: 'FF0000',
  amber: 'FFC000',
  green: '92D050',
  blue: '0070C0',
};

const words = fc.constantFrom(
  ...['referrals', 'chronologies', 'supervision', 'visits', 'pathway plans', 'the front door'],
  ...['audit findings', 'foster carers', 'return interviews', 'the local offer', 'caseloads'],
);
const action = fc.record({
  text: fc
    .tuple(fc.constantFrom('Review', 'Write guidance on', 'Train staff in', 'Check'), words)
    .map((two) => two.join(' ')),
  lead: fc.constantFrom('Head of Service', 'Team Manager', 'Virtual Head', 'Designated nurse'),
  due: fc.constantFrom(...dues),
  rag: fc.constantFrom<(Rag | null)[]>('red', 'amber', 'green', 'blue', null),
  progress: fc.constantFrom(
    '',
    'Two of five sessions were held so far',
    'Waiting for the new team to begin',
  ),
});
const plan: fc.Arbitrary<Known> = fc.record({
  title: fc.constant('Saltmarsh improvement plan'),
  sections: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('LEADERSHIP', 'PRACTICE', 'WORKFORCE', 'CARE LEAVERS'),
      objectives: fc.uniqueArray(
        fc.record({
          name: words.map((word) => `Improve the quality and timeliness of ${word}`),
          actions: fc.uniqueArray(action, {
            minLength: 1,
            maxLength: 4,
            selector: ({ text }) => text,
          }),
        }),
        { minLength: 1, maxLength: 3, selector: ({ name }) => name },
      ),
    }),
    { minLength: 1, maxLength: 4, selector: ({ name }) => name },
  ),
});

const columns = ['objective', 'text', 'lead', 'due', 'rag', 'progress'] as const;
type ColumnKind = (typeof columns)[number];
const form = fc.record({
  headings: fc.record({
    objective: fc.constantFrom(
      'Recommendation',
      'Objective',
      'Area for improvement',
      'What do we want to achieve?',
      'Priority',
    ),
    text: fc.constantFrom(
      'Action',
      'Does what?',
      'What we will do',
      'Key actions',
      'Tasks',
      'What are we going to do?',
    ),
    lead: fc.constantFrom('Who?', 'Lead', 'Lead officer', 'Owner', 'Responsible', 'By whom'),
    due: fc.constantFrom(
      'By when?',
      'Timescale',
      'Deadline',
      'Target date',
      'Due',
      'Completion date',
    ),
    rag: fc.constantFrom('RAG', 'RAG rating', 'BRAG', 'RAG status'),
    progress: fc.constantFrom('Progress', 'Update', 'Comments', 'Position as at 30 June 2025'),
  }),
  order: fc.constantFrom<ColumnKind[][]>(
    [...columns],
    ['objective', 'lead', 'text', 'due', 'progress', 'rag'],
    ['objective', 'text', 'due', 'lead', 'rag', 'progress'],
    ['rag', 'objective', 'text', 'lead', 'due', 'progress'],
  ),
  objectives: fc.constantFrom('repeated', 'blank', 'merged'),
  sections: fc.constantFrom('alone', 'merged', 'banded'),
  rag: fc.constantFrom('word', 'fill', 'both'),
  layout: fc.constantFrom(
    'sheet',
    'sheet with notes',
    'headings for each section',
    'Word',
    'Word tables',
  ),
});
type Form = typeof form extends fc.Arbitrary<infer T> ? T : never;

function rowsOf(section: Known['sections'][number], how: Form): Made[][] {
  return section.objectives.flatMap(({ name, actions }) =>
    actions.map((one, i) =>
      how.order.map((column) => cellOf(column, one, name, actions.length, i, how)),
    ),
  );
}

function cellOf(
  column: ColumnKind,
  one: KnownAction,
  objective: string,
  count: number,
  i: number,
  how: Form,
): Made {
  switch (column) {
    case 'objective':
      if (how.objectives === 'repeated' || (i === 0 && how.objectives === 'blank'))
        return objective;
      return i === 0 ? { text: objective, down: count } : '';
    case 'text':
      return one.text;
    case 'lead':
      return one.lead;
    case 'due':
      return one.due.written;
    case 'progress':
      return one.progress;
    case 'rag': {
      if (one.rag === null) return '';
      const text = how.rag === 'fill' ? '' : one.rag.toUpperCase();
      return how.rag === 'word' ? text : { text, fill: fills[one.rag] };
    }
  }
}

function headingRow(how: Form): Made[] {
  return how.order.map((column) => how.headings[column]);
}

function sectionRow(name: string, how: Form): Made[] {
  const fill = 'D9E2F3';
  if (how.sections === 'merged') return [{ text: name, across: how.order.length }];
  if (how.sections === 'banded')
    return how.order.map((_, i) => ({ text: i === 0 ? name : '', fill }));
  const at = how.order.indexOf('objective');
  return how.order.map((_, i) => (i === at ? name : ''));
}

function laidOut({ sections, title }: Known, how: Form): DocumentGrid {
  const body = sections.flatMap((section) => [
    sectionRow(section.name, how),
    ...rowsOf(section, how),
  ]);
  switch (how.layout) {
    case 'sheet':
      return workbook([[title], headingRow(how), ...body]);
    case 'sheet with notes':
      return workbook([
        [title],
        ['Last updated: 30 June 2025'],
        [],
        headingRow(how),
        ...body,
        [],
        ['Key: Green = done'],
      ]);
    case 'headings for each section':
      return workbook([
        [title],
        [],
        ...sections.flatMap((section) => [
          [section.name],
          headingRow(how),
          ...rowsOf(section, how),
          [],
        ]),
      ]);
    case 'Word':
      return letter({ before: [title], rows: [headingRow(how), ...body] });
    case 'Word tables':
      return letter(
        ...sections.map((section, i) => ({
          before: i === 0 ? [title, section.name] : [section.name],
          rows: [headingRow(how), ...rowsOf(section, how)],
        })),
      );
  }
}

describe('a plan in any of the forms that councils give it', () => {
  it('is read as the same plan', () => {
    fc.assert(
      fc.property(plan, form, (known, how) => {
        const reading = readPlan(laidOut(known, how));
        const wanted = known.sections.flatMap(({ name: section, objectives }) =>
          objectives.flatMap(({ name: objective, actions }) =>
            actions.map(({ due, lead, progress, rag, text }) => ({
              section,
              objective,
              text,
              leads: [lead],
              due: due.written,
              to: due.to,
              claimedRag: rag,
              progress: progress === '' ? null : progress,
            })),
          ),
        );
        const read = reading.actions.map(
          ({ section, objective, text, leads, due, claimedRag, progress }) => ({
            section,
            objective,
            text,
            leads,
            due: due.asWritten,
            to: due.to,
            claimedRag,
            progress,
          }),
        );
        expect(read).toEqual(wanted);
        expect(reading.title).toBe(known.title);
        expect(reading.sections).toEqual(known.sections.map(({ name }) => name));
        expect(reading.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
