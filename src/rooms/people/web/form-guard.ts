import type { FastifyReply, FastifyRequest } from 'fastify';
import { formTokens } from '../actions/start-session.ts';
import { readFormSecret } from './cookies.ts';

const isSafe = (method: string): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/**
 * Refuses a form that another site sends (OWASP ASVS 3.5): the browser says where it comes
 * from, in `Sec-Fetch-Site` or in `Origin`. `publicOrigin` is this site's own.
 */
export function refuseForeignForms(
  publicOrigin: string,
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined {
  return (request, reply) => {
    if (isSafe(request.method)) return undefined;
    const site = request.headers['sec-fetch-site'];
    const fromHere = site === undefined || site === 'same-origin' || site === 'none';
    const origin = request.headers.origin;
    const ownOrigin =
      origin === undefined ||
      origin === publicOrigin ||
      origin === `${request.protocol}://${request.host}`;
    return fromHere && ownOrigin ? undefined : reply.problem(403, foreign);
  };
}

/** Refuses a form without the token of the session it is sent in (or of the sign-in page). */
export function refuseFormsWithoutToken(
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  if (isSafe(request.method) || request.is404) return undefined;
  const secret = request.visitor?.session.csrfSecret ?? readFormSecret(request);
  const token = request.postedCsrf;
  return secret !== null && token !== null && formTokens.verify(secret, token)
    ? undefined
    : reply.problem(403, stale);
}

const foreign = {
  title: 'This form came from another site',
  text: 'Nothing was done. Open Sightline itself and use the page there.',
};

const stale = {
  title: 'This page was open too long',
  text: 'You have signed in again since you opened it, or your browser did not send its cookie. Nothing was saved. Go back, copy what you wrote, open the page again and send it from there.',
};
