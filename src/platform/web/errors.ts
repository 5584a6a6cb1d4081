import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeText } from './html.ts';
import { securityHeaders } from './headers.ts';
import { databaseTrouble, type DatabaseTrouble } from '../db/trouble.ts';
import { Overtaken } from '../overtaken.ts';
import { UnexpectedFields } from './forms.ts';

/** What a page says when something was refused or went wrong: what happened, and what to do. */
export interface Problem {
  title: string;
  text: string;
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Sends the page of a problem: the usual words for its status, unless others are given.
     * What a person may not know of is `reply.notFound()`, the same as what is not there.
     */
    problem(status: ProblemStatus, problem?: Problem): FastifyReply;
    /** "Page not found": for what is absent and for what is hidden, alike. */
    notFound(): FastifyReply;
  }
}

export type ProblemStatus = keyof typeof usual;

const usual = {
  400: {
    title: 'We could not understand that',
    text: 'Part of the address or of the form was not what this page expects. Go back, check it, and try again.',
  },
  401: {
    title: 'This needs a token that works',
    text: 'Send a personal token in the Authorization header, as “Bearer” and the token. People make one on their account page.',
  },
  403: {
    title: 'You cannot do this',
    text: 'Your role does not allow it. If you need it for your work, ask your administrator.',
  },
  404: {
    title: 'Page not found',
    text: 'If you typed the address, check that it is right. If you followed a link, what it led to may have moved, or you may not have access to it.',
  },
  408: {
    title: 'That took too long to arrive',
    text: 'Nothing was saved. Check your connection and try again.',
  },
  409: {
    title: 'Somebody else was quicker',
    text: 'This was changed while you were working on it, so nothing of yours was saved. Go back, look at what changed, and try again.',
  },
  410: {
    title: 'This is no longer here',
    text: 'It was here, and was taken away for good.',
  },
  413: {
    title: 'That is too large',
    text: 'A file can have 10 megabytes at most. Nothing was saved. Try a smaller file, or split it.',
  },
  415: {
    title: 'We cannot take that here',
    text: 'What was sent is not a form that this page knows. Go back and use the form on the page.',
  },
  422: {
    title: 'Something needs to be put right',
    text: 'Nothing was saved. Go back, check what you entered, and try again.',
  },
  429: {
    title: 'Too many tries',
    text: 'Wait a few minutes, then try again.',
  },
  500: {
    title: 'Sorry, something went wrong',
    text: 'This is our fault and not yours. Nothing was half saved. Try again in a few minutes.',
  },
  503: {
    title: 'Sightline is busy or being looked after',
    text: 'Nothing was saved. Try again in a few minutes.',
  },
  507: {
    title: 'There is no room left to save',
    text: 'Nothing was saved: the server’s disk is full. You can go on reading. Tell your administrator, keep what you wrote, and try again later.',
  },
} as const satisfies Record<number, Problem>;

/** What a page says when the database ails; it heals by itself once the database does (V-08). */
const troubles: Record<DatabaseTrouble, { status: ProblemStatus; problem: Problem }> = {
  full: { status: 507, problem: usual[507] },
  'read-only': {
    status: 503,
    problem: {
      title: 'Sightline can only be read at the moment',
      text: 'Nothing was saved. You can go on reading. Keep what you wrote, and try again later.',
    },
  },
  away: {
    status: 503,
    problem: {
      title: 'Sightline cannot reach its data at the moment',
      text: 'Nothing was saved. Keep what you wrote, and try again in a minute. You need not sign in again.',
    },
  },
  slow: {
    status: 503,
    problem: {
      title: 'That took too long',
      text: 'Nothing was saved. Try again in a few minutes, or ask for less at once.',
    },
  },
};

/** Gives replies `problem` and `notFound`, and answers every error with a page in plain words. */
export function answerErrors(app: FastifyInstance): void {
  app.decorateReply('problem', function (this: FastifyReply, status, problem) {
    if (status === 429 || status === 503) {
      if (!this.hasHeader('retry-after')) this.header('retry-after', '60');
    }
    if (isForPrograms(this.request)) return sendProblem(this, status, problem ?? usual[status]);
    return this.page(
      'platform/web/problem.njk',
      {
        ...(problem ?? usual[status]),
        status,
        reference: status >= 500 ? this.request.id : null,
      },
      status,
    );
  });
  app.decorateReply('notFound', function (this: FastifyReply) {
    return this.problem(404);
  });
  app.setNotFoundHandler((_request, reply) => reply.notFound());
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const trouble = databaseTrouble(error);
    if (trouble !== null) {
      request.log.error({ err: error, trouble }, 'the database ails');
      return reply.problem(troubles[trouble].status, troubles[trouble].problem);
    }
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, 'fault');
    return reply.problem(status);
  });
}

/** Addresses for programs, which read no page: their problems are JSON. */
export const isForPrograms = ({ url }: FastifyRequest): boolean => url.startsWith('/api/');

/** A problem as RFC 9457 writes it. Its words are those of the page. */
function sendProblem(reply: FastifyReply, status: number, { title, text }: Problem): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail: text }));
}

/** The status to answer with; whatever is not known to be the sender's mistake is our fault. */
function statusOf(error: FastifyError): ProblemStatus {
  if (error.validation !== undefined || error instanceof UnexpectedFields) return 400;
  if (error instanceof Overtaken) return 409;
  if (error.code === 'FST_ERR_HANDLER_TIMEOUT') return 503;
  // Only Fastify and its plugins may choose a status by an error: their codes begin so.
  if (typeof error.code !== 'string' || !error.code.startsWith('FST_')) return 500;
  const status = error.statusCode ?? 500;
  return status in usual ? (status as ProblemStatus) : status < 500 ? 400 : 500;
}

/** Answers an address that cannot be decoded: no hook has run, so everything is set here. */
export function frameworkProblem(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  https: boolean,
): void {
  const nonce = randomBytes(16).toString('base64url');
  const { title, text } = usual[400];
  void reply
    .code(400)
    .headers(securityHeaders({ nonce, https }))
    .header('x-request-id', request.id)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><title>${escapeText(title)} – Sightline</title><h1>${escapeText(title)}</h1><p>${escapeText(text)}</p></html>`,
    );
}
