import type { FastifyRequest } from 'fastify';
import type { IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { noteRead, userNames, type Actor } from '#people';
import { readableToday } from '../actions/open-plan.ts';
import { historyOf, type HistoryEntry } from '../rules/history.ts';
import type { MyAction } from '../rules/my-actions.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { readHistory } from '../store/read-history.ts';
import { readMine } from '../store/read-mine.ts';
import { partiesById, readPictures } from '../store/read-picture.ts';

/** The plans that this person may read, as at a day; archived ones last. */
export async function readablePlans(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
): Promise<PlanPicture[]> {
  const pictures = await readPictures(tx, actor.authorityId, asAt);
  const readable = await readableToday(tx, actor, pictures, today);
  const shown = pictures.filter((picture) => readable.has(picture.plan.id));
  noteRead(
    actor,
    shown.map(({ plan }) => ({ fact: 'plan', id: plan.id })),
  );
  return shown;
}

/** The actions that were this person's on a day, in the plans that they may read today. */
export async function readableMine(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
): Promise<MyAction[]> {
  const mine = await readMine(tx, actor.authorityId, actor.partyIds, asAt);
  const pictures = mine.map(({ picture }) => picture);
  const readable = await readableToday(tx, actor, pictures, today);
  return mine.filter(({ picture }) => readable.has(picture.plan.id));
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
  const ids = new Set(
    history
      .flatMap((entry) => [entry.by ?? [], entry.kind === 'due' ? (entry.granted?.by ?? []) : []])
      .flat(),
  );
  return userNames(tx, actor.authorityId, [...ids]);
}
