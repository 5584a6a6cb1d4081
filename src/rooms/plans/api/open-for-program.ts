import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { logApiRead, may, type ApiCaller } from '#people';
import { standingToPlan } from '../rules/assignment.ts';
import type { PlanPicture } from '../rules/picture.ts';
import type { PlanDeps } from '../web/deps.ts';
import { readablePlans } from '../web/load-lists.ts';
import { loadPlan } from '../web/load-plan.ts';

/**
 * Reads a plan for a program, as its page is read, with whatever else the answer needs. What is
 * read over the API leaves Sightline: it takes `R` and `E` of plans, as an export does, and is
 * logged before it is sent. Answers null once a problem was sent.
 *
 * @param what the kind of thing that is read, in words, such as 'actions'
 */
export async function openPlanFor<More>(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  what: string,
  more: (tx: Tx, picture: PlanPicture) => Promise<More>,
): Promise<{ picture: PlanPicture; more: More } | null> {
  const loaded = await loadPlan(deps, request, reply, slug, more);
  if (loaded === null) return null;
  if (!loaded.allowed.export) {
    reply.problem(403);
    return null;
  }
  const { picture } = loaded;
  const read = [{ fact: 'plan', id: picture.plan.id }];
  await logApiRead(deps.db, callerOf(request), what, read, request.today);
  return { picture, more: loaded.more };
}

/** Every plan that the program's person may export, as at the day; logged as above. */
export async function openPlansFor(
  deps: PlanDeps,
  request: FastifyRequest,
  what: string,
): Promise<PlanPicture[]> {
  const pictures = await exportablePlans(deps, request);
  const read = pictures.map(({ plan }) => ({ fact: 'plan', id: plan.id }));
  await logApiRead(deps.db, callerOf(request), what, read, request.today);
  return pictures;
}

/** Every plan that whoever asks may export, as at the day. */
export async function exportablePlans(
  deps: PlanDeps,
  { actor, asAt, today }: FastifyRequest,
): Promise<PlanPicture[]> {
  const pictures = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readablePlans(tx, actor, asAt, today),
  );
  return pictures.filter((picture) => may(actor, 'E', 'PLN', standingToPlan(actor, picture)));
}

/** The program of a request: its door lets nobody else in. */
function callerOf(request: FastifyRequest): ApiCaller {
  if (request.caller === null) throw new Error('A route for programs was reached by nobody');
  return request.caller;
}

/** Answers a day that was written in another way than a program should. */
export function refuseLooseDay(
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  const { query } = request;
  const day: unknown =
    typeof query === 'object' && query !== null && 'as-at' in query ? query['as-at'] : undefined;
  return typeof day === 'string' && !/^\d{4}-\d\d-\d\d$/.test(day)
    ? reply.problem(400, {
        title: 'as-at is not a day',
        text: `Write it as ${request.today}, which is ${formatDate(request.today)}.`,
      })
    : undefined;
}
