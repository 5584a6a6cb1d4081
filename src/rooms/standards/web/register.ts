import type { App } from '#platform/web/server.ts';
import { mightEver } from '#people';
import { registerChallenges } from './challenge/register.ts';
import { addCheckRoutes } from './checks/checks.routes.ts';
import { addCriterionRoutes } from './criterion.routes.ts';
import type { StandardsDeps } from './deps.ts';
import { registerCriteriaImport } from './import/register.ts';
import { addLoadRoutes } from './load.routes.ts';
import { registerNarrative } from './narrative/register.ts';
import { paths } from './paths.ts';
import { addPositionRoutes } from './position.routes.ts';
import { addSectionRoutes } from './sections.routes.ts';
import { addSheetRoutes } from './sheet/sheet.routes.ts';
import { addStandardsRoutes } from './standards.routes.ts';

/** Hangs the room's pages, and its place in the navigation. */
export function registerStandards(app: App, deps: StandardsDeps): void {
  app.addNavigation({
    text: 'Standards',
    href: paths.standards(),
    order: 40,
    seenBy: (request) =>
      request.visitor?.step === null && mightEver(request.visitor.actor, 'R', 'PLN'),
  });
  addStandardsRoutes(app, deps);
  addLoadRoutes(app, deps);
  registerCriteriaImport(app, deps);
  addCriterionRoutes(app, deps);
  addSectionRoutes(app, deps);
  addPositionRoutes(app, deps);
  addSheetRoutes(app, deps);
  registerNarrative(app, deps);
  registerChallenges(app, deps);
  addCheckRoutes(app, deps);
}
