import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FieldError } from '#platform/web/forms.ts';
import type { Forbidden, NotFound, Refused } from '../actions/outcome.ts';

/** Answers what a deed refused as a whole: hidden and absent look alike. */
export function answerRefusal(reply: FastifyReply, outcome: NotFound | Forbidden): FastifyReply {
  return outcome.kind === 'not-found' ? reply.notFound() : reply.problem(403);
}

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf(outcome: Refused): FieldError[] {
  return outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text }));
}

/** Whether the page shows today; where not, it was answered that nothing is changed there. */
export function isToday(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.asAt === request.today) return true;
  reply.problem(400, {
    title: 'Nothing can be changed on an earlier day',
    text: 'You are looking at how things stood on an earlier day. Go to today to change something.',
  });
  return false;
}
