import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { listSources } from '#findings';
import { listParties, may, type Actor } from '#people';
import { standingToAction } from '../../rules/assignment.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import type { PlanDeps } from '../deps.ts';
import { loadPlan, type Allowed } from '../load-plan.ts';

/** Names that stand already, offered while a name is typed so that nobody makes a second one. */
export interface KnownNames {
  parties: string[];
  boards: string[];
  sources: string[];
}

/** What a form of a plan stands on: the plan as it is today, and what is offered in its boxes. */
export interface Ground {
  picture: PlanPicture;
  allowed: Allowed;
  known: KnownNames;
}

export const earlierDay = {
  title: 'Nothing can be changed on an earlier day',
  text: 'You are looking at how things stood on an earlier day. Go to today to change something.',
};

export const archivedPlan = {
  title: 'This plan is archived',
  text: 'It can be read, and nothing in it can be changed. Bring it back on its settings page first.',
};

/**
 * The plan of a form, for a person who may change it (or, for `create`, begin another from it).
 * Null once a problem page was sent: the form is not shown on an earlier day, nor to others.
 */
export async function openForm(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  needs: 'change' | 'create' | 'read' = 'change',
): Promise<Ground | null> {
  if (request.asAt !== request.today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const loaded = await loadPlan(deps, request, reply, slug, (tx) => readKnown(tx, request.actor));
  if (loaded === null) return null;
  const { picture, allowed, more: known } = loaded;
  if (needs !== 'read' && !(needs === 'change' ? allowed.changePlan : allowed.create)) {
    reply.problem(403);
    return null;
  }
  return { picture, allowed, known };
}

/** As `openForm`, where an archived plan is refused as well. */
export async function openActiveForm(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
): Promise<Ground | null> {
  const ground = await openForm(deps, request, reply, slug);
  if (ground === null || ground.picture.plan.state === 'active') return ground;
  reply.problem(409, archivedPlan);
  return null;
}

/**
 * The action of a form. `owner`: only who may change the plan itself; `lead`: also who leads or
 * contributes to the action.
 */
export async function openActionForm(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  params: { plan: string; action: string },
  who: 'owner' | 'lead',
): Promise<(Ground & { action: ActionPicture }) | null> {
  const ground = await openForm(deps, request, reply, params.plan, 'read');
  if (ground === null) return null;
  const id = parseId<'action'>(params.action);
  const action = ground.picture.actions.find((one) => one.id === id);
  if (action === undefined) {
    reply.notFound();
    return null;
  }
  const { allowed, picture } = ground;
  const { actor } = request;
  const standing = standingToAction(actor, action, picture.plan);
  if (!(who === 'owner' ? allowed.changePlan : may(actor, 'U', 'PLN', standing))) {
    reply.problem(403);
    return null;
  }
  if (picture.plan.state === 'archived') {
    reply.problem(409, archivedPlan);
    return null;
  }
  return { ...ground, action };
}

/** The names that are offered where no plan stands yet. */
export function readKnownNames(deps: PlanDeps, actor: Actor): Promise<KnownNames> {
  return readInAuthority(deps.db, actor.authorityId, (tx) => readKnown(tx, actor));
}

async function readKnown(tx: Tx, actor: Actor): Promise<KnownNames> {
  const parties = await listParties(tx, actor.authorityId);
  // A source's title is a text of the plans that name it: whoever reads only some sees no others'.
  const restricted = may(actor, 'R', 'FND');
  const sources = may(actor, 'R', 'PLN')
    ? await listSources(tx, actor.authorityId, { restricted })
    : [];
  return {
    parties: parties.map((party) => party.name),
    boards: parties.filter((party) => party.kind === 'board').map((party) => party.name),
    sources: sources.map((source) => source.title),
  };
}
