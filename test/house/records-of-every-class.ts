import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId, type AuthorityId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import {
  may,
  readRestricted,
  type CircumstancesOfRecord,
  type ClassOfRecord,
  type Letter,
} from '#people';
import { conditions, letters, type ExpectedCondition } from './expectations.ts';

/**
 * A made-up room with a record of every class, so that classes without pages of their own are
 * held to the table too: its routes ask in the way that every real room does.
 */

const classes = ['PUB', 'PLN', 'DRF', 'EXM', 'FND', 'CHD', 'ESC', 'USR', 'LOG'] as const;
const restricted = ['EXM', 'FND', 'CHD', 'ESC'] as const;

/** What it is that makes each condition hold. */
const factOf = {
  a: 'assigned',
  o: 'own',
  c: 'onBoard',
  t: 'granted',
  s: 'derivative',
  '2': 'secondPerson',
} as const satisfies Record<ExpectedCondition, keyof CircumstancesOfRecord>;

interface MadeUpRecord {
  authorityId: AuthorityId;
  circumstances: CircumstancesOfRecord;
}

export interface MadeUpRoom {
  /** For `testApp`. */
  extend: (app: App, db: Db) => void;
  /** A record of this authority for which exactly these conditions hold; its id. */
  recordWith: (authorityId: AuthorityId, holding: readonly ExpectedCondition[]) => string;
  /** How a letter of a class is asked for. */
  ask: (cls: string, letter: string, id: string) => { method: 'GET' | 'POST'; url: string };
}

const isReading = (letter: string): boolean => ['L', 'R', 'E'].includes(letter);
const pathOf = (cls: string, letter: string): string =>
  `/made-up/${cls}/${letter.replace('+', '-up').replace(/-$/, '-down')}`;

export function madeUpRoom(): MadeUpRoom {
  const records = new Map<string, MadeUpRecord>();
  const params = z.strictObject({ id: z.string().max(40) });

  const answer = async (
    db: Db,
    cls: ClassOfRecord,
    letter: Letter,
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
  ): Promise<FastifyReply> => {
    const record = records.get(id);
    if (record === undefined) return reply.notFound();
    const { authorityId } = record;
    const circumstances = { ...record.circumstances, authorityId };
    const isOpen = 'open' in (request.routeOptions.config.rule ?? {});
    const actor =
      isOpen && request.visitor === null
        ? { roles: ['public' as const], authorityId }
        : request.actor;
    const cautious = restricted.find((one) => one === cls);
    if (cautious !== undefined && (letter === 'R' || letter === 'E')) {
      const read = await readRestricted(db, request.actor, { letter, cls: cautious }, () =>
        Promise.resolve({ read: [{ fact: 'made_up', id }], circumstances, value: 'here it is' }),
      );
      return read.kind === 'read' ? reply.send(read.value) : reply.notFound();
    }
    return may(actor, letter, cls, circumstances) ? reply.send('here it is') : reply.notFound();
  };

  return {
    extend: (app, db) => {
      for (const cls of classes) {
        for (const letter of letters) {
          const rule =
            cls === 'PUB' && isReading(letter)
              ? { open: 'what is published is for everybody' }
              : ({ may: [letter, cls] } as const);
          app.route({
            method: isReading(letter) ? 'GET' : 'POST',
            url: `${pathOf(cls, letter)}/:id`,
            config: { rule },
            schema: { params },
            handler: (request, reply) => answer(db, cls, letter, request, reply, request.params.id),
          });
        }
      }
    },
    recordWith: (authorityId, holding) => {
      const id = newId();
      const facts = conditions.map((one) => [factOf[one], holding.includes(one)] as const);
      records.set(id, { authorityId, circumstances: Object.fromEntries(facts) });
      return id;
    },
    ask: (cls, letter, id) => ({
      method: isReading(letter) ? 'GET' : 'POST',
      url: `${pathOf(cls, letter)}/${id}`,
    }),
  };
}
