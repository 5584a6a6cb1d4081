import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '#platform/db/tables.ts';
import { answerTooMuch } from '#platform/web/fair-use.ts';
import type { App } from '#platform/web/server.ts';
import { callerWith, type ApiCaller } from '../actions/api-callers.ts';
import { parseApiScope } from '../rules/api-scopes.ts';
import { mightEver, parsePermission } from '../rules/policy.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The program that came with a personal token, on a route for programs; null elsewhere. */
    caller: ApiCaller | null;
  }
}

/**
 * The door of the routes for programs. A personal token in the `Authorization` header opens it,
 * and nothing else: no session, so that no other site's page can ask with a person's cookie, and
 * no token in an address, where logs and histories would keep it. Whatever opens nothing is
 * answered alike (RFC 6750): not there, mistyped, ended, withdrawn, or of a closed account.
 */
export async function admitCaller(
  app: App,
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const token = bearerOf(request);
  const caller = token === null ? null : await callerWith(db, token, request.today, request.now);
  const counted = caller && `${caller.authority.id} token ${caller.token.id}`;
  const seconds = await app.countUse(request, counted);
  if (seconds !== null) return answerTooMuch(reply, seconds);
  if (caller === null) {
    void reply.header('www-authenticate', 'Bearer realm="Sightline"');
    return reply.problem(401);
  }
  const { rule, token: scope } = request.routeOptions.config;
  if (!caller.token.scopes.some((given) => given === scope)) {
    const challenge = `Bearer realm="Sightline", error="insufficient_scope", scope="${scope}"`;
    void reply.header('www-authenticate', challenge);
    return reply.problem(403, {
      title: 'The token has not this scope',
      text: `It would need “${scope}”. Its person can make another on their account page.`,
    });
  }
  if (rule !== undefined && 'may' in rule) {
    const asked = parsePermission(...rule.may);
    if (asked === null || !mightEver(caller.actor, asked.letter, asked.cls)) {
      return reply.notFound();
    }
  }
  request.caller = caller;
  request.shell.authority = { name: caller.authority.name, slug: caller.authority.slug };
  return undefined;
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/**
 * What is wrong with the routes for programs: an address under /api/ that a session would open, a
 * token for one elsewhere, a scope that there is not, or a route that changes something.
 */
export function wrongDoors(app: App): Error | undefined {
  const wrong = app.routesWithRules.filter(
    ({ url, token, method }) =>
      url.startsWith('/api/') !== (token !== null) ||
      (token !== null && (parseApiScope(token) === null || !['GET', 'HEAD'].includes(method))),
  );
  return wrong.length === 0
    ? undefined
    : new Error(
        `These routes for programs are not as they should be: ${wrong.map((route) => `${route.method} ${route.url}`).join('; ')}`,
      );
}
