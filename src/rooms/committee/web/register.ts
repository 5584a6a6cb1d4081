import { mightEver } from '#people';
import type { App } from '#platform/web/server.ts';
import { addCheckRoutes } from './check.routes.ts';
import { addClearanceRoutes } from './clearance.routes.ts';
import { addCommentRoutes } from './comments.routes.ts';
import { addCoverRoutes } from './cover.routes.ts';
import type { CommitteeDeps } from './deps.ts';
import { addNewReportRoutes } from './new-report.routes.ts';
import { addReportExport } from './out.routes.ts';
import { paths } from './paths.ts';
import { addReportRoutes } from './report.routes.ts';
import { addWordsRoutes } from './words.routes.ts';

/** Hangs the room's pages, and its place in the navigation. */
export function registerCommittee(app: App, deps: CommitteeDeps): void {
  app.addNavigation({
    text: 'Committee',
    href: paths.reports(),
    order: 80,
    seenBy: (request) =>
      request.visitor?.step === null &&
      (['DRF', 'PLN', 'EXM'] as const).some((cls) => mightEver(request.actor, 'R', cls)),
  });
  addReportRoutes(app, deps);
  addNewReportRoutes(app, deps);
  addCoverRoutes(app, deps);
  addWordsRoutes(app, deps);
  addCommentRoutes(app, deps);
  addClearanceRoutes(app, deps);
  addCheckRoutes(app, deps);
  addReportExport(app, deps);
}
