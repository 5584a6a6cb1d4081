import { newId, parseId, type Id } from '#kernel/ids.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { BothTexts } from '#platform/web/both-texts.ts';
import type { Reason } from '../actions/outcome.ts';

/** What a form shows: what stands in its boxes, what is wrong, and both texts where two wrote. */
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

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf(reasons: readonly Reason[]): FieldError[] {
  return reasons.map(({ field, text }) => ({ field: field ?? '', text }));
}

/** A number that the page itself sent, such as a version; 0, which nothing has, where it is none. */
export function numberIn(typed: FormValues[string] | undefined): number {
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
}

/** The id that was made with the form; a new one where it has none. */
export function keyIn(values: FormValues): Id<'submission'> {
  const { submission } = values;
  const typed = typeof submission === 'string' ? parseId<'submission'>(submission) : null;
  return typed ?? newId<'submission'>();
}
