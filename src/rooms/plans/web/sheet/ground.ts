import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { openSheet, type OpenSheet } from '../../actions/bring-back-sheet.ts';
import { findPlanId } from '../../store/read-picture.ts';
import type { PlanDeps } from '../deps.ts';
import { archivedPlan, earlierDay } from '../edit/ground.ts';
import { paths } from '../paths.ts';

export const sheetTemplate = 'rooms/plans/web/sheet/sheet.njk';

/** What the address of a sheet that came back holds. */
export const sheetParams = z.strictObject({
  plan: z.string().max(120),
  sheet: z.string().max(40),
});

/** Sheets are brought back by whoever may give updates; on which actions is asked row by row. */
export const mayBring = { rule: { may: ['U', 'PLN'] } } as const;

type SheetRequest = FastifyRequest<{ Params: z.output<typeof sheetParams> }>;

/** The sheet of a request, for the person who began it; null once a problem page was sent. */
export async function findOpenSheet(
  deps: PlanDeps,
  request: SheetRequest,
  reply: FastifyReply,
): Promise<OpenSheet | null> {
  const { actor, today, params } = request;
  if (request.asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'update sheet'>(params.sheet);
  const opened =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, async (tx) => {
          const planId = await findPlanId(tx, actor.authorityId, params.plan);
          return planId === null ? null : openSheet(tx, actor, planId, id, today);
        });
  if (opened === null || opened.sheet.state === 'left') {
    reply.notFound();
    return null;
  }
  return opened;
}

/** As `findOpenSheet`, while it is not saved; once it is, leads to its end. */
export async function findPreparedSheet(
  deps: PlanDeps,
  request: SheetRequest,
  reply: FastifyReply,
): Promise<OpenSheet | null> {
  const opened = await findOpenSheet(deps, request, reply);
  if (opened === null) return null;
  const { plan } = opened.picture;
  if (opened.sheet.state === 'saved') {
    reply.redirect(paths.updateSheetDone(plan.slug, opened.sheet.id), 303);
    return null;
  }
  if (plan.state === 'archived') {
    reply.problem(409, archivedPlan);
    return null;
  }
  return opened;
}
