import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { sentFileName, uploadedFile } from '#platform/web/uploads.ts';
import { prepareFindings, type PrepareFindings } from '../../actions/import-findings.ts';
import { findingKinds } from '../../rules/kinds.ts';
import { readFindingsTable } from '../../rules/read-findings-table/index.ts';
import type { FindingsReading } from '../../rules/read-findings-table/reading.ts';
import { splitList } from '../../rules/read-findings-table/split-list.ts';
import { preparedImports, type FindingImport } from '../../store/imports.ts';
import { answerRefusal, errorsOf } from '../answers.ts';
import type { FindingDeps } from '../deps.ts';
import type { LoadedSource } from '../load.ts';
import { fileView, listView, type BeginInput } from './begin.view.ts';
import { findSource, findStanding, importParams, mayImport, sourceParams } from './ground.ts';
import { importPaths } from './paths.ts';

const template = 'rooms/findings/web/import/begin.njk';
const kind = z.enum(findingKinds, 'Choose what they are');
const fileForm = z.strictObject({ file: uploadedFile, kind });
const longestList = 100_000;
const listForm = z.strictObject({
  list: requiredText('Paste the list', longestList),
  kind,
});

type Loaded = LoadedSource<FindingImport[]>;
type View = (input: BeginInput) => ReturnType<typeof fileView> | ReturnType<typeof listView>;

/** The first step of an import: a file or a pasted list; and the way back to one left half-way. */
export function addBeginRoutes(app: App, deps: FindingDeps): void {
  const params = sourceParams;
  const begin = importPaths.begin(':source');
  const list = importPaths.list(':source');
  const load = (request: FastifyRequest, reply: FastifyReply) =>
    findSource(deps, request, reply, (tx, { source }) => {
      const { authorityId, userId } = request.actor;
      return preparedImports(tx, authorityId, source.id, userId);
    });
  const show = (reply: FastifyReply, view: View, loaded: Loaded, state: FormState, status = 200) =>
    reply.page(template, view({ source: loaded.source, prepared: loaded.more, state }), status);

  for (const [path, view] of [
    [begin, fileView],
    [list, listView],
  ] as const) {
    app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
      const loaded = await load(request, reply);
      return loaded === null ? reply : show(reply, view, loaded, fresh({ kind: 'recommendation' }));
    });
  }

  app.post(
    begin,
    {
      schema: { params, body: anyForm },
      config: { ...mayImport, upload: true, fairUse: 'import' },
    },
    async (request, reply) => {
      const loaded = await load(request, reply);
      if (loaded === null) return reply;
      const values = typedValues(request.body);
      const sent = sentFileName(request.body);
      const again = (errors: FormState['errors']) => {
        const atFault = errors.some(({ field }) => field === 'file');
        const fileName = sent === null || atFault ? null : tidyFileName(sent);
        const view: View = (input) => fileView({ ...input, fileName });
        return show(reply, view, loaded, wrong(values, errors), 422);
      };
      const read = readForm(fileForm, request.body);
      if (!read.ok) return again(read.errors);
      const { file } = read.value;
      const grid = await readDocument(file.bytes, file.fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const reading = readFindingsTable(grid, { kind: read.value.kind });
      if (reading.findings.length === 0 && reading.columns.length === 0) {
        return again([{ field: 'file', text: whyNone(reading) }]);
      }
      const name = tidyFileName(file.fileName);
      const choices = { kind: read.value.kind, rows: {}, pasted: null };
      return prepare(request, reply, loaded, again, {
        file: { name, mediaType: 'application/octet-stream', bytes: file.bytes },
        reading,
        choices,
      });
    },
  );

  app.post(
    list,
    { schema: { params, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const loaded = await load(request, reply);
      if (loaded === null) return reply;
      const values = typedValues(request.body);
      const again = (errors: FormState['errors']) =>
        show(reply, listView, loaded, wrong(values, errors), 422);
      const read = readForm(listForm, request.body);
      if (!read.ok) return again(read.errors);
      const pasted = read.value.list;
      const reading = splitList(pasted, read.value.kind);
      if (reading.findings.length === 0) {
        return again([
          { field: 'list', text: 'There are no findings in this list. Paste its words' },
        ]);
      }
      const choices = { kind: read.value.kind, rows: {}, pasted };
      return prepare(request, reply, loaded, again, { file: null, reading, choices });
    },
  );

  app.get(
    importPaths.one(':source', ':import'),
    { schema: { params: importParams }, config: mayImport },
    async (request, reply) => {
      const found = await findStanding(deps, request, reply);
      if (found === null) return reply;
      const { source, standing } = found;
      const next = standing.state === 'prepared' ? 'rows' : 'done';
      return reply.redirect(importPaths.step(source.id, standing.id, next), 303);
    },
  );

  async function prepare(
    request: FastifyRequest,
    reply: FastifyReply,
    { source }: Loaded,
    again: (errors: FormState['errors']) => FastifyReply,
    given: PrepareFindings,
  ): Promise<FastifyReply> {
    const { actor, today } = request;
    const outcome = await prepareFindings(deps.db, actor, today, source.id, given);
    switch (outcome.kind) {
      case 'done': {
        const step = given.file === null ? 'rows' : 'columns';
        return reply.redirect(importPaths.step(source.id, outcome.importId, step), 303);
      }
      case 'refused':
        return again(errorsOf(outcome));
      case 'not-found':
      case 'forbidden':
        return answerRefusal(reply, outcome);
    }
  }
}

function whyNone({ problems }: FindingsReading): string {
  const why = problems.map(({ where, message }) => `${where}: ${message}`).slice(0, 3);
  return ['We found no findings in this file.', ...why].join(' ');
}
