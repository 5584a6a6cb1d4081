import { dataTable } from '#platform/web/components/table.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { DraftRow, NarrativeDraft } from '../../rules/narrative/draft.ts';
import { count } from './parts.ts';
import { paths } from './paths.ts';

/** What was read from a document, and what was not, before anything of it is in an assessment. */
export function previewView(
  fileName: string,
  draft: NarrativeDraft,
  importId: string,
  state: FormState,
) {
  const points = draft.sections.flatMap((section) => section.points);
  const areas = points.filter(({ kind }) => kind === 'area for development').length;
  const missed = draft.notUnderstood.length;
  return {
    title: 'Look at what was read',
    caption: fileName,
    back: { text: 'Choose another document', href: paths.upload() },
    action: paths.preview(importId),
    cancelHref: paths.list(),
    errors: state.errors,
    form: state,
    content: html`<p class="govuk-body-l sl-lead">${count(draft.sections.length, 'section')} with ${count(points.length - areas, 'strength')} and ${count(areas, 'area')} for development ${draft.sections.length === 1 ? 'was' : 'were'} read. ${missed === 0 ? 'Nothing was left over.' : `${count(missed, 'place')} ${missed === 1 ? 'was' : 'were'} not understood, or only half.`}</p>
${missedPart(draft)}
<h2 class="govuk-heading-m">Part A</h2>
<p class="govuk-body">${count(draft.people.length, 'key person', 'key people')}, ${count(draft.documents.length, 'key document')}, ${length(draft.introduction)} of introduction and ${length(draft.area)} about the local area.</p>
${draft.people.length > 0 && dataTable({ caption: 'Key people', columns: [{ text: 'Post' }, { text: 'Name' }, { text: 'Since' }], groups: [{ rows: draft.people.map(({ post, name, since }) => [post, name ?? 'Not given', since ?? 'Not given']) }] })}
${draft.documents.length > 0 && dataTable({ caption: 'Key documents', columns: [{ text: 'Document' }, { text: 'Date' }, { text: 'Where it is' }], groups: [{ rows: draft.documents.map(({ title, dated, url, words }) => [title, dated ?? 'Not given', url ?? words ?? 'Not given']) }] })}
<h2 class="govuk-heading-m">Part B</h2>
${rowsTable('What you are proud of', draft.proud)}${rowsTable('What to improve', draft.improve)}${rowsTable('Risks', draft.risks)}${rowsTable('Innovation and good practice', draft.innovations)}
${inspectionsPart(draft)}
<h2 class="govuk-heading-m">Part C</h2>
${dataTable({
  caption: 'Sections of part C',
  hiddenCaption: true,
  columns: [
    { text: 'Section', width: 'wide' },
    { text: 'Summary' },
    { text: 'Strengths', numeric: true },
    { text: 'Areas for development', numeric: true },
  ],
  groups: [
    {
      rows: draft.sections.map((section) => {
        const strengths = section.points.filter(({ kind }) => kind === 'strength').length;
        return [
          `${section.number}. ${section.title}`,
          length(section.summary),
          strengths,
          section.points.length - strengths,
        ];
      }),
    },
  ],
})}`,
  };
}

function missedPart({ notUnderstood }: NarrativeDraft): Html | null {
  if (notUnderstood.length === 0) return null;
  return html`<h2 class="govuk-heading-m">Not understood, or only half</h2>${dataTable({
    caption: 'Not understood, or only half',
    hiddenCaption: true,
    columns: [
      { text: 'Where' },
      { text: 'What stands there', width: 'wide' },
      { text: 'What became of it' },
    ],
    groups: [
      {
        rows: notUnderstood.map(({ where, text, why }) => [
          where,
          text.length > 300 ? `${text.slice(0, 300)}…` : text,
          why,
        ]),
      },
    ],
  })}`;
}

function rowsTable(caption: string, rows: readonly DraftRow[]): Html | null {
  if (rows.length === 0) return null;
  return dataTable({
    caption,
    columns: [{ text: 'Words', width: 'wide' }, { text: 'Sections' }],
    groups: [
      {
        rows: rows.map(({ label, words, sections }) => [
          label === null ? words : html`<strong>${label}</strong> ${words}`,
          sections.length === 0 ? 'None' : sections.join(', '),
        ]),
      },
    ],
  });
}

function inspectionsPart({ inspections }: NarrativeDraft): Html | null {
  if (inspections.length === 0) return null;
  return html`${dataTable({
    caption: 'Inspections named in the document',
    columns: [{ text: 'Title', width: 'wide' }, { text: 'Date' }, { text: 'Outcome' }],
    groups: [
      {
        rows: inspections.map(({ title, dated, outcome }) => [
          title,
          dated ?? 'Not given',
          outcome ?? 'Not given',
        ]),
      },
    ],
  })}<p class="govuk-body sl-measure">They are not imported: the summary of inspections is drawn from the register. <a class="govuk-link" href="/findings/sources">Look whether each stands among its sources</a>.</p>`;
}

/** "340 words" */
function length(text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  return words === 0
    ? 'no words'
    : `${words.toLocaleString('en-GB')} ${words === 1 ? 'word' : 'words'}`;
}
