import type { FastifyRequest } from 'fastify';
import { verifierOf } from '../../actions/close-action.ts';
import { whyNotAccept, whyNotAnswer } from '../../rules/closure.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import type { Allowed } from '../load-plan.ts';
import { noClosingRights, type ClosingRights } from './panel.view.ts';

/** What this person may do about the closure of an action; nothing on an earlier day. */
export function closingRights(
  { actor, asAt, today }: Pick<FastifyRequest, 'actor' | 'asAt' | 'today'>,
  picture: PlanPicture,
  action: ActionPicture,
  allowed: Allowed,
): ClosingRights {
  if (asAt !== today || picture.plan.state !== 'active') return noClosingRights;
  const who = verifierOf(actor, action, picture);
  return {
    say: allowed.update(action),
    answer: whyNotAnswer(who, action, 'returned').length === 0,
    accept: whyNotAccept(who, action).length === 0,
  };
}
