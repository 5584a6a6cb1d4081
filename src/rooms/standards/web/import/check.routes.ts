import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { stepTemplate } from '#platform/web/imports/step-page.ts';
import type { App } from '#platform/web/server.ts';
import { listParties, partyNameKey } from '#people';
import { runCriteriaImport } from '../../actions/import-criteria.ts';
import { wasImported } from '../../store/criteria-imports.ts';
import type { StandardsDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../parts.ts';
import { checkView } from './check.view.ts';
import { findPrepared, findStanding, importParams, mayImport } from './ground.ts';
import { importPaths } from './paths.ts';
import type { ShownImport } from './step.view.ts';

/** The last step of an import of criteria: a last look, and the import itself. */
export function addCheckRoutes(app: App, deps: StandardsDeps): void {
  const path = importPaths.step(':import', 'check');
  const params = importParams;
  const body = z.strictObject({ version: z.string().max(10) });

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    return found === null ? reply : show(deps, request, reply, found);
  });

  app.post(path, { schema: { params, body }, config: mayImport }, async (request, reply) => {
    const found = await findStanding(deps, request, reply);
    if (found === null) return reply;
    const { id, state, version } = found.standing;
    if (state === 'prepared' && String(version) !== request.body.version) return reply.problem(409);
    const outcome = await runCriteriaImport(deps.db, request.actor, request.today, id);
    switch (outcome.kind) {
      case 'done':
        return reply.redirect(importPaths.step(id, 'done'), 303);
      case 'refused':
        return show(deps, request, reply, found, errorsOf(outcome));
      case 'not-found':
      case 'forbidden':
        return answerRefusal(reply, outcome);
    }
  });
}

async function show(
  deps: StandardsDeps,
  { actor }: FastifyRequest,
  reply: FastifyReply,
  found: ShownImport,
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const facts = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const parties = await listParties(tx, actor.authorityId);
    const known = new Set(parties.map(({ name }) => partyNameKey(name)));
    const names = new Set(found.draft.judgements.flatMap(({ leads }) => leads));
    return {
      newNames: [...names].filter((name) => !known.has(partyNameKey(name))),
      before: await wasImported(tx, actor.authorityId, found.standing.fileId),
    };
  });
  const view = checkView(found, { ...facts, errors });
  return reply.page(stepTemplate, view, errors.length === 0 ? 200 : 422);
}
