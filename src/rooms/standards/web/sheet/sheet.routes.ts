import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import { anyForm, readForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import { mayBringBack, openSheet, saveSheet } from '../../actions/bring-back-edition.ts';
import { readEditionFor } from '../../actions/open-edition.ts';
import { readSheet } from '../../rules/sheet/read-sheet.ts';
import { countOf } from '../../rules/words.ts';
import type { StandardsDeps } from '../deps.ts';
import { answerRefusal, earlierDay, errorsOf } from '../parts.ts';
import { paths, routePaths } from '../paths.ts';
import { carriedIn, carry, missingChoices, readChoices } from './check-form.ts';
import { beginView, checkView } from './sheet.view.ts';

const changes = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ edition: z.string().max(40) });
const uploadForm = z.strictObject({ file: uploadedFile });
const beginTemplate = 'rooms/standards/web/sheet/begin.njk';
const checkTemplate = 'rooms/standards/web/sheet/check.njk';

const tooMuch =
  'This workbook changes more than can be looked at in one go. Delete the rows of some sections from it and bring it back, then bring back the rest';

/** An edition's workbook that comes back: the file, each changed cell beside what stands, and what is kept. */
export function addSheetRoutes(app: App, deps: StandardsDeps): void {
  app.get(routePaths.bringBack, { config: changes, schema: { params } }, async (request, reply) => {
    const edition = await editionOf(deps, request, reply, request.params.edition);
    return edition === null ? reply : reply.page(beginTemplate, beginView(edition, fresh({})));
  });

  app.post(
    routePaths.bringBack,
    {
      config: { ...changes, upload: true, fairUse: 'import' },
      schema: { params, body: anyForm },
    },
    async (request, reply) => {
      const edition = await editionOf(deps, request, reply, request.params.edition);
      if (edition === null) return reply;
      const again = (errors: FieldError[]) =>
        reply.page(beginTemplate, beginView(edition, wrong({}, errors)), 422);
      const form = readForm(uploadForm, request.body);
      if (!form.ok) return again(form.errors);
      const { bytes, fileName } = form.value.file;
      const grid = await readDocument(bytes, fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const reading = readSheet(grid);
      if ('refused' in reading) return again([{ field: 'file', text: reading.refused }]);
      const { actor, today } = request;
      const opened = await openSheet(deps.db, actor, today, edition.id, reading.rows);
      if (opened.kind !== 'open') return answerRefusal(reply, opened);
      const carried = carry(opened.rows);
      if (carried === null) return again([{ field: 'file', text: tooMuch }]);
      return reply.page(checkTemplate, checkView(opened, carried, null));
    },
  );

  app.post(
    routePaths.saveBroughtBack,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const edition = await editionOf(deps, request, reply, request.params.edition);
      if (edition === null) return reply;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const rows = carriedIn(values['rows']);
      if (rows === null) return reply.problem(400);
      const choices = readChoices(values);
      const outcome = await saveSheet(deps.db, actor, today, edition.id, rows, choices);
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            outcome.saved === 0
              ? 'Nothing is changed by the workbook.'
              : `${countOf(outcome.saved, 'criterion', 'criteria')} ${outcome.saved === 1 ? 'is' : 'are'} judged from the workbook.`,
          );
          return reply.redirect(paths.edition(edition.id), 303);
        case 'unsettled': {
          const { opened } = outcome;
          const errors = missingChoices(opened.rows, choices);
          const carried = carry(opened.rows) ?? '';
          return reply.page(checkTemplate, checkView(opened, carried, choices, errors), 422);
        }
        case 'refused': {
          const opened = await openSheet(deps.db, actor, today, edition.id, rows);
          if (opened.kind !== 'open') return answerRefusal(reply, opened);
          const carried = carry(opened.rows) ?? '';
          const view = checkView(opened, carried, choices, errorsOf(outcome));
          return reply.page(checkTemplate, view, 422);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

/** The edition of a request as this person may bring a workbook back to it; null once answered. */
async function editionOf(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
) {
  const { actor, asAt, today } = request;
  const id = parseId<'framework edition'>(given);
  const picture =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, (tx) =>
          readEditionFor(tx, actor, id, today, today),
        );
  if (picture === null) {
    reply.notFound();
    return null;
  }
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  if (!mayBringBack(actor, picture)) {
    reply.problem(403);
    return null;
  }
  return picture.edition;
}
