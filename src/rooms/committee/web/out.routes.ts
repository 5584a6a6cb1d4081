import { z } from 'zod';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { whyNoPaper } from '#platform/documents/write/paper.ts';
import { logRead } from '#people';
import { readContent } from '../actions/open-report.ts';
import { reportFile, reportFormats } from '../out/index.ts';
import type { CommitteeDeps } from './deps.ts';
import { loadReport } from './load-report.ts';
import { routePaths } from './paths.ts';
import { reportParams } from './report.routes.ts';

/** The report as a file: Word, PDF, or a page that needs nothing else. */
export function addReportExport(app: App, deps: CommitteeDeps): void {
  app.get(
    routePaths.exported,
    {
      schema: {
        params: reportParams,
        querystring: z.strictObject({ format: z.enum(reportFormats) }),
      },
      config: { rule: { signedIn: true }, fairUse: 'export' },
    },
    async (request, reply) => {
      const { actor, now } = request;
      const loaded = await loadReport(
        deps,
        request,
        reply,
        (tx, report) => readContent(tx, actor.authorityId, report),
        'export',
      );
      if (loaded === null) return reply;
      const { report, more: content } = loaded;
      const { format } = request.query;
      const made = await reportFile(format, content.words, content.figures, {
        status: report.ties.isFinal
          ? null
          : draftName(content.versions.length, report.card.headVersion),
        by: actor.name,
        at: now,
      });
      if (made.kind === 'cannot') {
        return reply.problem(503, {
          title: 'The file could not be made',
          text: whyNoPaper(made.why),
        });
      }
      const read = [{ fact: 'report', id: report.card.id }];
      await logRead(deps.db, actor, `exported as ${format}`, read);
      return sendFile(reply, made);
    },
  );
}

/** "Draft 3": every save of its words or cover is another. */
function draftName(texts: number, covers: number): string {
  return `Draft ${texts + covers}`;
}
