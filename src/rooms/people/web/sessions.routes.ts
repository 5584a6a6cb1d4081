import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatInstant } from '#kernel/dates.ts';
import { parseId, type SessionId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { anyForm } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { endOtherSessions, endOwnSession, endSessionsOfPerson } from '../actions/end-sessions.ts';
import { isOver } from '../rules/session-life.ts';
import { sessionsOf, type ListedSession } from '../store/sessions.ts';
import { paths, userPath } from './paths.ts';
import type { PeopleDeps } from './register.ts';
import { idIn, idParams } from './shared.ts';
import { secondsLeft } from './visitor.ts';

const forWhoIsIn = { rule: { signedIn: true } } as const;

/** Where somebody is signed in, and how they end it; and how long the present session lasts. */
export function addSessionRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(paths.sessions, { config: forWhoIsIn }, async (request, reply) => {
    const { actor, visitor } = request;
    const sessions = await readInAuthority(db, actor.authorityId, (tx) =>
      sessionsOf(tx, actor.authorityId, actor.userId),
    );
    return reply.page(
      'rooms/people/web/sessions.njk',
      sessionsView(sessions, visitor?.session.id ?? null, request.now),
    );
  });

  app.post(
    `${paths.sessions}/end`,
    { config: forWhoIsIn, schema: { body: anyForm } },
    async (request, reply) => {
      const id = idIn<'session'>(request.body);
      const { actor, visitor } = request;
      if (id === null || visitor === null) return reply.notFound();
      const { session } = visitor;
      if (!(await endOwnSession(db, actor.authorityId, session, id, request.now))) {
        return reply.notFound();
      }
      void reply.notice('That browser is signed out.');
      return reply.redirect(paths.sessions, 303);
    },
  );

  app.post(`${paths.sessions}/end-others`, { config: forWhoIsIn }, async (request, reply) => {
    const { actor, visitor } = request;
    if (visitor === null) return reply.notFound();
    await endOtherSessions(db, actor.authorityId, visitor.session, request.now);
    void reply.notice('Every other browser is signed out.');
    return reply.redirect(paths.sessions, 303);
  });

  app.post(
    '/people/users/:id/sessions/end',
    { config: { rule: { may: ['U', 'USR'] } }, schema: { params: idParams } },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      if (userId === null) return reply.notFound();
      const { actor } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        endSessionsOfPerson(tx, actor, userId, request.now),
      );
      if (outcome.kind === 'refused') return reply.problem(403);
      if (outcome.kind === 'unknown-user') return reply.notFound();
      void reply.notice('They are signed out everywhere.');
      return reply.redirect(userPath(userId), 303);
    },
  );

  app.get(
    paths.timeLeft,
    {
      config: {
        rule: { open: 'tells a browser how many seconds its own session lasts, and nothing else' },
        unnoted: true,
      },
    },
    (request, reply) => reply.type('text/plain').send(timeLeft(request)),
  );

  app.post(paths.stay, { config: forWhoIsIn }, (request, reply): FastifyReply =>
    reply.type('text/plain').send(timeLeft(request)),
  );
}

/** As text; 0 where nobody is signed in. */
function timeLeft({ visitor, now }: FastifyRequest): string {
  return String(visitor === null ? 0 : secondsLeft(visitor.session, now));
}

/** The page of one's sessions; this browser's stands first. */
export function sessionsView(
  sessions: readonly ListedSession[],
  present: SessionId | null,
  now: Date,
) {
  const living = sessions
    .filter((session) => !isOver(session, now))
    .sort((one, other) => Number(other.id === present) - Number(one.id === present));
  return {
    title: 'Where you are signed in',
    classification: null,
    back: { text: 'Your account', href: paths.account },
    sessions: living.map((session) => ({
      id: session.id,
      isThis: session.id === present,
      name: session.browser ?? 'A browser that does not say its name',
      startedAt: formatInstant(session.startedAt),
      seenAt: formatInstant(session.seenAt),
    })),
    hasOthers: living.some(({ id }) => id !== present),
    endAction: `${paths.sessions}/end`,
    endOthersAction: `${paths.sessions}/end-others`,
  };
}
