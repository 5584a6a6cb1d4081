import type { App } from '#platform/web/server.ts';
import type { ChallengeDeps } from './ground.ts';
import { addChallengeGuestRoutes } from './guests.routes.ts';
import { addItemRoutes } from './items.routes.ts';
import { addPackRoutes } from './packs.routes.ts';
import { addChallengeReading } from './read.routes.ts';
import { addSetUpRoutes } from './set-up.routes.ts';

/** Hangs the pages of peer challenges. */
export function registerChallenges(app: App, deps: ChallengeDeps): void {
  addSetUpRoutes(app, deps);
  addChallengeReading(app, deps);
  addChallengeGuestRoutes(app, deps);
  addPackRoutes(app, deps);
  addItemRoutes(app, deps);
}
