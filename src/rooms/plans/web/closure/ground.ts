import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Html } from '#platform/web/html.ts';
import { evidenceByIds } from '#findings';
import { may, noteRead, userNames } from '#people';
import { standingToAction } from '../../rules/assignment.ts';
import type { ClosureStep } from '../../rules/closure.ts';
import { evidenceSince } from '../../rules/closure-history.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { readHistory } from '../../store/read-history.ts';
import { evidenceList } from '../changes.view.ts';
import type { PlanDeps } from '../deps.ts';
import { archivedPlan, openForm } from '../edit/ground.ts';
import { linker } from '../linker.ts';

export interface SignOffGround {
  picture: PlanPicture;
  action: ActionPicture;
}

/**
 * The action of a form by which somebody approves; for those whose role lets them in this plan,
 * whether or not they did the work. Null once a problem page was sent.
 */
export async function openToSignOff(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  params: { plan: string; action: string },
): Promise<SignOffGround | null> {
  const ground = await openForm(deps, request, reply, params.plan, 'read');
  if (ground === null) return null;
  const { picture } = ground;
  const id = parseId<'action'>(params.action);
  const action = picture.actions.find((one) => one.id === id);
  if (action === undefined) {
    reply.notFound();
    return null;
  }
  const standing = standingToAction(request.actor, action, picture.plan);
  if (!may(request.actor, 'A', 'PLN', standing)) {
    reply.problem(403);
    return null;
  }
  if (picture.plan.state === 'archived') {
    reply.problem(409, archivedPlan);
    return null;
  }
  return { picture, action };
}

/** Who said a step, and what it rests on, as it is shown to whoever signs it off. */
export function readStepShown(
  deps: PlanDeps,
  request: FastifyRequest,
  { picture, action }: SignOffGround,
  step: ClosureStep,
): Promise<{ step: ClosureStep; by: string | null; evidence: Html }> {
  const { actor, asAt } = request;
  return readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const { closures } = await readHistory(tx, actor.authorityId, { actionId: action.id }, asAt);
    const ids = closures.find((one) => one.id === step.id)?.evidenceIds ?? [];
    const evidence = await evidenceByIds(tx, actor.authorityId, ids);
    const names = await userNames(tx, actor.authorityId, step.by === null ? [] : [step.by]);
    noteRead(actor, [{ fact: 'action', id: action.id }]);
    return {
      step,
      by: step.by === null ? null : (names.get(step.by) ?? null),
      evidence: evidenceList({ picture, evidence, link: linker(request) }, action.id, ids),
    };
  });
}

/** How many pieces of evidence were given with the updates since it was claimed complete. */
export async function countCarried(
  deps: PlanDeps,
  request: FastifyRequest,
  { id, closure }: ActionPicture,
): Promise<number> {
  const { completion } = closure;
  if (completion === null) return 0;
  const { actor, today } = request;
  const { updates } = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readHistory(tx, actor.authorityId, { actionId: id }, today),
  );
  return evidenceSince(updates, completion.since).length;
}
