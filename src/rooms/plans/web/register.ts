import type { App } from '#platform/web/server.ts';
import { mightEver } from '#people';
import { registerApi } from '../api/register.ts';
import { addAnsweringRoutes } from './answering/link.routes.ts';
import { addBoardRoutes } from './dates/board.routes.ts';
import { addDateRoutes } from './dates/dates.routes.ts';
import type { PlanDeps } from './deps.ts';
import { registerClaims } from './claims/claims.routes.ts';
import { registerClosure } from './closure/closure.routes.ts';
import { registerProposing } from './proposing/propose.routes.ts';
import { registerPlanEditing } from './edit/register.ts';
import { registerHandover } from './handover/handover.routes.ts';
import { registerMovement } from './movement/movement.routes.ts';
import { paths } from './paths.ts';
import { registerRounds } from './rounds/rounds.routes.ts';
import { registerTable } from './table/table.routes.ts';
import { registerImport } from './import/register.ts';
import { registerListExports } from './list-export.routes.ts';
import { registerReading } from './read.routes.ts';
import { registerSheets } from './sheet/register.ts';
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
  addDateRoutes(app, deps);
  addBoardRoutes(app, deps);
  registerClaims(app, deps);
  registerApi(app, deps);
  registerMovement(app, deps);
  registerRounds(app, deps);
  registerTable(app, deps);
  registerHandover(app, deps);
  registerUpdates(app, deps);
  registerSheets(app, deps);
  registerClosure(app, deps);
  registerPlanEditing(app, deps);
  addAnsweringRoutes(app, deps);
  registerProposing(app, deps);
}
