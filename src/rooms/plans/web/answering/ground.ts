import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IsoDate } from '#kernel/dates.ts';
import { parseId, type FindingId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  mayWithFinding,
  pairsOf,
  progressOf,
  readableFinding,
  readableFindings,
  wholeOnes,
  type FindingPicture,
  type LinkedAction,
} from '#findings';
import { may, noteRead, type Actor } from '#people';
import { actionsOfCriteria, mayAnswer, readJudgementFor } from '#standards';
import { standingToAction, standingToHead } from '../../rules/assignment.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import type { PlanDeps } from '../deps.ts';
import { earlierDay } from '../edit/ground.ts';
import { readablePlans } from '../load-lists.ts';
import type { Answered } from './answered.ts';
import { toldFinding } from './answered-finding.ts';
import { toldJudgement } from './answered-judgement.ts';

/** An action that answers an item, as it is told. */
export type LinkedTo = Pick<LinkedAction, 'id' | 'label' | 'place'>;

/** What a page stands on that answers an item with an action. */
export interface AnswerGround {
  answered: Answered;
  /** The actions that answer it already. */
  linked: LinkedTo[];
  /** Others that somebody said say the same, and that this person may change too. */
  same: Answered[];
  /** The plans that stand today and in which this person may change something. */
  plans: PlanPicture[];
}

/**
 * The finding of a request, for a person who may change it. Null once a problem page was sent:
 * nothing is changed on an earlier day, and what is hidden looks like what is absent.
 */
export async function openFindingAnswer(
  { db }: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AnswerGround | null> {
  const { actor, asAt, today } = request;
  const id = parseId<'finding'>((request.params as { finding: string }).finding);
  return await answerGround(request, reply, async () =>
    id === null
      ? null
      : await readInAuthority(db, actor.authorityId, async (tx) => {
          const readable = await readableFinding(tx, actor, { asAt, today }, id);
          if (readable?.access !== 'whole') return null;
          const { finding } = readable;
          if (!mayWithFinding(actor, 'U', finding)) return 'forbidden';
          noteRead(actor, [{ fact: 'finding', id }]);
          return {
            answered: toldFinding(finding),
            linked: finding.actions,
            same: (await sameOnes(tx, request, id)).map(toldFinding),
            plans: await plansToAnswerIn(tx, actor, today),
          };
        }),
  );
}

/** As `openFindingAnswer`, of a judgement. What answers its criterion through another is linked too. */
export async function openJudgementAnswer(
  { db }: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AnswerGround | null> {
  const { actor, today } = request;
  const { authorityId } = actor;
  const id = parseId<'judgement'>((request.params as { judgement: string }).judgement);
  return await answerGround(request, reply, async () =>
    id === null
      ? null
      : await readInAuthority(db, authorityId, async (tx) => {
          const found = await readJudgementFor(tx, actor, id, today, today);
          if (found === null) return null;
          if (!mayAnswer(actor, found)) return 'forbidden';
          const { criterion } = found;
          const answers = await actionsOfCriteria(tx, authorityId, [criterion.id], today);
          const linked = (answers.get(criterion.id) ?? []).map(({ actionId }) => actionId);
          return {
            answered: toldJudgement(found),
            linked: [...(await progressOf(tx, authorityId, linked, today)).values()],
            same: [],
            plans: await plansToAnswerIn(tx, actor, today),
          };
        }),
  );
}

async function answerGround(
  { asAt, today }: FastifyRequest,
  reply: FastifyReply,
  read: () => Promise<AnswerGround | 'forbidden' | null>,
): Promise<AnswerGround | null> {
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const ground = await read();
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

/** The plans that stand today and in which this person may change an action, or add one. */
export async function plansToAnswerIn(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
): Promise<PlanPicture[]> {
  return (await readablePlans(tx, actor, today, today)).filter(
    (picture) =>
      picture.plan.state === 'active' &&
      (changeable(actor, picture).length > 0 || mayAddTo(actor, picture)),
  );
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
