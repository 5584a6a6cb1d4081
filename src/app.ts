import { registerCommittee, reportItemKinds } from '#committee';
import { evidenceItemKind, findingItemKinds, registerFindings } from '#findings';
import { registerPeople, registerRecords, type RegisterPeopleOptions } from '#people';
import { answerItPanel, judgementPaths, knowsActions, planItemKinds, registerPlans } from '#plans';
import { frozenPoint, registerStandards, standardsItemKinds } from '#standards';
import { threadSources } from './thread-sources.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Metrics } from '#platform/metrics.ts';
import { answerHealth } from '#platform/web/health.ts';
import { addServicePages } from '#platform/web/service-pages.ts';
import { buildServer, type App, type ServerOptions } from '#platform/web/server.ts';

export interface AppDeps extends ServerOptions, RegisterPeopleOptions {
  db: Db;
  metrics?: Metrics;
}

/**
 * The whole program behind one server: every room is hung here, by name. It listens nowhere
 * yet, and owns no connection: who gives the database closes it.
 * @throws at `ready()` when a route says nothing about who may use it.
 */
export async function buildApp(deps: AppDeps): Promise<App> {
  const app = await buildServer(deps);
  registerPeople(app, deps);
  registerFindings(app, {
    db: deps.db,
    knows: knowsActions,
    frozen: frozenPoint,
    panels: { answerIt: answerItPanel },
    threads: threadSources,
  });
  registerStandards(app, { db: deps.db, knows: knowsActions, answering: judgementPaths });
  registerPlans(app, { db: deps.db, threads: threadSources });
  registerCommittee(app, { db: deps.db });
  registerRecords(app, {
    db: deps.db,
    kinds: [
      ...findingItemKinds,
      evidenceItemKind({ knows: knowsActions, threads: threadSources }),
      ...planItemKinds,
      ...standardsItemKinds,
      ...reportItemKinds,
    ],
  });
  answerHealth(app, deps.db);
  addServicePages(app);
  return app;
}
