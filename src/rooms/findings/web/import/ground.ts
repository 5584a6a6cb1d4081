import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { versionIn } from '#platform/web/form-state.ts';
import type { FormValues } from '#platform/web/forms.ts';
import { changeFindingsImport, importFor } from '../../actions/import-findings.ts';
import type { SourcePicture } from '../../rules/picture.ts';
import type { FindingImport } from '../../store/imports.ts';
import { answerRefusal, isToday } from '../answers.ts';
import type { FindingDeps } from '../deps.ts';
import { loadSource, type LoadedSource } from '../load.ts';
import { importPaths } from './paths.ts';

export const sourceParams = z.strictObject({ source: z.string().max(40) });
export const importParams = z.strictObject({
  source: z.string().max(40),
  import: z.string().max(40),
});

/** Findings are imported by those who may add one. */
export const mayImport = { rule: { may: ['C', 'PLN'] } } as const;

/** The source of a request, to be added to today; null once a problem page was sent. */
export async function findSource<More>(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  more: Parameters<typeof loadSource<More>>[3],
): Promise<LoadedSource<More> | null> {
  if (!isToday(request, reply)) return null;
  const loaded = await loadSource(deps, request, reply, more);
  if (loaded === null || loaded.allowed.add) return loaded;
  reply.problem(403);
  return null;
}

export interface StandingImport {
  source: SourcePicture;
  standing: FindingImport;
}

type ImportRequest = FastifyRequest<{ Params: z.output<typeof importParams> }>;

/** The import of a request, for the person who began it; null once a problem page was sent. */
export async function findStanding(
  deps: FindingDeps,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<StandingImport | null> {
  const id = parseId<'finding import'>(request.params.import);
  const loaded = await findSource(deps, request, reply, (tx, { source }) =>
    id === null ? Promise.resolve(null) : importFor(tx, request.actor, source.id, id),
  );
  if (loaded === null) return null;
  if (loaded.more !== null) return { source: loaded.source, standing: loaded.more };
  reply.notFound();
  return null;
}

/** As `findStanding`, while the import can still be changed; once it is made, leads to its end. */
export async function findPrepared(
  deps: FindingDeps,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<StandingImport | null> {
  const found = await findStanding(deps, request, reply);
  if (found === null || found.standing.state === 'prepared') return found;
  const { source, standing } = found;
  if (standing.state === 'imported') {
    reply.redirect(importPaths.step(source.id, standing.id, 'done'), 303);
  } else reply.notFound();
  return null;
}

/** Saves what a step decided and leads on; two windows do not overwrite each other. */
export async function saveStep(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  changed: FindingImport,
  typed: FormValues,
  nextHref: string,
): Promise<FastifyReply> {
  const seen = versionIn(typed['version']);
  const outcome = await changeFindingsImport(deps.db, request.actor, request.today, changed, seen);
  switch (outcome.kind) {
    case 'done':
      return reply.redirect(nextHref, 303);
    case 'stale':
      return reply.problem(409, {
        title: 'This import was changed in another window',
        text: 'What you entered here was not saved. Go back to copy it, open the import again from its source, and enter it there.',
      });
    case 'not-found':
    case 'forbidden':
      return answerRefusal(reply, outcome);
  }
}
