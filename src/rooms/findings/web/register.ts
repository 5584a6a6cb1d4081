import type { App } from '#platform/web/server.ts';
import { mightEver } from '#people';
import type { FindingDeps } from './deps.ts';
import { addFindingRoutes } from './finding.routes.ts';
import { addFindingListRoutes } from './findings.routes.ts';
import { registerFindingsImport } from './import/register.ts';
import { paths } from './paths.ts';
import { addSameRoutes } from './same.routes.ts';
import { addSourceRoutes } from './source.routes.ts';
import { addSourceListRoutes } from './sources.routes.ts';
import { addThemeRoutes } from './theme.routes.ts';
import { addEvidenceRoutes } from './evidence/evidence.routes.ts';
import { addThreadRoutes } from './thread/thread.routes.ts';

/** Hangs the room's pages, and its place in the navigation. */
export function registerFindings(app: App, deps: FindingDeps): void {
  app.addNavigation({
    text: 'Findings',
    href: paths.findings(),
    order: 30,
    seenBy: ({ visitor }) =>
      visitor?.step === null &&
      (mightEver(visitor.actor, 'R', 'PLN') || mightEver(visitor.actor, 'R', 'FND')),
  });
  addFindingListRoutes(app, deps);
  addSourceListRoutes(app, deps);
  addSourceRoutes(app, deps);
  addFindingRoutes(app, deps);
  addSameRoutes(app, deps);
  addThemeRoutes(app, deps);
  registerFindingsImport(app, deps);
  addThreadRoutes(app, deps);
  addEvidenceRoutes(app, deps);
}
