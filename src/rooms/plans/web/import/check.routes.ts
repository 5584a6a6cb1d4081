import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate, londonDay } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { listParties, partyNameKey } from '#people';
import { runImport } from '../../actions/import-plan.ts';
import { importsOfHash, type PlanImport } from '../../store/imports.ts';
import type { PlanDeps } from '../deps.ts';
import { errorsOf } from '../edit/answers.ts';
import { paths } from '../paths.ts';
import { checkView } from './check.view.ts';
import { findPrepared, findStanding, importParams, mayImport } from './ground.ts';
import { stepTemplate } from './steps.view.ts';

/** Step 5 of an import: a last look, and the import itself. */
export function addCheckRoutes(app: App, deps: PlanDeps): void {
  const path = paths.importStep(':import', 'check');
  const params = importParams;

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    return standing === null ? reply : showCheck(deps, request, reply, standing);
  });

  app.post(
    path,
    {
      schema: { params, body: z.strictObject({ version: z.string().max(10) }) },
      config: mayImport,
    },
    async (request, reply) => {
      const standing = await findStanding(deps, request, reply);
      if (standing === null) return reply;
      if (standing.state === 'prepared' && String(standing.version) !== request.body.version) {
        return reply.problem(409);
      }
      const outcome = await runImport(deps.db, request.actor, standing.id);
      switch (outcome.kind) {
        case 'done':
          return reply.redirect(paths.importStep(standing.id, 'done'), 303);
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
        case 'refused':
          return showCheck(deps, request, reply, standing, errorsOf(outcome));
      }
    },
  );
}

async function showCheck(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  standing: PlanImport,
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const { authorityId } = request.actor;
  const { parties, before } = await readInAuthority(deps.db, authorityId, async (tx) => ({
    parties: await listParties(tx, authorityId),
    before: await importsOfHash(tx, authorityId, standing.fileSha256),
  }));
  const view = checkView(standing, {
    known: new Set(parties.map((party) => partyNameKey(party.name))),
    before: before.map((one) => ({
      title: one.choices.title,
      on: formatDate(londonDay(one.finishedAt ?? one.startedAt)),
    })),
    errors,
  });
  return reply.page(stepTemplate, view, errors.length === 0 ? 200 : 422);
}
