import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { stepTemplate } from '#platform/web/imports/step-page.ts';
import type { App } from '#platform/web/server.ts';
import { listParties, partyNameKey } from '#people';
import { runFindingsImport, themeKey, themesByName } from '../../actions/import-findings.ts';
import { draftOf } from '../../rules/read-findings-table/draft.ts';
import { importedBefore } from '../../store/imports.ts';
import { answerRefusal, errorsOf } from '../answers.ts';
import type { FindingDeps } from '../deps.ts';
import { checkView } from './check.view.ts';
import {
  findPrepared,
  findStanding,
  importParams,
  mayImport,
  type StandingImport,
} from './ground.ts';
import { importPaths } from './paths.ts';

/** The last step of an import: a last look, and the import itself. */
export function addCheckRoutes(app: App, deps: FindingDeps): void {
  const path = importPaths.step(':source', ':import', 'check');
  const params = importParams;
  const body = z.strictObject({ version: z.string().max(10) });

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    return found === null ? reply : show(deps, request, reply, found);
  });

  app.post(path, { schema: { params, body }, config: mayImport }, async (request, reply) => {
    const found = await findStanding(deps, request, reply);
    if (found === null) return reply;
    const { source, standing } = found;
    if (standing.state === 'prepared' && String(standing.version) !== request.body.version) {
      return reply.problem(409);
    }
    const { actor, today } = request;
    const outcome = await runFindingsImport(deps.db, actor, today, standing);
    switch (outcome.kind) {
      case 'done':
        return reply.redirect(importPaths.step(source.id, standing.id, 'done'), 303);
      case 'refused':
        return show(deps, request, reply, found, errorsOf(outcome));
      case 'not-found':
      case 'forbidden':
        return answerRefusal(reply, outcome);
    }
  });
}

async function show(
  deps: FindingDeps,
  { actor, today }: FastifyRequest,
  reply: FastifyReply,
  found: StandingImport,
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const { standing } = found;
  const { findings } = draftOf(standing.reading, standing.choices);
  const facts = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const parties = await listParties(tx, actor.authorityId);
    const known = new Set(parties.map(({ name }) => partyNameKey(name)));
    const themes = await themesByName(tx, actor, today);
    const names = findings.flatMap(({ lead, reportsTo }) => [lead ?? [], reportsTo ?? []].flat());
    const said = findings.flatMap((one) => one.themes);
    return {
      newNames: [...new Set(names)].filter((name) => !known.has(partyNameKey(name))),
      unknownThemes: [...new Set(said)].filter((name) => !themes.has(themeKey(name))),
      before: await importedBefore(tx, actor.authorityId, standing),
    };
  });
  const view = checkView(found, { ...facts, errors });
  return reply.page(stepTemplate, view, errors.length === 0 ? 200 : 422);
}
