import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import { dataTable } from '#platform/web/components/table.ts';
import type { FormValues } from '#platform/web/forms.ts';
import { isTouched, type BulkChange } from '../../rules/bulk-change.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { updateChoices } from '../../rules/update-choices.ts';
import { dueInWords, ragName, sentenceCase, statusName } from '../../rules/words.ts';
import { leadNames, planCaption } from '../parts.ts';
import { paths } from '../paths.ts';
import type { DueQuestion } from '#platform/web/due-box.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { KnownNames } from './ground.ts';
import { nameBoxes } from '#platform/web/names.ts';
import { priorityItems } from './priorities.ts';
import { changeFields } from './selected-form.ts';

/** What both pages need: the plan, what is selected and where the person came from. */
export interface Selection {
  picture: PlanPicture;
  actions: readonly ActionPicture[];
  /** The keys of the selected actions, each with the versions that the person saw. */
  keys: readonly string[];
  back: string;
  submissionId: string;
}

/** "Change 5 actions": what is selected, and what to change of it. */
export function chooseView(
  selection: Selection,
  state: FormState,
  known: KnownNames,
  question: DueQuestion | null,
) {
  const { picture, actions } = selection;
  return {
    ...common(selection),
    title:
      actions.length === 0
        ? 'Change several actions'
        : `Change ${countOf(actions.length, 'action')}`,
    errors: state.errors,
    form: state,
    question,
    known,
    priorities: priorityItems,
    leadBoxes: nameBoxes(state.values.leads),
    list: actions.length === 0 ? null : plainList(actions),
    choices: updateChoices(picture.plan.ragScheme).map(({ value, label, hint }) => ({
      value,
      text: label,
      hint: { text: hint },
    })),
  };
}

/** Every selected action before and after; `moved` are those that somebody saved since. */
export function confirmView(
  selection: Selection,
  values: FormValues,
  change: BulkChange,
  moved: readonly ActionPicture[],
) {
  const { picture, actions } = selection;
  const touched = actions.filter((action) => isTouched(action, change));
  const deed =
    change.kind === 'due'
      ? `Ask for ${countOf(touched.length, 'date')}`
      : `Change ${countOf(touched.length, 'action')}`;
  return {
    ...common(selection),
    title: touched.length === 0 ? 'Nothing would change' : `${deed}?`,
    wide: true,
    errors:
      moved.length === 0
        ? []
        : [
            {
              field: 'actions-before-after',
              text: `Somebody saved ${countOf(moved.length, 'of these actions', 'of these actions')} while you were looking. Nothing of yours was saved. See below how they stand now`,
            },
          ],
    what: whatInWords(change, picture),
    table: beforeAfter(selection, change, moved),
    kept: keptFields(values),
    touched: touched.length,
    saveText: moved.length === 0 ? deed : `${deed} all the same`,
  };
}

function common({ picture, keys, back, submissionId }: Selection) {
  const { slug } = picture.plan;
  return {
    caption: planCaption(picture.plan),
    back: { text: 'Back to the actions', href: back },
    backHref: back,
    action: paths.selected(slug),
    keys,
    submissionId,
  };
}

function plainList(actions: readonly ActionPicture[]): Html {
  return html`<details class="govuk-details" ${actions.length <= 10 && html` open`}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">The selected actions</span>
    </summary>
    <div class="govuk-details__text">
      <ul class="govuk-list">
        ${actions.map((action) => html`<li>${action.ref} ${firstLine(action.text)}</li>`)}
      </ul>
    </div>
  </details>`;
}

function beforeAfter(
  { picture, actions }: Selection,
  change: BulkChange,
  moved: readonly ActionPicture[],
): Html {
  return dataTable({
    caption: 'Each action before and after',
    hiddenCaption: true,
    columns: [
      { text: 'Ref', width: 'narrow' },
      { text: 'Action', width: 'wide' },
      { text: 'Now' },
      { text: 'Then' },
    ],
    groups: [
      {
        rows: actions.map((action) => [
          action.ref,
          html`${firstLine(action.text)}${moved.includes(action) && html` <strong class="sl-late">Saved since you looked</strong>`}`,
          nowWords(action, change, picture),
          isTouched(action, change)
            ? thenWords(change, picture)
            : html`<span class="sl-quiet">${whyUntouched(action, change)}</span>`,
        ]),
      },
    ],
    rowHeading: 1,
  });
}

function whyUntouched(action: ActionPicture, change: BulkChange): string {
  if (action.withdrawn) return 'No change: it is withdrawn';
  return change.kind === 'due' && action.asked !== null
    ? 'No change: another date waits for an answer'
    : 'No change: it is so already';
}

function nowWords(action: ActionPicture, change: BulkChange, { plan }: PlanPicture): HtmlValue {
  switch (change.kind) {
    case 'lead':
      return leadNames(action);
    case 'due':
      return dueInWords(action.due);
    case 'priority':
      return sentenceCase(action.priority ?? 'none set');
    case 'update':
      return html`${ragName(plan.ragScheme, action.claimedRag)}, ${statusName(action.status).toLowerCase()}${action.lastUpdate !== null && html`<br /><span class="sl-words">“${action.lastUpdate.whatChanged}”</span>`}`;
    case 'withdraw':
      return action.withdrawn ? 'Withdrawn' : 'In the plan';
  }
}

function thenWords(change: BulkChange, { plan }: PlanPicture): string {
  switch (change.kind) {
    case 'lead':
      return change.leads.join(', ');
    case 'due':
      return `Asked for: ${dueInWords(change.due)}`;
    case 'priority':
      return sentenceCase(change.priority ?? 'none set');
    case 'update': {
      const choice = updateChoices(plan.ragScheme).find((one) => one.value === change.choice);
      return choice === undefined
        ? ''
        : `${ragName(plan.ragScheme, choice.rag)}, ${statusName(choice.status).toLowerCase()}`;
    }
    case 'withdraw':
      return 'Withdrawn';
  }
}

/** The words that go into the history of each action. */
function whatInWords(change: BulkChange, picture: PlanPicture): { name: string; text: string } {
  switch (change.kind) {
    case 'lead':
      return { name: 'New lead', text: change.leads.join('\n') };
    case 'due':
      return {
        name: `Another due date asked for, ${dueInWords(change.due)}, because`,
        text: `${change.reason}\nEffect on children: ${change.effectOnChildren}`,
      };
    case 'priority':
      return { name: 'Priority', text: sentenceCase(change.priority ?? 'none set') };
    case 'update':
      return { name: `Update, ${thenWords(change, picture)}`, text: change.whatChanged };
    case 'withdraw':
      return { name: 'Withdrawn, because', text: change.reason };
  }
}

/** What was typed, to go along with the next page. */
function keptFields(values: FormValues): { name: string; value: string }[] {
  return changeFields.flatMap((name) =>
    [values[name] ?? []].flat().map((value) => ({ name, value })),
  );
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 140 ? `${line.slice(0, 140).trimEnd()}…` : line;
}
