import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId, type AuthorityId } from '#kernel/ids.ts';

/** A session's cookie names its authority, so that no look-up goes round the policies. */
export interface SessionCookie {
  authorityId: AuthorityId;
  token: string;
}

/** What the browser brought; null when there is nothing that could be ours. */
export function readSessionCookie(request: FastifyRequest): SessionCookie | null {
  const [authority = '', token = ''] = (
    request.cookies[cookieName(request.server.https, 'sightline')] ?? ''
  ).split('.');
  const authorityId = parseId<'authority'>(authority);
  return authorityId === null || !/^[\w-]{43}$/.test(token) ? null : { authorityId, token };
}

export function setSessionCookie(reply: FastifyReply, cookie: SessionCookie): void {
  const { https } = reply.server;
  const value = `${cookie.authorityId}.${cookie.token}`;
  void reply.setCookie(cookieName(https, 'sightline'), value, cookieOptions(https));
}

export function clearSessionCookie(reply: FastifyReply): void {
  const { https } = reply.server;
  void reply.clearCookie(cookieName(https, 'sightline'), cookieOptions(https));
}

/** The secret of the sign-in form, which is there before any session; null when not (or no more). */
export function readFormSecret(request: FastifyRequest): string | null {
  const value = request.cookies[cookieName(request.server.https, 'sightline-form')] ?? '';
  return /^[\w-]{24}$/.test(value) ? value : null;
}

/** Keeps the sign-in form's secret for an hour. */
export function setFormSecret(reply: FastifyReply, secret: string): void {
  const { https } = reply.server;
  const options = { ...cookieOptions(https), maxAge: 60 * 60 };
  void reply.setCookie(cookieName(https, 'sightline-form'), secret, options);
}

export function clearFormSecret(reply: FastifyReply): void {
  const { https } = reply.server;
  void reply.clearCookie(cookieName(https, 'sightline-form'), cookieOptions(https));
}

/** The mark of a browser that somebody has signed in with; null when there is none. */
export function readBrowserCookie(request: FastifyRequest): string | null {
  return request.cookies[cookieName(request.server.https, 'sightline-browser')] ?? null;
}

/** Keeps the mark for half a year. It opens nothing: see proofs/known-browser.ts. */
export function setBrowserCookie(reply: FastifyReply, mark: string): void {
  const { https } = reply.server;
  const options = { ...cookieOptions(https), maxAge: 180 * 24 * 60 * 60 };
  void reply.setCookie(cookieName(https, 'sightline-browser'), mark, options);
}

/** `__Host-` binds a cookie to this very host; browsers keep such a cookie by https alone. */
const cookieName = (https: boolean, name: string): string => (https ? `__Host-${name}` : name);

const cookieOptions = (https: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: https }) as const;
