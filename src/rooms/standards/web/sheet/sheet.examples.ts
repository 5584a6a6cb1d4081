import { example, type PageExample } from '#platform/web/examples.ts';
import { wrong } from '#platform/web/form-state.ts';
import { writeSheetCode } from '../../rules/sheet/sheet-code.ts';
import { weighSheet } from '../../rules/sheet/weigh-sheet.ts';
import { examplePicture } from '../standards.examples.ts';
import { carry } from './check-form.ts';
import { beginView, checkView } from './sheet.view.ts';

const { asAt, edition, judgements } = examplePicture;
const criteria = edition.domains.flatMap((domain) => domain.criteria);

const row = (at: number, place: string, cells: { level: string; howMet: string }, seen = 0) => ({
  code: {
    where: `Criteria!S${place}`,
    text: writeSheetCode(edition.id, criteria[at]?.id ?? ('' as never), seen),
  },
  cells: {
    level: { where: `Criteria!E${place}`, text: cells.level, date: null },
    howMet: { where: `Criteria!H${place}`, text: cells.howMet, date: null },
  },
});
const rows = weighSheet(
  [
    row(0, '2', { level: 'Fully met', howMet: 'The offer is published and families use it.' }),
    row(1, '3', { level: 'Somewhat', howMet: 'unbroken-'.repeat(20) }),
    row(2, '4', { level: 'Partially met - no audit yet', howMet: 'We ask each child.' }, 1),
    { ...row(2, '5', { level: '', howMet: '' }), code: { where: 'Criteria!S5', text: 'ABC-1-2' } },
  ],
  {
    editionId: edition.id,
    today: asAt,
    levels: edition.levels,
    domains: edition.domains,
    judgements,
    history: Map.groupBy(judgements.values(), ({ criterionId }) => criterionId),
    knownLeads: [],
    shut: () => null,
    nameKey: (name) => name,
    writable: (text) => text,
  },
);

export const examples: PageExample[] = [
  example(
    'Bringing a framework back from Excel',
    'rooms/standards/web/sheet/begin.njk',
    beginView(edition, wrong({}, [{ field: 'file', text: 'Choose a file' }])),
  ),
  example(
    'A framework that came back from Excel, with cells to choose',
    'rooms/standards/web/sheet/check.njk',
    checkView({ picture: examplePicture, rows, names: new Map() }, carry(rows) ?? '', null),
  ),
];
