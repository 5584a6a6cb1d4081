import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { ActionId } from '#kernel/ids.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import { comparePictures } from '../../rules/compare.ts';
import { movementFigures, type Movement } from '../../rules/movement.ts';
import { movementSentences } from '../../rules/movement-words.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { type Round, roundName } from '../../rules/rounds.ts';
import { suggestedQuestions } from '../../rules/suggested-questions.ts';
import { dueInWords, ragName, statusName } from '../../rules/words.ts';
import type { MovementRead } from '../../store/read-movement.ts';
import type { Allowed } from '../load-plan.ts';
import { dayField, planCaption, planNavigation, shortText, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';
import { comparisonTable } from './compare.view.ts';
import { writeComparison, type Comparison } from './movement-query.ts';

export interface MovementInput extends MovementRead {
  /** The plan on the day of the page. */
  picture: PlanPicture;
  comparison: Comparison;
  /** The newest first. */
  rounds: readonly Round[];
  allowed: Allowed;
  today: IsoDate;
  link: LinkTo;
}

/** What moved between two days: in sentences, as a reconciliation, and action by action. */
export function movementView(input: MovementInput) {
  const { picture, comparison, allowed, link } = input;
  const { plan } = picture;
  return {
    title: `What moved in ${plan.title}`,
    caption: planCaption(plan),
    dated: true,
    wide: comparison.view === 'side-by-side',
    subNavigation: planNavigation(plan, 'Movement', allowed, link),
    actions: html`<a class="govuk-button govuk-button--secondary" href="${link(paths.rounds(plan.slug))}" role="button" draggable="false">Review rounds</a>${allowed.export && exportMenu(input)}`,
    content: html`${chooser(input)}${views(input)}${
      comparison.view === 'summary'
        ? summary(input)
        : comparisonTable({
            picture,
            compared: comparePictures(input.before, input.after),
            comparison,
            hrefOf: (changes) => hrefOf(input, changes),
            link,
          })
    }`,
  };
}

function hrefOf(
  { picture, comparison, link }: MovementInput,
  changes: Partial<Comparison>,
): string {
  const query = writeComparison({ ...comparison, page: 1, ...changes });
  return link(`${paths.movement(picture.plan.slug)}?${query}`);
}

function exportMenu({ picture, comparison, link }: MovementInput): Html {
  const query = writeComparison({ ...comparison, view: 'summary', show: 'all', page: 1 });
  const formats = [
    ['docx', 'Word (.docx)'],
    ['csv', 'What differs, comma-separated (.csv)'],
    ['xlsx', 'What differs, Excel (.xlsx)'],
    ['json', 'What differs, data (.json)'],
  ] as const;
  return html`<details class="sl-menu"><summary class="govuk-button govuk-button--secondary">Export</summary><ul class="sl-menu__list">${formats.map(
    ([format, words]) =>
      html`<li><a class="govuk-link" href="${link(`${paths.exportMovement(picture.plan.slug)}?format=${format}&${query}`)}">${words}</a></li>`,
  )}</ul></details>`;
}

/** Two boxes for days, and links for what is asked most. */
function chooser(input: MovementInput): Html {
  const { picture, comparison, rounds, link } = input;
  const { from, to } = comparison;
  const at = picture.asAt;
  const closed = rounds.filter(({ close }) => close !== null).slice(0, 6);
  const links = [
    ...closed.map((round) => ({
      words: `Since the ${roundName(round.name)}`,
      query: `from=${round.id}`,
    })),
    { words: 'Last 30 days', query: `from=${addDays(at, -30)}` },
    { words: 'This year', query: `from=${addDays(`${at.slice(0, 4)}-01-01` as IsoDate, -1)}` },
  ];
  return html`<form class="sl-inline-form" method="get" action="${paths.movement(picture.plan.slug)}">${dayField(picture, link)}${
    comparison.view !== 'summary' &&
    html`<input type="hidden" name="view" value="${comparison.view}">`
  }<div class="govuk-form-group"><label class="govuk-label" for="from">From the end of</label><input class="govuk-input govuk-input--width-10" id="from" name="from" value="${formatDate(from)}"></div>
<div class="govuk-form-group"><label class="govuk-label" for="to">to the end of</label><input class="govuk-input govuk-input--width-10" id="to" name="to" value="${formatDate(to)}"></div>
<button class="govuk-button govuk-button--secondary" type="submit">Compare</button></form>
<ul class="govuk-list">${links.map(
    ({ words, query }) =>
      html`<li><a class="govuk-link" href="${link(`${paths.movement(picture.plan.slug)}?${query}`)}">${words}</a></li>`,
  )}</ul>`;
}

function views(input: MovementInput): Html {
  const { view } = input.comparison;
  const item = (name: Comparison['view'], words: string) =>
    name === view
      ? html`<strong>${words}</strong>`
      : html`<a class="govuk-link" href="${hrefOf(input, { view: name, show: 'all' })}">${words}</a>`;
  return html`<p class="govuk-body">${item('summary', 'What moved')} · ${item('side-by-side', 'Side by side')}</p>`;
}

function summary(input: MovementInput): Html {
  return html`${sentences(input)}${questions(input)}${reconciliation(input)}${ownTable(input)}${behind(input)}`;
}

function sentences({ movement, before, after }: MovementInput): Html {
  const told = movementSentences(movement, before, after);
  return html`<section class="sl-section" aria-labelledby="since"><h2 class="govuk-heading-m" id="since">Since your last meeting</h2>${told.map(
    ({ text }) => html`<p class="govuk-body sl-measure">${text}</p>`,
  )}</section>`;
}

function questions({ movement, before, after, picture, link }: MovementInput): Html {
  const asked = suggestedQuestions(movement, before, after);
  if (asked.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="questions"><h2 class="govuk-heading-m" id="questions">Questions that members might ask</h2>
<p class="govuk-body sl-measure sl-quiet">Each comes from a rule over the figures, and says why it is suggested.</p>
<ol class="govuk-list govuk-list--number">${asked.map(
    ({ question, why, actions }) =>
      html`<li class="sl-measure"><strong>${question}</strong> <span class="sl-quiet">${why}</span>
<details class="sl-more"><summary>${countOf(actions.length, 'action')}<span class="govuk-visually-hidden"> behind “${question}”</span></summary><ul class="govuk-list">${actions.map(
        (one) =>
          html`<li><a class="govuk-link" href="${link(paths.action(picture.plan.slug, one.id))}">${one.ref}</a>: ${one.why}</li>`,
      )}</ul></details></li>`,
  )}</ol></section>`;
}

/** The lists behind the figures, each with its heading and the word in its address. */
const lists = [
  ['added', 'Added'],
  ['reopened', 'Reopened'],
  ['completed', 'Completed'],
  ['withdrawn', 'Withdrawn'],
  ['revised', 'Due date changed'],
  ['newlyOverdue', 'Newly overdue'],
  ['better', 'Claimed better'],
  ['worse', 'Claimed worse'],
] as const;
type ListName = (typeof lists)[number][0];

function countLink(movement: Movement, name: ListName): HtmlValue {
  const count = movement[name].length;
  const words = lists.find(([one]) => one === name)?.[1].toLowerCase() ?? '';
  return count === 0
    ? '0'
    : html`<a class="govuk-link" href="#${name}">${count}<span class="govuk-visually-hidden"> ${words}: see them</span></a>`;
}

function reconciliation({ movement }: MovementInput): Html {
  const figures = movementFigures(movement);
  const row = (words: string, sign: string, name: ListName): HtmlValue[] => [
    words,
    html`${sign}${sign !== '' && ' '}${countLink(movement, name)}`,
  ];
  return html`<section class="sl-section" aria-labelledby="adds-up"><div class="sl-measure"><h2 class="govuk-heading-m" id="adds-up">How it adds up</h2>
${dataTable({
  caption: 'Open actions, from the first day to the second',
  hiddenCaption: true,
  columns: [{ text: 'Actions' }, { text: 'How many', numeric: true }],
  groups: [
    {
      rows: [
        [`Open on ${formatDate(movement.from)}`, figures.opening],
        row('Added', '+', 'added'),
        row('Reopened or brought back', '+', 'reopened'),
        row('Completed', '−', 'completed'),
        row('Withdrawn', '−', 'withdrawn'),
        [
          html`<strong>Open on ${formatDate(movement.to)}</strong>`,
          html`<strong>${figures.closing}</strong>`,
        ],
      ],
    },
  ],
})}
<p class="govuk-body sl-measure sl-quiet">Open is what is neither complete nor withdrawn. What happened twice is counted twice.</p>
${dataTable({
  caption: 'Also',
  columns: [{ text: 'Actions' }, { text: 'How many', numeric: true }],
  groups: [
    {
      rows: [
        row('Due date changed', '', 'revised'),
        row('Overdue on the second day, and not on the first', '', 'newlyOverdue'),
        row('Open on both days, claimed better', '', 'better'),
        row('Open on both days, claimed worse', '', 'worse'),
      ],
    },
  ],
})}</div></section>`;
}

/** What members are shown, then and now, and which complete actions left it. */
function ownTable({ movement, after, picture, allowed, link }: MovementInput): Html {
  const { then, now, left } = movement.table;
  const { slug } = picture.plan;
  return html`<section class="sl-section" aria-labelledby="own-table"><h2 class="govuk-heading-m" id="own-table">The plan’s own table</h2>
<p class="govuk-body sl-measure">What members are shown: complete actions can leave it, and stay in the plan.</p>
${dataTable({
  caption: 'The plan’s own table, then and now',
  hiddenCaption: true,
  columns: [
    { text: 'Actions' },
    { text: formatDate(movement.from), numeric: true },
    { text: formatDate(movement.to), numeric: true },
  ],
  groups: [
    {
      rows: [
        ['All actions', then.total, now.total],
        ['Complete', then.complete, now.complete],
        ['Shown in the table', then.shown, now.shown],
        ['Shown and complete', then.shownComplete, now.shownComplete],
        ['Shown and outstanding', then.outstanding, now.outstanding],
      ],
    },
  ],
})}${
    left.length > 0 &&
    html`<h3 class="govuk-heading-s" id="left">Left the table</h3><ul class="govuk-list">${byIds(
      after,
      left,
    ).map(
      (action) =>
        html`<li><a class="govuk-link" href="${link(paths.action(slug, action.id))}">${shortText(action)}</a></li>`,
    )}</ul>`
  }${allowed.changePlan && picture.plan.state === 'active' && html`<p class="govuk-body"><a class="govuk-link" href="${paths.table(slug)}">Choose which complete actions the table shows</a></p>`}</section>`;
}

/** Each list of actions behind a figure, with how each stood then and how it stands now. */
function behind(input: MovementInput): Html {
  const { movement, before, after, picture, link } = input;
  const then = new Map(before?.actions.map((action) => [action.id, action]) ?? []);
  const { slug } = picture.plan;
  const shown = lists.filter(([name]) => movement[name].length > 0);
  if (shown.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="behind"><h2 class="govuk-heading-m" id="behind">The actions behind the figures</h2>${shown.map(
    ([name, heading]) =>
      html`<h3 class="govuk-heading-s" id="${name}">${heading} <span class="sl-note">${movement[name].length}</span></h3>${dataTable(
        {
          caption: heading,
          hiddenCaption: true,
          columns: [
            { text: 'Action', width: 'wide' },
            { text: formatDate(movement.from) },
            { text: formatDate(movement.to) },
          ],
          groups: [
            {
              rows: byIds(after, movement[name]).map((action) => [
                html`<a class="govuk-link" href="${link(paths.action(slug, action.id))}">${shortText(action)}</a>`,
                stoodWords(then.get(action.id) ?? null, before),
                stoodWords(action, after),
              ]),
            },
          ],
        },
      )}`,
  )}</section>`;
}

/** "In progress, amber, due 30 June 2026, 4 days overdue" */
function stoodWords(action: ActionPicture | null, picture: PlanPicture | null): string {
  if (action === null || picture === null) return 'Not in the plan yet';
  if (action.withdrawn) return 'Withdrawn';
  return [
    statusName(action.status),
    ragName(picture.plan.ragScheme, action.claimedRag),
    dueInWords(action.due),
    ...(action.daysOverdue > 0 ? [`${countOf(action.daysOverdue, 'day')} overdue`] : []),
  ].join(' · ');
}

/** In the order of the list, each action once for each time that it stands there. */
function byIds(picture: PlanPicture, ids: readonly ActionId[]): ActionPicture[] {
  const all = new Map(picture.actions.map((action) => [action.id, action]));
  return ids.flatMap((id) => all.get(id) ?? []);
}
