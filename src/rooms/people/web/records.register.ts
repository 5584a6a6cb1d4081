import type { Db } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import type { ItemKind } from '../actions/items.ts';
import { addDisclosureRoutes } from './disclosure.routes.ts';
import { addHoldRoutes } from './hold.routes.ts';
import { recordPages } from './records.pages.ts';
import { addRedactionRoutes } from './redaction.routes.ts';
import { addDisposalRoutes } from './retention-disposal.routes.ts';
import { addRetentionRoutes } from './retention.routes.ts';

export interface RecordsDeps {
  db: Db;
  /** What the higher rooms keep, so that it can be taken out, held and given out. */
  kinds: readonly ItemKind[];
}

/**
 * Hangs the pages of the keeping of records on the server: names to take out, how long things
 * are kept, holds, and giving out what is kept. Call it after the rooms whose items they are.
 */
export function registerRecords(app: App, deps: RecordsDeps): void {
  addRedactionRoutes(app, deps);
  addRetentionRoutes(app, deps);
  addHoldRoutes(app, deps);
  addDisposalRoutes(app, deps);
  addDisclosureRoutes(app, deps);
  app.addNavigation({
    text: 'Records',
    href: '/records',
    order: 85,
    seenBy: (request) =>
      request.visitor?.step === null && recordPages(request.visitor.actor, '').length > 0,
  });
  app.get('/records', { config: { rule: { signedIn: true } } }, (request, reply) => {
    const [first] = recordPages(request.actor, '');
    return first === undefined ? reply.notFound() : reply.redirect(first.href, 303);
  });
}
