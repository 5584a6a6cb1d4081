import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import { readDateParts } from './dates-written.ts';

/** What is wrong with one field, in words that say how to mend it. */
export interface FieldError {
  /** The name of the field, which is also the id of its box; '' for the form as a whole. */
  field: string;
  text: string;
}

/** What was typed, to be shown again. Passwords and files are left out by the browser or the page. */
export type FormValues = Record<string, string | string[]>;

export type FormReading<T> =
  { ok: true; value: T } | { ok: false; errors: FieldError[]; values: FormValues };

/**
 * The `schema.body` of a route whose handler reads the form with `readForm`: only the shape
 * of a form is asked here, so that what people type wrongly is answered by their own page.
 */
export const anyForm = z
  .record(z.string().max(100), z.unknown())
  .nullish()
  .transform((body) => body ?? {});

/**
 * Reads a form by a strict schema. Wrong input comes back with a text for each field and
 * with what was typed: answer it with the same page and status 422.
 * @throws UnexpectedFields when the form holds a field that the page does not: nobody typed that.
 */
export function readForm<S extends z.ZodType>(schema: S, body: unknown): FormReading<z.output<S>> {
  const read = schema.safeParse(body);
  if (read.success) return { ok: true, value: read.data };
  const errors: FieldError[] = [];
  for (const issue of read.error.issues) {
    if (issue.code === 'unrecognized_keys') throw new UnexpectedFields(issue.keys);
    const field = String(issue.path[0] ?? '');
    if (!errors.some((error) => error.field === field)) errors.push({ field, text: issue.message });
  }
  return { ok: false, errors, values: typedValues(body) };
}

/** A form held fields that its page does not have. Answered with 400. */
export class UnexpectedFields extends Error {
  readonly statusCode = 400;
  constructor(fields: readonly string[]) {
    super(`Unexpected fields: ${fields.join(', ').slice(0, 200)}`);
    this.name = 'UnexpectedFields';
  }
}

/** What was typed, as text: for showing a form again. */
export function typedValues(body: unknown): FormValues {
  if (typeof body !== 'object' || body === null) return {};
  const entries: [string, string | string[]][] = [];
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    if (typeof value === 'string') entries.push([name, value]);
    if (Array.isArray(value)) {
      entries.push([name, value.filter((one): one is string => typeof one === 'string')]);
    }
  }
  return Object.fromEntries(entries);
}

/** A text box that must be filled: trimmed, line ends as \n, with what to say when it is empty. */
export function requiredText(empty: string, longest = 4000): z.ZodType<string> {
  return text(longest).refine((value) => value !== '', empty);
}

/** A text box that may be left empty, which gives null. */
export function optionalText(longest = 4000): z.ZodType<string | null> {
  return text(longest).transform((value) => (value === '' ? null : value));
}

/** Check boxes and lists: one choice comes as a text, several as a list, none not at all. */
export function manyOf<S extends z.ZodType<unknown, string>>(one: S): z.ZodType<z.output<S>[]> {
  return z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(one));
}

/** One of a date's three boxes, for a strict schema: `'due-day': dateBox, 'due-month': dateBox, …`. */
export const dateBox = z.string().max(20, 'This is too long for a date.').optional().default('');

/**
 * The date of three boxes named `<name>-day`, `<name>-month` and `<name>-year`: null when all
 * are empty, else the day or an error that stands beside the boxes.
 */
export function readDateFields(
  body: Readonly<Record<string, unknown>>,
  name: string,
): { ok: true; date: IsoDate | null } | { ok: false; error: FieldError } {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => {
    const value = body[`${name}-${part}`];
    return typeof value === 'string' ? value : '';
  });
  const parts = [day ?? '', month ?? '', year ?? ''] as const;
  if (parts.every((part) => part.trim() === '')) return { ok: true, date: null };
  const read = readDateParts(...parts);
  return read.ok ? read : { ok: false, error: { field: name, text: read.why } };
}

function text(longest: number): z.ZodType<string> {
  return z
    .string()
    .optional()
    .transform((value) => (value ?? '').replace(/\r\n?/g, '\n').trim())
    .refine(
      (value) => value.length <= longest,
      `This has more than ${longest.toLocaleString('en-GB')} characters. Shorten it.`,
    )
    .refine((value) => !value.includes('\0'), 'This holds a character that cannot be kept.');
}
