import { formatDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable, type Column } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { FoundReport } from '../actions/open-report.ts';
import { depthNames } from '../rules/sections.ts';
import { buttonLink, classificationWords } from './parts.ts';
import { paths } from './paths.ts';

/** What is still owed to a draft, as far as the list can tell without its figures. */
function waits({ card }: FoundReport): boolean {
  return card.clearances.some(
    ({ answer }) =>
      answer === null ||
      (answer.answer === 'cleared' && answer.at < card.editedAt) ||
      answer.answer === 'returned',
  );
}

/** The reports that this person may know of: drafts, those that wait for clearance, final ones. */
export function listView(reports: readonly FoundReport[], mayStart: boolean) {
  const drafts = reports.filter((one) => !one.ties.isFinal && !waits(one));
  const waiting = reports.filter((one) => !one.ties.isFinal && waits(one));
  const finals = reports.filter((one) => one.ties.isFinal);
  const start = { text: 'Start a report', href: paths.newReport() };
  return {
    title: 'Reports to committee',
    wide: true,
    actions: mayStart && reports.length > 0 ? buttonLink(start.text, start.href) : null,
    content:
      reports.length === 0
        ? emptyState({
            title: 'No reports yet',
            text: 'A report to a committee or board, written from one or several plans, will stand here: as a draft, while it is cleared, and once it is final.',
            ...(mayStart ? { action: start } : {}),
          })
        : html`${lead(drafts.length, waiting.length, finals.length)}
            ${part('Drafts', 'drafts', drafts)} ${part('Waiting for clearance', 'waiting', waiting)}
            ${part('Final', 'final', finals)}`,
  };
}

function lead(drafts: number, waiting: number, finals: number): Html {
  const count = (number: number, one: string, many: string) =>
    `${number === 0 ? 'no' : number} ${number === 1 ? one : many}`;
  const words = `${count(drafts, 'draft', 'drafts')}, ${count(waiting, 'report', 'reports')} waiting for clearance and ${count(finals, 'final report', 'final reports')}.`;
  return html`<p class="govuk-body-l sl-lead">${words.slice(0, 1).toUpperCase()}${words.slice(1)}</p>`;
}

const columns: readonly Column[] = [
  { text: 'Report', width: 'wide' },
  { text: 'Committee' },
  { text: 'Meeting' },
  { text: 'Figures as at' },
  { text: 'For' },
  { text: 'Class' },
];

function part(title: string, id: string, reports: readonly FoundReport[]): Html | null {
  if (reports.length === 0) return null;
  const rows = reports.map((report) => {
    const { head, depth } = report.card;
    return [
      html`<a class="govuk-link" href="${paths.report(report.card.id)}">${head.title}</a>`,
      head.committee,
      head.meetingOn === null ? 'To be agreed' : formatDate(head.meetingOn),
      formatDate(head.asAt),
      depthNames[depth].name.replace(/^For /, ''),
      classificationWords(report),
    ];
  });
  return html`<section class="sl-section" aria-labelledby="${id}">
    <h2 class="govuk-heading-m" id="${id}">${title}</h2>
    ${dataTable({ caption: title, hiddenCaption: true, columns, groups: [{ rows }] })}
  </section>`;
}
