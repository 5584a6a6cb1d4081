import { html, type Html, type HtmlValue } from '../html.ts';

export interface Column {
  text: string;
  /** Numbers stand right. */
  numeric?: boolean;
  /** The heading is only heard: for a column of boxes or buttons. */
  hiddenHeading?: boolean;
  /** Where a click on the heading leads, and how the table is sorted by this column now. */
  sort?: { href: string; direction: 'ascending' | 'descending' | 'none' };
  /** A look of its own: `narrow` keeps to its words, `wide` takes what is left. */
  width?: 'narrow' | 'wide';
}

export interface TableGroup {
  /** A row that heads its rows, such as an objective over its actions. */
  heading?: HtmlValue;
  /** One cell a column. */
  rows: readonly (readonly HtmlValue[])[];
}

/**
 * A dense table that becomes a list of cards on a narrow screen, each cell under its column's
 * name. The roles are written out because a table that is laid out as blocks loses them.
 */
export function dataTable(table: {
  caption: string;
  /** The caption is only heard, where a heading above the table says the same. */
  hiddenCaption?: boolean;
  columns: readonly Column[];
  groups: readonly TableGroup[];
  /** The column that names its row; the first unless said, null where none does. */
  rowHeading?: number | null;
}): Html {
  const { columns, rowHeading = 0 } = table;
  return html`<table class="sl-table" role="table">
    <caption
      class="${table.hiddenCaption === true ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--s'}"
    >
      ${table.caption}
    </caption>
    <thead class="sl-table__head" role="rowgroup">
      <tr role="row">
        ${columns.map(headingCell)}
      </tr>
    </thead>
    ${table.groups.map(
      (group) =>
        html`<tbody class="sl-table__body" role="rowgroup">
          ${
            group.heading !== undefined &&
            html`<tr class="sl-table__group" role="row">
              <th
                class="sl-table__group-heading"
                scope="rowgroup"
                role="rowheader"
                colspan="${columns.length}"
              >
                ${group.heading}
              </th>
            </tr>`
          }${group.rows.map(
            (cells) =>
              html`<tr class="sl-table__row" role="row">
                ${cells.map((cell, index) => dataCell(cell, columns[index], index === rowHeading))}
              </tr> `,
          )}
        </tbody>`,
    )}
  </table>`;
}

function headingCell(column: Column): Html {
  const text = column.hiddenHeading
    ? html`<span class="govuk-visually-hidden">${column.text}</span>`
    : column.text;
  return html`<th
    class="${classes('sl-table__heading', column)}"
    scope="col"
    role="columnheader"
    ${column.sort && html` aria-sort="${column.sort.direction}"`}
  >
    ${
      column.sort
        ? html`<a
            class="sl-table__sort sl-table__sort--${column.sort.direction}"
            href="${column.sort.href}"
            >${text}</a
          >`
        : text
    }
  </th>`;
}

function dataCell(cell: HtmlValue, column: Column | undefined, isRowHeading: boolean): Html {
  const label =
    column === undefined || column.hiddenHeading === true
      ? null
      : html` data-label="${column.text}"`;
  return isRowHeading
    ? html`<th class="${classes('sl-table__cell', column)}" scope="row" role="rowheader" ${label}>
        ${cell}
      </th>`
    : html`<td class="${classes('sl-table__cell', column)}" role="cell" ${label}>${cell}</td>`;
}

function classes(base: string, column: Column | undefined): string {
  return [
    base,
    ...(column?.numeric === true ? [`${base}--numeric`] : []),
    ...(column?.width === undefined ? [] : [`${base}--${column.width}`]),
  ].join(' ');
}
