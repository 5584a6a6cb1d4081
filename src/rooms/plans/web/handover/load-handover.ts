import type { FastifyRequest } from 'fastify';
import type { IsoDate } from '#kernel/dates.ts';
import type { PartyId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  answeringPosts,
  holdings,
  isHeldOn,
  noteRead,
  partiesByIds,
  postsAbove,
  userNames,
  type Actor,
  type Party,
} from '#people';
import { readableToday } from '../../actions/open-plan.ts';
import { handoverOf, type Handover } from '../../rules/handover.ts';
import { plansNaming } from '../../store/find-action.ts';
import { readPictures } from '../../store/read-picture.ts';

export interface LoadedHandover {
  party: Party;
  /** Who holds it on the day of the sheet, and since when; null while nobody does. */
  holder: { name: string; since: IsoDate } | null;
  handover: Handover;
}

/**
 * The handover sheet of a post, in the plans that this person may read today. It is for whoever
 * holds the post, for who holds the post above it, for QA managers and directors; null for others,
 * and where there is no such post.
 */
export async function loadHandover(
  tx: Tx,
  { actor, asAt, today }: Pick<FastifyRequest, 'actor' | 'asAt' | 'today'>,
  partyId: PartyId,
): Promise<LoadedHandover | null> {
  const { authorityId } = actor;
  const party = (await partiesByIds(tx, authorityId, [partyId])).get(partyId);
  if (party === undefined || !(await isFor(tx, actor, partyId, today))) return null;
  const answering = (await answeringPosts(tx, authorityId, asAt)).get(partyId) ?? partyId;
  const held = (await holdings(tx, authorityId))
    .filter((one) => one.partyId === answering && isHeldOn(one, asAt))
    .at(-1);
  const planIds = await plansNaming(tx, authorityId, [partyId]);
  const now = await readPictures(tx, authorityId, asAt, planIds);
  const readable = await readableToday(tx, actor, now, today);
  const then =
    held === undefined ? [] : await readPictures(tx, authorityId, held.startsOn, planIds);
  const mine = now.filter(({ plan }) => readable.has(plan.id));
  noteRead(
    actor,
    mine.map(({ plan }) => ({ fact: 'plan', id: plan.id })),
  );
  const names = await userNames(tx, authorityId, held === undefined ? [] : [held.userId]);
  return {
    party,
    holder:
      held === undefined
        ? null
        : { name: names.get(held.userId) ?? 'Somebody', since: held.startsOn },
    handover: handoverOf(
      partyId,
      then.filter(({ plan }) => readable.has(plan.id)),
      mine,
      asAt,
    ),
  };
}

async function isFor(tx: Tx, actor: Actor, partyId: PartyId, today: IsoDate): Promise<boolean> {
  if (actor.roles.includes('qa-manager') || actor.roles.includes('director')) return true;
  if (actor.partyIds.includes(partyId)) return true;
  const above = (await postsAbove(tx, actor.authorityId, today)).get(partyId);
  return above !== undefined && actor.partyIds.includes(above);
}
