import { dataTable, type TableGroup } from '#platform/web/components/table.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { OpenReturn } from '../../actions/challenge/bring-back-pack.ts';
import { kindNames } from '../../rules/challenge/pack-columns.ts';
import type { Challenge } from '../../rules/challenge/picture.ts';
import { levelName } from '../../rules/challenge/shared.ts';
import type { WeighedRow } from '../../rules/challenge/weigh-pack.ts';
import { challengePaths as paths } from './paths.ts';
import { lines } from '../parts.ts';

/** The Word pack of a challenge: one to send out, and one that came back. */
export function packsView(input: {
  challenge: Challenge;
  mayExport: boolean;
  mayBringBack: boolean;
  /** Packs that this person began to bring back and has not finished. */
  prepared: readonly { id: string; fileName: string }[];
  errors?: readonly FieldError[];
  /** The file that came with a form which is shown again: a page cannot keep it. */
  fileName?: string | null;
}) {
  const { challenge, mayExport, mayBringBack, prepared, errors = [], fileName = null } = input;
  const count = challenge.shared.length;
  return {
    title: 'Word pack',
    caption: challenge.title,
    back: { text: `Back to ${challenge.title}`, href: paths.challenge(challenge.id) },
    lead: `${challenge.reviewers} can answer in Word, without an account: ${count === 1 ? 'one section goes' : `${count} sections go`} out, and what they say comes back here.`,
    exportHref: mayExport && !challenge.withdrawn ? paths.pack(challenge.id) : null,
    mayBringBack: mayBringBack && !challenge.withdrawn,
    prepared: prepared.map((one) => ({
      fileName: one.fileName,
      href: paths.packBack(challenge.id, one.id),
    })),
    fileHint: `The Word document (.docx) that was sent out, 10 MB at most${fileName === null ? '' : `. Choose “${fileName}” once more: it was not kept`}`,
    form: { values: {}, errors: [...errors] },
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  };
}

const stateNames: Readonly<Record<WeighedRow['state'], string>> = {
  new: 'New',
  known: 'Taken in before',
  'not taken': 'Not taken',
};

/** What a pack that came back says, row by row. */
export function packBackView({ pack, challenge, rows }: OpenReturn) {
  const count = (state: WeighedRow['state']) => rows.filter((row) => row.state === state).length;
  const fresh = count('new');
  const known = count('known');
  const refused = count('not taken');
  const prepared = pack.state === 'prepared';
  const parts = [
    fresh === 0 ? 'nothing is new' : `${fresh} ${fresh === 1 ? 'is' : 'are'} new`,
    ...(known === 0 ? [] : [`${known} ${known === 1 ? 'was' : 'were'} taken in before`]),
    ...(refused === 0 ? [] : [`${refused} cannot be taken`]),
  ];
  const found = `${rows.length === 1 ? 'One row is' : `${rows.length} rows are`} filled in: ${parts.join(', ')}.`;
  const done = `${pack.taken === 0 ? 'Nothing new was' : `${pack.taken} ${pack.taken === 1 ? 'row was' : 'rows were'}`} taken in from this pack.`;
  return {
    title: pack.fileName,
    caption: `Pack of ${challenge.reviewers}`,
    back: { text: 'Back to the Word pack', href: paths.packs(challenge.id) },
    wide: true,
    lead: prepared ? found : done,
    problems: pack.reading.problems,
    rows: rowsTable(rows),
    prepared,
    fresh: fresh > 0,
    takeText: fresh === 1 ? 'Take in the one that is new' : `Take in ${fresh} that are new`,
    leaveAction: paths.leavePack(challenge.id, pack.id),
  };
}

function rowsTable(rows: readonly WeighedRow[]): Html {
  const order = ['not taken', 'new', 'known'] as const;
  const groups: TableGroup[] = order.flatMap((state) => {
    const some = rows.filter((row) => row.state === state);
    return some.length === 0
      ? []
      : [{ heading: `${stateNames[state]}: ${some.length}`, rows: some.map(rowCells) }];
  });
  return dataTable({
    caption: 'What the pack says',
    hiddenCaption: true,
    columns: [
      { text: 'Where', width: 'narrow' },
      { text: 'About' },
      { text: 'Kind' },
      { text: 'Their words', width: 'wide' },
      { text: 'Who' },
    ],
    groups,
  });
}

function rowCells({ row, section, item, note }: WeighedRow) {
  const criterion = section?.criteria.find(({ id }) => id === item?.criterionId);
  const kind = item === null ? row.kind : kindNames[item.kind];
  const level =
    item?.level == null || section === null ? row.level : levelName(section, item.level);
  return [
    row.where,
    section === null
      ? ''
      : `${section.title}${criterion === undefined ? '' : `, ${criterion.ref}`}`,
    kind,
    html`${level !== '' && html`<strong>${level}</strong><br>`}<div class="sl-words">${lines(row.words)}</div>${note !== null && html`<p class="govuk-body-s">${note}</p>`}`,
    row.saidBy === '' ? 'The reviewers' : row.saidBy,
  ];
}
