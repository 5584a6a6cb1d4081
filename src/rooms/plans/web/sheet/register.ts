import type { App } from '#platform/web/server.ts';
import type { PlanDeps } from '../deps.ts';
import { addBeginSheetRoutes } from './begin.routes.ts';
import { addSheetRowRoutes } from './rows.routes.ts';

/** Update sheets: out to people without an account, and back with what they filled in. */
export function registerSheets(app: App, deps: PlanDeps): void {
  addBeginSheetRoutes(app, deps);
  addSheetRowRoutes(app, deps);
}
