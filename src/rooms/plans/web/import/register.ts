import type { App } from '#platform/web/server.ts';
import type { PlanDeps } from '../deps.ts';
import { addAfterwardsRoutes } from './afterwards.routes.ts';
import { addBeginRoutes } from './begin.routes.ts';
import { addCheckRoutes } from './check.routes.ts';
import { addColoursRoutes } from './colours.routes.ts';
import { addColumnsRoutes } from './columns.routes.ts';
import { addRowsRoutes } from './rows.routes.ts';

/** `Import a plan`, from the file to the plan, and back again. */
export function registerImport(app: App, deps: PlanDeps): void {
  addBeginRoutes(app, deps);
  addColumnsRoutes(app, deps);
  addColoursRoutes(app, deps);
  addRowsRoutes(app, deps);
  addCheckRoutes(app, deps);
  addAfterwardsRoutes(app, deps);
}
