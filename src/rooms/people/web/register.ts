import type { Db } from '#platform/db/tables.ts';
import type { Metrics } from '#platform/metrics.ts';
import { answerTooMuch } from '#platform/web/fair-use.ts';
import { isSupervision } from '#platform/web/health.ts';
import type { App } from '#platform/web/server.ts';
import type { ApiCaller } from '../actions/api-callers.ts';
import { may, mightEver, parsePermission, type Actor } from '../rules/policy.ts';
import type { Authority } from '../store/authorities.ts';
import { addAccountRoutes } from './account.routes.ts';
import { admitCaller, wrongDoors } from './caller.ts';
import { addTokenRoutes } from './tokens.routes.ts';
import { addAccountsRoutes } from './accounts.routes.ts';
import { addLogRoutes } from './log.routes.ts';
import { addPeopleRoutes } from './people.routes.ts';
import { addPostRoutes } from './posts.routes.ts';
import { addRoleRoutes } from './roles.routes.ts';
import { addWhoMayRoutes } from './who-may.routes.ts';
import { addSignInRoutes } from './sign-in.routes.ts';
import { forgetTakenForm, guardForm, refuseForeignForms } from './form-guard.ts';
import { addEmergencyRoutes, logEmergencyReadings } from './emergency.routes.ts';
import { addDeputyRoutes } from './deputies.routes.ts';
import { addKeptRoutes } from './kept.routes.ts';
import { addPasswordLinkRoutes } from './password-link.routes.ts';
import { addProveRoutes } from './prove.routes.ts';
import { addSessionRoutes } from './sessions.routes.ts';
import { onTheStrengthOf } from '../store/access-seen.ts';
import { enforceRule, fillShell, findVisitor, type Visitor } from './visitor.ts';
import { paths } from './paths.ts';

/** An account of the demonstration, shown on its sign-in page so that nobody needs a terminal. */
export interface DemoSignIn {
  name: string;
  /** What they are there, in words, such as "quality assurance manager". */
  part: string;
  /** What to look at first as this person. */
  tryThis?: string;
  email: string;
  password: string;
}

export interface RegisterPeopleOptions {
  db: Db;
  /** The installation's secret, 32 characters or more: one-time-code keys are stored under it. */
  secret: string;
  /** The address at which people reach this server. */
  publicUrl: URL;
  /** The accounts of a demonstration authority; asked of no other. */
  demoSignIns?: (authority: Authority) => readonly DemoSignIn[];
  /** What counts the emergency openings; nothing does unless given. */
  metrics?: Pick<Metrics, 'emergencyBegan'>;
  /** A person's first page, where the room's own answer will not do. */
  homeOf?: (actor: Actor) => string;
}

export interface PeopleDeps extends RegisterPeopleOptions {
  demoSignIns: (authority: Authority) => readonly DemoSignIn[];
  homeOf: (actor: Actor) => string;
}

/**
 * Hangs the room on the server: who is here (`request.visitor`, `request.actor`), the rule of
 * every route, the guard of every form, and the pages of sign-in, people and the audit log.
 * Call it once, before the routes of other rooms.
 * @throws at start where a route's rule names a letter or a class that the matrix has not.
 */
export function registerPeople(app: App, options: RegisterPeopleOptions): void {
  const deps: PeopleDeps = { demoSignIns: () => [], homeOf: homeOf, ...options };
  app.decorateRequest('visitor', null);
  app.decorateRequest('caller', null);
  app.decorateRequest('late', null);
  app.decorateRequest('keptForm', null);
  app.decorateRequest('actor', {
    getter() {
      const visitor: Visitor | null = this.visitor;
      const caller: ApiCaller | null = this.caller;
      if (caller !== null) return caller.actor;
      if (visitor?.step !== null)
        throw new Error('This page was asked who is signed in: nobody is');
      return visitor.actor;
    },
  });

  const refuseForeign = refuseForeignForms(options.publicUrl.origin);
  app.addHook('onRequest', async (request, reply) => {
    const refused = refuseForeign(request, reply);
    if (refused !== undefined) return refused;
    if (request.routeOptions.config.token !== undefined) {
      return admitCaller(app, options.db, request, reply);
    }
    // Neither needs to know who asks; and whether we live is told without the database.
    if (request.url.startsWith('/assets/') || isSupervision(request)) return undefined;
    const { visitor, late } = await findVisitor(options.db, request);
    request.visitor = visitor;
    request.late = late;
    const person = visitor && `${visitor.authority.id} ${visitor.session.userId}`;
    const seconds = await app.countUse(request, person);
    if (seconds !== null) return answerTooMuch(reply, seconds);
    if (visitor !== null) fillShell(request, visitor);
    return enforceRule(request, reply);
  });
  // Here and not above: the reading of a body leaves the thread of what went before.
  app.addHook('preValidation', (request, _reply, done) => {
    const who = request.caller ?? request.visitor;
    if (who === null) done();
    else onTheStrengthOf(who.seen, done);
  });
  app.addHook('preValidation', (request, reply) => guardForm(options, request, reply));
  app.addHook('onSend', (request, reply) => forgetTakenForm(options, request, reply));
  logEmergencyReadings(app, options);
  app.addHook('onReady', (done) => {
    done(unknownRules(app) ?? wrongDoors(app));
  });

  addSignInRoutes(app, deps);
  addAccountRoutes(app, deps);
  addSessionRoutes(app, deps);
  addTokenRoutes(app, deps);
  addPasswordLinkRoutes(app, deps);
  addProveRoutes(app, deps);
  addKeptRoutes(app, deps);
  addPeopleRoutes(app, deps);
  addRoleRoutes(app, deps);
  addAccountsRoutes(app, deps);
  addDeputyRoutes(app, deps);
  addWhoMayRoutes(app, deps);
  addEmergencyRoutes(app, deps);
  addPostRoutes(app, deps);
  addLogRoutes(app, deps);
  const seenBy = (letter: 'L', cls: 'USR' | 'LOG') => (request: { visitor: Visitor | null }) =>
    request.visitor?.step === null && may(request.visitor.actor, letter, cls);
  app.addNavigation({ text: 'People', href: paths.people, order: 80, seenBy: seenBy('L', 'USR') });
  app.addNavigation({ text: 'Audit log', href: paths.log, order: 90, seenBy: seenBy('L', 'LOG') });
}

/** The first page of a person's day, by what they are there for. */
function homeOf(actor: Actor): string {
  if (may(actor, 'U', 'PLN', { assigned: true })) return '/my-work';
  if (mightEver(actor, 'R', 'PLN')) return '/plans';
  return may(actor, 'L', 'USR') ? paths.people : paths.account;
}

function unknownRules(app: App): Error | undefined {
  const unknown = app.routesWithRules.filter(
    ({ rule }) => 'may' in rule && parsePermission(...rule.may) === null,
  );
  return unknown.length === 0
    ? undefined
    : new Error(
        `These routes ask for something that the permission matrix has not: ${unknown.map((route) => `${route.method} ${route.url}`).join('; ')}`,
      );
}
