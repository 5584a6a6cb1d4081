import type { FastifyReply } from 'fastify';
import { newId, parseId, type Id } from '#kernel/ids.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { Forbidden, NotFound, Refused } from '../../actions/outcome.ts';

/** Answers what a deed refused as a whole: hidden and absent look alike. */
export function answerRefusal(reply: FastifyReply, outcome: NotFound | Forbidden): FastifyReply {
  return outcome.kind === 'not-found' ? reply.notFound() : reply.problem(403);
}

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf(outcome: Refused): FieldError[] {
  return outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text }));
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
