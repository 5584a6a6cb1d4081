import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { dataTable } from '#platform/web/components/table.ts';
import type { ColumnMeaning, PlanReading, ReadColumn } from '../../rules/reading.ts';
import { countOf } from '../../rules/position.ts';
import { stepView, type ShownImport } from './steps.view.ts';

/** What a column can hold, in the words of the page. */
export const meaningWords: Record<ColumnMeaning, string> = {
  text: 'Action',
  objective: 'Objective',
  objectiveRef: 'Reference of the objective',
  section: 'Section',
  ref: 'Reference of the action',
  source: 'Source',
  leads: 'Lead',
  contributors: 'Contributors',
  priority: 'Priority',
  due: 'Due date',
  rag: 'Colour (RAG)',
  status: 'Status',
  progress: 'Progress',
  successMeasure: 'How we will know',
  outcome: 'Intended outcome for children',
  evidence: 'Evidence',
  ignored: 'Leave this column out',
};

/** The name of a column's box, by its place among all columns of the file. */
export function columnField(place: number): string {
  return `column-${place}`;
}

/** "We found one table of 49 actions in 8 sections" */
function foundSentence(reading: PlanReading): string {
  const tables = new Set(reading.columns.map((column) => column.table)).size;
  const table = tables === 1 ? 'one table' : countOf(tables, 'table');
  const sections =
    reading.sections.length === 0 ? '' : ` in ${countOf(reading.sections.length, 'section')}`;
  return `We found ${table} with ${countOf(reading.counts.actions, 'action')}${sections}.`;
}

/** Step 2: the columns as they were understood, each with sample cells, each changeable. */
export function columnsView(
  standing: ShownImport,
  reading: PlanReading,
  errors: readonly FieldError[] = [],
) {
  return stepView(standing, 'columns', {
    intro: html`<p class="govuk-body-l sl-lead">${foundSentence(reading)}</p><p class="govuk-body">Change what a column is where we got it wrong.</p>`,
    content: columnsContent(reading),
    buttonText: 'Save and go on',
    errors,
  });
}

function columnsContent(reading: PlanReading): Html {
  const placed = reading.columns.map((column, place) => ({ ...column, place }));
  const tables = [...Map.groupBy(placed, (column) => column.table)];
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
      groups: [{ rows: columns.map(columnRow) }],
      rowHeading: 1,
    }),
  )}`;
}

function columnRow(column: ReadColumn & { place: number }) {
  const field = columnField(column.place);
  return [
    column.where,
    column.header === '' ? html`<span class="sl-quiet">No heading</span>` : column.header,
    html`<ul class="govuk-list sl-samples">${column.samples.slice(0, 3).map((sample) => html`<li>${sample.length > 120 ? `${sample.slice(0, 120)}…` : sample}</li>`)}</ul>`,
    html`<label class="govuk-visually-hidden" for="${field}">What column ${column.where} is</label><select class="govuk-select" id="${field}" name="${field}">${Object.entries(
      meaningWords,
    ).map(
      ([meaning, words]) =>
        html`<option value="${meaning}"${meaning === column.meaning && html` selected`}>${words}</option>`,
    )}</select>`,
  ];
}
