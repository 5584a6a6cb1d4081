import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { versionIn } from '#platform/web/form-state.ts';
import type { FormValues } from '#platform/web/forms.ts';
import {
  changeCriteriaImport,
  criteriaImportFor,
  type OpenedImport,
} from '../../actions/import-criteria.ts';
import type { CriteriaImport } from '../../store/criteria-imports.ts';
import type { StandardsDeps } from '../deps.ts';
import { earlierDay } from '../parts.ts';
import { importPaths } from './paths.ts';

export const importParams = z.strictObject({ import: z.string().max(40) });

/** Criteria are imported by those who may load a framework. */
export const mayImport = { rule: { may: ['C', 'PLN'] } } as const;

type ImportRequest = FastifyRequest<{ Params: z.output<typeof importParams> }>;

/** The import of a request, for the person who began it; null once a problem page was sent. */
export async function findStanding(
  deps: StandardsDeps,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<OpenedImport | null> {
  if (request.asAt !== request.today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'criteria import'>(request.params.import);
  const { actor, today } = request;
  const opened =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, (tx) =>
          criteriaImportFor(tx, actor, id, today),
        );
  if (opened === null) reply.notFound();
  return opened;
}

/** As `findStanding`, while the import can still be changed; once it is made, leads to its end. */
export async function findPrepared(
  deps: StandardsDeps,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<OpenedImport | null> {
  const found = await findStanding(deps, request, reply);
  if (found === null || found.standing.state === 'prepared') return found;
  const { id, state } = found.standing;
  if (state === 'imported') reply.redirect(importPaths.step(id, 'done'), 303);
  else reply.notFound();
  return null;
}

/** Saves what a step decided and leads on; two windows do not overwrite each other. */
export async function saveStep(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  changed: CriteriaImport,
  typed: FormValues,
  nextHref: string,
): Promise<FastifyReply> {
  const { actor, today } = request;
  const seen = versionIn(typed['version']);
  const outcome = await changeCriteriaImport(deps.db, actor, today, changed, seen);
  switch (outcome.kind) {
    case 'done':
      return reply.redirect(nextHref, 303);
    case 'stale':
      return reply.problem(409, {
        title: 'This import was changed in another window',
        text: 'What you entered here was not saved. Go back to copy it, open the import again from the page of standards, and enter it there.',
      });
    case 'not-found':
      return reply.notFound();
  }
}
