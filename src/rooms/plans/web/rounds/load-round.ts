import type { FastifyRequest } from 'fastify';
import type { Tx } from '#platform/db/tables.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import { roundStanding, type Round, type RoundStanding } from '../../rules/rounds.ts';
import { readHistory } from '../../store/read-history.ts';
import { readPicture } from '../../store/read-picture.ts';
import { readRounds } from '../../store/rounds.ts';

/** A round with the plan at its end, or as at the day of the page, and who has answered. */
export interface StandingRound {
  round: Round;
  picture: PlanPicture;
  standing: RoundStanding;
}

/** How a round stands on the day of a page; a closed one as it stood when it was closed. */
export async function standRound(
  tx: Tx,
  { actor, asAt }: Pick<FastifyRequest, 'actor' | 'asAt'>,
  round: Round,
  now: PlanPicture,
): Promise<StandingRound> {
  const { authorityId } = actor;
  const { close, planId } = round;
  const then =
    close === null ? now : await readPicture(tx, authorityId, planId, close.on, close.at);
  const picture = then ?? now;
  const until = close?.on ?? asAt;
  const facts = await readHistory(tx, authorityId, { planId }, until, close?.at);
  return { round, picture, standing: roundStanding(round, picture, facts) };
}

/** The round that is open on the day of a page, or null. */
export async function openRoundOf(
  tx: Tx,
  request: Pick<FastifyRequest, 'actor' | 'asAt'>,
  picture: PlanPicture,
): Promise<StandingRound | null> {
  const { actor, asAt } = request;
  const rounds = await readRounds(tx, actor.authorityId, [picture.plan.id], { asAt });
  const open = rounds.find(({ close }) => close === null);
  return open === undefined ? null : standRound(tx, request, open, picture);
}
