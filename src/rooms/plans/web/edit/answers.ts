import type { FastifyReply } from 'fastify';
import type { FieldError } from '#platform/web/forms.ts';
import type { Forbidden, NotFound, Refused } from '../../actions/outcome.ts';

export { keyIn, versionIn } from '#platform/web/form-state.ts';

/** Answers what a deed refused as a whole: hidden and absent look alike. */
export function answerRefusal(reply: FastifyReply, outcome: NotFound | Forbidden): FastifyReply {
  return outcome.kind === 'not-found' ? reply.notFound() : reply.problem(403);
}

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf(outcome: Refused): FieldError[] {
  return outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text }));
}
