import type { FastifyRequest } from 'fastify';
import type { Tx } from '#platform/db/tables.ts';
import type { MyAction } from '../../rules/my-actions.ts';
import { remindedOn, roundStanding } from '../../rules/rounds.ts';
import { readHistory } from '../../store/read-history.ts';
import { readRounds } from '../../store/rounds.ts';

/** A person's actions, each with the open round that still asks for an update of it. */
export async function askedIn(
  tx: Tx,
  { actor, asAt }: Pick<FastifyRequest, 'actor' | 'asAt'>,
  mine: readonly MyAction[],
): Promise<MyAction[]> {
  const pictures = new Map(mine.map(({ picture }) => [picture.plan.id, picture]));
  const rounds = await readRounds(tx, actor.authorityId, [...pictures.keys()], { asAt });
  const asking = new Map<MyAction['action']['id'], NonNullable<MyAction['askedFor']>>();
  for (const round of rounds.filter(({ close }) => close === null)) {
    const picture = pictures.get(round.planId);
    if (picture === undefined) continue;
    const { planId } = round;
    const facts = await readHistory(tx, actor.authorityId, { planId }, asAt);
    for (const action of roundStanding(round, picture, facts).missing) {
      const days = action.leads
        .filter(({ id }) => actor.partyIds.includes(id))
        .flatMap(({ id }) => remindedOn(round, id) ?? []);
      asking.set(action.id, { round, remindedOn: days.sort().at(-1) ?? null });
    }
  }
  return mine.map((one) => ({ ...one, askedFor: asking.get(one.action.id) ?? null }));
}
