import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { networkOf } from './network.ts';

/**
 * How much one person may ask for (security V-05), so that nobody slows the others down: requests
 * in a minute, of which so many that search; exports and imports in an hour. Of people who are not
 * signed in, requests in a minute from one network address: a council may sit behind it.
 * Counted in the memory of each instance: with two instances the limit is at most the double.
 */
export const fairUse = {
  person: { max: 300, timeWindow: 60_000 },
  network: { max: 600, timeWindow: 60_000 },
  search: { max: 60, timeWindow: 60_000 },
  export: { max: 10, timeWindow: 60 * 60_000 },
  import: { max: 5, timeWindow: 60 * 60_000 },
} as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What asking for the route counts as, beside a request. */
    fairUse?: 'search' | 'export' | 'import';
  }
  interface FastifyInstance {
    /**
     * Counts a request for a person (any text that names them alone), or for its network address
     * where nobody is signed in. Gives null; or when it is one too many the whole seconds to wait.
     */
    countUse(request: FastifyRequest, person: string | null): Promise<number | null>;
  }
  interface FastifyRequest {
    /** Whom this request is counted for. */
    countedFor: string;
  }
}

/** Gives the app `countUse`; where `isOn` is false it counts nothing. */
export async function limitUse(app: FastifyInstance, isOn: boolean): Promise<void> {
  if (!isOn) {
    app.decorate('countUse', () => Promise.resolve(null));
    return;
  }
  await app.register(rateLimit, { global: false });
  app.decorateRequest('countedFor', '');
  const counter = (limit: { max: number; timeWindow: number }) =>
    app.createRateLimit({ ...limit, keyGenerator: ({ countedFor }) => countedFor });
  const counters = {
    person: counter(fairUse.person),
    network: counter(fairUse.network),
    search: counter(fairUse.search),
    export: counter(fairUse.export),
    import: counter(fairUse.import),
  };
  app.decorate('countUse', async (request, person) => {
    request.countedFor = person ?? networkOf(request);
    const { fairUse: kind } = request.routeOptions.config;
    const counted = [
      counters[person === null ? 'network' : 'person'],
      ...(kind === undefined || person === null ? [] : [counters[kind]]),
    ];
    for (const count of counted) {
      const use = await count(request);
      if (!use.isAllowed && use.isExceeded) return use.ttlInSeconds;
    }
    return null;
  });
}

/** Answers a request that was one too many. */
export function answerTooMuch(reply: FastifyReply, seconds: number): FastifyReply {
  void reply.header('retry-after', seconds);
  return reply.problem(429, tooMuch(seconds));
}

function tooMuch(seconds: number): { title: string; text: string } {
  const minutes = Math.ceil(seconds / 60);
  return {
    title: 'That was a lot in a short time',
    text: `So that Sightline stays quick for everybody, there is a limit to how much one person can ask for. Nothing was done. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
  };
}
