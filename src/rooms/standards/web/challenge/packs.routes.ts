import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { whyNoPaper, writeDocx } from '#platform/documents/write/paper.ts';
import { anyForm, readForm, type FieldError } from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { sentFileName, uploadedFile } from '#platform/web/uploads.ts';
import { logRead } from '#people';
import {
  leaveReturn,
  openReturn,
  prepareReturn,
  takeInReturn,
  type OpenReturn,
} from '../../actions/challenge/bring-back-pack.ts';
import { challengePack } from '../../out/challenge/pack.ts';
import { readPack } from '../../rules/challenge/read-pack.ts';
import { preparedReturns } from '../../store/challenge/returns.ts';
import { readShared } from '../../store/challenge/shared.ts';
import { answerRefusal, earlierDay, errorsOf } from '../parts.ts';
import {
  challengeParams,
  loadChallenge,
  loadForm,
  returnParams,
  type ChallengeDeps,
} from './ground.ts';
import { packBackView, packsView } from './packs.view.ts';
import { challengePaths as paths, challengeRoutes } from './paths.ts';

const template = 'rooms/standards/web/challenge/packs.njk';
const backTemplate = 'rooms/standards/web/challenge/pack-back.njk';
const mayBringBack = { rule: { may: ['U', 'PLN'] } } as const;
const mayExport = { rule: { may: ['E', 'PLN'] } } as const;
const packForm = z.strictObject({ file: uploadedFile });

/** The Word pack of a challenge goes out, and comes back. */
export function addPackRoutes(app: App, deps: ChallengeDeps): void {
  const open = async (
    request: FastifyRequest<{ Params: z.output<typeof challengeParams> }>,
    reply: FastifyReply,
  ) => {
    const { actor } = request;
    if (request.asAt !== request.today) {
      reply.problem(400, earlierDay);
      return null;
    }
    const loaded = await loadChallenge(deps, request, reply, (tx, { id }) =>
      preparedReturns(tx, actor.authorityId, id, actor.userId),
    );
    if (loaded === null) return null;
    const { challenge, allowed, more: prepared } = loaded;
    if (!allowed.export && !allowed.change) {
      reply.problem(403);
      return null;
    }
    return { challenge, mayExport: allowed.export, mayBringBack: allowed.change, prepared };
  };

  app.get(
    challengeRoutes.packs,
    { config: mayExport, schema: { params: challengeParams } },
    async (request, reply) => {
      const ground = await open(request, reply);
      return ground === null ? reply : reply.page(template, packsView(ground));
    },
  );

  app.post(
    challengeRoutes.packs,
    {
      config: { ...mayBringBack, upload: true, fairUse: 'import' },
      schema: { params: challengeParams, body: anyForm },
    },
    async (request, reply) => {
      const ground = await open(request, reply);
      if (ground === null) return reply;
      if (!ground.mayBringBack) return reply.problem(403);
      const sent = sentFileName(request.body);
      const again = (errors: FieldError[]) => {
        const fileName = sent === null ? null : tidyFileName(sent);
        return reply.page(template, packsView({ ...ground, errors, fileName }), 422);
      };
      const read = readForm(packForm, request.body);
      if (!read.ok) return again(read.errors);
      const { bytes, fileName } = read.value.file;
      const grid = await readDocument(bytes, fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const reading = readPack(grid);
      if ('refused' in reading) return again([{ field: 'file', text: reading.refused }]);
      const { actor, today } = request;
      const { id } = ground.challenge;
      const kept = { fileName: tidyFileName(fileName), bytes, reading };
      const outcome = await prepareReturn(deps.db, actor, today, id, kept);
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      return reply.redirect(paths.packBack(id, outcome.returnId), 303);
    },
  );

  app.get(
    challengeRoutes.pack,
    { config: { ...mayExport, fairUse: 'export' }, schema: { params: challengeParams } },
    async (request, reply) => {
      const { actor, now } = request;
      const loaded = await loadForm(deps, request, reply, 'export', (tx, challenge) =>
        readShared(tx, actor.authorityId, challenge.shared, challenge.positionOn),
      );
      if (loaded === null) return reply;
      const { challenge, more: sections } = loaded;
      const made = await writeDocx(
        challengePack({
          challenge,
          authorityName: request.shell.authority?.name ?? '',
          sections,
          madeBy: actor.name,
          madeAt: now,
        }),
      );
      if (made.kind === 'cannot') {
        return reply.problem(503, {
          title: 'The pack could not be made',
          text: whyNoPaper(made.why),
        });
      }
      await logRead(deps.db, actor, 'exported as a pack for reviewers', [
        { fact: 'challenge', id: challenge.id },
      ]);
      return sendFile(reply, {
        fileName: `${challenge.title}, pack.docx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        bytes: made.bytes,
      });
    },
  );

  const schema = { params: returnParams };
  app.get(challengeRoutes.packBack, { config: mayBringBack, schema }, async (request, reply) => {
    const opened = await findReturn(deps, request, reply);
    return opened === null ? reply : reply.page(backTemplate, packBackView(opened));
  });

  app.post(
    challengeRoutes.packBack,
    { config: mayBringBack, schema: { ...schema, body: z.strictObject({}).nullish() } },
    async (request, reply) => {
      const opened = await findReturn(deps, request, reply);
      if (opened === null) return reply;
      const { actor, today } = request;
      const { challenge, pack } = opened;
      const outcome = await takeInReturn(deps.db, actor, today, challenge.id, pack.id);
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            outcome.taken === 0
              ? 'Nothing was new, so nothing was changed.'
              : `Taken in: ${outcome.taken}. Answer each.`,
          );
          return reply.redirect(paths.challenge(challenge.id), 303);
        case 'refused':
          return reply.problem(409, {
            title: 'Nothing was taken in',
            text: outcome.reasons.map(({ text }) => text).join(' '),
          });
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.post(
    challengeRoutes.leavePack,
    { config: mayBringBack, schema: { ...schema, body: z.strictObject({}).nullish() } },
    async (request, reply) => {
      const opened = await findReturn(deps, request, reply);
      if (opened === null) return reply;
      const { actor, today } = request;
      const { challenge, pack } = opened;
      const outcome = await leaveReturn(deps.db, actor, today, challenge.id, pack.id);
      if (outcome.kind !== 'done') return reply.notFound();
      reply.notice('Nothing of the pack was taken in.');
      return reply.redirect(paths.packs(challenge.id), 303);
    },
  );
}

/** The pack of a request, for the person who brought it back; null once a problem page was sent. */
async function findReturn(
  deps: ChallengeDeps,
  request: FastifyRequest<{ Params: z.output<typeof returnParams> }>,
  reply: FastifyReply,
): Promise<OpenReturn | null> {
  const { actor, asAt, today, params } = request;
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'challenge'>(params.challenge);
  const back = parseId<'challenge return'>(params.back);
  const opened =
    id === null || back === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, (tx) =>
          openReturn(tx, actor, id, back, today),
        );
  if (opened === null || opened.pack.state === 'left') {
    reply.notFound();
    return null;
  }
  return opened;
}
