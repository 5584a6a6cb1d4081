import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { whyNoPaper, writeDocx } from '#platform/documents/write/paper.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead, may, type Actor } from '#people';
import { handoverPaper } from '../../out/handover-paper.ts';
import { standingToPlan } from '../../rules/assignment.ts';
import type { PlanDeps } from '../deps.ts';
import { linker } from '../linker.ts';
import { routePaths } from '../paths.ts';
import { handoverSentence, handoverView, nowWords } from './handover.view.ts';
import { loadHandover, type LoadedHandover } from './load-handover.ts';

const params = z.strictObject({ party: z.string().max(40) });
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The handover sheet of a post, as a page and as a Word document. */
export function registerHandover(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.handover,
    { schema: { params }, config: { rule: { may: ['R', 'PLN'] } } },
    async (request, reply) => {
      const { actor, asAt } = request;
      const partyId = parseId<'party'>(request.params.party);
      if (partyId === null) return reply.notFound();
      const loaded = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        loadHandover(tx, request, partyId),
      );
      if (loaded === null) return reply.notFound();
      return reply.page(
        'rooms/plans/web/page.njk',
        handoverView(loaded, {
          asAt,
          mayExport: mayExportAll(actor, loaded),
          link: linker(request),
        }),
      );
    },
  );

  app.get(
    routePaths.exportHandover,
    { schema: { params }, config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' } },
    async (request, reply) => {
      const { actor, asAt } = request;
      const partyId = parseId<'party'>(request.params.party);
      if (partyId === null) return reply.notFound();
      const loaded = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        loadHandover(tx, request, partyId),
      );
      if (loaded === null) return reply.notFound();
      if (!mayExportAll(actor, loaded)) return reply.problem(403);
      const read = [...new Set(plansIn(loaded).map(({ plan }) => plan.id))];
      await logRead(
        deps.db,
        actor,
        'exported as docx',
        read.map((id) => ({ fact: 'plan', id })),
      );
      const made = await writeDocx(
        handoverPaper({
          name: loaded.party.name,
          sentence: handoverSentence(loaded),
          handover: loaded.handover,
          nowWords,
          asAt,
          authorityName: request.shell.authority?.name ?? '',
          printed: { by: actor.name, at: request.now },
        }),
      );
      if (made.kind === 'cannot') {
        return reply.problem(503, { title: 'The file was not made', text: whyNoPaper(made.why) });
      }
      return sendFile(reply, {
        fileName: `handover-${asAt}.docx`,
        mediaType: docx,
        bytes: made.bytes,
      });
    },
  );
}

function plansIn({ handover }: LoadedHandover) {
  const { inherited, slipped, promised, owed } = handover;
  return [...inherited, ...slipped, ...promised, ...owed].map(({ picture }) => picture);
}

/** Whoever may export every plan on the sheet may export the sheet. */
function mayExportAll(actor: Actor, loaded: LoadedHandover): boolean {
  return plansIn(loaded).every((picture) => may(actor, 'E', 'PLN', standingToPlan(actor, picture)));
}
