import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import { noteRead, type Actor } from '#people';
import { notReady } from '../actions/finalise-report.ts';
import { findReports, mayDo, readContent, type FoundReport } from '../actions/open-report.ts';
import { mayStart } from '../actions/write-report.ts';
import { relatedReports } from '../store/read-report.ts';
import type { CommitteeDeps } from './deps.ts';
import { listView } from './list.view.ts';
import { loadReport } from './load-report.ts';
import { paths, routePaths } from './paths.ts';
import { reportView } from './report.view.ts';

const template = 'rooms/committee/web/page.njk';
const config = { rule: { signedIn: true } } as const;
/** The address of a report; every route of one has it. */
export const reportParams = z.strictObject({ report: z.string().max(40) });

/** The list of reports, and the paper itself. */
export function addReportRoutes(app: App, deps: CommitteeDeps): void {
  app.get(paths.reports(), { config }, async (request, reply) => {
    const { actor, today } = request;
    const reports = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
      const all = await findReports(tx, actor.authorityId, today);
      const shown = all.filter((report) => mayDo(actor, 'L', report));
      noteRead(
        actor,
        shown.map(({ card }) => ({ fact: 'report', id: card.id })),
      );
      return shown;
    });
    const may = mayStart(actor);
    return reply.page(template, listView(reports, may.public || may.nonPublic));
  });

  app.get(
    routePaths.report,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await loadReport(deps, request, reply, async (tx, report) => ({
        content: await readContent(tx, actor.authorityId, report),
        others: await readRelated(tx, actor, today, report),
      }));
      if (loaded === null) return reply;
      const { report, allowed, more } = loaded;
      const { content, others } = more;
      const open = report.ties.isFinal ? [] : notReady(report.card.clearances, content);
      return reply.page(template, reportView({ report, allowed, content, open, ...others }));
    },
  );
}

/** The paper that this one corrects and those that correct it, so far as this person may read them. */
async function readRelated(
  tx: Tx,
  actor: Actor,
  today: Parameters<typeof findReports>[2],
  { card }: FoundReport,
) {
  const ids = await relatedReports(tx, actor.authorityId, card);
  const all = ids.length === 0 ? [] : await findReports(tx, actor.authorityId, today, ids);
  const shown = all
    .filter((report) => mayDo(actor, 'R', report))
    .map((report) => ({ ...report.card, title: report.card.head.title }));
  return {
    replaces: shown.find(({ id }) => id === card.replacesId) ?? null,
    replacedBy: shown.filter(({ replacesId, final }) => replacesId === card.id && final !== null),
  };
}
