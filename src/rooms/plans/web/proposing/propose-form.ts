import type { IsoDate } from '#kernel/dates.ts';
import type { Due } from '#kernel/due/due.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { newId, parseId, type ObjectiveId } from '#kernel/ids.ts';
import { noDue } from '#platform/web/due-box.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { namesIn } from '#platform/web/names.ts';
import type { ProposedAction } from '../../actions/propose-actions.ts';
import { boxOf, type Short } from './ground.ts';

const longest = { text: 8000, name: 200 } as const;

/** What the form begins with: everything ticked that says what comes next. */
export function proposedValues(short: readonly Short[]): FormValues {
  return Object.fromEntries(
    short.flatMap(({ judgement: { id, whatNext, due, leads } }): [string, string][] => [
      [boxOf('key', id), newId<'submission'>()],
      [boxOf('text', id), whatNext ?? ''],
      [boxOf('due', id), due?.asWritten ?? ''],
      [boxOf('leads', id), leads.map(({ name }) => name).join('; ')],
      ...(whatNext === null ? [] : [[boxOf('take', id), 'yes'] as [string, string]]),
    ]),
  );
}

export type ProposeReading =
  | { ok: true; objectiveId: ObjectiveId; actions: ProposedAction[] }
  | { ok: false; errors: FieldError[] };

/** Reads what was ticked, and what was written for it. A date that stands as judged is kept so. */
export function readProposed(
  values: FormValues,
  short: readonly Short[],
  today: IsoDate,
): ProposeReading {
  const textOf = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
  };
  const errors: FieldError[] = [];
  const objectiveId = parseId<'objective'>(textOf('objective'));
  if (objectiveId === null) {
    errors.push({ field: 'objective', text: 'Choose the objective that these actions serve' });
  }
  const actions = short.flatMap(({ judgement, criterion }): ProposedAction[] => {
    const { id } = judgement;
    if (textOf(boxOf('take', id)) !== 'yes') return [];
    const box = (part: Parameters<typeof boxOf>[0]) => textOf(boxOf(part, id));
    const fault = (part: Parameters<typeof boxOf>[0], words: string) =>
      errors.push({ field: boxOf(part, id), text: `Criterion ${criterion.ref}: ${words}` });
    const text = box('text');
    if (text === '') fault('text', 'say what is to be done, or take the tick away');
    if (text.length > longest.text) fault('text', 'this is too long. Shorten it');
    const leads = namesIn([box('leads')]);
    if (leads.some((name) => name.length > longest.name)) {
      fault('leads', `a name has more than ${longest.name} characters. Shorten it`);
    }
    const due = dueOf(box('due'), judgement.due, today);
    if (due === null) fault('due', 'write a date such as 30 June 2026, or leave it empty');
    const submissionId = parseId<'submission'>(box('key')) ?? newId<'submission'>();
    return [{ judgementId: id, submissionId, text, leads, due: due ?? noDue }];
  });
  if (errors.length === 0 && actions.length === 0) {
    errors.push({ field: '', text: 'Tick at least one criterion' });
  }
  if (objectiveId === null || errors.length > 0) return { ok: false, errors };
  return { ok: true, objectiveId, actions };
}

function dueOf(written: string, judged: Due | null, today: IsoDate): Due | null {
  if (written === '') return noDue;
  if (written === judged?.asWritten) return judged;
  const { due } = readDue(written, null, { positionOn: today });
  return due.precision === 'none' || written.length > 200 ? null : due;
}
