import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FormValues } from '#platform/web/forms.ts';
import { changeImport, importFor } from '../../actions/import-plan.ts';
import type { PlanImport } from '../../store/imports.ts';
import type { PlanDeps } from '../deps.ts';
import { versionIn } from '../edit/answers.ts';
import { earlierDay } from '../edit/ground.ts';
import { paths } from '../paths.ts';

/** What the address of a step holds. */
export const importParams = z.strictObject({ import: z.string().max(40) });

/** Imports are made by those who may begin a plan. */
export const mayImport = { rule: { may: ['C', 'PLN'] } } as const;

type ImportRequest = FastifyRequest<{ Params: z.output<typeof importParams> }>;

/** The import of a request, for the person who began it; null once a problem page was sent. */
export async function findStanding(
  deps: PlanDeps,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<PlanImport | null> {
  if (request.asAt !== request.today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'import'>(request.params.import);
  const standing =
    id === null
      ? null
      : await readInAuthority(deps.db, request.actor.authorityId, (tx) =>
          importFor(tx, request.actor, id),
        );
  if (standing === null) reply.notFound();
  return standing;
}

/** As `findStanding`, while the import can still be changed; once it is made, leads to its end. */
export async function findPrepared(
  deps: PlanDeps,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<PlanImport | null> {
  const standing = await findStanding(deps, request, reply);
  if (standing === null || standing.state === 'prepared') return standing;
  if (standing.state === 'imported') reply.redirect(paths.importStep(standing.id, 'done'), 303);
  else reply.notFound();
  return null;
}

/** Saves what a step decided and leads on; two windows do not overwrite each other. */
export async function saveStep(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  changed: PlanImport,
  typed: FormValues,
  nextHref: string,
): Promise<FastifyReply> {
  const seen = versionIn(typed['version']);
  const outcome = await changeImport(deps.db, request.actor, changed.id, seen, changed);
  switch (outcome.kind) {
    case 'done':
      return reply.redirect(nextHref, 303);
    case 'stale':
      return reply.problem(409, {
        title: 'This import was changed in another window',
        text: 'What you entered here was not saved. Go back to copy it, open the import again from the list of plans, and enter it there.',
      });
    case 'not-found':
      return reply.notFound();
    case 'forbidden':
      return reply.problem(403);
  }
}
