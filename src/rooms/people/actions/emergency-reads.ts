import type { Db } from '#platform/db/tables.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Actor } from '../rules/policy.ts';
import { recordFacts } from '../store/audit-log.ts';
import { readInEmergency } from '../store/emergency-openings.ts';

/** Something that was read, by its table and id: never what it says. */
export interface ReadRef {
  fact: string;
  id: string;
}

/** What the actor of a request read until now, where they read under an emergency opening. */
const noted = new WeakMap<Actor, Map<string, ReadRef>>();

/**
 * Says that this person is about to be shown these records. A room calls it wherever it lets
 * somebody read content; for whoever reads under an emergency opening the request is then logged
 * before anything is sent. Does nothing for everybody else.
 */
export function noteRead(actor: Actor, read: readonly ReadRef[]): void {
  if (actor.emergency == null) return;
  const soFar = noted.get(actor) ?? new Map<string, ReadRef>();
  for (const ref of read) soFar.set(`${ref.fact} ${ref.id}`, ref);
  noted.set(actor, soFar);
}

/** Whether this request let its person read something under an emergency opening. */
export const hasReadInEmergency = (actor: Actor): boolean => noted.has(actor);

/**
 * Logs what a request showed under an emergency opening: the opening once, by which its reads are
 * counted, and each record. Call it before anything is sent: what it throws keeps the answer back.
 */
export async function logEmergencyReads(db: Db, actor: Actor): Promise<void> {
  const { emergency, authorityId, userId } = actor;
  if (emergency == null) return;
  const read = [...(noted.get(actor)?.values() ?? [])];
  // Forgotten first: where this fails, the page that says so is no reading.
  noted.delete(actor);
  const refs = [{ fact: 'emergency_opening', id: emergency.id as string }, ...read];
  await inAuthority(db, authorityId, (tx) =>
    recordFacts(
      tx,
      userId,
      readInEmergency,
      refs.map(({ fact, id }) => ({ fact, id, state: true })),
    ),
  );
}
