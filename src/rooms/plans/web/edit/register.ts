import type { App } from '#platform/web/server.ts';
import type { PlanDeps } from '../deps.ts';
import { addActionFormRoutes } from './action.routes.ts';
import { addDueRoutes } from './due.routes.ts';
import { addGuestRoutes } from './guests.routes.ts';
import { addObjectiveRoutes } from './objective.routes.ts';
import { addPlanFormRoutes } from './plan.routes.ts';
import { addSelectedRoutes } from './selected.routes.ts';
import { addSettingsRoutes } from './settings.routes.ts';
import { addWithdrawRoutes } from './withdraw.routes.ts';

/** Hangs the pages that begin and change plans, their objectives and their actions. */
export function registerPlanEditing(app: App, deps: PlanDeps): void {
  addPlanFormRoutes(app, deps);
  addSettingsRoutes(app, deps);
  addObjectiveRoutes(app, deps);
  addActionFormRoutes(app, deps);
  addDueRoutes(app, deps);
  addWithdrawRoutes(app, deps);
  addSelectedRoutes(app, deps);
  addGuestRoutes(app, deps);
}
