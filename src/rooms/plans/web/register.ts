import type { App } from '#platform/web/server.ts';
import { mightEver } from '#people';
import { registerApi } from '../api/register.ts';
import type { PlanDeps } from './deps.ts';
import { registerClaims } from './claims/claims.routes.ts';
import { registerPlanEditing } from './edit/register.ts';
import { paths } from './paths.ts';
import { registerImport } from './import/register.ts';
import { registerListExports } from './list-export.routes.ts';
import { registerReading } from './read.routes.ts';
import { registerUpdates } from './update.routes.ts';

/** Hangs the room's pages, and its places in the navigation. */
export function registerPlans(app: App, deps: PlanDeps): void {
  app.addNavigation({
    text: 'My work',
    href: paths.myWork(),
    order: 10,
    seenBy: (request) =>
      request.visitor?.step === null && mightEver(request.visitor.actor, 'U', 'PLN'),
  });
  app.addNavigation({
    text: 'Plans',
    href: paths.plans(),
    order: 20,
    seenBy: (request) =>
      request.visitor?.step === null && mightEver(request.visitor.actor, 'R', 'PLN'),
  });
  registerImport(app, deps);
  registerListExports(app, deps);
  registerReading(app, deps);
  registerClaims(app, deps);
  registerApi(app, deps);
  registerUpdates(app, deps);
  registerPlanEditing(app, deps);
}
