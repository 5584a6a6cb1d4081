import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId, type FindingId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  mayWithFinding,
  pairsOf,
  readableFinding,
  readableFindings,
  wholeOnes,
  type FindingPicture,
} from '#findings';
import { may, noteRead, type Actor } from '#people';
import { standingToAction, standingToHead } from '../../rules/assignment.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import type { PlanDeps } from '../deps.ts';
import { earlierDay } from '../edit/ground.ts';
import { readablePlans } from '../load-lists.ts';

/** What a page stands on that answers a finding with an action. */
export interface AnswerGround {
  finding: FindingPicture;
  /** Others that somebody said say the same, and that this person may change too. */
  same: FindingPicture[];
  /** The plans that stand today and in which this person may change something. */
  plans: PlanPicture[];
}

/**
 * The finding of a request, for a person who may change it. Null once a problem page was sent:
 * nothing is changed on an earlier day, and what is hidden looks like what is absent.
 */
export async function openAnswer(
  { db }: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AnswerGround | null> {
  const { actor, asAt, today } = request;
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const id = parseId<'finding'>((request.params as { finding: string }).finding);
  const ground =
    id === null
      ? null
      : await readInAuthority(db, actor.authorityId, async (tx) => {
          const readable = await readableFinding(tx, actor, { asAt, today }, id);
          if (readable?.access !== 'whole') return null;
          const { finding } = readable;
          if (!mayWithFinding(actor, 'U', finding)) return 'forbidden';
          noteRead(actor, [{ fact: 'finding', id }]);
          const same = await sameOnes(tx, request, id);
          const plans = (await readablePlans(tx, actor, today, today)).filter(
            (picture) => picture.plan.state === 'active' && changeable(actor, picture).length > 0,
          );
          return { finding, same, plans };
        });
  if (ground === null) {
    reply.notFound();
    return null;
  }
  if (ground === 'forbidden') {
    reply.problem(403);
    return null;
  }
  return ground;
}

/** The actions of a plan that this person may change, and that are still in it. */
export function changeable(actor: Actor, { plan, actions }: PlanPicture): ActionPicture[] {
  return actions.filter(
    (action) => !action.withdrawn && may(actor, 'U', 'PLN', standingToAction(actor, action, plan)),
  );
}

/** Whether this person may add an action to a plan. */
export function mayAddTo(actor: Actor, { plan }: PlanPicture): boolean {
  return plan.state === 'active' && may(actor, 'U', 'PLN', standingToHead(actor, plan));
}

/** The findings of the group of this one that the person may change, itself left out. */
async function sameOnes(
  tx: Tx,
  { actor, today }: FastifyRequest,
  id: FindingId,
): Promise<FindingPicture[]> {
  const pairs = await pairsOf(tx, actor.authorityId, today);
  const group = new Set<FindingId>([id]);
  for (let before = 0; before < group.size;) {
    before = group.size;
    for (const { a, b, verdict } of pairs) {
      if (verdict !== 'same' || (!group.has(a) && !group.has(b))) continue;
      group.add(a);
      group.add(b);
    }
  }
  group.delete(id);
  const readable = await readableFindings(
    tx,
    actor,
    { asAt: today, today },
    {
      findingIds: [...group],
    },
  );
  return wholeOnes(readable).filter((one) => !one.withdrawn && mayWithFinding(actor, 'U', one));
}
