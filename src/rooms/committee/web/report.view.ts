import { formatDate, formatInstant } from '#kernel/dates.ts';
import { paperHtml } from '#platform/web/components/paper.ts';
import { html, type Html } from '#platform/web/html.ts';
import { takeOutPath } from '#people';
import type { FoundReport, ReportContent } from '../actions/open-report.ts';
import { reportBlocks } from '../out/report-paper.ts';
import type { NotReady } from '../rules/clearance.ts';
import type { Allowed } from './load-report.ts';
import { buttonLink, clearancesInWords, reportPage } from './parts.ts';
import { paths } from './paths.ts';

export interface ReportInput {
  report: FoundReport;
  allowed: Allowed;
  content: ReportContent;
  /** What stands in the way of making it final; nothing once it is. */
  open: readonly NotReady[];
  /** The final paper that this one corrects, where this person may read that one. */
  replaces: { id: string; title: string } | null;
  /** The reports that correct this one, of those that this person may read. */
  replacedBy: readonly { id: string; title: string }[];
}

/** The paper itself, with what its writers can do next. */
export function reportView(input: ReportInput) {
  const { report, allowed, content } = input;
  const blocks = reportBlocks(content.words, content.figures).filter(
    ({ kind }) => kind !== 'title',
  );
  return {
    ...reportPage(report, allowed, 'Paper'),
    wide: content.words.depth === 'operational',
    actions: actions(input),
    content: html`<p class="govuk-body-l sl-lead">${leadOf(input)}</p>
      ${corrections(input)} ${writing(input)} ${paperHtml(blocks)}
      ${allowed.takeOut && html`<p class="govuk-body sl-no-print"><a class="govuk-link" href="${takeOutPath('report', report.card.id)}">Take out a name</a></p>`}`,
  };
}

function leadOf({ report, content }: ReportInput): string {
  const { card } = report;
  const { asAt, since } = content.figures;
  const compared = since === null ? '' : `, compared with ${formatDate(since)}`;
  const figures = `figures as at ${formatDate(asAt)}${compared}`;
  if (card.final !== null) {
    return `Final since ${formatInstant(card.final.at)}, with ${figures}, as they were known then.`;
  }
  return `Draft, with ${figures}. ${clearancesInWords(card.clearances, content.hashes)}`;
}

function actions({ report, allowed }: ReportInput): Html {
  const { id } = report.card;
  const formats = [
    ['docx', 'Word document (.docx)'],
    ['pdf', 'PDF (.pdf)'],
    ['html', 'Web page (.html)'],
  ] as const;
  return html`${
    allowed.export &&
    html`<details class="sl-menu">
      <summary class="govuk-button govuk-button--secondary">Export</summary>
      <ul class="sl-menu__list">
        ${formats.map(
          ([format, words]) =>
            html`<li><a class="govuk-link" href="${paths.exported(id)}?format=${format}">${words}</a></li>`,
        )}
      </ul>
    </details>`
  }`;
}

function corrections({ replaces, replacedBy }: ReportInput): Html {
  const link = ({ id, title }: { id: string; title: string }) =>
    html`<a class="govuk-link" href="${paths.report(id)}">${title}</a>`;
  return html`${replaces !== null && html`<p class="govuk-inset-text">This report replaces ${link(replaces)}.</p>`}
  ${replacedBy.map((other) => html`<p class="govuk-inset-text">A corrected report was written since: ${link(other)}.</p>`)}`;
}

/** What whoever writes it can do next; for the eyes of writers, and never printed. */
function writing({ report, allowed, open }: ReportInput): Html {
  const { id } = report.card;
  if (report.ties.isFinal) {
    return html`${allowed.draft && html`<p class="govuk-body sl-no-print"><a class="govuk-link" href="${paths.newReport()}?replaces=${id}">Start a report that corrects this one</a></p>`}`;
  }
  if (!allowed.write) {
    return html`<p class="govuk-body sl-no-print"><a class="govuk-link" href="${paths.comments(id)}">Comment on this draft</a></p>`;
  }
  return html`<div class="govuk-button-group sl-no-print">
      ${buttonLink('Change the words', paths.words(id))}
      ${buttonLink('Change the cover', paths.cover(id), true)}
      ${buttonLink('Clear and finish', paths.clearance(id), true)}
    </div>
    ${
      open.length > 0 &&
      html`<details class="govuk-details sl-no-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${open.length === 1 ? 'One thing is' : `${open.length} things are`} still open</span></summary>
<div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">${open.map((one) => html`<li>${openInWords(one)}</li>`)}</ul></div></details>`
    }`;
}

/** What stands in the way, as a sentence without its full stop. */
export function openInWords(one: NotReady): string {
  if (one.kind === 'unknown figure') {
    return `“${one.section}” names ${one.token}, which is no figure of this report`;
  }
  switch (one.state) {
    case 'waits':
      return `${one.post} has not answered yet`;
    case 'returned':
      return `${one.post} returned it`;
    case 'words changed':
      return `${one.post} cleared it before its words were changed`;
    case 'figures changed':
      return `${one.post} cleared it before a figure changed`;
  }
}
