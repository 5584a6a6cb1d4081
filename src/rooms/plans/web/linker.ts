import type { FastifyRequest } from 'fastify';
import { linkAsAt } from '#platform/web/as-at.ts';
import type { LinkTo } from './parts.ts';

/** Keeps the day of the page in its links. */
export function linker(request: FastifyRequest): LinkTo {
  return (href) => linkAsAt(href, request.asAt, request.today);
}
