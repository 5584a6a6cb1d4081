import { dataTable } from '../components/table.ts';
import type { FormValues } from '../forms.ts';
import { html, type Html } from '../html.ts';

/** A column of a file as it was understood. */
export interface ShownColumn<Meaning extends string> {
  table: string;
  /** Its letter, or `cell 3`. */
  where: string;
  header: string;
  meaning: Meaning;
  samples: readonly string[];
}

/** The name of a column's box, by its place among all columns of the file. */
export function columnField(place: number): string {
  return `column-${place}`;
}

/** The columns of a file, table by table: each with sample cells, and a box of what it can be. */
export function columnsTable<Meaning extends string>(
  all: readonly ShownColumn<Meaning>[],
  words: Readonly<Record<Meaning, string>>,
): Html {
  const tables = [
    ...Map.groupBy(
      all.map((column, place) => ({ column, place })),
      ({ column }) => column.table,
    ),
  ];
  const meanings = Object.entries<string>(words);
  return html`${tables.map(([table, columns]) =>
    dataTable({
      caption:
        tables.length === 1 ? 'The columns, as we understood them' : `The columns of ${table}`,
      columns: [
        { text: 'Column', width: 'narrow' },
        { text: 'Its heading' },
        { text: 'What stands in it', width: 'wide' },
        { text: 'What it is' },
      ],
      groups: [{ rows: columns.map(({ column, place }) => columnRow(column, place, meanings)) }],
      rowHeading: 1,
    }),
  )}`;
}

/** The columns with what the person says they are; what is no meaning leaves a column as it was. */
export function chosenColumns<Meaning extends string, Column extends ShownColumn<Meaning>>(
  columns: readonly Column[],
  words: Readonly<Record<Meaning, string>>,
  typed: FormValues,
): Column[] {
  return columns.map((column, place) => {
    const given = typed[columnField(place)];
    const isMeaning = typeof given === 'string' && Object.hasOwn(words, given);
    return isMeaning ? { ...column, meaning: given as Meaning } : column;
  });
}

function columnRow(
  column: ShownColumn<string>,
  place: number,
  meanings: readonly [string, string][],
) {
  const field = columnField(place);
  return [
    column.where,
    column.header === '' ? html`<span class="sl-quiet">No heading</span>` : column.header,
    html`<ul class="govuk-list sl-samples">${column.samples.slice(0, 3).map((sample) => html`<li>${sample.length > 120 ? `${sample.slice(0, 120)}…` : sample}</li>`)}</ul>`,
    html`<label class="govuk-visually-hidden" for="${field}">What column ${column.where} is</label><select class="govuk-select" id="${field}" name="${field}">${meanings.map(
      ([meaning, words]) =>
        html`<option value="${meaning}"${meaning === column.meaning && html` selected`}>${words}</option>`,
    )}</select>`,
  ];
}
