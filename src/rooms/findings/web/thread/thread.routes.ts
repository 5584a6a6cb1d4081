import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { whyNoPaper } from '#platform/documents/write/paper.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead } from '#people';
import { threadFile, threadFormats } from '../../out/thread-paper.ts';
import { linkedKinds } from '../../rules/kinds.ts';
import { linker } from '../linker.ts';
import { loadThread, type ThreadDeps } from './load-thread.ts';
import { threadPaths } from './paths.ts';
import { threadView } from './thread.view.ts';

const params = z.strictObject({ kind: z.string().max(20), id: z.string().max(40) });

/** The thread of any item, as a page and as a paper. */
export function addThreadRoutes(app: App, deps: ThreadDeps): void {
  app.get(
    threadPaths.thread(':kind', ':id'),
    { schema: { params }, config: { rule: { may: ['R', 'PLN'] } } },
    async (request, reply) => {
      const item = itemOf(request.params);
      const loaded = item && (await loadThread(deps, request, item));
      if (loaded === null) return reply.notFound();
      return reply.page(
        'rooms/findings/web/page.njk',
        threadView({
          ...loaded,
          classification: classificationOf(loaded.restricted),
          link: linker(request),
        }),
      );
    },
  );

  app.get(
    threadPaths.exported(':kind', ':id'),
    {
      schema: { params, querystring: z.strictObject({ format: z.enum(threadFormats) }) },
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
    },
    async (request, reply) => {
      const { actor, asAt } = request;
      const { format } = request.query;
      const item = itemOf(request.params);
      const loaded = item && (await loadThread(deps, request, item, 'E'));
      if (item === null || loaded === null) return reply.notFound();
      if (!loaded.mayExport) return reply.problem(403);
      const made = await threadFile(format, loaded.thread, {
        asAt,
        authorityName: request.shell.authority?.name ?? '',
        classification: classificationOf(loaded.restricted),
        by: actor.name,
        at: request.now,
      });
      if (made.kind === 'cannot') {
        return reply.problem(503, { title: 'The file was not made', text: whyNoPaper(made.why) });
      }
      if (!loaded.restricted) {
        await logRead(deps.db, actor, `exported as ${format}`, [{ fact: item.kind, id: item.id }]);
      }
      return sendFile(reply, made);
    },
  );
}

const classificationOf = (restricted: boolean): string => (restricted ? 'Restricted' : 'Internal');

function itemOf({ kind, id }: z.output<typeof params>) {
  const known = linkedKinds.find((one) => one === kind);
  const parsed = parseId(id);
  return known === undefined || parsed === null ? null : { kind: known, id: parsed as string };
}
