import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { html, type Html } from '#platform/web/html.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import type { DueFact } from '../../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { sameDue } from '../../rules/picture-action.ts';
import { dueInWords, sentenceCase } from '../../rules/words.ts';
import { shortText } from '../parts.ts';
import { paths } from '../paths.ts';
import type { DueQuestion } from './due-box.ts';
import type { FormState } from './form-state.ts';

export interface DueHistory {
  /** In the order in which they were given; the first never changes. */
  dues: readonly DueFact[];
  names: ReadonlyMap<UserId, string>;
}

/** "The date is no longer right": every date so far, and the new one with its reason. */
export function dueView(
  state: FormState,
  picture: PlanPicture,
  action: ActionPicture,
  history: DueHistory,
  version: number,
  question: DueQuestion | null,
) {
  const href = paths.action(picture.plan.slug, action.id);
  return {
    title: 'The date is no longer right',
    caption: picture.plan.title,
    back: { text: 'Back to the action', href },
    about: shortText(action),
    now: dueInWords(action.due),
    dates: datesSoFar(history),
    action: paths.due(picture.plan.slug, action.id),
    cancelHref: href,
    errors: state.errors,
    form: state,
    both: state.both,
    version,
    question,
    saveText: state.both === null ? 'Change the date' : 'Save mine on top of theirs',
  };
}

/** Every due date that an action has had, oldest first. */
function datesSoFar({ dues, names }: DueHistory): Html {
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
