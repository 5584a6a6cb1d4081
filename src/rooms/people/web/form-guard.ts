import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { keepForm, throwAwayForm, type Owner } from '../actions/kept-forms.ts';
import type { SignInDeps } from '../actions/sign-in-deps.ts';
import { formTokens } from '../actions/start-session.ts';
import { keepableForm, type WhyKept } from '../rules/kept-form.ts';
import { formSecretsOf } from '../store/sessions.ts';
import type { KeptFormId } from '../store/tables.ts';
import { readFormSecret, setFormSecret } from './cookies.ts';
import { keptPath, paths, withNext } from './paths.ts';
import { isSafe, needsProof, type Visitor } from './visitor.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The kept form that this form was sent from; it is forgotten once this one is taken. */
    keptForm: KeptFormId | null;
  }
}

/**
 * Refuses a form that another site sends (OWASP ASVS 3.5): the browser says where it comes
 * from, in `Sec-Fetch-Site` or in `Origin`. `publicOrigin` is this site's own.
 */
export function refuseForeignForms(
  publicOrigin: string,
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined {
  return (request, reply) => {
    if (isSafe(request.method)) return undefined;
    const site = request.headers['sec-fetch-site'];
    const fromHere = site === undefined || site === 'same-origin' || site === 'none';
    const origin = request.headers.origin;
    const ownOrigin =
      origin === undefined ||
      origin === publicOrigin ||
      origin === `${request.protocol}://${request.host}`;
    return fromHere && ownOrigin ? undefined : reply.problem(403, foreign);
  };
}

/**
 * Takes a form only with the token of the session it is sent in (or of the sign-in page), and
 * where a fresh proof is asked only with that. A form that was rightly made but comes too late
 * is kept for its person (security A-05: 0 characters of a saved draft lost).
 */
export async function guardForm(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (isSafe(request.method) || request.is404) return undefined;
  request.keptForm = takeKeptForm(request);
  const { visitor, late } = request;
  const token = request.postedCsrf;
  const holds = (secret: string | null | undefined) =>
    secret != null && token !== null && formTokens.verify(secret, token);
  const isOpen = 'open' in (request.routeOptions.config.rule ?? {});

  if (visitor === null) {
    if (holds(late?.session.csrfSecret)) {
      return isOpen || late === null ? undefined : keepUntilSignIn(deps, request, reply);
    }
    if (late !== null && !isOpen) return reply.problem(403, notSignedIn);
    return holds(readFormSecret(request)) ? undefined : reply.problem(403, stale);
  }
  if (!holds(visitor.session.csrfSecret)) {
    if (token === null || visitor.step !== null || isOpen) return reply.problem(403, stale);
    const earlier = await earlierSecrets(deps, visitor, request.now);
    return earlier.some(holds)
      ? keepUntilAsked(deps, request, reply, visitor)
      : reply.problem(403, stale);
  }
  return needsProof(request) ? keepUntilProof(deps, request, reply, visitor) : undefined;
}

/** Gives the form of a page that is open to people who are not signed in its token. */
export function giveFormToken(request: FastifyRequest, reply: FastifyReply): void {
  if (request.visitor !== null) return;
  const secret = readFormSecret(request) ?? formTokens.secretSync();
  setFormSecret(reply, secret);
  request.shell.csrf = formTokens.create(secret);
}

/** Forgets the kept form that was sent again, once it is taken. */
export async function forgetTakenForm(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { keptForm, visitor } = request;
  if (keptForm === null || visitor === null || reply.statusCode !== 303) return;
  await throwAwayForm(deps, ownerOf(visitor), keptForm);
}

export const ownerOf = (visitor: Pick<Visitor, 'authority' | 'session'>): Owner => ({
  authorityId: visitor.authority.id,
  userId: visitor.session.userId,
});

/** Takes the mark of a kept form out of the body: no route's schema has to name it. */
function takeKeptForm(request: FastifyRequest): KeptFormId | null {
  const { body } = request;
  if (typeof body !== 'object' || body === null || !('_kept' in body)) return null;
  const { _kept, ...rest } = body;
  request.body = rest;
  return typeof _kept === 'string' ? parseId<'kept-form'>(_kept) : null;
}

async function keepUntilSignIn(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { late } = request;
  const kept = late === null ? null : await keep(deps, request, ownerOf(late), 'signed-out');
  if (kept === null) return reply.problem(403, notSignedIn);
  void reply.notice(
    'You were signed out because Sightline was not used for a while. What you wrote is kept for you. Sign in to get it back.',
  );
  return reply.redirect(withNext(paths.chooseCouncil, keptPath(kept)), 303);
}

async function keepUntilAsked(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
): Promise<FastifyReply> {
  const kept = await keep(deps, request, ownerOf(visitor), 'signed-in-again');
  return kept === null ? reply.problem(403, stale) : reply.redirect(keptPath(kept), 303);
}

async function keepUntilProof(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
): Promise<FastifyReply> {
  const kept = await keep(deps, request, ownerOf(visitor), 'proof');
  const next = kept === null ? null : keptPath(kept);
  return reply.redirect(withNext(paths.prove, next), 303);
}

/** Keeps what was sent; null where it may not be kept. One that was kept before is replaced. */
async function keep(
  deps: SignInDeps,
  request: FastifyRequest,
  owner: Owner,
  why: WhyKept,
): Promise<KeptFormId | null> {
  const form = keepableForm(request.body, request.url, why);
  if (form === null) return null;
  const id = await keepForm(deps, owner, form, request.now);
  if (request.keptForm !== null) await throwAwayForm(deps, owner, request.keptForm);
  return id;
}

/** Forms made in this person's sessions of the last day, in whatever browser, are theirs. */
function earlierSecrets(deps: SignInDeps, visitor: Visitor, now: Date): Promise<string[]> {
  const since = new Date(now.getTime() - 24 * 60 * 60_000);
  return inAuthority(deps.db, visitor.authority.id, (tx) =>
    formSecretsOf(tx, visitor.authority.id, visitor.session, since),
  );
}

const foreign = {
  title: 'This form came from another site',
  text: 'Nothing was done. Open Sightline itself and use the page there.',
};

const stale = {
  title: 'This page was open too long',
  text: 'You have signed in again since you opened it, or your browser did not send its cookie. Nothing was saved. Go back, copy what you wrote, open the page again and send it from there.',
};

const notSignedIn = {
  title: 'You are not signed in',
  text: 'You signed out, or your session ended because it was not used for 30 minutes. Nothing was saved. Go back to copy what you wrote, then sign in and try again.',
};
