import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { FieldError, FormValues } from './forms.ts';
import { readDue } from '#kernel/due/read-due.ts';
import type { Due } from '#kernel/due/due.ts';
import { dueInWords } from '#kernel/due/due-in-words.ts';

/** What is asked where a date can be read in more than one way. */
export interface DueQuestion {
  /** The words that were read, so that an answer belongs to these and no others. */
  asked: string;
  question: string;
  yes: string;
}

/** `question` is what to ask, or what was asked and answered, when the form is shown again. */
export type DueBox =
  | { ok: true; due: Due; question: DueQuestion | null }
  | { ok: false; errors: FieldError[]; question: DueQuestion | null };

export const noDue: Due = { asWritten: '', from: null, to: null, precision: 'none' };

/**
 * Reads a due date as it was written in one box. What is plain is taken; what is doubtful, gone
 * by already, or no date at all is asked about once, and taken when the answer is yes.
 */
export function readDueBox(values: FormValues, today: IsoDate, whenEmpty: string | null): DueBox {
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const text = textOf('due');
  if (text === '') {
    return whenEmpty === null
      ? { ok: true, due: noDue, question: null }
      : { ok: false, errors: [{ field: 'due', text: whenEmpty }], question: null };
  }
  const { due, doubts } = readDue(text, null, { positionOn: today });
  const past = due.to !== null && due.to < today ? formatDate(due.to) : null;
  const isPlain = doubts.length === 0 && past === null && due.precision !== 'none';
  const answered = textOf('due-asked') === text ? textOf('due-right') : '';
  if (isPlain) return { ok: true, due, question: null };
  const question = questionOf(text, due, past);
  if (answered === 'yes') return { ok: true, due, question };
  if (answered === 'no') {
    const error = { field: 'due', text: 'Write the date again, for example 30 June 2026' };
    return { ok: false, errors: [error], question: null };
  }
  const error = { field: 'due-right', text: 'Say whether we read the date right' };
  return { ok: false, errors: [error], question };
}

function questionOf(asked: string, due: Due, past: string | null): DueQuestion {
  if (due.precision === 'none') {
    return {
      asked,
      question: `We found no date in “${asked}”. Is there none?`,
      yes: 'Yes, keep these words, without a date',
    };
  }
  const words = dueInWords(due);
  return {
    asked,
    question: `We read “${asked}” as ${words}${past === null ? '' : ', which is past already'}. Is that right?`,
    yes: `Yes, ${words}`,
  };
}
