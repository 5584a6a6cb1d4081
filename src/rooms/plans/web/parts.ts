import { daysBetween, formatDate, type IsoDate } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';
import { ragTag, statusTag } from '#platform/web/components/tags.ts';
import type { ActionPicture, PlanHead, PlanPicture } from '../rules/picture.ts';
import { countOf } from '../rules/position.ts';
import type { Rag } from '../rules/reading.ts';
import {
  askedInWords,
  dueInWords,
  movedInWords,
  notApprovedInWords,
  ragName,
} from '../rules/words.ts';
import type { Allowed } from './load-plan.ts';
import { paths } from './paths.ts';

/** An address with the day of the page kept. */
export type LinkTo = (href: string) => string;

/** The day of the page for a form that is sent by its address, which would drop it. */
export function dayField(picture: PlanPicture, link: LinkTo): Html {
  return html`${link('').includes('as-at=') && html`<input type="hidden" name="as-at" value="${picture.asAt}">`}`;
}

/** The caption of a plan's pages: its period, owner and boards. */
export function planCaption(plan: PlanHead): string {
  return [
    plan.state === 'archived' ? 'Archived plan' : 'Plan',
    periodInWords(plan.periodFrom, plan.periodTo),
    plan.owner?.name,
    ...plan.boards.map((board) => board.name),
  ]
    .filter((part) => part != null && part !== '')
    .join(' · ');
}

/** "1 April 2026 to 31 March 2027" */
export function periodInWords(from: IsoDate | null, to: IsoDate | null): string | null {
  if (from !== null && to !== null) return `${formatDate(from)} to ${formatDate(to)}`;
  if (from !== null) return `From ${formatDate(from)}`;
  return to === null ? null : `To ${formatDate(to)}`;
}

/** The pages of one plan. */
export function planNavigation(
  plan: PlanHead,
  current: 'Overview' | 'Actions' | 'Dates' | 'Claims' | 'Movement' | 'Changes' | 'Settings',
  allowed: Allowed,
  link: LinkTo,
) {
  const items = [
    { text: 'Overview', href: link(paths.plan(plan.slug)) },
    { text: 'Actions', href: link(paths.actions(plan.slug)) },
    { text: 'Dates', href: link(paths.dates(plan.slug)) },
    { text: 'Claims', href: link(paths.claims(plan.slug)) },
    { text: 'Movement', href: link(paths.movement(plan.slug)) },
    { text: 'Changes', href: link(paths.changes(plan.slug)) },
    ...(allowed.changePlan || allowed.create
      ? [{ text: 'Settings', href: paths.settings(plan.slug) }]
      : []),
  ];
  return items.map((item) => ({ ...item, current: item.text === current }));
}

/** The colour that a lead claims, under the name it has in this plan, with its meaning. */
export function claimedTag(plan: PlanHead, colour: Rag | null): Html {
  if (colour === null) return html`<span class="sl-quiet">Not rated</span>`;
  const meaning = plan.ragScheme.find((entry) => entry.colour === colour)?.meaning;
  return ragTag({
    colour,
    name: ragName(plan.ragScheme, colour),
    ...(meaning === undefined || meaning === '' ? {} : { meaning }),
  });
}

/** "30 June 2026, 2nd date, 92 days later than first" and how late it is. */
export function dueCell(action: ActionPicture): Html {
  return html`<span class="sl-due">${dueInWords(action.due)}</span>${dateNotes(action).map(
    (note) => html` <span class="sl-note">${note}</span>`,
  )}${
    action.daysOverdue > 0 &&
    html` <strong class="sl-late">${countOf(action.daysOverdue, 'day')} overdue</strong>`
  }`;
}

/** How far its date has moved, what was asked for, and what the board did not approve. */
export function dateNotes(action: ActionPicture): string[] {
  return [
    movedInWords(action),
    action.asked === null ? null : askedInWords(action.asked),
    notApprovedInWords(action),
  ].flatMap((note) => note ?? []);
}

/** The names of those who lead. */
export function leadCell(action: ActionPicture): Html {
  return action.leads.length === 0
    ? html`<span class="sl-quiet">No lead</span>`
    : html`${action.leads.map((lead, index) => html`${index > 0 && html`<br />`}${lead.name}`)}`;
}

/** "12 days ago", with the day itself for machines and on hover. */
export function agoCell(on: IsoDate | null, asAt: IsoDate): Html {
  if (on === null) return html`<span class="sl-quiet">Never</span>`;
  return html`<time datetime="${on}" title="${formatDate(on)}"
    >${ago(daysBetween(on, asAt))}</time
  >`;
}

/** "today", "yesterday", "12 days ago" */
export function ago(days: number): string {
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${countOf(days, 'day')} ago`;
}

/** "4 March 2026", and how far away it is in days: "9 days away", "3 days ago". */
export function dayWithDistance(date: IsoDate, asAt: IsoDate): string {
  const days = daysBetween(asAt, date);
  if (days === 0) return `${formatDate(date)}, today`;
  return `${formatDate(date)}, ${days > 0 ? `${countOf(days, 'day')} away` : ago(-days)}`;
}

/** The first words of a text: two lines of a table, the rest behind "more". */
export function clamped(text: string, longest = 160): Html {
  if (text.length <= longest) return lines(text);
  const cut = text.lastIndexOf(' ', longest);
  const at = cut > longest / 2 ? cut : longest;
  return html`${lines(text.slice(0, at))}
    <details class="sl-more">
      <summary>more</summary>
      <span>${lines(text.slice(at).trimStart())}</span>
    </details>`;
}

/** A text of several lines, each kept as its own. */
export function lines(text: string): Html {
  return html`${text.split('\n').map((line, index) => html`${index > 0 && html`<br />`}${line}`)}`;
}

/** A list of short facts about an action, as one line: colour, status, due, lead. */
export function actionLine(picture: PlanPicture, action: ActionPicture, link: LinkTo): Html {
  return html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, action.id))}"
      >${shortText(action)}</a
    >
    <span class="sl-line__facts"
      >${leadNames(action)} · ${dueInWords(action.due)} ·
      ${claimedTag(picture.plan, action.claimedRag)} ${statusTag(action.status)}</span
    >`;
}

/** The reference and the first line of an action, for links and titles. */
export function shortText(action: Pick<ActionPicture, 'ref' | 'text'>, longest = 110): string {
  const first = action.text.split('\n')[0] ?? '';
  const short = first.length > longest ? `${first.slice(0, longest).trimEnd()}…` : first;
  return `${action.ref} ${short}`;
}

export function leadNames(action: ActionPicture): string {
  return action.leads.length === 0 ? 'No lead' : action.leads.map((lead) => lead.name).join(', ');
}

/** The formats in which a list leaves; `href` is the address of the export, without its format. */
export function listExportMenu(href: string): Html {
  const joint = href.includes('?') ? '&' : '?';
  const formats = [
    ['xlsx', 'Excel workbook (.xlsx)'],
    ['csv', 'Comma-separated (.csv)'],
    ['json', 'Data (.json)'],
  ] as const;
  return html`<details class="sl-menu"><summary class="govuk-button govuk-button--secondary">Export</summary><ul class="sl-menu__list">${formats.map(
    ([format, words]) =>
      html`<li><a class="govuk-link" href="${href}${joint}format=${format}">${words}</a></li>`,
  )}</ul></details>`;
}
