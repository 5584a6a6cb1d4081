import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { anyForm, readForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import { may } from '#people';
import {
  decideLoad,
  leaveLoad,
  openLoad,
  prepareLoad,
  readFrameworkFile,
} from '../actions/load-framework.ts';
import { readEditionHeads } from '../store/read-editions.ts';
import { longest } from '../rules/check-reading.ts';
import type { StandardsDeps } from './deps.ts';
import { beginLoadView, previewView } from './load.view.ts';
import { earlierDay, errorsOf } from './parts.ts';
import { paths, routePaths } from './paths.ts';

const creates = { rule: { may: ['C', 'PLN'] } } as const;
const params = z.strictObject({ load: z.string().max(40) });
const beginTemplate = 'rooms/standards/web/load.njk';
const previewTemplate = 'rooms/standards/web/preview.njk';
const beginForm = z.strictObject({
  file: uploadedFile,
  follows: z.string().max(40).optional().default(''),
});

/** A framework on its way in: the file, the preview, and the load. */
export function addLoadRoutes(app: App, deps: StandardsDeps): void {
  app.get(paths.load(), { config: creates }, (request, reply) =>
    showBegin(deps, request, reply, fresh({})),
  );

  app.post(
    paths.load(),
    { config: { ...creates, upload: true, fairUse: 'import' }, schema: { body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        showBegin(deps, request, reply, wrong(values, errors), 422);
      const form = readForm(beginForm, request.body);
      if (!form.ok) return again(form.errors);
      const { file, follows } = form.value;
      const followsId = follows === '' ? null : parseId<'framework edition'>(follows);
      if (follows !== '' && followsId === null) {
        return again([{ field: 'follows', text: 'Choose one of the editions in the list' }]);
      }
      const reading = await readFrameworkFile(file.bytes, file.fileName);
      if ('refused' in reading) return again([{ field: 'file', text: reading.refused }]);
      const kept = { fileName: tidyFileName(file.fileName), bytes: file.bytes };
      const outcome = await prepareLoad(deps.db, actor, today, kept, reading, followsId);
      if (outcome.kind === 'forbidden') return reply.problem(403);
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      return reply.redirect(paths.loading(outcome.loadId), 303);
    },
  );

  app.get(routePaths.loading, { config: creates, schema: { params } }, async (request, reply) => {
    const opened = await open(deps, request, reply, request.params.load);
    if (opened === null) return reply;
    const { load } = opened;
    if (load.state === 'loaded' && load.editionId !== null) {
      return reply.redirect(paths.edition(load.editionId), 303);
    }
    return reply.page(
      previewTemplate,
      previewView({ ...opened, state: fresh({ label: load.reading.label }) }),
    );
  });

  app.post(
    routePaths.loading,
    { config: creates, schema: { params, body: anyForm } },
    async (request, reply) => {
      const opened = await open(deps, request, reply, request.params.load);
      if (opened === null) return reply;
      const { load } = opened;
      const values = typedValues(request.body);
      const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
      const count = load.reading.domains.reduce((sum, domain) => sum + domain.criteria.length, 0);
      const known = new Set([
        'version',
        'label',
        'step',
        ...Array.from({ length: count }, (_, index) => `from-${index}`),
      ]);
      if (Object.keys(values).some((name) => !known.has(name))) return reply.problem(400);
      const again = (errors: FieldError[]) =>
        reply.page(previewTemplate, previewView({ ...opened, state: wrong(values, errors) }), 422);
      const label = text('label');
      if (label === '' || label.length > longest.label) {
        return again([{ field: 'label', text: 'Give the edition a label of 1 to 60 characters' }]);
      }
      const outcome = await decideLoad(
        deps.db,
        request.actor,
        request.today,
        request.now,
        load.id,
        versionIn(values['version']),
        {
          label,
          from: Array.from({ length: count }, (_, index) => text(`from-${index}`)),
        },
        text('step') === 'load',
      );
      switch (outcome.kind) {
        case 'checked':
          return reply.redirect(paths.loading(load.id), 303);
        case 'done':
          reply.notice('The framework is in use.');
          return reply.redirect(paths.edition(outcome.editionId), 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'stale':
          return reply.problem(409, {
            title: 'This was changed in another window',
            text: 'Nothing was saved. Open it again from the page of standards.',
          });
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
      }
    },
  );

  app.post(
    routePaths.leaveLoading,
    { config: creates, schema: { params } },
    async (request, reply) => {
      const opened = await open(deps, request, reply, request.params.load);
      if (opened === null) return reply;
      await leaveLoad(deps.db, request.actor, request.today, request.now, opened.load.id);
      reply.notice('The file was left. Nothing was loaded.');
      return reply.redirect(paths.standards(), 303);
    },
  );
}

async function open(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
) {
  const { actor, asAt, today } = request;
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'framework load'>(given);
  const opened =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, (tx) => openLoad(tx, actor, id, today));
  if (opened === null || opened.load.state === 'left') {
    reply.notFound();
    return null;
  }
  return opened;
}

async function showBegin(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
  status = 200,
): Promise<FastifyReply> {
  const { actor, asAt, today } = request;
  if (asAt !== today) return reply.problem(400, earlierDay);
  if (!may(actor, 'C', 'PLN')) return reply.notFound();
  const editions = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readEditionHeads(tx, actor.authorityId, { asAt: today }),
  );
  return reply.page(beginTemplate, beginLoadView(editions, state), status);
}
