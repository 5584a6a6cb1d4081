import type { App } from '#platform/web/server.ts';
import { leaveFindingsImport, undoFindingsImport } from '../../actions/import-findings.ts';
import { answerRefusal } from '../answers.ts';
import type { FindingDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { doneView, undoView } from './afterwards.view.ts';
import { findPrepared, findStanding, importParams, mayImport } from './ground.ts';
import { importPaths } from './paths.ts';

const template = 'rooms/findings/web/import/afterwards.njk';

/** What follows an import: its end, its undoing, and throwing it away before it was made. */
export function addAfterwardsRoutes(app: App, deps: FindingDeps): void {
  const address = { schema: { params: importParams }, config: mayImport };
  const step = (name: 'done' | 'undo' | 'leave') => importPaths.step(':source', ':import', name);

  for (const [name, view] of [
    ['done', doneView],
    ['undo', undoView],
  ] as const) {
    app.get(step(name), address, async (request, reply) => {
      const found = await findStanding(deps, request, reply);
      if (found === null) return reply;
      return found.standing.state === 'imported'
        ? reply.page(template, view(found))
        : reply.notFound();
    });
  }

  app.post(step('undo'), address, async (request, reply) => {
    const found = await findStanding(deps, request, reply);
    if (found === null) return reply;
    const { actor, today } = request;
    const outcome = await undoFindingsImport(deps.db, actor, today, found.standing);
    switch (outcome.kind) {
      case 'done':
        return reply
          .notice('The import is undone: its findings are withdrawn.')
          .redirect(paths.source(found.source.id), 303);
      case 'refused':
        return reply.problem(409, {
          title: 'This import cannot be undone any more',
          text: outcome.reasons.map(({ text }) => text).join(' '),
        });
      case 'not-found':
      case 'forbidden':
        return answerRefusal(reply, outcome);
    }
  });

  app.post(step('leave'), address, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    if (found === null) return reply;
    const outcome = await leaveFindingsImport(deps.db, request.actor, found.standing);
    if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
    return reply
      .notice('The import is thrown away. Nothing of it became a finding.')
      .redirect(paths.source(found.source.id), 303);
  });
}
