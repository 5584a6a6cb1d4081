import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { html, type Html } from '#platform/web/html.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import type { DueFact } from '../../rules/history.ts';
import type { ActionPicture, AskedDue, PlanPicture } from '../../rules/picture.ts';
import { sameDue } from '../../rules/picture-action.ts';
import { dueInSentence, dueInWords, sentenceCase } from '../../rules/words.ts';
import { shortText } from '../parts.ts';
import { paths } from '../paths.ts';
import type { DueQuestion } from '#platform/web/due-box.ts';
import type { FormState } from '#platform/web/form-state.ts';

export interface DueHistory {
  /** In the order in which they were given; the first never changes. */
  dues: readonly DueFact[];
  names: ReadonlyMap<UserId, string>;
}

export interface DueInput {
  picture: PlanPicture;
  action: ActionPicture;
  history: DueHistory;
  version: number;
  question: DueQuestion | null;
  /** Who looks. */
  by: UserId;
  /** Something was typed, which is shown again whatever waits. */
  typed?: boolean;
}

/**
 * "The date is no longer right": every date so far, and the one to ask for with its reason and its
 * effect on children. Where another date waits for an answer, that one is shown instead.
 */
export function dueView(state: FormState, input: DueInput) {
  const { picture, action, history, version, question } = input;
  const { slug } = picture.plan;
  const href = paths.action(slug, action.id);
  return {
    title: 'The date is no longer right',
    caption: picture.plan.title,
    back: { text: 'Back to the action', href },
    about: shortText(action),
    dates: datesSoFar(history),
    waiting: action.asked === null ? null : waitingFor(input, action.asked),
    asks: action.asked === null || input.typed === true,
    action: paths.due(slug, action.id),
    cancelHref: href,
    errors: state.errors,
    form: state,
    both: state.both,
    version,
    question,
    saveText: state.both === null ? 'Ask for this date' : 'Ask for mine all the same',
  };
}

/** The date that waits for an answer, and what this person can do about it. */
function waitingFor({ picture, by, history }: DueInput, asked: AskedDue) {
  const { slug } = picture.plan;
  return {
    due: dueInSentence(asked.due),
    by: asked.by === null ? null : (history.names.get(asked.by) ?? null),
    on: formatDate(asked.on),
    reason: asked.reason,
    effect: asked.effectOnChildren,
    isMine: asked.by === by,
    href: paths.dateRequest(slug, asked.id),
    takeBack: paths.takeDateBack(slug, asked.id),
  };
}

/** Every due date that an action has had, oldest first. */
export function datesSoFar({ dues, names }: DueHistory): Html {
  let before: DueFact | null = null;
  const entries = dues.map((fact) => {
    const changed: boolean = before === null || !sameDue(before.due, fact.due);
    const first = before === null;
    before = fact;
    const words = dueInWords(fact.due);
    const written = fact.due.asWritten.trim();
    return {
      title: first ? `First date: ${words}` : changed ? `Then: ${words}` : `Still: ${words}`,
      by: fact.by === null ? null : (names.get(fact.by) ?? null),
      when: { words: formatDate(fact.effectiveOn), iso: fact.effectiveOn },
      body: html`${written !== '' && written !== words && html`<p class="govuk-body sl-quiet">Written as “${written}”</p>`}${
        fact.reason !== null && html`<p class="govuk-body sl-words">${fact.reason}</p>`
      }${
        fact.effectOnChildren !== null &&
        html`<p class="govuk-body sl-words">Effect on children: ${fact.effectOnChildren}</p>`
      }`,
    };
  });
  return timeline(entries);
}

/** What two people gave as a due date, in words. */
export function dueWords(given: {
  due: DueFact['due'];
  reason: string | null;
  effectOnChildren: string | null;
}): { due: string; reason: string; effect: string } {
  return {
    due: sentenceCase(dueInWords(given.due)),
    reason: given.reason ?? '',
    effect: given.effectOnChildren ?? '',
  };
}

/** Whether the new day is earlier, later or the same: said when it is saved. */
export function movedWords(before: ActionPicture['due'], after: IsoDate | null): string {
  if (before.to === null || after === null) return '';
  if (after > before.to) return ' It is later than before.';
  return after < before.to ? ' It is earlier than before.' : '';
}
