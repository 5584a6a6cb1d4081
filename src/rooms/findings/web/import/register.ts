import type { App } from '#platform/web/server.ts';
import type { FindingDeps } from '../deps.ts';
import { addAfterwardsRoutes } from './afterwards.routes.ts';
import { addBeginRoutes } from './begin.routes.ts';
import { addCheckRoutes } from './check.routes.ts';
import { addColumnsRoutes } from './columns.routes.ts';
import { addRowsRoutes } from './rows.routes.ts';

/** Import findings into a source, from a table or a pasted list, and back again. */
export function registerFindingsImport(app: App, deps: FindingDeps): void {
  addBeginRoutes(app, deps);
  addColumnsRoutes(app, deps);
  addRowsRoutes(app, deps);
  addCheckRoutes(app, deps);
  addAfterwardsRoutes(app, deps);
}
