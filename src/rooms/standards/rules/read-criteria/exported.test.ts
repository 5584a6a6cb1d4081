import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '#platform/documents/read/index.ts';
import { readGrid } from '#platform/documents/read/test-files.ts';
import { writeWorkbook } from '#platform/documents/write/workbook.ts';
import { metLevels } from '../levels.ts';
import { readCriteria } from './index.ts';

const head = { title: 'Self-assessment', author: 'Quality', madeAt: new Date('2026-03-04T09:00Z') };
const word = fc.stringMatching(/^[A-Z][a-z]{2,9}$/);
const sentence = fc.array(word, { minLength: 2, maxLength: 6 }).map((words) => words.join(' '));
const row = fc.record({
  domain: fc.constantFrom('Help', 'Care'),
  criterion: sentence,
  howMet: fc.option(sentence),
  level: fc.option(fc.constantFrom(...metLevels)),
  why: fc.option(sentence),
  next: fc.option(sentence),
  due: fc.constantFrom('3 March 2026', 'March 2026', 'As soon as possible', ''),
  leads: fc.uniqueArray(fc.stringMatching(/^[A-Z]{4,6}$/), { maxLength: 3 }),
});

describe('a table that was written as a workbook', () => {
  it('reads back the same, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (given) => {
        const refs = given.map((_, at) => `1.${at + 1}`);
        const columns = [
          'Domain',
          'Ref',
          'Criterion',
          'How we meet it',
          'Level',
          'Why not fully',
          'What next',
          'By when',
          'Who',
        ];
        const bytes = await writeWorkbook(head, [
          {
            name: 'Criteria',
            columns: columns.map((header) => ({ header, width: 20 })),
            rows: given.map((one, at) => [
              one.domain,
              refs[at] ?? '',
              one.criterion,
              one.howMet,
              one.level?.name ?? null,
              one.why,
              one.next,
              one.due,
              one.leads.join('\n'),
            ]),
            printedColumns: 9,
            footer: 'Internal',
          },
        ]);
        const { judgements, problems } = readCriteria(
          readGrid(await readDocument(bytes, 'criteria.xlsx')),
        );
        expect(problems).toEqual([]);
        expect(judgements.map((one) => ({ ...one, due: one.due.asWritten, where: '' }))).toEqual(
          given.map((one, at) => ({
            domain: one.domain,
            ref: refs[at],
            criterion: one.criterion,
            howMet: one.howMet,
            level: one.level?.key ?? null,
            why: one.why,
            next: one.next,
            leads: one.leads,
            due: one.due,
            where: '',
          })),
        );
      }),
      { numRuns: 5 },
    );
  }, 30_000);
});
