import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import type { OnSheet } from '../../rules/handover.ts';
import { countOf } from '../../rules/position.ts';
import { dueInWords, statusName } from '../../rules/words.ts';
import { clamped, shortText, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';
import type { LoadedHandover } from './load-handover.ts';

/** "Held by … since …. 4 actions inherited, 1 slipped, 2 owed this month." */
export function handoverSentence({ holder, handover }: LoadedHandover): string {
  const { inherited, slipped, owed } = handover;
  const held =
    holder === null
      ? 'Nobody holds it on this day.'
      : `Held by ${holder.name} since ${formatDate(holder.since)}.`;
  return `${held} ${countOf(inherited.length, 'open action')} inherited, ${slipped.length} slipped since, ${owed.length} owed this month.`;
}

/** What the page says of an action that was inherited. */
export function nowWords(now: OnSheet['action'] | null): string {
  if (now === null) return 'No longer in a plan';
  if (now.withdrawn) return 'Withdrawn';
  const late = now.daysOverdue > 0 ? `, ${countOf(now.daysOverdue, 'day')} overdue` : '';
  return `${statusName(now.status)}, due: ${dueInWords(now.due)}${late}`;
}

/** Everything that whoever takes over a post has to know, on one page that can be printed. */
export function handoverView(
  loaded: LoadedHandover,
  page: { asAt: IsoDate; mayExport: boolean; link: LinkTo },
) {
  const { party, holder, handover } = loaded;
  const { link, mayExport } = page;
  const action = ({ picture, action: one }: OnSheet) =>
    html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, one.id))}">${shortText(one)}</a><br><span class="sl-note">${picture.plan.title}</span>`;
  const { inherited, slipped, promised, owed } = handover;
  return {
    title: `Handover sheet: ${party.name}`,
    dated: true,
    actions: html`${mayExport && html`<a class="govuk-button govuk-button--secondary" href="${link(paths.exportHandover(party.id))}" role="button" draggable="false">Word (.docx)</a>`}`,
    content: html`<p class="govuk-body-l sl-lead">${handoverSentence(loaded)}</p>
${part({
  id: 'inherited',
  title: 'Inherited',
  about:
    holder === null
      ? 'Nobody holds the post, so nothing was inherited yet.'
      : `What was open on ${formatDate(holder.since)}, as it stood on that day, and how it stands now.`,
  columns: ['Action', 'Due then', 'Now'],
  rows: inherited.map((one) => [action(one), dueInWords(one.action.due), nowWords(one.now)]),
})}
${part({
  id: 'slipped',
  title: 'Slipped',
  about: 'Dates that were changed, or went by, since then.',
  columns: ['Action', 'Due', 'What happened'],
  rows: slipped.map((one) => [action(one), dueInWords(one.action.due), one.how]),
})}
${part({
  id: 'promised',
  title: 'Promised',
  about: 'What the last update says, and the date that was asked for.',
  columns: ['Action', 'Last update', 'Date asked for'],
  rows: promised.map((one) => {
    const { lastUpdate, asked } = one.action;
    return [
      action(one),
      lastUpdate === null
        ? html`<span class="sl-quiet">None</span>`
        : html`<span class="sl-note">${formatDate(lastUpdate.effectiveOn)}</span> ${clamped(lastUpdate.whatChanged)}`,
      asked === null ? html`<span class="sl-quiet">None</span>` : dueInWords(asked.due),
    ];
  }),
})}
${part({
  id: 'owed',
  title: 'Owed this month',
  about:
    'What is due by the end of the month, overdue, or without an update within its plan’s cycle.',
  columns: ['Action', 'Due', 'Why'],
  rows: owed.map((one) => [action(one), dueInWords(one.action.due), one.why]),
})}`,
  };
}

function part(given: {
  id: string;
  title: string;
  about: string;
  columns: readonly string[];
  rows: readonly (readonly HtmlValue[])[];
}): Html {
  const { id, title, about, columns, rows } = given;
  return html`<section class="sl-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title} <span class="sl-note">${rows.length}</span></h2><p class="govuk-body sl-measure">${about}</p>${
    rows.length === 0
      ? html`<p class="govuk-body sl-quiet">Nothing.</p>`
      : dataTable({
          caption: title,
          hiddenCaption: true,
          columns: columns.map((text, index) => ({
            text,
            ...(index === 0 ? { width: 'wide' as const } : {}),
          })),
          groups: [{ rows }],
        })
  }</section>`;
}
