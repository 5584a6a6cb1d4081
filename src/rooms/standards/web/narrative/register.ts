import type { App } from '#platform/web/server.ts';
import { addAssessmentRoutes } from './assessment.routes.ts';
import type { NarrativeDeps } from './deps.ts';
import { addEvaluationRoutes } from './evaluation.routes.ts';
import { addFigureRoutes } from './figure.routes.ts';
import { addImportRoutes } from './import.routes.ts';
import { addRowRoutes } from './row.routes.ts';
import { addSectionRoutes } from './section.routes.ts';
import { addStepRoutes } from './step.routes.ts';

/** Hangs the pages of the narrative self-assessment and of the annual self-evaluation. */
export function registerNarrative(app: App, deps: NarrativeDeps): void {
  addImportRoutes(app, deps);
  addAssessmentRoutes(app, deps);
  addSectionRoutes(app, deps);
  addStepRoutes(app, deps);
  addRowRoutes(app, deps);
  addFigureRoutes(app, deps);
  addEvaluationRoutes(app, deps);
}
