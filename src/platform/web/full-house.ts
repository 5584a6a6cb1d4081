import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * How many requests are answered at once. Beyond that each would wait for the others, and in
 * the end nobody is answered in time: on two cores a page takes the processor for about 15 ms,
 * so that sixty wait for a second. Somebody whose browser brings a cookie is at work here; a
 * crowd of strangers may not fill the last third.
 */
export const seats = { withCookie: 60, without: 40 } as const;

/** When to come back, in seconds: a full house empties within one or two. */
const retryAfter = 5;

/**
 * Turns requests away while the house is full: 503 with Retry-After, before anything is read
 * of them (V-02). Static files and what a supervisor asks are always answered.
 */
export function turnAwayWhenFull(app: FastifyInstance): void {
  const seated = new Set<FastifyRequest>();
  /** Gives the request a seat; false where there is none, and it was answered so. */
  const takeSeat = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const most = request.headers.cookie === undefined ? seats.without : seats.withCookie;
    if (seated.size >= most) {
      void reply
        .code(503)
        .header('retry-after', String(retryAfter))
        .type('text/html; charset=utf-8')
        .send(page);
      return false;
    }
    seated.add(request);
    return true;
  };
  const needsSeat = ({ routeOptions: { url = '' } }: FastifyRequest) =>
    !url.startsWith('/assets/') && !supervisors.includes(url);

  app.addHook('onRequest', (request, reply, done) => {
    if (!needsSeat(request)) {
      done();
      return;
    }
    if (!takeSeat(request, reply)) return;
    // Closed also where the visitor left before the answer came.
    reply.raw.once('close', () => seated.delete(request));
    done();
  });
  // Nobody sits while a form is still on its way: sixty that come a letter at a time, each with a
  // cookie of its own making, would shut everybody out for half a minute.
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    seated.delete(request);
    done();
  });
  app.addHook('preValidation', (request, reply, done) => {
    if (!needsSeat(request) || takeSeat(request, reply)) done();
  });
}

const supervisors = ['/health', '/ready'];

/** Kept short: whoever is turned away should cost nothing. */
const page =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Sightline is busy</title><h1>Sightline is busy</h1><p>Many people are using it at this moment. Nothing was saved. Go back to what you wrote, wait a few seconds, and try again.</p></html>';
