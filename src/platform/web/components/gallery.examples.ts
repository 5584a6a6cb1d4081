import { committeePaper } from '#platform/documents/write/example-paper.test-help.ts';
import { html } from '../html.ts';
import { example, type PageExample } from '../examples.ts';
import { emptyState, filterChips, scrollRegion } from './blocks.ts';
import { pagination } from './pagination.ts';
import { paperHtml } from './paper.ts';
import { progressBar } from './progress-bar.ts';
import { dataTable } from './table.ts';
import { ragLegend, ragTag, statusTag } from './tags.ts';
import { timeline } from './timeline.ts';

const template = 'platform/web/components/gallery.njk';
const plan = {
  caption: 'Children’s services improvement plan, 2025 to 2027',
  dated: true,
  subNavigation: [
    { text: 'Overview', href: '#overview', current: true },
    { text: 'Actions', href: '#actions' },
    { text: 'Changes', href: '#changes' },
  ],
};
const scheme = [
  { colour: 'blue', name: 'Blue', meaning: 'Complete, and its effect has been tested' },
  { colour: 'green', name: 'Green', meaning: 'On track to be complete by its date' },
  { colour: 'amber', name: 'Amber', meaning: 'Some delay, with a plan to recover' },
  { colour: 'red', name: 'Red', meaning: 'Late, or at risk of not being done at all' },
] as const;

const table = dataTable({
  caption: 'Actions, by objective',
  hiddenCaption: true,
  columns: [
    { text: 'Ref', width: 'narrow', sort: { href: '#sort', direction: 'ascending' } },
    { text: 'Action', width: 'wide' },
    { text: 'Lead' },
    { text: 'Due', sort: { href: '#sort', direction: 'none' } },
    { text: 'Claimed', width: 'narrow' },
    { text: 'Last update' },
  ],
  groups: [
    {
      heading: '1. Children are seen and heard',
      rows: [
        [
          '1.1',
          html`<a class="govuk-link" href="#one"
            >Every child in care has an up-to-date health assessment, and the service manager reads
            each that is late</a
          >`,
          'Service Manager, Children in Care',
          '30 June 2026, 2nd date',
          ragTag(scheme[2]),
          '12 days ago',
        ],
        [
          '1.10',
          html`<a class="govuk-link" href="#two">Team managers record why a visit was late</a>`,
          'Team managers',
          html`<span class="sl-late">3 February 2026, 29 days late</span>`,
          ragTag(scheme[3]),
          '2 months ago',
        ],
      ],
    },
    {
      heading: '2. Care leavers are not left',
      rows: [
        [
          '2.1',
          html`<a class="govuk-link" href="#three"
            >The pledge is rewritten with the Children in Care Council</a
          >`,
          'Participation Officer',
          'March 2027',
          ragTag({ colour: 'none', name: 'No colour' }),
          null,
        ],
      ],
    },
  ],
});

/** Every building block of a page, for the eye, the render test and axe. */
export const examples: PageExample[] = [
  example('A page of blocks', template, {
    ...plan,
    title: 'Children’s services improvement plan',
    blocks: [
      {
        title: 'Tags',
        content: html`<p class="govuk-body">
            ${scheme.map((entry) => html`${ragTag(entry)} `)}${ragTag({ colour: 'none', name: 'No colour' })}
          </p>
          <p class="govuk-body">
            ${(['not started', 'in progress', 'complete', null] as const).map((status) => html`${statusTag(status)} &ensp; `)}
          </p>`,
      },
      { title: 'What each colour means here', content: ragLegend(scheme) },
      {
        title: 'Progress',
        content: progressBar([
          { count: 31, words: 'complete', look: 'complete' },
          { count: 15, words: 'in progress', look: 'under-way' },
          { count: 3, words: 'not started', look: 'waiting' },
        ]),
      },
      {
        title: 'History',
        content: timeline([
          {
            title: html`Update: ${ragTag(scheme[2])}, in progress`,
            by: 'Service Manager, Children in Care',
            when: { words: '20 February 2026', iso: '2026-02-20' },
            alsoWhen: 'Written down on 24 February 2026.',
            body: html`<p class="sl-words">${'Eleven of twelve assessments are in date.\nThe last is booked for 2 March.'}</p>`,
          },
          {
            title: 'Due date changed from 31 March to 30 June 2026',
            by: null,
            when: { words: '1 December 2025', iso: '2025-12-01' },
          },
        ]),
      },
      {
        title: 'Nothing here',
        content: emptyState({
          title: 'No plans yet',
          text: 'Plans will be listed here. Begin with the file you keep today.',
          action: { text: 'Import a plan', href: '#import' },
        }),
      },
      {
        title: 'Wide material',
        content: scrollRegion(
          'Sample of the imported table',
          html`<table class="sl-table--plain">
            <tbody>
              <tr>
                ${Array.from({ length: 12 }, (_, index) => html`<td>Column&nbsp;number&nbsp;${index + 1}</td>`)}
              </tr>
            </tbody>
          </table>`,
        ),
      },
      {
        title: 'A paper',
        content: paperHtml(
          committeePaper.blocks.filter(({ kind }) => kind !== 'title'),
          { titleLevel: 2 },
        ),
      },
    ],
  }),
  example('A list with filters', template, {
    ...plan,
    title: 'Actions',
    wide: true,
    form: { values: { words: 'assessment', colour: '' } },
    list: {
      chips: filterChips([{ text: 'Words: assessment', offHref: '#off' }], '#clear'),
      table,
      pages: pagination(4, 12, (page) => `#page-${page}`),
    },
  }),
  example('A form', template, {
    title: 'Give an update',
    caption: 'Action 1.1',
    back: { text: 'Back', href: '#back' },
    form: { values: {} },
  }),
  example('A form with errors', template, {
    title: 'Give an update',
    caption: 'Action 1.1',
    errors: [
      { field: 'rag', text: 'Choose how it is going' },
      { field: 'changed', text: 'Say what has changed' },
      { field: 'due', text: 'The date says 31 February 2026. February 2026 has 28 days.' },
    ],
    form: {
      values: {
        link: 'minutes of the board',
        'due-day': '31',
        'due-month': '2',
        'due-year': '2026',
      },
      errors: [
        { field: 'rag', text: 'Choose how it is going' },
        { field: 'changed', text: 'Say what has changed' },
        { field: 'due', text: 'The date says 31 February 2026. February 2026 has 28 days.' },
      ],
    },
  }),
  example(
    'Just saved',
    template,
    { ...plan, title: 'My work', blocks: [] },
    { notice: 'Your update to action 1.1 is saved. Next: action 1.10, 29 days late.' },
  ),
];
