import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { newId } from '#kernel/ids.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { readGrid } from '#platform/documents/read/test-files.ts';
import { writableText } from '#platform/documents/write/writable-text.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import { progresses, results } from '../rules/kinds.ts';
import { metLevels } from '../rules/levels.ts';
import type { Domain, DomainId, Judgement } from '../rules/picture.ts';
import { readSheet } from '../rules/sheet/read-sheet.ts';
import { weighSheet } from '../rules/sheet/weigh-sheet.ts';
import { editionWorkbook } from './edition-workbook.ts';

const today = '2026-03-04' as IsoDate;
const editionId = newId<'framework edition'>();
const domain: Domain = {
  id: newId<'domain'>(),
  ref: '1',
  title: 'Help',
  position: 1,
  criteria: Array.from({ length: 20 }, (_, at) => ({
    id: newId<'criterion'>(),
    editionId,
    domainId: '' as DomainId,
    ref: `1.${at + 1}`,
    position: at + 1,
    text: 'It is so.',
    descriptors: {},
  })),
};

/** What people type: words, and all that a spreadsheet might take for something else. */
const written = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.constantFrom('=SUM(A1:A9)', "'tis so", '1.10', '007', '+44 20', '3 March 2026', '- a\n- b'),
    fc
      .array(fc.constantFrom('a', ' ', '\n', '\r\n', '\t', '&', '<b>', '_x0041_', '“”'), {
        minLength: 1,
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
  )
  .filter((text) => text.trim() !== '');
const judged = fc.record({
  level: fc.option(fc.constantFrom(...metLevels.map(({ key }) => key))),
  progress: fc.constantFrom(...progresses),
  result: fc.option(fc.constantFrom(...results)),
  howMet: fc.option(written),
  whyNot: fc.option(written),
  whatNext: fc.option(written),
  due: fc.option(fc.constantFrom('3 March 2026', 'March 2027', 'Q2 2026/27', 'ASAP', 'Someday')),
  leads: fc.uniqueArray(fc.constantFrom('TM', 'Head of Service, North', 'A and B', 'Virtual/Head')),
});

it('goes out and comes back without a change, whatever is said in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(judged), { minLength: 1, maxLength: 20 }), async (said) => {
      const judgements = domain.criteria.flatMap((criterion, at): Judgement[] => {
        const one = said[at];
        if (one === null || one === undefined) return [];
        return [
          {
            ...one,
            id: newId<'judgement'>(),
            criterionId: criterion.id,
            version: at + 1,
            effectiveOn: today,
            recordedAt: new Date('2026-03-04T09:00Z'),
            by: null,
            due: one.due === null ? null : readDue(one.due, null, { positionOn: today }).due,
            leads: one.leads.map((name) => ({ id: newId<'party'>(), name })),
            restsOn: [],
          },
        ];
      });
      const picture: EditionPicture = {
        edition: {
          ...{ id: editionId, frameworkId: newId<'framework'>(), followsId: null, label: '2026' },
          ...{ title: 'Homes', publisher: null, publishedOn: null, levels: [...metLevels] },
          ...{ note: null, state: 'in use', since: today, stateVersion: 1, criterionCount: 20 },
          domains: [domain],
        },
        asAt: today,
        judgements: new Map(judgements.map((one) => [one.criterionId, one])),
        ...{ round: null, sections: new Map(), posts: new Map() },
      };
      const bytes = await editionWorkbook(picture, { by: 'Quality', at: new Date(0) });
      const reading = readSheet(readGrid(await readDocument(bytes, 'edition.xlsx')));
      if ('refused' in reading) throw new Error(reading.refused);
      const rows = weighSheet(reading.rows, {
        ...{ editionId, today, levels: metLevels, domains: [domain] },
        judgements: picture.judgements,
        history: Map.groupBy(judgements, ({ criterionId }) => criterionId),
        knownLeads: [],
        shut: () => null,
        nameKey: (name) => name,
        writable: writableText,
      });
      expect(rows).toHaveLength(20);
      expect(rows.filter(({ state }) => state !== 'same')).toEqual([]);
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 60_000);
