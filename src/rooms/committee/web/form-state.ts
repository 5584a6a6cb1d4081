import { newId, parseId, type Id } from '#kernel/ids.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { Reason } from '../actions/outcome.ts';

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf(reasons: readonly Reason[]): FieldError[] {
  return reasons.map(({ field, text }) => ({ field: field ?? '', text }));
}

/** The id that was made with the form; a new one where it has none. */
export function keyIn(values: FormValues): Id<'submission'> {
  const { submission } = values;
  const typed = typeof submission === 'string' ? parseId<'submission'>(submission) : null;
  return typed ?? newId<'submission'>();
}
