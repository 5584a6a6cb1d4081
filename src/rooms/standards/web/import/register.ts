import type { App } from '#platform/web/server.ts';
import type { StandardsDeps } from '../deps.ts';
import { addAfterwardsRoutes } from './afterwards.routes.ts';
import { addBeginRoutes } from './begin.routes.ts';
import { addCheckRoutes } from './check.routes.ts';
import { addColumnsRoutes } from './columns.routes.ts';
import { addRowsRoutes } from './rows.routes.ts';

/** Import a self-assessment against criteria, from a table to its judgements, and back again. */
export function registerCriteriaImport(app: App, deps: StandardsDeps): void {
  addBeginRoutes(app, deps);
  addColumnsRoutes(app, deps);
  addRowsRoutes(app, deps);
  addCheckRoutes(app, deps);
  addAfterwardsRoutes(app, deps);
}
