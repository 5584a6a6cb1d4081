import { dataTable } from '#platform/web/components/table.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { html, type Html } from '#platform/web/html.ts';
import { formatDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { BoardRow } from '../../rules/board-table.ts';
import type { ActionPicture, PartyRef, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { capacityInWords } from '../../rules/who-decides.ts';
import { dueInWords, movedInWords, sentenceCase } from '../../rules/words.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { Allowed } from '../load-plan.ts';
import { lines, planCaption, planNavigation, shortText, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';

export interface BoardInput {
  picture: PlanPicture;
  allowed: Allowed;
  rows: readonly BoardRow[];
  /** The boards for which this person writes down an answer; none on an earlier day. */
  answersFor: readonly PartyRef[];
  /** Who looks: what they asked for themselves, somebody else answers. */
  by: UserId;
  link: LinkTo;
}

/** The table of dates that the overseeing board is to approve, and what it said. */
export function boardView(
  state: FormState,
  input: BoardInput,
  moved: readonly ActionPicture[] = [],
) {
  const { picture, allowed, rows, answersFor, link } = input;
  const { plan } = picture;
  const open = rows.filter(({ action }) => action.boardAnswer === null).length;
  return {
    title: 'Dates for the board',
    caption: planCaption(plan),
    dated: true,
    wide: true,
    subNavigation: planNavigation(plan, 'Dates', allowed, link),
    back: { text: 'Dates', href: link(paths.dates(plan.slug)) },
    menu: allowed.export && rows.length > 0 ? exportMenu(input) : null,
    lead:
      rows.length === 0
        ? null
        : `${countOf(rows.length, 'action has', 'actions have')} had the date changed twice or more. ${open === 0 ? 'The board has answered on each.' : `${countOf(open, 'waits', 'wait')} for the board.`}`,
    table: rows.length === 0 ? nothing() : boardRows(state, input, moved),
    whoWrites: answersFor.length > 0 || rows.length === 0 ? null : whoWrites(plan.boards),
    answers: answersFor.length > 0 && rows.length > 0,
    boards: answersFor.map((board) => ({ value: board.id, text: board.name })),
    action: paths.boardDates(plan.slug),
    cancelHref: link(paths.dates(plan.slug)),
    form: state,
    errors: state.errors,
  };
}

function nothing(): Html {
  return emptyState({
    title: 'Nothing for the board',
    text: 'From the second change of its date on, an action will stand here for the board that oversees the plan to approve.',
  });
}

function whoWrites(boards: readonly PartyRef[]): string {
  return boards.length === 0
    ? 'No board oversees this plan. Name one on its settings page.'
    : 'The chair of the board writes down what it said, or whoever may approve in this plan.';
}

function exportMenu({ picture, link }: BoardInput): Html {
  const href = link(paths.exportBoardDates(picture.plan.slug));
  const joint = href.includes('?') ? '&' : '?';
  return html`<details class="sl-menu"><summary class="govuk-button govuk-button--secondary">Export</summary><ul class="sl-menu__list"><li><a class="govuk-link" href="${href}${joint}format=docx">Word document (.docx)</a></li><li><a class="govuk-link" href="${href}${joint}format=csv">Comma-separated (.csv)</a></li></ul></details>`;
}

function boardRows(state: FormState, input: BoardInput, moved: readonly ActionPicture[]): Html {
  return dataTable({
    caption: 'Dates that the board is to approve',
    hiddenCaption: true,
    columns: [
      { text: 'Action', width: 'wide' },
      { text: 'First date' },
      { text: 'Date now' },
      { text: 'Why' },
      { text: 'Effect on children' },
      { text: 'The board' },
    ],
    groups: [
      {
        rows: input.rows.map((row) => {
          const { action, request } = row;
          const isMoved = moved.some((one) => one.id === action.id);
          return [
            html`<a class="govuk-link" href="${input.link(paths.action(input.picture.plan.slug, action.id))}">${shortText(action)}</a>${isMoved && html` <strong class="sl-late">Saved since you looked</strong>`}`,
            dueInWords(action.firstDue),
            html`${dueInWords(action.due)} <span class="sl-note">${movedInWords(action)}</span>${grantedNote(row)}`,
            request === null
              ? html`<span class="sl-quiet">It came with a paper</span>`
              : lines(request.reason),
            request === null ? '' : lines(request.effectOnChildren),
            answerCell(state, input, row),
          ];
        }),
      },
    ],
  });
}

function grantedNote({ granted }: BoardRow): Html {
  return html`${granted !== null && html` <span class="sl-note">Granted ${capacityInWords[granted.as]} on ${formatDate(granted.on)}</span>`}`;
}

function answerCell(state: FormState, input: BoardInput, { action, request }: BoardRow): Html {
  const said = action.boardAnswer;
  const standing = html`${
    said !== null &&
    html`<p class="govuk-body-s"><strong>${sentenceCase(said.answer)}</strong>${said.board !== null && ` by ${said.board.name}`}, ${said.minute}</p>`
  }`;
  if (input.answersFor.length === 0) {
    return said === null ? html`<span class="sl-quiet">No answer yet</span>` : standing;
  }
  if (request !== null && request.by === input.by) {
    return html`${standing}<span class="sl-quiet">You asked for this date, so somebody else writes down what the board said</span>`;
  }
  const name = `answer-${action.id}`;
  const error = state.errors.find(({ field }) => field === name);
  const box = (value: string, words: string, index: number) =>
    html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="${index === 0 ? name : `${name}-${index}`}" name="${name}" value="${value}"${state.values[name] === value && html` checked`}><label class="govuk-label govuk-radios__label" for="${index === 0 ? name : `${name}-${index}`}">${words}</label></div>`;
  return html`${standing}<input type="hidden" name="seen" value="${seenKey(action)}"><fieldset class="govuk-fieldset"><legend class="govuk-visually-hidden">What did the board say of ${action.ref}?</legend>${error !== undefined && html`<p class="govuk-error-message">${error.text}</p>`}<div class="govuk-radios govuk-radios--small">${box('approved', 'Approved', 0)}${box('not approved', 'Not approved', 1)}</div></fieldset>`;
}

/** `<action>:<due version>:<version of the answer>`, as the form sends it back. */
export function seenKey(action: ActionPicture): string {
  return [action.id, action.dueVersion, action.boardAnswer?.version ?? 0].join(':');
}
