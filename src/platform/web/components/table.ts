import { html, type Html, type HtmlValue } from '../html.ts';

export interface Column {
  text: string;
  /** Numbers stand right. */
  numeric?: boolean;
  /** The heading is only heard: for a column of boxes or buttons, which is not printed. */
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
  const captionLook = table.hiddenCaption
    ? 'govuk-visually-hidden'
    : 'govuk-table__caption govuk-table__caption--s';
  const bodies = table.groups.map(({ heading, rows }) => [
    html`<tbody class="sl-table__body" role="rowgroup">\n`,
    heading !== undefined &&
      html`<tr class="sl-table__group" role="row"><th class="sl-table__group-heading" scope="rowgroup" role="rowheader" colspan="${columns.length}">${heading}</th></tr>\n`,
    rows.map((cells) => [
      html`<tr class="sl-table__row" role="row">`,
      cells.map((cell, index) => dataCell(cell, columns[index], index === rowHeading)),
      html`</tr>\n`,
    ]),
    html`</tbody>\n`,
  ]);
  return html`<table class="sl-table" role="table">
<caption class="${captionLook}">${table.caption}</caption>
<thead class="sl-table__head" role="rowgroup"><tr role="row">${columns.map(headingCell)}</tr></thead>
${bodies}</table>`;
}

function headingCell(column: Column): Html {
  const { sort } = column;
  const text = column.hiddenHeading
    ? html`<span class="govuk-visually-hidden">${column.text}</span>`
    : column.text;
  const look = classes('sl-table__heading', column);
  if (sort === undefined) {
    return html`<th class="${look}" scope="col" role="columnheader">${text}</th>`;
  }
  const link = html`<a class="sl-table__sort sl-table__sort--${sort.direction}" href="${sort.href}">${text}</a>`;
  return html`<th class="${look}" scope="col" role="columnheader" aria-sort="${sort.direction}">${link}</th>`;
}

function dataCell(cell: HtmlValue, column: Column | undefined, isRowHeading: boolean): Html {
  const look = classes('sl-table__cell', column);
  const label = column && !column.hiddenHeading && html` data-label="${column.text}"`;
  return isRowHeading
    ? html`<th class="${look}" scope="row" role="rowheader"${label}>${cell}</th>`
    : html`<td class="${look}" role="cell"${label}>${cell}</td>`;
}

function classes(base: string, column: Column | undefined): string {
  return [
    base,
    ...(column?.numeric === true ? [`${base}--numeric`] : []),
    ...(column?.hiddenHeading === true ? [`${base}--control`] : []),
    ...(column?.width === undefined ? [] : [`${base}--${column.width}`]),
  ].join(' ');
}
