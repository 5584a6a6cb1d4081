import { formatInstant } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { Item } from '../actions/items.ts';
import type { FoundPlace, RedactionToDecide } from '../actions/take-out-name.ts';
import { placeKey, type PlaceOfPassage } from '../store/redaction-places.ts';
import type { Redaction } from '../store/redactions.ts';
import { namePath, recordPaths, takeOutPath } from './records.paths.ts';

export interface AskInput {
  item: Item;
  values: FormValues;
  errors: FieldError[];
  /** Where the passage stands; null until it was searched for. */
  places: readonly FoundPlace[] | null;
  chosen: readonly string[];
}

/** The page on which somebody asks: first the words, then the places. */
export function askView({ item, values, errors, places, chosen }: AskInput) {
  return {
    title: 'Take out a name',
    caption: item.title,
    back: { text: 'Back', href: item.href },
    form: { values, errors },
    errors,
    action: takeOutPath(item.kind, item.id),
    searched: places !== null,
    nothing: places?.length === 0,
    places:
      places === null || places.length === 0
        ? null
        : placeBoxes(
            places,
            chosen,
            errors.find((error) => error.field === 'places'),
          ),
  };
}

function placeBoxes(
  places: readonly FoundPlace[],
  chosen: readonly string[],
  error: FieldError | undefined,
): Html {
  return html`<div class="govuk-form-group${error !== undefined && ' govuk-form-group--error'}">
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Take it out of</legend>
      ${
        error !== undefined &&
        html`<p class="govuk-error-message">
          <span class="govuk-visually-hidden">Error:</span> ${error.text}
        </p>`
      }
      <div class="govuk-checkboxes" data-module="govuk-checkboxes">
        ${places.map((place, index) => {
          const key = placeKey(place);
          const id = index === 0 ? 'places' : `places-${index + 1}`;
          return html`<div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id="${id}" name="places" type="checkbox" value="${key}"${chosen.includes(key) && html` checked`} aria-describedby="${id}-words">
            <label class="govuk-label govuk-checkboxes__label" for="${id}">${placeName(place)}${!place.ofItem && ' (elsewhere)'}</label>
            <div class="govuk-hint govuk-checkboxes__hint" id="${id}-words">${placeWords(place)}</div>
          </div>`;
        })}
      </div>
    </fieldset>
  </div>`;
}

function placeName(place: PlaceOfPassage): string {
  const { label } = place;
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** The words round the passage, which is marked. */
function placeWords(place: PlaceOfPassage): Html {
  if (place.wholeFile) {
    return html`${place.passage}. A file cannot be searched: it goes as a whole`;
  }
  return html`${place.before}<mark>${place.passage}</mark>${place.after}`;
}

/** Places with their words, for reading. */
function placeList(places: readonly PlaceOfPassage[]): Html {
  return html`<dl class="govuk-summary-list">
    ${places.map(
      (place) =>
        html`<div class="govuk-summary-list__row govuk-summary-list__row--no-actions">
          <dt class="govuk-summary-list__key">${placeName(place)}</dt>
          <dd class="govuk-summary-list__value">${placeWords(place)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The page on which the second person answers. */
export function decideView(
  { redaction, chosen, besides, mayAgree, mayTakeBack }: RedactionToDecide,
  names: ReadonlyMap<UserId, string>,
) {
  return {
    title: 'Take out a name',
    back: { text: 'Names to take out', href: recordPaths.names },
    asked: `${names.get(redaction.askedBy) ?? 'Somebody'} asked on ${formatInstant(redaction.askedAt)}.`,
    reason: redaction.reason,
    outcome: outcomeOf(redaction, names),
    chosen: chosen.length === 0 ? null : placeList(chosen),
    besides: besides.length === 0 ? null : placeList(besides),
    mayAgree,
    mayTakeBack,
    action: namePath(redaction.id),
  };
}

/** What became of a request, in a sentence; null while it waits. */
function outcomeOf(redaction: Redaction, names: ReadonlyMap<UserId, string>): string | null {
  if (redaction.agreed === null || redaction.decidedAt === null) return null;
  const on = formatInstant(redaction.decidedAt);
  const by = (redaction.decidedBy !== null && names.get(redaction.decidedBy)) || 'somebody';
  if (redaction.agreed) return `Taken out on ${on}. ${by} agreed.`;
  return redaction.decidedBy === redaction.askedBy
    ? `Taken back on ${on}.`
    : `Refused by ${by} on ${on}.`;
}

/** What was asked, newest first. The names themselves are on no list. */
export function namesView(
  requests: readonly Redaction[],
  names: ReadonlyMap<UserId, string>,
  subNavigation: { text: string; href: string; current: boolean }[],
) {
  const entry = (redaction: Redaction) => ({
    href: namePath(redaction.id),
    asked: `${names.get(redaction.askedBy) ?? 'Somebody'}, ${formatInstant(redaction.askedAt)}`,
    reason: redaction.reason,
    places: redaction.places,
    outcome: outcomeOf(redaction, names),
  });
  return {
    title: 'Names to take out',
    subNavigation,
    waiting: requests.filter(({ agreed }) => agreed === null).map(entry),
    decided: requests.filter(({ agreed }) => agreed !== null).map(entry),
  };
}
