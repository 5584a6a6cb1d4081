import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
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
import { prepareCriteria } from '../../actions/import-criteria.ts';
import { madeOf } from '../../actions/import-criteria-file.ts';
import { readCriteria } from '../../rules/read-criteria/index.ts';
import { preparedCriteriaImports } from '../../store/criteria-imports.ts';
import { readEditionHeads } from '../../store/read-editions.ts';
import type { StandardsDeps } from '../deps.ts';
import { earlierDay } from '../parts.ts';
import { beginView } from './begin.view.ts';
import { findStanding, importParams, mayImport } from './ground.ts';
import { importPaths } from './paths.ts';

const beginForm = z.strictObject({
  file: uploadedFile,
  'position-day': dateBox,
  'position-month': dateBox,
  'position-year': dateBox,
  edition: z.string().max(40).optional().default(''),
  title: optionalText(300),
});

/** The first step of an import of criteria, and the way back to one that was left half-way. */
export function addBeginRoutes(app: App, deps: StandardsDeps): void {
  app.get(importPaths.begin(), { config: mayImport }, (request, reply) =>
    show(deps, request, reply, fresh({ edition: '' })),
  );

  app.post(
    importPaths.begin(),
    { schema: { body: anyForm }, config: { ...mayImport, upload: true, fairUse: 'import' } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      if (asAt !== today) return reply.problem(400, earlierDay);
      const values = typedValues(request.body);
      const sent = sentFileName(request.body);
      const again = (errors: FieldError[]) => {
        const atFault = errors.some(({ field }) => field === 'file');
        const fileName = sent === null || atFault ? null : tidyFileName(sent);
        return show(deps, request, reply, wrong(values, errors), fileName, 422);
      };
      const read = readForm(beginForm, request.body);
      if (!read.ok) return again(read.errors);
      const { file, title } = read.value;
      const position = readDateFields(read.value, 'position');
      if (!position.ok) return again([position.error]);
      const { date: positionOn } = position;
      if (positionOn === null) {
        return again([{ field: 'position', text: 'Say on which day this was the position' }]);
      }
      if (positionOn > today) {
        const text = `${formatDate(positionOn)} is in the future. Give today or an earlier day`;
        return again([{ field: 'position', text }]);
      }
      const heads = await readHeads(deps, request);
      const edition = heads.find(({ id }) => id === read.value.edition) ?? null;
      if (edition === null && read.value.edition !== '') {
        return again([{ field: 'edition', text: 'Choose one of the frameworks in the list' }]);
      }
      const grid = await readDocument(file.bytes, file.fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const levels = edition === null ? {} : { levels: edition.levels };
      const reading = readCriteria(grid, { positionOn, ...levels });
      if (reading.judgements.length === 0 && reading.columns.length === 0) {
        const why = reading.problems.map((one) => `${one.where}: ${one.message}`).slice(0, 3);
        const text = ['We found no criteria in this file.', ...why].join(' ');
        return again([{ field: 'file', text }]);
      }
      const name = tidyFileName(file.fileName);
      const outcome = await prepareCriteria(deps.db, actor, {
        file: { name, mediaType: 'application/octet-stream', bytes: file.bytes },
        positionOn,
        editionId: edition?.id ?? null,
        reading,
        choices: {
          made: edition === null ? madeOf(reading, name, positionOn, title) : null,
          rows: {},
        },
      });
      if (outcome.kind === 'forbidden') return reply.problem(403);
      return reply.redirect(importPaths.step(outcome.importId, 'columns'), 303);
    },
  );

  app.get(
    importPaths.one(':import'),
    { schema: { params: importParams }, config: mayImport },
    async (request, reply) => {
      const found = await findStanding(deps, request, reply);
      if (found === null) return reply;
      const { id, state } = found.standing;
      return reply.redirect(importPaths.step(id, state === 'prepared' ? 'rows' : 'done'), 303);
    },
  );
}

async function readHeads(deps: StandardsDeps, { actor, today }: FastifyRequest) {
  const heads = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readEditionHeads(tx, actor.authorityId, { asAt: today }),
  );
  return heads.filter(({ state }) => state === 'in use');
}

async function show(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
  fileName: string | null = null,
  status = 200,
): Promise<FastifyReply> {
  const { actor, asAt, today } = request;
  if (asAt !== today) return reply.problem(400, earlierDay);
  const editions = await readHeads(deps, request);
  const prepared = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    preparedCriteriaImports(tx, actor.authorityId, actor.userId),
  );
  const view = beginView({ prepared, editions, state, fileName });
  return reply.page('rooms/standards/web/import/begin.njk', view, status);
}
