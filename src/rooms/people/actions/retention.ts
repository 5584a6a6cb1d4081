import { londonDay, type IsoDate } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, type Actor } from '../rules/policy.ts';
import { kindsOfRecord, retentionProblems, type RetentionKind } from '../rules/retention.ts';
import { recordFacts } from '../store/audit-log.ts';
import {
  deleteOldSessions,
  disposals,
  disposeOf,
  dueBy,
  insertDisposal,
  insertDisposalDecision,
  insertHold,
  insertHoldEnd,
  insertRetentionRule,
  pruneAuditLog,
  type DueItem,
} from '../store/retention.ts';
import type { DisposalId, HoldId } from '../store/tables.ts';

type Problem = { field: string; text: string };

export type SetRetentionOutcome =
  { kind: 'set' } | { kind: 'refused'; problems: Problem[] } | { kind: 'forbidden' };

/** Sets how long a kind of record is kept from now on: the administrator's, with the reason. */
export async function setRetention(
  tx: Tx,
  actor: Actor,
  given: { kind: RetentionKind; months: string; reason: string },
): Promise<SetRetentionOutcome> {
  if (!may(actor, 'U', 'USR')) return { kind: 'forbidden' };
  const of = kindsOfRecord.find(({ kind }) => kind === given.kind);
  if (of === undefined) return { kind: 'forbidden' };
  const problems = retentionProblems(of, given);
  if (problems.length > 0) return { kind: 'refused', problems };
  const rule = { kind: of.kind, months: Number(given.months), reason: given.reason.trim() };
  const fact = await insertRetentionRule(tx, actor.authorityId, rule, actor.userId);
  await recordFacts(tx, actor.userId, 'changed how long records are kept', [fact]);
  return { kind: 'set' };
}

/** Whether this person may put holds on and lift them: over everything, or over plans alone. */
export function mayHold(actor: Actor): boolean {
  return may(actor, 'U', 'USR') || mayDispose(actor);
}

/** Whether this person is one of the two that disposing of a plan takes. */
export function mayDispose(actor: Actor): boolean {
  return may(actor, 'D', 'PLN', { secondPerson: true });
}

export type HoldOutcome =
  { kind: 'done' } | { kind: 'refused'; problems: Problem[] } | { kind: 'not-found' | 'forbidden' };

/**
 * Puts a hold on one item, or on every record of a kind: until it is lifted, none of it goes.
 * One person does it, at once. An item's caller has asked whether they may know of it.
 */
export async function placeHold(
  tx: Tx,
  actor: Actor,
  given: { kind: RetentionKind; itemId: string | null; reason: string },
): Promise<HoldOutcome> {
  if (!mayHold(actor)) return { kind: 'forbidden' };
  const problems = reasonProblems(given.reason);
  if (problems.length > 0) return { kind: 'refused', problems };
  const hold = { ...given, reason: given.reason.trim() };
  const fact = await insertHold(tx, actor.authorityId, hold, actor.userId);
  await recordFacts(tx, actor.userId, 'put a hold', [fact]);
  return { kind: 'done' };
}

/** Lifts a hold, with the reason. */
export async function liftHold(
  tx: Tx,
  actor: Actor,
  holdId: HoldId,
  reason: string,
): Promise<HoldOutcome> {
  if (!mayHold(actor)) return { kind: 'forbidden' };
  const problems = reasonProblems(reason);
  if (problems.length > 0) return { kind: 'refused', problems };
  const fact = await insertHoldEnd(tx, actor.authorityId, holdId, reason.trim(), actor.userId);
  if (fact === null) return { kind: 'not-found' };
  await recordFacts(tx, actor.userId, 'lifted a hold', [fact]);
  return { kind: 'done' };
}

/** What is wrong with the reason for a hold, or for its end. */
export function reasonProblems(reason: string): Problem[] {
  return reason.trim() === '' ? [{ field: 'reason', text: 'Say why' }] : [];
}

export type DisposalOutcome =
  | { kind: 'put-forward' }
  | { kind: 'disposed' }
  | { kind: 'kept' }
  | { kind: 'not-due' | 'held' | 'not-found' | 'forbidden' | 'decided-already' };

/** Puts a plan or report that is due forward to be disposed of; it goes once another person agrees. */
export async function putForDisposal(
  tx: Tx,
  actor: Actor,
  itemId: string,
  today: IsoDate,
): Promise<DisposalOutcome> {
  if (!mayDispose(actor)) return { kind: 'forbidden' };
  const due = (await dueBy(tx, today)).find((one) => one.itemId === itemId);
  const kind = due?.kind;
  if (kind === undefined || !isByPeople(kind)) return { kind: 'not-due' };
  const why = await whyNotDue(tx, kind, itemId, today);
  if (why !== null) return why;
  const waiting = (await disposals(tx, actor.authorityId)).some(
    (one) => one.kind === kind && one.itemId === itemId && one.agreed === null,
  );
  if (waiting) return { kind: 'decided-already' };
  const id = await insertDisposal(tx, actor.authorityId, { kind, itemId }, actor.userId);
  await recordFacts(tx, actor.userId, 'put forward for disposal', [{ fact: 'disposal', id }]);
  return { kind: 'put-forward' };
}

/** Whether a record of this kind goes by two people, and not by the daily run. */
export function isByPeople(kind: RetentionKind): boolean {
  return kindsOfRecord.some((one) => one.kind === kind && one.byPeople);
}

async function whyNotDue(
  tx: Tx,
  kind: RetentionKind,
  itemId: string,
  today: IsoDate,
): Promise<{ kind: 'not-due' | 'held' } | null> {
  const due = (await dueBy(tx, today)).find((one) => one.kind === kind && one.itemId === itemId);
  if (due === undefined) return { kind: 'not-due' };
  return due.held ? { kind: 'held' } : null;
}

/** The second person's answer: agreed, and it goes at once and for good; or not, and it stays. */
export async function decideDisposal(
  tx: Tx,
  actor: Actor,
  id: DisposalId,
  agreed: boolean,
  today: IsoDate,
): Promise<DisposalOutcome> {
  if (!mayDispose(actor)) return { kind: 'forbidden' };
  const { authorityId, userId } = actor;
  const [disposal] = await disposals(tx, authorityId, id);
  if (disposal === undefined) return { kind: 'not-found' };
  if (disposal.agreed !== null) return { kind: 'decided-already' };
  if (agreed && disposal.askedBy === userId) return { kind: 'forbidden' };
  if (agreed) {
    const why = await whyNotDue(tx, disposal.kind, disposal.itemId, today);
    if (why !== null) return why;
  }
  const decision = await insertDisposalDecision(tx, authorityId, id, agreed, userId);
  if (decision === null) return { kind: 'decided-already' };
  if (!agreed) {
    await recordFacts(tx, userId, 'refused to dispose', [decision]);
    return { kind: 'kept' };
  }
  const gone = await disposeOf(tx, authorityId, id);
  await recordFacts(tx, userId, 'disposed of', [decision, ...gone]);
  return { kind: 'disposed' };
}

/** What a run disposed of, or would: plans only wait for two people. */
export interface DisposalRun {
  importFiles: number;
  sessions: number;
  /** Whether entries went from the beginning of the audit log. */
  logPruned: boolean;
  /** Plans and reports that are due and wait for two people. */
  plansDue: number;
  /** Items that are due and stay, because of a hold. */
  held: number;
}

/**
 * Does what is due today and asks for no second person: imported files, old sessions, and the
 * oldest of the audit log. Each item in a transaction of its own; doing it twice is harmless.
 *
 * @param now by the server's clock; the database goes by its own where facts are to go
 */
export async function disposeOfWhatIsDue(
  db: Db,
  authorityId: AuthorityId,
  now: Date,
): Promise<DisposalRun> {
  const due = await readInAuthority(db, authorityId, (tx) => dueBy(tx, londonDay(now)));
  const free = (kind: RetentionKind) => due.filter((one) => one.kind === kind && !one.held);
  let importFiles = 0;
  for (const item of free('import-file')) {
    if (await inAuthority(db, authorityId, (tx) => disposeOfOne(tx, authorityId, item, now))) {
      importFiles += 1;
    }
  }
  const { sessions, logPruned } = await inAuthority(db, authorityId, async (tx) => {
    const marker = await pruneAuditLog(tx);
    const deleted = await deleteOldSessions(tx, authorityId, now);
    if (marker !== null) await recordFacts(tx, null, 'took off the oldest entries', [marker]);
    return { sessions: deleted, logPruned: marker !== null };
  });
  return {
    importFiles,
    sessions,
    logPruned,
    plansDue: free('plan').length + free('report').length,
    held: due.filter(({ held }) => held).length,
  };
}

/** Disposes of an item unless it went, or was put under a hold, since it was listed. */
async function disposeOfOne(
  tx: Tx,
  authorityId: AuthorityId,
  item: DueItem,
  now: Date,
): Promise<boolean> {
  if ((await whyNotDue(tx, item.kind, item.itemId, londonDay(now))) !== null) return false;
  const id = await insertDisposal(tx, authorityId, item, null);
  const gone = await disposeOf(tx, authorityId, id);
  await recordFacts(tx, null, 'disposed of', [{ fact: 'disposal', id }, ...gone]);
  return true;
}
