import { formatDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { waitingIn, type WaitingDate } from '../../actions/date-deciders.ts';
import type { BoardRow } from '../../rules/board-table.ts';
import { bySlippage, type DateRequest } from '../../rules/date-requests.ts';
import type { DueFact } from '../../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { sameDue } from '../../rules/picture-action.ts';
import { countOf } from '../../rules/position.ts';
import { dueInWords, movedInWords, notApprovedInWords, sentenceCase } from '../../rules/words.ts';
import type { Allowed } from '../load-plan.ts';
import { leadCell, lines, planCaption, planNavigation, shortText, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';

export interface DatesInput {
  picture: PlanPicture;
  allowed: Allowed;
  dues: readonly DueFact[];
  requests: readonly DateRequest[];
  /** What nobody had decided when the last round closed. */
  undecided: { round: string; requests: readonly DateRequest[] } | null;
  board: readonly BoardRow[];
  names: ReadonlyMap<UserId, string>;
  link: LinkTo;
}

/** The due dates of a plan: what waits, what changed and how far, and what the board is to approve. */
export function datesView(input: DatesInput) {
  const { picture, allowed, link } = input;
  const { plan } = picture;
  const waiting = waitingIn(picture);
  const moved = bySlippage(picture.actions);
  return {
    title: plan.title,
    caption: planCaption(plan),
    dated: true,
    wide: true,
    subNavigation: planNavigation(plan, 'Dates', allowed, link),
    content: html`<p class="govuk-body-l sl-lead">${leadSentence(moved.length, waiting.length, input.board)}</p>
${section('waiting', 'Waiting for an answer', waiting.length === 0 ? html`<p class="govuk-body">No date waits for an answer.</p>` : waitingTable(input, waiting))}
${undecidedSection(input)}
${section('board', 'For the board', boardPart(input))}
${section(
  'changed',
  'Dates that changed',
  moved.length === 0
    ? emptyState({
        title: 'No date has changed',
        text: 'Every action has the date that it was given first. Those that change will stand here, the most slipped first.',
      })
    : movedTable(input, moved),
)}`,
  };
}

function leadSentence(moved: number, waiting: number, board: readonly BoardRow[]): string {
  const open = board.filter(({ action }) => action.boardAnswer === null).length;
  const parts = [
    moved === 0
      ? 'No action has had its date changed.'
      : `${countOf(moved, 'action has', 'actions have')} had the date changed.`,
    waiting > 0 && `${countOf(waiting, 'date waits', 'dates wait')} for an answer.`,
    open > 0 && `${countOf(open, 'date is', 'dates are')} for the board to approve.`,
  ];
  return parts.filter((part) => part !== false).join(' ');
}

function section(id: string, title: string, content: Html): Html {
  return html`<section class="sl-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}</h2>${content}</section>`;
}

function actionLink({ picture, link }: DatesInput, action: ActionPicture): Html {
  return html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, action.id))}">${shortText(action)}</a>`;
}

function waitingTable(input: DatesInput, waiting: readonly WaitingDate[]): Html {
  const { names, link, picture } = input;
  return dataTable({
    caption: 'Dates that wait for an answer',
    hiddenCaption: true,
    columns: [
      { text: 'Action', width: 'wide' },
      { text: 'Date now' },
      { text: 'Asked for' },
      { text: 'Asked by' },
      { text: 'Why' },
      { text: 'Effect on children' },
    ],
    groups: [
      {
        rows: waiting.map(({ action, asked }) => [
          actionLink(input, action),
          html`${dueInWords(action.due)}${movedNote(action)}`,
          html`<a class="govuk-link" href="${link(paths.dateRequest(picture.plan.slug, asked.id))}">${dueInWords(asked.due)}<span class="govuk-visually-hidden"> for ${action.ref}</span></a>`,
          `${(asked.by === null ? null : names.get(asked.by)) ?? 'Somebody'}, ${formatDate(asked.on)}`,
          lines(asked.reason),
          lines(asked.effectOnChildren),
        ]),
      },
    ],
  });
}

/** What was undecided when a round closed: changed, not agreed. */
function undecidedSection(input: DatesInput): Html {
  const { undecided, picture } = input;
  if (undecided === null || undecided.requests.length === 0) return html``;
  const items = undecided.requests.flatMap((request) => {
    const action = picture.actions.find((one) => one.id === request.actionId);
    return action === undefined
      ? []
      : [
          html`<li>${actionLink(input, action)}: ${dueInWords(request.due)}, asked for on ${formatDate(request.effectiveOn)}. ${sinceWords(request)}</li>`,
        ];
  });
  return section(
    'not-agreed',
    'Changed, not agreed',
    html`<p class="govuk-body">When the round “${undecided.round}” closed, nobody had decided on these.</p><ul class="govuk-list govuk-list--bullet">${items}</ul>`,
  );
}

function sinceWords({ decision }: DateRequest): string {
  return decision === null
    ? 'It still waits.'
    : `${sentenceCase(decision.outcome)} on ${formatDate(decision.effectiveOn)}.`;
}

function boardPart({ picture, board, link }: DatesInput): Html {
  const { slug } = picture.plan;
  if (board.length === 0) {
    return html`<p class="govuk-body">From the second change of its date on, an action is put before the board that oversees the plan. None is.</p>`;
  }
  const open = board.filter(({ action }) => action.boardAnswer === null).length;
  const refused = board.filter(({ action }) => action.boardAnswer?.answer === 'not approved');
  return html`<p class="govuk-body">${countOf(board.length, 'action has', 'actions have')} had the date changed twice or more: ${open} without an answer of the board, ${refused.length} not approved.</p>
<p class="govuk-body"><a class="govuk-link" href="${link(paths.boardDates(slug))}">See what the board is to approve</a></p>`;
}

function movedTable(input: DatesInput, moved: readonly ActionPicture[]): Html {
  const duesOf = Map.groupBy(input.dues, (fact) => fact.actionId);
  return dataTable({
    caption: 'Actions whose date changed, the most slipped first',
    hiddenCaption: true,
    columns: [
      { text: 'Action', width: 'wide' },
      { text: 'Lead' },
      { text: 'First date' },
      { text: 'Date now' },
      { text: 'How far' },
      { text: 'Why' },
    ],
    groups: [
      {
        rows: moved.map((action) => [
          actionLink(input, action),
          leadCell(action),
          dueInWords(action.firstDue),
          dueInWords(action.due),
          html`${movedInWords(action)}${noteOf(notApprovedInWords(action))}`,
          reasons(duesOf.get(action.id) ?? []),
        ]),
      },
    ],
  });
}

function movedNote(action: ActionPicture): Html {
  return noteOf(movedInWords(action));
}

function noteOf(words: string | null): Html {
  return html`${words !== null && html` <span class="sl-note">${words}</span>`}`;
}

/** The reason of each change, in the order in which they were made. */
function reasons(dues: readonly DueFact[]): Html {
  const changes = dues.filter((fact, index) => {
    const before = dues[index - 1];
    return before !== undefined && !sameDue(before.due, fact.due);
  });
  if (changes.length === 0) return html`<span class="sl-quiet">The imported paper says so</span>`;
  return html`${changes.map(
    (fact, index) =>
      html`${index > 0 && html`<br>`}${dueInWords(fact.due)}: ${fact.reason === null ? html`<span class="sl-quiet">no reason given</span>` : lines(fact.reason)}`,
  )}`;
}
