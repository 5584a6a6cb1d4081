import { formatDate } from '#kernel/dates.ts';
import { dataTable, type Column } from '#platform/web/components/table.ts';
import { html, safeHref, type Html, type HtmlValue } from '#platform/web/html.ts';
import type { FoundAssessment } from '../../actions/narrative/open-assessment.ts';
import {
  numbered,
  sectionName,
  type Assessment,
  type Row,
  type RowKind,
  type Section,
} from '../../rules/narrative/assessment.ts';
import { askedFor, drawRow, type DrawnRow } from '../../rules/narrative/part-b.ts';
import type { InspectionRow } from '../../actions/narrative/inspections.ts';
import { unknownTokens } from '../../rules/narrative/tokens.ts';
import type { Allowed } from './load.ts';
import {
  assessmentPage,
  buttonLink,
  copiedNote,
  count,
  knownIn,
  sectionLink,
  stateInWords,
  wordsHtml,
} from './parts.ts';
import { paths } from './paths.ts';

interface Input {
  found: FoundAssessment;
  allowed: Allowed;
  names: ReadonlyMap<string, string>;
  inspections: readonly InspectionRow[];
}

/** The document: parts A and B whole, and the sections of part C with how far each is. */
export function assessmentView(input: Input) {
  const { found, allowed, inspections } = input;
  const { assessment } = found;
  return {
    ...assessmentPage(assessment, 'Document', allowed.change),
    dated: true,
    actions: allowed.export ? exportLinks(assessment) : null,
    content: html`<p class="govuk-body-l sl-lead">${leadOf(found)}</p>
${toPutRight(assessment)}
${textPart(input, 'introduction')}
<h2 class="govuk-heading-l" id="part-a">Part A: the context</h2>
${tablePart(input, 'person')}${tablePart(input, 'document')}${textPart(input, 'area')}
<h2 class="govuk-heading-l" id="part-b">Part B: summary</h2>
${tablePart(input, 'proud')}${inspectionPart(inspections)}${tablePart(input, 'improve')}${tablePart(input, 'risk')}${tablePart(input, 'innovation')}
<h2 class="govuk-heading-l" id="part-c">Part C: current self-assessment</h2>
${sectionsPart(input)}
${textPart(input, 'closing')}`,
  };
}

function exportLinks({ id }: Assessment): Html {
  return html`${buttonLink('Word', `${paths.exported(id)}?format=docx`, true)} ${buttonLink('PDF', `${paths.exported(id)}?format=pdf`, true)}`;
}

/** How far the document is, in words with its figures. */
export function leadOf({ assessment, states }: FoundAssessment): string {
  const sections = numbered(assessment);
  if (sections.length === 0) {
    return 'No section of part C is written yet. Begin with the first: its strengths and areas for development are what parts A and B draw from.';
  }
  const written = sections.filter(({ summary, points }) => summary !== '' || points.length > 0);
  const off = sections.filter(({ id }) => states.get(id)?.state === 'signed off');
  const copied = [...assessment.sections, ...assessment.rows].filter(({ looked }) => !looked);
  const points = sections.flatMap((section) => section.points);
  const areas = points.filter(({ kind }) => kind === 'area for development').length;
  const said = `${written.length} of ${count(sections.length, 'section')} ${written.length === 1 ? 'is' : 'are'} written and ${off.length} signed off, with ${count(points.length - areas, 'strength')} and ${count(areas, 'area')} for development.`;
  return copied.length === 0
    ? said
    : `${said} ${count(copied.length, 'text')} copied from last year ${copied.length === 1 ? 'is' : 'are'} not yet looked at.`;
}

/** What does not hold together: tokens that name nothing, rows whose point is gone. */
function toPutRight(assessment: Assessment): Html | null {
  const known = knownIn(assessment);
  const items: Html[] = [
    ...assessment.sections.flatMap((section) =>
      unknownTokens(section.summary, known).map(
        (token) =>
          html`<li>${token} in ${sectionLink(assessment, section)} names no figure and no section.</li>`,
      ),
    ),
    ...assessment.rows
      .map((row) => drawRow(assessment, row))
      .filter(({ lost }) => lost)
      .map(
        ({ row, words }) =>
          html`<li><a class="govuk-link" href="${paths.row(assessment.id, row.id)}">${row.kind === 'proud' ? 'An outcome that we are proud of' : 'An outcome to improve'}</a> was drawn from a point that part C no longer has${words !== '' && html`: “${words.slice(0, 120)}”`}.</li>`,
      ),
  ];
  return items.length === 0
    ? null
    : html`<div class="govuk-inset-text"><h2 class="govuk-heading-s">To put right</h2><ul class="govuk-list govuk-list--bullet">${items}</ul></div>`;
}

function textPart({ found, allowed }: Input, kind: Section['kind']): Html | null {
  const { assessment } = found;
  const section = assessment.sections.find((one) => one.kind === kind);
  if (section === undefined) return null;
  return html`<section class="sl-section" aria-labelledby="text-${kind}">
<h${kind === 'area' ? '3' : '2'} class="govuk-heading-m" id="text-${kind}">${section.title}</h${kind === 'area' ? '3' : '2'}>
<div class="sl-measure">${section.summary === '' ? html`<p class="govuk-body sl-quiet">Not written yet.</p>` : wordsHtml(assessment, section.summary, section.written.at)}
<p class="govuk-body">${copiedNote(section.looked)} ${
    allowed.write(section.id) && found.states.get(section.id)?.locked !== true
      ? html`<a class="govuk-link" href="${paths.changeSection(assessment.id, section.id)}">Change<span class="govuk-visually-hidden"> ${section.title}</span></a> · `
      : null
  }<a class="govuk-link" href="${paths.section(assessment.id, section.id)}">Who writes it, and earlier texts<span class="govuk-visually-hidden"> of ${section.title}</span></a></p></div></section>`;
}

interface TablePart {
  title: string;
  add: string;
  empty: string;
  columns: readonly Column[];
  cells: (assessment: Assessment, drawn: DrawnRow) => HtmlValue[];
}

const reference: Column = { text: 'More in section' };

/** The tables of parts A and B. */
const parts: Readonly<Record<RowKind, TablePart>> = {
  person: {
    title: 'Key people',
    add: 'Add a person',
    empty: 'Nobody is named yet: the director, the lead member, the chair of the partnership.',
    columns: [{ text: 'Post', width: 'wide' }, { text: 'Name' }, { text: 'In this post since' }],
    cells: (_, { row }) => [row.label, row.words ?? 'Not given', row.dated ?? 'Not given'],
  },
  document: {
    title: 'Key documents',
    add: 'Add a document',
    empty: 'No document is named yet: the strategies and plans that a reader should know.',
    columns: [{ text: 'Document', width: 'wide' }, { text: 'Date' }, { text: 'Where it is' }],
    cells: (_, { row }) => [row.label, row.dated ?? 'Not given', placeOf(row)],
  },
  proud: {
    title: 'Outcomes that we are proud of',
    add: 'Choose a strength',
    empty: 'None is chosen yet. Each is drawn from a strength of part C.',
    columns: [{ text: 'Strength or outcome', width: 'wide' }, reference],
    cells: (assessment, drawn) => [said(assessment, drawn), references(assessment, drawn)],
  },
  improve: {
    title: 'Outcomes that we need to improve',
    add: 'Choose an area for development',
    empty: 'None is chosen yet. Each is drawn from an area for development of part C.',
    columns: [{ text: 'Area for improvement', width: 'wide' }, reference],
    cells: (assessment, drawn) => [said(assessment, drawn), references(assessment, drawn)],
  },
  risk: {
    title: 'Risks for the future',
    add: 'Add a risk',
    empty: 'No risk is named yet.',
    columns: [{ text: 'Risk', width: 'wide' }, reference],
    cells: (assessment, drawn) => [said(assessment, drawn), references(assessment, drawn)],
  },
  innovation: {
    title: 'Innovation, pilots and good practice',
    add: 'Add an innovation',
    empty: 'None is named yet.',
    columns: [{ text: 'Title and description', width: 'wide' }, { text: 'From and to' }, reference],
    cells: (assessment, drawn) => [
      said(assessment, drawn),
      drawn.row.dated ?? 'Not given',
      references(assessment, drawn),
    ],
  },
};

/** What a kind of row is called on its own form. */
export const rowTitles: Readonly<Record<RowKind, string>> = {
  person: 'A key person',
  document: 'A key document',
  proud: 'An outcome that we are proud of',
  improve: 'An outcome that we need to improve',
  risk: 'A risk for the future',
  innovation: 'An innovation, pilot or good practice',
};

function tablePart({ found, allowed }: Input, kind: RowKind): Html {
  const { assessment } = found;
  const { title, add, empty, columns, cells } = parts[kind];
  const rows = assessment.rows
    .filter((row) => row.kind === kind)
    .map((row) => drawRow(assessment, row));
  const wants = kind === 'proud' || kind === 'improve' || kind === 'risk';
  const change = (row: Row): Html =>
    html`<a class="govuk-link" href="${paths.row(assessment.id, row.id)}">${row.looked ? 'Change' : 'Look at it'}<span class="govuk-visually-hidden"> ${row.label ?? title}</span></a>`;
  return html`<section class="sl-section" aria-labelledby="${kind}">
<h3 class="govuk-heading-m" id="${kind}">${title}</h3>
${wants && rows.length > 0 && rows.length !== askedFor && html`<p class="govuk-body sl-quiet">The paper asks for ${askedFor}; here ${rows.length === 1 ? 'is' : 'are'} ${rows.length}.</p>`}
${
  rows.length === 0
    ? html`<p class="govuk-body sl-quiet">${empty}</p>`
    : dataTable({
        caption: title,
        hiddenCaption: true,
        columns: [...columns, ...(allowed.change ? [{ text: 'Change', hiddenHeading: true }] : [])],
        groups: [
          {
            rows: rows.map((drawn) => {
              const [first, ...rest] = cells(assessment, drawn);
              const note = copiedNote(drawn.row.looked);
              return [
                note === null ? first : html`${first} ${note}`,
                ...rest,
                ...(allowed.change ? [change(drawn.row)] : []),
              ];
            }),
          },
        ],
      })
}
${allowed.change && html`<p class="govuk-body"><a class="govuk-link" href="${paths.newRow(assessment.id, kind)}">${add}</a></p>`}
</section>`;
}

function said(assessment: Assessment, { label, words, row }: DrawnRow): Html {
  return html`${label !== null && html`<strong>${label}</strong>`}${wordsHtml(assessment, words, row.written.at)}`;
}

function references(assessment: Assessment, { references: sections }: DrawnRow): HtmlValue {
  if (sections.length === 0) return 'None';
  return html`<ul class="govuk-list govuk-!-margin-bottom-0">${sections.map((section) => html`<li>${sectionLink(assessment, section)}</li>`)}</ul>`;
}

function placeOf({ url, words }: Row): HtmlValue {
  const href = url === null ? null : safeHref(url);
  return href === null
    ? (words ?? 'Not given')
    : html`<a class="govuk-link" rel="noreferrer" href="${href}">${words ?? url}</a>`;
}

function inspectionPart(inspections: readonly InspectionRow[]): Html {
  const title = 'Reviews, evaluations and inspections';
  return html`<section class="sl-section" aria-labelledby="inspections">
<h3 class="govuk-heading-m" id="inspections">${title}</h3>
${
  inspections.length === 0
    ? html`<p class="govuk-body sl-quiet">The register holds no inspection, peer challenge or practice review of the last three years. <a class="govuk-link" href="/findings/sources">Look at its sources</a></p>`
    : dataTable({
        caption: title,
        hiddenCaption: true,
        columns: [{ text: 'Title', width: 'wide' }, { text: 'Date' }, { text: 'Outcome' }],
        groups: [
          {
            rows: inspections.map(({ id, title: named, on, outcome }) => [
              html`<a class="govuk-link" href="/findings/sources/${id}">${named}</a>`,
              formatDate(on),
              outcome,
            ]),
          },
        ],
      })
}
<p class="govuk-body sl-quiet">Drawn from the register of sources: the last three years.</p></section>`;
}

function sectionsPart({ found, allowed, names }: Input): Html {
  const { assessment, states } = found;
  const sections = numbered(assessment);
  return html`<section class="sl-section" aria-label="Sections of part C">
${
  sections.length > 0 &&
  dataTable({
    caption: 'Sections of part C',
    hiddenCaption: true,
    columns: [
      { text: 'Section', width: 'wide' },
      { text: 'Strengths', numeric: true },
      { text: 'Areas for development', numeric: true },
      { text: 'How far it is' },
    ],
    groups: [
      {
        rows: sections.map((section) => {
          const areas = section.points.filter(({ kind }) => kind === 'area for development').length;
          const state = states.get(section.id);
          return [
            html`<a class="govuk-link" href="${paths.section(assessment.id, section.id)}">${sectionName(section)}</a> ${copiedNote(section.looked)}`,
            section.points.length - areas,
            areas,
            state === undefined ? '' : stateInWords(state, names),
          ];
        }),
      },
    ],
  })
}
${allowed.change && buttonLink('Add a section', paths.newSection(assessment.id), sections.length > 0)}
</section>`;
}
