import { z } from 'zod';
import { parseId, type Id } from '#kernel/ids.ts';
import { readForm, type FieldError, type FormValues } from '#platform/web/forms.ts';

/** What somebody typed, as it stands: nothing is trimmed, a box that is not there is empty. */
export const typed = z.string().max(2000, 'This is too long.').optional().default('');

/** The most bytes of a form that anybody may send, known or not: those are short. */
export const strangersForm = 64 * 1024;

/** Where to go on to afterwards; read it with `localPath`. */
export const nextQuery = z.strictObject({ next: z.string().max(2000).optional() });

/** What to say to somebody who guessed too often. */
export function tooManyTries(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `There were too many tries with this address. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`;
}

/** A form as a page shows it: what was typed, and what was wrong with it. */
export interface ShownForm {
  values: FormValues;
  errors: FieldError[];
}
export const emptyForm: ShownForm = { values: {}, errors: [] };

/** The parameters of an address that names one thing. */
export const idParams = z.strictObject({ id: z.string().max(100) });

const oneId = z.strictObject({ id: typed });

/** The id that a form of nothing else sends, or null. */
export function idIn<Kind extends string>(body: unknown): Id<Kind> | null {
  const form = readForm(oneId, body);
  return form.ok ? parseId<Kind>(form.value.id) : null;
}
