import type { FastifyInstance } from 'fastify';

/** Who may come in by a route. The letters and classes are the people room's; here they are words. */
export type RouteRule =
  /** No sign-in is asked; the text says why. */
  | { open: string }
  /** Anybody who is signed in. */
  | { signedIn: true }
  /** The letter of the matrix, and the class of record, that some facts could allow. */
  | { may: readonly [letter: string, classOfRecord: string] };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Start-up refuses a route without one. */
    rule?: RouteRule;
    /**
     * A dangerous act: whoever does it must have proved who they are in the last five minutes
     * (security A-07). A form that comes without is kept, and can be sent once they have.
     */
    stepUp?: true;
    /** Asking for it is not a use of the session: the page asks by itself how long it lasts. */
    unnoted?: true;
    /**
     * A route for programs: a personal token of this scope opens it, and nothing else does. The
     * scopes are the people room's; here they are words.
     */
    token?: string;
    /** The route takes a file: elsewhere a multipart body is refused before it is read. */
    upload?: true;
  }
  interface FastifyInstance {
    /** Every route that was registered, with its rule. */
    routesWithRules: readonly RouteWithRule[];
  }
}

export interface RouteWithRule {
  method: string;
  url: string;
  rule: RouteRule;
  stepUp: boolean;
  /** The scope of the token that opens it; null where a session does. */
  token: string | null;
}

/**
 * Refuses start-up when a route has no rule: the automatic HEAD routes and the static
 * assets included. Call it before the first route is registered.
 * @throws when the app gets ready, naming every route that lacks a rule.
 */
export function requireRouteRules(app: FastifyInstance): void {
  const routes: RouteWithRule[] = [];
  const bare: string[] = [];
  app.decorate('routesWithRules', routes);
  app.addHook('onRoute', (route) => {
    const method = [route.method].flat().join(',');
    const rule = route.config?.rule;
    if (rule === undefined) bare.push(`${method} ${route.url}`);
    else {
      const stepUp = route.config?.stepUp === true;
      const token = route.config?.token ?? null;
      routes.push({ method, url: route.url, rule, stepUp, token });
    }
  });
  app.addHook('onReady', (done) => {
    done(
      bare.length === 0
        ? undefined
        : new Error(`These routes say nothing about who may use them: ${bare.join('; ')}`),
    );
  });
}

/** The routes that ask for no sign-in, as "METHOD /path", sorted: the list a test names one by one. */
export function openRoutes(app: FastifyInstance): string[] {
  return app.routesWithRules
    .filter(({ rule }) => 'open' in rule)
    .map(({ method, url }) => `${method} ${url}`)
    .sort();
}
