import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { londonDay, type IsoDate } from '#kernel/dates.ts';
import { logOptions, type LogDestination } from '../logging.ts';
import type { Metrics } from '../metrics.ts';
import { parseAsAt } from './as-at.ts';
import { loadAssets, serveAssets } from './assets.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { answerErrors, frameworkProblem } from './errors.ts';
import { turnAwayWhenFull } from './full-house.ts';
import { securityHeaders } from './headers.ts';
import { limitUse } from './fair-use.ts';
import { takeUploads } from './uploads.ts';
import { installPages } from './pages.ts';
import { requireRouteRules } from './route-rule.ts';
import { requireStrictSchemas } from './strict-schemas.ts';

/** The web server, with Zod for what comes in. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface ServerOptions {
  /** The time; tests give their own. */
  clock: () => Date;
  /** The address at which people reach this server, such as https://sightline.saltmarsh.gov.uk */
  publicUrl: URL;
  /** Where one line per request goes; false is silence. */
  logger: LogDestination | false;
  /** What counts the answers; nothing does unless given. */
  metrics?: Metrics;
  /** Whether there is a limit to how much one person may ask for: see fair-use.ts. Off unless said. */
  fairUse?: boolean;
  /** The proxies whose X-Forwarded headers are believed; none unless named. */
  trustProxy?: string[];
  /** How long anybody is waited for; `timeLimits` unless said. */
  limits?: TimeLimits;
}

/** How long slow and stuck clients are waited for, in milliseconds (V-04). */
export interface TimeLimits {
  /** Until the whole of a request has come. */
  request: number;
  /** While nothing moves on a connection. */
  connection: number;
  /** Until a page is made. */
  handler: number;
}

/** Those of our own security list. */
export const timeLimits: TimeLimits = { request: 30_000, connection: 60_000, handler: 30_000 };

declare module 'fastify' {
  interface FastifyInstance {
    clock: () => Date;
    /** Whether people reach this server by https: cookies are then `Secure`. */
    https: boolean;
  }
  interface FastifyRequest {
    /** When the request came in, by the server's clock. */
    now: Date;
    /** The London day on which it came in. */
    today: IsoDate;
    /** The day it asks about (`?as-at=`): today unless it says an earlier one. */
    asAt: IsoDate;
    /** The `_csrf` field of the posted form, taken out of the body before the body is checked. */
    postedCsrf: string | null;
  }
}

const mebibyte = 1024 * 1024;

/**
 * A server with everything that all pages share, and no page but the static files. Rooms
 * add their routes to it; each must carry `config.rule`, or start-up refuses.
 */
export async function buildServer(options: ServerOptions): Promise<App> {
  const limits = options.limits ?? timeLimits;
  const https = options.publicUrl.protocol === 'https:';
  const app: App = Fastify({
    logger: options.logger && logOptions(options.logger),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: options.trustProxy ?? false,
    bodyLimit: mebibyte,
    requestTimeout: limits.request,
    connectionTimeout: limits.connection,
    handlerTimeout: limits.handler,
    // Unless it is told, Node looks for late requests every half minute, and takes the limit of
    // headers (a minute) for that of the whole request where it is the longer of the two.
    http: {
      headersTimeout: limits.request,
      requestTimeout: limits.request,
      connectionsCheckingInterval: limits.request / 10,
    },
    routerOptions: { ignoreTrailingSlash: false },
    clientErrorHandler: (error, socket) => {
      const status = answerBrokenRequest(error, socket, https);
      if (status !== null) app.log.info({ status }, 'not a request');
    },
    frameworkErrors: (error, request, reply) => {
      frameworkProblem(error, request, reply, https);
      const answer = { method: request.method, route: 'none', status: reply.statusCode };
      options.metrics?.answered({ ...answer, seconds: 0 });
      request.log.info({ ...answer, ms: 0 }, 'answered');
    },
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Forms are the only bodies: nothing here takes JSON or plain text.
  app.removeAllContentTypeParsers();

  app.decorate('clock', options.clock);
  app.decorate('https', https);
  app.decorateRequest('now');
  app.decorateRequest('today');
  app.decorateRequest('asAt');
  app.decorateRequest('postedCsrf', null);

  requireRouteRules(app);
  requireStrictSchemas(app);

  app.addHook('onRequest', (request, reply, done) => {
    request.now = options.clock();
    request.today = londonDay(request.now);
    request.asAt = request.today;
    reply.cspNonce = randomBytes(16).toString('base64url');
    reply.headers(securityHeaders({ nonce: reply.cspNonce, https }));
    reply.header('x-request-id', request.id);
    done();
  });
  turnAwayWhenFull(app);
  logOneLineEach(app, options.metrics);

  const assets = loadAssets();
  await app.register(fastifyCookie);
  installPages(app, assets);
  answerErrors(app);
  await limitUse(app, options.fairUse === true);
  await app.register(fastifyFormbody, { bodyLimit: mebibyte });
  await takeUploads(app);
  takeSharedFields(app);
  serveAssets(app, assets);
  return app;
}

/**
 * `_csrf` and `as-at` may come with any form or address. They are taken out before the body
 * and the query are checked, so that no route's strict schema has to name them.
 */
function takeSharedFields(app: FastifyInstance): void {
  app.addHook('preValidation', async (request, reply) => {
    const body: unknown = request.body;
    // Zod passes this one name over in silence.
    if (isRecord(body) && Object.hasOwn(body, '__proto__')) return reply.problem(400);
    // No person types a zero character, and the database cannot keep one.
    if (request.url.includes('%00') || holdsZero(body)) return reply.problem(400);
    if (isRecord(body) && '_csrf' in body) {
      const { _csrf, ...rest } = body;
      request.postedCsrf = typeof _csrf === 'string' ? _csrf : null;
      request.body = rest;
    }
    const query: unknown = request.query;
    if (!isRecord(query) || !('as-at' in query)) return;
    const { 'as-at': given, ...rest } = query;
    request.query = rest;
    const read = parseAsAt(given, request.today);
    if (!read.ok) {
      return reply.problem(400, { title: 'We could not look back to that day', text: read.why });
    }
    request.asAt = read.asAt;
    if (request.asAt !== request.today && request.method !== 'GET' && request.method !== 'HEAD') {
      return reply.problem(400, {
        title: 'Nothing can be changed on an earlier day',
        text: 'You are looking at how things stood on an earlier day. Go to today and try again.',
      });
    }
  });
}

function holdsZero(body: unknown): boolean {
  const values = isRecord(body) ? Object.values(body).flat() : [];
  return values.some((value) => typeof value === 'string' && value.includes('\0'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer that took longer than this is logged as a warning. */
const slowMs = 1_000;

/** The log holds no content: the pattern of the route and not its address, no query, no body. */
function logOneLineEach(app: FastifyInstance, metrics: Metrics | undefined): void {
  app.addHook('onResponse', (request, reply, done) => {
    const ms = Math.round(reply.elapsedTime);
    const answer = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
    };
    metrics?.answered({ ...answer, seconds: reply.elapsedTime / 1_000 });
    if (ms >= slowMs) request.log.warn({ ...answer, ms }, 'slow');
    else request.log.info({ ...answer, ms }, 'answered');
    done();
  });
}
