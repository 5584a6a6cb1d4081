import { daysBetween, formatDate } from '#kernel/dates.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { UpdateFact } from '../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { countOf } from '../rules/position.ts';
import type { Rag, Status } from '../rules/reading.ts';
import { updateChoices } from '../rules/update-choices.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { lines, shortText } from './parts.ts';
import { paths } from './paths.ts';

export interface UpdateInput {
  picture: PlanPicture;
  action: ActionPicture;
  /** The update that this one says was wrong; null for an update as usual. */
  corrected: UpdateFact | null;
  values: FormValues;
  errors?: FieldError[];
  /** What somebody else saved while this one was written. */
  theirs?: { update: UpdateFact; by: string | null };
  /** The file that came with a form which is shown again: a page cannot keep it. */
  fileName?: string | null;
}

/** "Give an update": three questions on one page, and what is shown again when it was not saved. */
export function updateView(input: UpdateInput) {
  const { picture, action, corrected, values } = input;
  const { plan } = picture;
  const choices = updateChoices(plan.ragScheme);
  const both = bothOf(input);
  const errors = both === null ? (input.errors ?? []) : [bothTextsError];
  const last = action.lastUpdate;
  const quoted = corrected ?? (last === null || last.whatChanged === '' ? null : last);
  return {
    title: corrected === null ? 'Give an update' : 'Correct an update',
    caption: `${plan.title} · Action ${action.ref}`,
    back: { text: 'Back to the action', href: paths.action(plan.slug, action.id) },
    sentence: shortText(action, 300),
    actionHref: paths.action(plan.slug, action.id),
    dueHref: paths.due(plan.slug, action.id),
    choices: choices.map((choice) => ({
      value: choice.value,
      text: choice.label,
      hint: { text: choice.hint },
    })),
    changedLabel:
      corrected !== null
        ? 'What should it have said?'
        : last === null
          ? 'What has been done so far?'
          : `What has changed since ${formatDate(last.effectiveOn)}?`,
    last:
      quoted === null || both !== null
        ? null
        : {
            when: `${corrected === null ? 'Last update' : 'What was written for'} ${formatDate(quoted.effectiveOn)}`,
            text: lines(quoted.whatChanged),
          },
    correcting: corrected !== null,
    reopening: corrected === null ? reopeningWords(picture, action) : null,
    fileHint: fileHint(input.fileName),
    form: { values, errors },
    both,
    ...(errors.length === 0 ? {} : { errors }),
    saveText: both === null ? 'Save the update' : 'Save mine as a further update',
  };
}

/** What is told before a complete action is taken back; null where it is not complete. */
function reopeningWords({ asAt }: PlanPicture, { closure }: ActionPicture): string | null {
  if (closure.completion === null) return null;
  const { since } = closure.completion;
  const days = countOf(daysBetween(since, asAt), 'day');
  return `This action has been complete since ${formatDate(since)}. If you say anything else now, it is reopened: it failed again after ${days}, and that is counted. If it never was complete, correct the update that said so.`;
}

/** What is said beside the box for a file. A page cannot keep a file, so it is asked for again. */
export function fileHint(fileName: string | null | undefined): string {
  const again = fileName == null ? '' : `. Choose “${fileName}” once more: it was not kept`;
  return `Word, Excel, .csv, PDF or a picture, 10 MB at most${again}`;
}

/** Both texts, where somebody saved first. */
function bothOf({ picture, action, theirs, values }: UpdateInput) {
  if (theirs === undefined) return null;
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const choices = updateChoices(picture.plan.ragScheme);
  const labelOf = (rag: Rag | null, status: Status | null) =>
    choices.find((one) => one.rag === rag && one.status === status)?.label ?? status ?? 'Not rated';
  const pairs = [
    {
      label: 'How is it going?',
      theirs: labelOf(theirs.update.claimedRag, theirs.update.status),
      yours: choices.find((one) => one.value === textOf('choice'))?.label ?? '',
    },
    {
      label: 'What has changed?',
      theirs: theirs.update.whatChanged,
      yours: textOf('changed').replace(/\r\n?/g, '\n').trim(),
    },
  ];
  const last = { by: theirs.by, at: theirs.update.recordedAt };
  return {
    ...bothTexts(pairs, last, paths.action(picture.plan.slug, action.id)),
    keep: 'Save yours as a further update with the button at the end of the page',
  };
}

/** The answers of the update that is to be corrected, for the form that corrects it. */
export function valuesOf(picture: PlanPicture, update: UpdateFact): FormValues {
  const choice = updateChoices(picture.plan.ragScheme).find(
    (one) => one.rag === update.claimedRag && one.status === update.status,
  );
  return { choice: choice?.value ?? '', changed: update.whatChanged };
}
