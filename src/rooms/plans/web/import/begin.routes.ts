import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import {
  anyForm,
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { sentFileName, uploadedFile } from '#platform/web/uploads.ts';
import { may } from '#people';
import { firstChoices } from '../../actions/import-file.ts';
import { prepareImport } from '../../actions/import-plan.ts';
import { readPlan } from '../../rules/read-plan/index.ts';
import { preparedImports } from '../../store/imports.ts';
import type { PlanDeps } from '../deps.ts';
import { earlierDay } from '../edit/ground.ts';
import { paths } from '../paths.ts';
import { beginView, type BeginInput } from './begin.view.ts';
import { findStanding, importParams, mayImport } from './ground.ts';

const beginForm = z.strictObject({
  file: uploadedFile,
  'position-day': dateBox,
  'position-month': dateBox,
  'position-year': dateBox,
  title: optionalText(300),
});

/** The first step of an import, and the way back to one that was left half-way. */
export function addBeginRoutes(app: App, deps: PlanDeps): void {
  app.get(paths.importPlan(), { config: mayImport }, async (request, reply) =>
    showBegin(deps, request, reply, { values: {} }),
  );

  app.post(
    paths.importPlan(),
    { schema: { body: anyForm }, config: { ...mayImport, upload: true, fairUse: 'import' } },
    async (request, reply) => {
      const values = typedValues(request.body);
      const sent = sentFileName(request.body);
      const again = (errors: FieldError[]) => {
        const atFault = errors.some(({ field }) => field === 'file');
        const fileName = sent === null || atFault ? null : tidyFileName(sent);
        return showBegin(deps, request, reply, { values, errors, fileName }, 422);
      };
      const read = readForm(beginForm, request.body);
      if (!read.ok) return again(read.errors);
      const { file, title } = read.value;
      const position = readDateFields(read.value, 'position');
      if (!position.ok) return again([position.error]);
      if (position.date === null) {
        return again([{ field: 'position', text: 'Say on which day this was the position' }]);
      }
      if (position.date > request.today) {
        const text = `${formatDate(position.date)} is in the future. Give today or an earlier day`;
        return again([{ field: 'position', text }]);
      }
      const grid = await readDocument(file.bytes, file.fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const reading = readPlan(grid, { positionOn: position.date });
      if (reading.actions.length === 0) {
        const why = reading.problems.map((one) => `${one.where}: ${one.message}`).slice(0, 3);
        const text = ['We found no actions in this file.', ...why].join(' ');
        return again([{ field: 'file', text }]);
      }
      const fileName = tidyFileName(file.fileName);
      const prepared = await prepareImport(deps.db, request.actor, {
        fileName,
        mediaType: 'application/octet-stream',
        bytes: file.bytes,
        positionOn: position.date,
        reading,
        choices: firstChoices(reading, fileName, title ?? undefined),
      });
      if (prepared.kind === 'forbidden') return reply.problem(403);
      return reply.redirect(paths.importStep(prepared.importId, 'columns'), 303);
    },
  );

  app.get(
    paths.import(':import'),
    { schema: { params: importParams }, config: mayImport },
    async (request, reply) => {
      const standing = await findStanding(deps, request, reply);
      if (standing === null) return reply;
      const step = standing.choices.schemeConfirmed ? 'rows' : 'columns';
      const next = standing.state === 'prepared' ? step : 'done';
      return reply.redirect(paths.importStep(standing.id, next), 303);
    },
  );
}

async function showBegin(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: Omit<BeginInput, 'prepared'>,
  status = 200,
): Promise<FastifyReply> {
  const { actor } = request;
  if (request.asAt !== request.today) return reply.problem(400, earlierDay);
  if (!may(actor, 'C', 'PLN')) return reply.notFound();
  const prepared = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    preparedImports(tx, actor.authorityId, actor.userId),
  );
  const shown = prepared.map(({ id, fileName, choices }) => ({
    id,
    fileName,
    title: choices.title,
  }));
  const view = beginView({ ...form, prepared: shown });
  return reply.page('rooms/plans/web/import/begin.njk', view, status);
}
