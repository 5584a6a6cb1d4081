import type { FieldError } from '#platform/web/forms.ts';
import { html } from '#platform/web/html.ts';
import { columnsTable } from '#platform/web/imports/columns-table.ts';
import type { ColumnMeaning, PlanReading } from '../../rules/reading.ts';
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
    content: columnsTable(reading.columns, meaningWords),
    buttonText: 'Save and go on',
    errors,
  });
}
