import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId, type Id } from '#kernel/ids.ts';
import type { App } from '#platform/web/server.ts';
import {
  anyForm,
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import { beginAssessment } from '../../actions/narrative/begin-assessment.ts';
import { keepForm, readForm as readKeptForm } from '../../actions/narrative/import-form.ts';
import type { NarrativeDeps } from './deps.ts';
import { answerOf, earlierDay } from './load.ts';
import { paths, routePaths } from './paths.ts';
import { previewView } from './preview.view.ts';

const uploadTemplate = 'rooms/standards/web/narrative/upload.njk';
const previewTemplate = 'rooms/standards/web/narrative/preview.njk';
const config = { rule: { may: ['C', 'PLN'] } } as const;
const params = z.strictObject({ upload: z.string().max(40) });
const headForm = z.strictObject({
  title: requiredText('Give the self-assessment a title', 300),
  period: requiredText('Give the year, for example 2026/27', 40),
  contact: optionalText(1000),
});

/** Importing a self-assessment from Word: the file, what was read, and the document. */
export function addImportRoutes(app: App, deps: NarrativeDeps): void {
  app.get(paths.upload(), { config }, async (request, reply) => {
    if (request.asAt !== request.today) return reply.problem(400, earlierDay);
    return reply.page(uploadTemplate, uploadView([]));
  });

  app.post(
    paths.upload(),
    { config: { ...config, upload: true, fairUse: 'import' }, schema: { body: anyForm } },
    async (request, reply) => {
      const again = (errors: FieldError[]) => reply.page(uploadTemplate, uploadView(errors), 422);
      const form = readForm(z.strictObject({ file: uploadedFile }), request.body);
      if (!form.ok) return again(form.errors);
      const outcome = await keepForm(deps.db, request.actor, form.value.file);
      switch (outcome.kind) {
        case 'done':
          return reply.redirect(paths.preview(outcome.importId), 303);
        case 'refused':
          return again(outcome.reasons.map(({ text }) => ({ field: 'file', text })));
        case 'forbidden':
          return answerOf(reply, outcome);
      }
    },
  );

  app.get(routePaths.preview, { config, schema: { params } }, async (request, reply) => {
    const read = await readUpload(deps, request, reply);
    if (read === null) return reply;
    const { id, fileName, draft } = read;
    const values = {
      title: draft.title ?? '',
      period: draft.period ?? '',
      contact: draft.contact ?? '',
    };
    return reply.page(previewTemplate, previewView(fileName, draft, id, fresh(values)));
  });

  app.post(
    routePaths.preview,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const read = await readUpload(deps, request, reply);
      if (read === null) return reply;
      const { id, fileName, draft } = read;
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        reply.page(previewTemplate, previewView(fileName, draft, id, wrong(values, errors)), 422);
      const form = readForm(headForm, request.body);
      if (!form.ok) return again(form.errors);
      const outcome = await beginAssessment(deps.db, request.actor, request.today, {
        head: form.value,
        from: { kind: 'draft', draft },
        // The same preview sent twice makes one assessment.
        submissionId: id as string as Id<'submission'>,
      });
      switch (outcome.kind) {
        case 'done':
          reply.notice('The self-assessment is imported.');
          return reply.redirect(paths.assessment(outcome.assessmentId), 303);
        case 'refused':
          return again(outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text })));
        case 'not-found':
        case 'forbidden':
          return answerOf(reply, outcome);
      }
    },
  );
}

/** What was read from the upload of a request; null once it was answered. */
async function readUpload(deps: NarrativeDeps, request: FastifyRequest, reply: FastifyReply) {
  const { upload } = request.params as { upload: string };
  const id = parseId<'assessment import'>(upload);
  const read = id === null ? null : await readKeptForm(deps.db, request.actor, id);
  if (id === null || read?.kind !== 'read') {
    reply.notFound();
    return null;
  }
  return { ...read, id };
}

/** The form that takes the document. */
export function uploadView(errors: FieldError[]) {
  return {
    title: 'Import a self-assessment from Word',
    back: { text: 'All self-assessments', href: paths.list() },
    action: paths.upload(),
    cancelHref: paths.list(),
    errors,
    form: { values: {}, errors },
  };
}
