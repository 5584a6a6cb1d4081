import type { FastifyRequest } from 'fastify';
import { readinessOf } from '../db/readiness.ts';
import type { Db } from '../db/tables.ts';
import type { App } from './server.ts';

/**
 * For supervisors and balancers (V-10; OWASP ASVS 5.0.0, 13.4.5 and 13.4.6): `/health` says that
 * the program lives, whatever becomes of its database, so that nobody restarts it in vain;
 * `/ready` says that it can work, or 503 and one plain word of why not. Neither tells a version.
 */
export function answerHealth(app: App, db: Db): void {
  const readiness = readinessOf(db);
  app.get(
    '/health',
    { config: { rule: { open: 'a supervisor asks whether it lives, and is told nothing more' } } },
    (_request, reply) => reply.type('text/plain; charset=utf-8').send('ok\n'),
  );
  app.get(
    '/ready',
    { config: { rule: { open: 'a balancer asks whether it can work, and is told one word' } } },
    async (request, reply) => {
      const answer = await readiness();
      if (answer !== 'ready') {
        request.log.warn({ readiness: answer }, 'not ready');
        reply.code(503).header('retry-after', '10');
      }
      return reply.type('text/plain; charset=utf-8').send(`${answer}\n`);
    },
  );
}

/** Whether this is a supervisor's question: it is answered whoever asks, and however often. */
export function isSupervision(request: FastifyRequest): boolean {
  const route = request.routeOptions.url;
  return route === '/health' || route === '/ready';
}
