import type { FastifyRequest } from 'fastify';
import { linkAsAt } from '#platform/web/as-at.ts';

/** An address with the day of the page kept. */
export type LinkTo = (href: string) => string;

/** Keeps the day of the page in its links. */
export function linker(request: FastifyRequest): LinkTo {
  return (href) => linkAsAt(href, request.asAt, request.today);
}
