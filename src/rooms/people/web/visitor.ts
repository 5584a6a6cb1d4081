import type { FastifyReply, FastifyRequest } from 'fastify';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { mightEver, parsePermission, type Actor } from '../rules/policy.ts';
import { isOver, nextStep, type SignInStep } from '../rules/session-life.ts';
import { formTokens } from '../actions/start-session.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { authorityById, type Authority } from '../store/authorities.ts';
import { partiesOf } from '../store/parties.ts';
import { rolesOf } from '../store/roles.ts';
import { sessionByToken, touchSession, type Session } from '../store/sessions.ts';
import { readSessionCookie } from './cookies.ts';
import { paths, stepPath } from './paths.ts';

/** Whoever comes with a living session. */
export interface Visitor {
  authority: Authority;
  session: Session;
  /** What is left to do before they are in; null once they are. */
  step: SignInStep | null;
  actor: Actor;
}

declare module 'fastify' {
  interface FastifyRequest {
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
export async function findVisitor(db: Db, request: FastifyRequest): Promise<Visitor | null> {
  const cookie = readSessionCookie(request);
  if (cookie === null) return null;
  const { authorityId, token } = cookie;
  return await inAuthority(db, authorityId, async (tx) => {
    const session = await sessionByToken(tx, authorityId, tokenHash(token));
    const authority = await authorityById(tx, authorityId);
    if (session === undefined || authority === undefined) return null;
    if (isOver(session, request.now)) return null;
    if (request.now.getTime() - session.seenAt.getTime() >= noteEveryMs) {
      await touchSession(tx, authorityId, session.id, request.now);
    }
    const step = nextStep({
      codeRequired: !authority.isDemo,
      codeSetUp: session.codeSetUp,
      codeProved: session.codeProvedAt !== null,
      passwordMustChange: session.passwordMustChange,
    });
    const actor: Actor = {
      authorityId,
      userId: session.userId,
      name: session.userName,
      roles: await rolesOf(tx, authorityId, session.userId, request.today),
      partyIds: await partiesOf(tx, authorityId, session.userId, request.today),
    };
    return { authority, session, step, actor };
  });
}

/** Tells the page who is here, and gives its forms their token. */
export function fillShell(request: FastifyRequest, visitor: Visitor): void {
  request.shell.authority = { name: visitor.authority.name, slug: visitor.authority.slug };
  request.shell.person = {
    name: visitor.session.userName,
    ...(visitor.step === null ? { href: paths.account } : {}),
  };
  request.shell.csrf = formTokens.create(visitor.session.csrfSecret);
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
  if (visitor === null) return sendToSignIn(request, reply);
  if (visitor.step !== null) return reply.redirect(stepPath(visitor.step, request.url), 303);
  if ('signedIn' in rule) return undefined;
  const asked = parsePermission(...rule.may);
  return asked !== null && mightEver(visitor.actor, asked.letter, asked.cls)
    ? undefined
    : reply.notFound();
}

function sendToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.method === 'GET' || request.method === 'HEAD') {
    const next = request.url === '/' ? '' : `?next=${encodeURIComponent(request.url)}`;
    return reply.redirect(`/sign-in${next}`, 303);
  }
  return reply.problem(403, {
    title: 'You are not signed in',
    text: 'You signed out, or your session ended because it was not used for 30 minutes. Nothing was saved. Go back to copy what you wrote, then sign in and try again.',
  });
}
