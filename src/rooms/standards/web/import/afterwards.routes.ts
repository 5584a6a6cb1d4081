import type { App } from '#platform/web/server.ts';
import { leaveCriteriaImport, undoCriteriaImport } from '../../actions/import-criteria.ts';
import type { StandardsDeps } from '../deps.ts';
import { answerRefusal } from '../parts.ts';
import { paths } from '../paths.ts';
import { doneView, undoView } from './afterwards.view.ts';
import { findPrepared, findStanding, importParams, mayImport } from './ground.ts';
import { importPaths } from './paths.ts';

const template = 'rooms/standards/web/import/afterwards.njk';

/** What follows an import: its end, its undoing, and throwing it away before it was made. */
export function addAfterwardsRoutes(app: App, deps: StandardsDeps): void {
  const address = { schema: { params: importParams }, config: mayImport };

  for (const [name, view] of [
    ['done', doneView],
    ['undo', undoView],
  ] as const) {
    app.get(importPaths.step(':import', name), address, async (request, reply) => {
      const found = await findStanding(deps, request, reply);
      if (found === null) return reply;
      return found.standing.state === 'imported'
        ? reply.page(template, view(found))
        : reply.notFound();
    });
  }

  app.post(importPaths.step(':import', 'undo'), address, async (request, reply) => {
    const found = await findStanding(deps, request, reply);
    if (found === null) return reply;
    const { id } = found.standing;
    const outcome = await undoCriteriaImport(deps.db, request.actor, request.today, id);
    switch (outcome.kind) {
      case 'done':
        return reply.notice('The import is undone.').redirect(paths.standards(), 303);
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

  app.post(importPaths.step(':import', 'leave'), address, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    if (found === null) return reply;
    const { id } = found.standing;
    const outcome = await leaveCriteriaImport(deps.db, request.actor, request.today, id);
    if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
    return reply
      .notice('The import is thrown away. Nothing was judged by it.')
      .redirect(paths.standards(), 303);
  });
}
