import type { IsoDate } from '#kernel/dates.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  answersForOpenings,
  emergencyProblems,
  mayAskToOpen,
  stateOf,
  type EmergencyOpening,
} from '../rules/emergency.ts';
import type { Actor, EmergencyOpeningId } from '../rules/policy.ts';
import { recordFacts } from '../store/audit-log.ts';
import {
  emergencyOpenings,
  insertOpening,
  insertOpeningDecision,
  insertOpeningEnd,
} from '../store/emergency-openings.ts';
import { lockRoles, rolesOf } from '../store/roles.ts';

export type AskToOpenOutcome =
  | { kind: 'asked'; id: EmergencyOpeningId }
  | { kind: 'refused'; problems: { field: string; text: string }[] }
  | { kind: 'one-already' }
  | { kind: 'forbidden' };

/** An administrator asks to read content for some hours. Another person has to agree. */
export async function askToOpen(
  tx: Tx,
  actor: Actor,
  asked: { reason: string; hours: string },
  now: Date,
): Promise<AskToOpenOutcome> {
  if (!mayAskToOpen(actor)) return { kind: 'forbidden' };
  const problems = emergencyProblems(asked);
  if (problems.length > 0) return { kind: 'refused', problems };
  await lockRoles(tx, actor.authorityId);
  const all = await emergencyOpenings(tx, actor.authorityId);
  if (all.some((one) => one.askedBy === actor.userId && isLive(one, now))) {
    return { kind: 'one-already' };
  }
  const opening = { hours: Number(asked.hours), reason: asked.reason.trim(), askedAt: now };
  const fact = await insertOpening(tx, actor.authorityId, opening, actor.userId);
  await recordFacts(tx, actor.userId, 'asked for an emergency opening', [fact]);
  return { kind: 'asked', id: fact.id };
}

const isLive = (opening: EmergencyOpening, now: Date): boolean =>
  ['waits', 'open'].includes(stateOf(opening, now));

export type DecideOpeningOutcome =
  | { kind: 'open'; until: Date }
  | { kind: 'refused' | 'taken-back' }
  | { kind: 'not-waiting' | 'not-an-administrator' | 'forbidden' | 'not-found' };

/**
 * The second person's answer. From an agreement on, the asker reads content, until the hours are
 * over. Who asked cannot agree, whatever their roles; they can only take it back.
 */
export async function decideOpening(
  tx: Tx,
  actor: Actor,
  id: EmergencyOpeningId,
  agrees: boolean,
  { now, today }: { now: Date; today: IsoDate },
): Promise<DecideOpeningOutcome> {
  const { authorityId, userId } = actor;
  if (!answersForOpenings(actor)) return { kind: 'not-found' };
  // Under this lock the asker loses no role, and asks for no other opening.
  await lockRoles(tx, authorityId);
  const [opening] = await emergencyOpenings(tx, authorityId, id);
  if (opening === undefined) return { kind: 'not-found' };
  const own = opening.askedBy === userId;
  if (agrees && own) return { kind: 'forbidden' };
  if (stateOf(opening, now) !== 'waits') return { kind: 'not-waiting' };
  const askersRoles = await rolesOf(tx, authorityId, opening.askedBy, today);
  if (agrees && !askersRoles.includes('administrator')) return { kind: 'not-an-administrator' };
  const until = agrees ? new Date(now.getTime() + opening.hours * 60 * 60_000) : null;
  const decided = await insertOpeningDecision(tx, authorityId, opening, {
    at: now,
    until,
    by: userId,
  });
  if (decided === null) return { kind: 'not-waiting' };
  if (until !== null) {
    await recordFacts(tx, userId, 'agreed to an emergency opening', [decided]);
    return { kind: 'open', until };
  }
  const act = own ? 'took back an emergency opening' : 'refused an emergency opening';
  await recordFacts(tx, userId, act, [decided]);
  return { kind: own ? 'taken-back' : 'refused' };
}

export type EndOpeningOutcome = { kind: 'ended' | 'not-open' | 'not-found' };

/** Ends an opening at once. One person does it: any who is told of it, and who asked or agreed. */
export async function endOpening(
  tx: Tx,
  actor: Actor,
  id: EmergencyOpeningId,
  now: Date,
): Promise<EndOpeningOutcome> {
  const { authorityId, userId } = actor;
  const [opening] = await emergencyOpenings(tx, authorityId, id);
  if (opening === undefined || !mayEnd(actor, opening)) return { kind: 'not-found' };
  if (stateOf(opening, now) !== 'open') return { kind: 'not-open' };
  const ended = await insertOpeningEnd(tx, authorityId, id, { at: now, by: userId });
  if (ended === null) return { kind: 'not-open' };
  await recordFacts(tx, userId, 'ended an emergency opening', [ended]);
  return { kind: 'ended' };
}

function mayEnd(actor: Actor, { askedBy, decidedBy }: EmergencyOpening): boolean {
  return answersForOpenings(actor) || [askedBy, decidedBy].includes(actor.userId);
}
