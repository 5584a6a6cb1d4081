import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDate } from '#kernel/dates.ts';
import { parseId, type FindingId, type SourceId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  may,
  noteRead,
  readRestricted,
  type Actor,
  type CircumstancesOfRecord,
  type ReadRef,
} from '#people';
import {
  readableFinding,
  readableSources,
  type ReadableFinding,
  type ReadableSource,
} from '../actions/read-register.ts';
import { accessTo, classOf, mayWithFinding, standingToFinding } from '../actions/standing.ts';
import { mayWithSource, standingToSource } from '../actions/standing-source.ts';
import { readFindings } from '../store/read-findings.ts';
import { readSources } from '../store/read-sources.ts';
import type { FindingDeps } from './deps.ts';

/** What this person may do on a page of a source or a finding, on the day that it shows. */
export interface Allowed {
  change: boolean;
  withdraw: boolean;
  /** Add findings to it. */
  add: boolean;
}

export interface LoadedSource<More> extends ReadableSource {
  allowed: Allowed;
  more: More;
}

export type LoadedFinding<More> = ReadableFinding & { allowed: Allowed; more: More };

/**
 * The source of a request as its person may read it on the day of the page, with whatever else the
 * page needs from the same snapshot. Restricted content is read only with an entry in the log.
 * Null once a problem page was sent: what is absent and what is hidden look alike.
 */
export async function loadSource<More>(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  more: (tx: Tx, loaded: ReadableSource) => Promise<More>,
): Promise<LoadedSource<More> | null> {
  const { actor, asAt, today } = request;
  const id = parseId<'source'>((request.params as { source?: string }).source ?? '');
  if (id === null) return absent(reply);
  const read = [{ fact: 'source', id }];
  const loaded = await readLogged(deps, actor, read, async (tx) => {
    const now = await sourceToday(tx, request, id);
    if (now === null) return null;
    const { source, findings } = now;
    const find = async () => {
      if (!mayWithSource(actor, 'R', source, findings)) return null;
      const [shown] = await readableSources(tx, actor, { asAt, today }, [id]);
      if (shown === undefined) return 'later' as const;
      const allowed = {
        change: asAt === today && mayWithSource(actor, 'U', source, findings),
        withdraw: asAt === today && mayWithSource(actor, 'X+', source, findings),
        add: asAt === today && !source.withdrawn && mayWithSource(actor, 'C', source, findings),
      };
      return { ...shown, allowed, more: await more(tx, shown) };
    };
    return {
      restricted: classOf(source.classification) === 'FND',
      circumstances: standingToSource(actor, findings),
      find,
    };
  });
  return settled(loaded, request, reply);
}

/** As `loadSource`, a finding: whole, or what is derived from it for whoever may read only that. */
export async function loadFinding<More>(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  more: (tx: Tx, loaded: ReadableFinding) => Promise<More>,
): Promise<LoadedFinding<More> | null> {
  const { actor, asAt, today } = request;
  const id = parseId<'finding'>((request.params as { finding?: string }).finding ?? '');
  if (id === null) return absent(reply);
  const read = [{ fact: 'finding', id }];
  const loaded = await readLogged(deps, actor, read, async (tx) => {
    const now = await findingToday(tx, request, id);
    if (now === null) return null;
    const access = accessTo(actor, now);
    const find = async () => {
      if (access === null) return null;
      const shown = await readableFinding(tx, actor, { asAt, today }, id);
      if (shown === null) return 'later' as const;
      const may = access === 'whole' && asAt === today;
      const allowed = {
        change: may && mayWithFinding(actor, 'U', now),
        withdraw: may && mayWithFinding(actor, 'X+', now),
        add: may && mayWithFinding(actor, 'C', now),
      };
      return { ...shown, allowed, more: await more(tx, shown) };
    };
    return {
      restricted: classOf(now.source.classification) === 'FND',
      circumstances: {
        ...standingToFinding(actor, now),
        ...(access === 'derivative' ? { derivative: true } : {}),
      },
      find,
    };
  });
  return settled(loaded, request, reply);
}

/** Whether this person may register sources that are not restricted. */
export const mayRegister = (actor: Actor): boolean =>
  may(actor, 'C', 'PLN') || may(actor, 'C', 'FND');

interface Found<T> {
  restricted: boolean;
  circumstances: CircumstancesOfRecord;
  /** Null where this person may not know of it; 'later' where it did not stand on that day. */
  find: () => Promise<T | 'later' | null>;
}

async function readLogged<T>(
  { db }: FindingDeps,
  actor: Actor,
  read: readonly ReadRef[],
  look: (tx: Tx) => Promise<Found<T> | null>,
): Promise<T | 'later' | null> {
  const open = await readInAuthority(db, actor.authorityId, async (tx) => {
    const found = await look(tx);
    if (found === null) return { kind: 'done' as const, value: null };
    if (found.restricted) return { kind: 'restricted' as const };
    const value = await found.find();
    if (value !== null) noteRead(actor, read);
    return { kind: 'done' as const, value };
  });
  if (open.kind === 'done') return open.value;
  const logged = await readRestricted(db, actor, { letter: 'R', cls: 'FND' }, async (tx) => {
    const found = await look(tx);
    if (found === null) return null;
    return { read, circumstances: found.circumstances, value: await found.find() };
  });
  return logged.kind === 'read' ? logged.value : null;
}

function settled<T>(
  loaded: T | 'later' | null,
  request: FastifyRequest,
  reply: FastifyReply,
): T | null {
  if (loaded === null) return absent(reply);
  if (loaded !== 'later') return loaded;
  reply.problem(404, {
    title: 'This was not registered by then',
    text: `Nothing was recorded of it for ${formatDate(request.asAt)} or before. Choose a later day.`,
  });
  return null;
}

function absent(reply: FastifyReply): null {
  reply.notFound();
  return null;
}

async function sourceToday(tx: Tx, { actor, today }: FastifyRequest, id: SourceId) {
  const [source] = await readSources(tx, actor.authorityId, today, [id]);
  if (source === undefined) return null;
  const findings = await readFindings(tx, actor.authorityId, today, { sourceIds: [id] });
  return { source, findings };
}

async function findingToday(tx: Tx, { actor, today }: FastifyRequest, id: FindingId) {
  return (await readFindings(tx, actor.authorityId, today, { findingIds: [id] }))[0] ?? null;
}
