import { newId, parseId, type Id } from '#kernel/ids.ts';
import type { FieldError, FormValues } from './forms.ts';
import type { BothTexts } from './both-texts.ts';

/** A form as it is shown: what stands or was typed, what is wrong with it, who was quicker. */
export interface FormState {
  values: FormValues;
  errors: FieldError[];
  both: BothTexts | null;
}

/** A form as it is shown at first. */
export function fresh(values: FormValues): FormState {
  return { values, errors: [], both: null };
}

/** A form shown again with what was typed and what is wrong. */
export function wrong(values: FormValues, errors: readonly FieldError[]): FormState {
  return { values, errors: [...errors], both: null };
}

/** Check boxes and repeated boxes as lists, also where one alone was sent. */
export function withLists(values: FormValues, names: readonly string[]): FormValues {
  const lists: FormValues = {};
  for (const name of names) lists[name] = [values[name] ?? []].flat();
  return { ...values, ...lists };
}

/** The version that a form was made from; 0, which nothing has, where it does not say. */
export function versionIn(typed: FormValues[string] | undefined): number {
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
}

/** The id that was made with the form (`submission_id`); a new one where it has none. */
export function keyIn<Kind extends string>(values: FormValues): Id<Kind> {
  const typed = values.submission_id;
  return (typeof typed === 'string' ? parseId<Kind>(typed) : null) ?? newId<Kind>();
}
