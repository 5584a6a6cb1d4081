import { readInAuthority } from '#platform/db/authority.ts';
import type { App } from '#platform/web/server.ts';
import { leaveImport, undoImport } from '../../actions/import-plan.ts';
import { readHead } from '../../store/read-picture.ts';
import type { PlanDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { doneView, undoView } from './afterwards.view.ts';
import { findPrepared, findStanding, importParams, mayImport } from './ground.ts';

/** What follows an import: its end, its undoing, and throwing it away before it was made. */
export function addAfterwardsRoutes(app: App, deps: PlanDeps): void {
  const address = { schema: { params: importParams }, config: mayImport };

  app.get(paths.importStep(':import', 'done'), address, async (request, reply) => {
    const standing = await findStanding(deps, request, reply);
    if (standing === null) return reply;
    const { planId } = standing;
    if (planId === null || standing.state !== 'imported') return reply.notFound();
    const { authorityId } = request.actor;
    const head = await readInAuthority(deps.db, authorityId, (tx) =>
      readHead(tx, authorityId, planId, request.today),
    );
    if (head === null) return reply.notFound();
    return reply.page('rooms/plans/web/import/done.njk', doneView(standing, head));
  });

  app.get(paths.undoImport(':import'), address, async (request, reply) => {
    const standing = await findStanding(deps, request, reply);
    if (standing === null) return reply;
    if (standing.state !== 'imported') return reply.notFound();
    return reply.page('rooms/plans/web/import/undo.njk', undoView(standing));
  });

  app.post(paths.undoImport(':import'), address, async (request, reply) => {
    const standing = await findStanding(deps, request, reply);
    if (standing === null) return reply;
    const outcome = await undoImport(deps.db, request.actor, standing.id, request.today);
    switch (outcome.kind) {
      case 'done':
        return reply
          .notice(`The import of “${standing.choices.title}” is undone.`)
          .redirect(paths.plans(), 303);
      case 'not-found':
        return reply.notFound();
      case 'forbidden':
        return reply.problem(403);
      case 'refused':
        return reply.problem(409, {
          title: 'This import cannot be undone any more',
          text: outcome.reasons.map((reason) => reason.text).join(' '),
        });
    }
  });

  app.post(paths.importStep(':import', 'leave'), address, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    await leaveImport(deps.db, request.actor, standing.id);
    return reply
      .notice(
        `The import of “${standing.fileName}” is thrown away. Nothing of it was saved as a plan.`,
      )
      .redirect(paths.plans(), 303);
  });
}
