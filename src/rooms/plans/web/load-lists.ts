import type { FastifyRequest } from 'fastify';
import type { IsoDate } from '#kernel/dates.ts';
import type { PlanId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { userNames, type Actor } from '#people';
import { readPlanFor } from '../actions/open-plan.ts';
import { historyOf, type HistoryEntry } from '../rules/history.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { readHistory } from '../store/read-history.ts';
import { partiesById, readHeads } from '../store/read-picture.ts';

/** The plans that this person may read, as at a day; archived ones last. */
export async function readablePlans(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
): Promise<PlanPicture[]> {
  const parties = await partiesById(tx, actor.authorityId);
  const heads = await readHeads(tx, actor.authorityId, asAt, parties);
  const pictures: PlanPicture[] = [];
  for (const head of heads) {
    const picture = await readPlanFor(tx, actor, head.id satisfies PlanId, asAt, today);
    if (picture !== null) pictures.push(picture);
  }
  return pictures;
}

/** The whole history of a plan as at the day of the request, with the names in it. */
export async function planHistory(tx: Tx, request: FastifyRequest, picture: PlanPicture) {
  const { actor, asAt } = request;
  const facts = await readHistory(tx, actor.authorityId, { planId: picture.plan.id }, asAt);
  const history = await toldHistory(tx, actor, facts, picture);
  return { history, names: await namesOf(tx, actor, history) };
}

/** The history that these facts tell. */
export async function toldHistory(
  tx: Tx,
  actor: Actor,
  facts: Awaited<ReturnType<typeof readHistory>>,
  picture: PlanPicture,
): Promise<HistoryEntry[]> {
  return historyOf(facts, {
    parties: await partiesById(tx, actor.authorityId),
    objectives: new Map(picture.objectives.map((one) => [one.id, one])),
  });
}

/** The names of those who wrote it. */
export function namesOf(
  tx: Tx,
  actor: Actor,
  history: readonly HistoryEntry[],
): Promise<Map<UserId, string>> {
  const ids = new Set(history.flatMap((entry) => entry.by ?? []));
  return userNames(tx, actor.authorityId, [...ids]);
}
