import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor } from '../rules/policy.ts';
import { recordFacts } from '../store/audit-log.ts';
import {
  collectRows,
  insertDisclosure,
  loggedActs,
  rowsWrittenBy,
  type CollectedRow,
  type LoggedAct,
} from '../store/disclosure.ts';
import { rowsOfItem, type RowOfItem } from '../store/item-rows.ts';
import { userNames, usersByIds } from '../store/users.ts';
import type { AtTheServer } from './doer.ts';
import type { ItemKind } from './items.ts';
import type { GivenOutKind } from '../rules/given-out.ts';

/** What is to be given out, to whom and why. Source: UK GDPR article 15; Freedom of Information Act 2000. */
export interface GiveOut {
  kind: GivenOutKind;
  id: string;
  recipient: string;
  reason: string;
}

/** Everything that is kept about an item, or that a person wrote. */
export interface GivenOut {
  kind: GiveOut['kind'];
  title: string;
  recipient: string;
  reason: string;
  rows: CollectedRow[];
  /** The audit log's entries; empty where whoever asks may not export the log. */
  log: LoggedAct[];
  /** The names of those who wrote, by id. */
  people: ReadonlyMap<string, string>;
}

export type GiveOutOutcome =
  | { kind: 'given'; out: GivenOut }
  | { kind: 'refused'; problems: { field: 'recipient' | 'reason'; text: string }[] }
  | { kind: 'not-found' | 'forbidden' };

/**
 * Gathers what is kept, as it stands, and logs that it was given out, in one transaction: what
 * cannot be logged is not given. In the pages it is for those who approve and export the class
 * (content goes only to roles with R and E on it), and the log is not part of it: to export the
 * log takes two people. At the server it is whole.
 */
export async function giveOut(
  tx: Tx,
  doer: Actor | AtTheServer,
  kinds: readonly ItemKind[],
  given: GiveOut,
  today: IsoDate,
): Promise<GiveOutOutcome> {
  if (doer.userId !== null && !mayGiveOut(doer)) return { kind: 'forbidden' };
  const found = await find(tx, doer, kinds, given, today);
  if (found === null) return { kind: 'not-found' };
  const problems = giveOutProblems(given);
  if (problems.length > 0) return { kind: 'refused', problems };
  const { authorityId, userId } = doer;
  const rows = await collectRows(tx, found.rows);
  const log =
    userId === null
      ? await loggedActs(tx, authorityId, found.actorId ?? { ids: found.rows.map(({ id }) => id) })
      : [];
  const ids = [
    ...rows.flatMap(({ row }) => [row['recorded_by'], row['started_by']]),
    ...log.map(({ by }) => by),
  ].flatMap((id) => (typeof id === 'string' ? (parseId<'user'>(id) ?? []) : []));
  const people = await userNames(tx, authorityId, ids);
  const recipient = given.recipient.trim();
  const reason = given.reason.trim();
  const disclosure = await insertDisclosure(
    tx,
    authorityId,
    { kind: given.kind, item_id: given.id, recipient, reason },
    userId,
  );
  const table = given.kind === 'person' ? 'app_user' : given.kind;
  await recordFacts(tx, userId, 'gave out', [
    disclosure,
    { fact: table, id: given.id, state: true },
  ]);
  const { title } = found;
  return { kind: 'given', out: { kind: given.kind, title, recipient, reason, rows, log, people } };
}

/** Whether this person is one of those who give out what is kept. */
export function mayGiveOut(actor: Actor): boolean {
  return may(actor, 'A', 'PLN') && may(actor, 'E', 'PLN') && may(actor, 'R', 'PLN');
}

interface Found {
  title: string;
  rows: RowOfItem[];
  /** Where the log is asked by who did it. */
  actorId: Parameters<typeof loggedActs>[2] | null;
}

async function find(
  tx: Tx,
  doer: Actor | AtTheServer,
  kinds: readonly ItemKind[],
  { kind, id }: GiveOut,
  today: IsoDate,
): Promise<Found | null> {
  if (kind === 'person') {
    const userId = parseId<'user'>(id);
    if (userId === null) return null;
    const user = (await usersByIds(tx, doer.authorityId, [userId])).get(userId);
    if (user === undefined) return null;
    const title = `What ${user.name} wrote`;
    return { title, rows: await rowsWrittenBy(tx, userId), actorId: { actorId: userId } };
  }
  const of = kinds.find((one) => one.kind === kind);
  if (parseId(id) === null || of === undefined) return null;
  if (doer.userId !== null) {
    const item = await of.find(tx, doer, id, today);
    if (item?.mayExport !== true) return null;
    return { title: item.title, rows: await rowsOfItem(tx, kind, id), actorId: null };
  }
  const rows = await rowsOfItem(tx, kind, id);
  return rows.length === 0 ? null : { title: `${of.name} ${id}`, rows, actorId: null };
}

/** What is wrong with the answers of whoever gives out, each beside its field. */
export function giveOutProblems(given: {
  recipient: string;
  reason: string;
}): { field: 'recipient' | 'reason'; text: string }[] {
  const problems: { field: 'recipient' | 'reason'; text: string }[] = [];
  const recipient = given.recipient.trim();
  if (recipient === '' || recipient.length > 300) {
    problems.push({ field: 'recipient', text: 'Say who it is for, in 300 characters at most' });
  }
  if (given.reason.trim() === '') {
    problems.push({ field: 'reason', text: 'Say why, such as the number of the request' });
  }
  return problems;
}
