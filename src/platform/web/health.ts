import { sql } from 'kysely';
import type { Db } from '#platform/db/tables.ts';
import type { App } from './server.ts';

/** `/health`: 200 "ok" while the database answers, else 503. For supervisors and start scripts. */
export function answerHealth(app: App, db: Db): void {
  app.get(
    '/health',
    { config: { rule: { open: 'a supervisor asks, and it tells nothing but ok' } } },
    async (request, reply) => {
      try {
        await sql`select 1`.execute(db);
        return await reply.type('text/plain; charset=utf-8').send('ok\n');
      } catch {
        request.log.warn('the database does not answer');
        return reply
          .code(503)
          .header('retry-after', '10')
          .type('text/plain; charset=utf-8')
          .send('the database does not answer\n');
      }
    },
  );
}
