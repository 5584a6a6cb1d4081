import type { FastifyReply, FastifyRequest } from 'fastify';
import { inAuthority } from '#platform/db/authority.ts';
import type { IsoDate } from '#kernel/dates.ts';
import { writeIfItCan } from '#platform/db/trouble.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { answersForOpenings, stateOf, type EmergencyOpening } from '../rules/emergency.ts';
import { mightEver, parsePermission, type Actor, type Emergency } from '../rules/policy.ts';
import {
  endsAt,
  isOver,
  nextStep,
  provedLately,
  ranOut,
  sessionLife,
  type SignInStep,
} from '../rules/session-life.ts';
import { formTokens } from '../actions/start-session.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { authorityById, type Authority } from '../store/authorities.ts';
import { actorOf, holdsStill } from '../store/actors.ts';
import { currentOpenings } from '../store/emergency-openings.ts';
import { lastEntry, type AccessSeen } from '../store/access-seen.ts';
import { sessionByToken, touchSession, type Session } from '../store/sessions.ts';
import { userNames } from '../store/users.ts';
import { readSessionCookie } from './cookies.ts';
import { emergencyAlerts } from './emergency.view.ts';
import { paths, stepPath, withNext } from './paths.ts';

/** Whoever comes with a living session. */
export interface Visitor {
  authority: Authority;
  session: Session;
  /** What is left to do before they are in; null once they are. */
  step: SignInStep | null;
  actor: Actor;
  /** What they are told of emergency openings, with the names in it; nothing for most. */
  emergencies: { openings: EmergencyOpening[]; names: ReadonlyMap<UserId, string> };
  /** On what strength this request acts: every write asks whether it still stands (G-11). */
  seen: AccessSeen;
}

/** Who sends something in a session that ran out: they may have it back once they are in again. */
export interface LateVisitor {
  authority: Authority;
  session: Session;
}

/** Who a request comes from: at most one of the two is there. */
export interface Arrival {
  visitor: Visitor | null;
  late: LateVisitor | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose session ran out before this came, by time alone; null otherwise. They are not in. */
    late: LateVisitor | null;
    /** Who is here, be it half-way through signing in; null when nobody is. */
    visitor: Visitor | null;
    /**
     * Who is signed in. On a route whose rule is `open` nobody need be: ask `visitor` there.
     * @throws when nobody is, or not wholly.
     */
    readonly actor: Actor;
  }
}

/** A session in use is noted once a minute, so that reading a page seldom writes. */
const noteEveryMs = 60_000;

/** Finds who a request comes from. Roles and posts are read anew each time: a loss bites at once. */
export async function findVisitor(db: Db, request: FastifyRequest): Promise<Arrival> {
  const cookie = readSessionCookie(request);
  if (cookie === null) return nobodyHere;
  const { authorityId, token } = cookie;
  return await inAuthority(db, authorityId, async (tx) => {
    const session = await sessionByToken(tx, authorityId, tokenHash(token));
    const authority = await authorityById(tx, authorityId);
    if (session === undefined || authority === undefined) return nobodyHere;
    const step = nextStep({
      codeRequired: !authority.isDemo,
      codeSetUp: session.codeSetUp,
      codeProved: session.codeProvedAt !== null,
      passwordMustChange: session.passwordMustChange,
    });
    if (isOver(session, request.now)) {
      const mayHaveItBack = ranOut(session, request.now) && step === null;
      return { visitor: null, late: mayHaveItBack ? { authority, session } : null };
    }
    const unnotedMs = request.now.getTime() - session.seenAt.getTime();
    if (unnotedMs >= noteEveryMs && request.routeOptions.config.unnoted !== true) {
      const noted = await writeIfItCan(tx, () =>
        touchSession(tx, authorityId, session.id, request.now),
      );
      if (noted) session.seenAt = request.now;
    }
    const user = { id: session.userId, name: session.userName };
    // Before the roles: what is taken away between the two is then noticed when something is saved.
    const seq = await lastEntry(tx, authorityId);
    const standing = await actorOf(tx, authorityId, user, request.today);
    const emergencies = await emergenciesFor(tx, standing, request.now);
    const emergency = emergencyOf(standing, emergencies.openings, request.now);
    const actor = emergency === null ? standing : { ...standing, emergency };
    const seen = {
      authorityId,
      userId: user.id,
      seq,
      holdsStill: holdsAllStill(actor, request.today, request.now),
    };
    return { visitor: { authority, session, step, actor, emergencies, seen }, late: null };
  });
}

const nobodyHere: Arrival = { visitor: null, late: null };

/** Whether the person holds, in this transaction, all that the actor has, an opening included. */
const holdsAllStill =
  (actor: Actor, on: IsoDate, now: Date): AccessSeen['holdsStill'] =>
  async (tx) => {
    if (actor.emergency != null) {
      const openings = await currentOpenings(tx, actor.authorityId, now);
      if (emergencyOf(actor, openings, now)?.id !== actor.emergency.id) return false;
    }
    return await holdsStill(tx, actor, on);
  };

/** The openings that this person is told of. */
async function emergenciesFor(tx: Tx, actor: Actor, now: Date): Promise<Visitor['emergencies']> {
  const openings = answersForOpenings(actor)
    ? await currentOpenings(tx, actor.authorityId, now)
    : [];
  const ids = openings.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy ?? askedBy]);
  const names =
    ids.length === 0
      ? new Map<UserId, string>()
      : await userNames(tx, actor.authorityId, [...new Set(ids)]);
  return { openings, names };
}

/** The opening under which this person, still an administrator, reads at this moment. */
function emergencyOf(
  actor: Actor,
  openings: readonly EmergencyOpening[],
  now: Date,
): Emergency | null {
  if (!actor.roles.includes('administrator')) return null;
  const own = openings.find((one) => one.askedBy === actor.userId && stateOf(one, now) === 'open');
  return own?.until == null ? null : { id: own.id, until: own.until };
}

/** Tells the page who is here, and gives its forms their token. */
export function fillShell(request: FastifyRequest, visitor: Visitor): void {
  request.shell.authority = { name: visitor.authority.name, slug: visitor.authority.slug };
  request.shell.person = {
    name: visitor.session.userName,
    ...(visitor.step === null ? { href: paths.account } : {}),
  };
  if (visitor.step === null) {
    const { openings, names } = visitor.emergencies;
    request.shell.alerts = emergencyAlerts(openings, names, visitor.session.userId, request.now);
  }
  request.shell.csrf = formTokens.create(visitor.session.csrfSecret);
  request.shell.timeOut = {
    seconds: secondsLeft(visitor.session, request.now),
    canStay: visitor.step === null && canBeLonger(visitor.session),
  };
}

/**
 * Holds the rule of the route against whoever is here: lets pass, sends to the sign-in, or
 * answers as if nothing were there. Only the coarse question is asked: whether any
 * circumstances could allow it; the page asks with the facts.
 */
export function enforceRule(
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  const rule = request.routeOptions.config.rule;
  if (request.is404 || rule === undefined || 'open' in rule) return undefined;
  const visitor = request.visitor;
  // A form of a session that ran out is let as far as the guard of forms, which keeps it.
  if (visitor === null && request.late !== null && !isSafe(request.method)) return undefined;
  if (visitor === null) return sendToSignIn(request, reply);
  if (visitor.step !== null) return reply.redirect(stepPath(visitor.step, request.url), 303);
  if ('may' in rule) {
    const asked = parsePermission(...rule.may);
    if (asked === null || !mightEver(visitor.actor, asked.letter, asked.cls)) {
      return reply.notFound();
    }
  }
  // Of a form the guard of forms asks it, which keeps what was typed.
  return isSafe(request.method) && needsProof(request)
    ? reply.redirect(withNext(paths.prove, request.url), 303)
    : undefined;
}

/** Whether the route asks for a fresh proof and its visitor, wholly in, has given none lately. */
export function needsProof({ routeOptions, visitor, now }: FastifyRequest): boolean {
  return (
    routeOptions.config.stepUp === true &&
    visitor?.step === null &&
    !provedLately(visitor.session, now)
  );
}

/** Methods that change nothing. */
export const isSafe = (method: string): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** Whole seconds until the session ends, if it is not used again. */
export function secondsLeft(session: Session, now: Date): number {
  return Math.max(0, Math.floor((endsAt(session).getTime() - now.getTime()) / 1000));
}

/** Whether using the session makes it last longer: not in its last half hour of twelve. */
const canBeLonger = ({ startedAt, seenAt }: Session): boolean =>
  endsAt({ startedAt, seenAt }).getTime() < startedAt.getTime() + sessionLife.wholeMs;

function sendToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isSafe(request.method)) {
    const next = request.url === '/' ? '' : `?next=${encodeURIComponent(request.url)}`;
    return reply.redirect(`/sign-in${next}`, 303);
  }
  return reply.problem(403, {
    title: 'You are not signed in',
    text: 'You signed out, or your session ended because it was not used for 30 minutes. Nothing was saved. Go back to copy what you wrote, then sign in and try again.',
  });
}
