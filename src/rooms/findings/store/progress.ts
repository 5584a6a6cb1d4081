import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type Id, type PartyId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ProgressState } from '../rules/kinds.ts';
import './tables.ts';
import { inPieces, type Writing, type WrittenFact } from './writing.ts';

/** How far an item of a higher room is, in that room's own words. */
export interface ItemProgress {
  kind: 'action';
  id: string;
  /** Its own words; shortened here to 400 characters. */
  label: string;
  /** Where it stands: "Improvement plan 2026, 1.2". */
  place: string;
  /** The address of its page, without the council's part. */
  href: string;
  /** What it is kept in: the id of its plan. */
  withinId: string;
  /** Its leads and contributors, and who owns what it is kept in. */
  partyIds: readonly PartyId[];
  state: ProgressState;
  dueOn: IsoDate | null;
  firstDueOn: IsoDate | null;
}

/** Progress as it was told, with the day from which it holds. */
export interface ToldProgress extends ItemProgress {
  on: IsoDate;
  recordedAt: Date;
  version: number;
}

const longest = 400;
const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/**
 * Told by a higher room in the transaction that changed its items: appends how far each is from
 * that day on, where it differs from what was told for it before. Answers the facts for the log.
 */
export async function tellProgress(
  tx: Tx,
  writing: Writing,
  items: readonly ItemProgress[],
): Promise<WrittenFact[]> {
  if (items.length === 0) return [];
  const ids = items.map(({ id }) => id);
  const before = await progressOf(tx, writing.authority, ids, writing.effectiveOn);
  const versions = await lastVersions(tx, writing.authority, ids);
  const rows = items.flatMap((given) => {
    const item = { ...given, label: shortened(given.label), place: shortened(given.place) };
    const last = before.get(item.id);
    if (last !== undefined && content(last) === content(item)) return [];
    return [
      {
        authority_id: writing.authority,
        id: newId<'item progress'>(),
        item_kind: item.kind,
        item_id: item.id,
        version: (versions.get(item.id) ?? 0) + 1,
        effective_on: writing.effectiveOn,
        recorded_by: writing.by,
        label: item.label,
        place: item.place,
        href: item.href,
        within_id: item.withinId,
        party_ids: [...item.partyIds],
        state: item.state,
        due_on: item.dueOn,
        first_due_on: item.firstDueOn,
      },
    ];
  });
  for (const piece of inPieces(rows)) await tx.insertInto('item_progress').values(piece).execute();
  return rows.map(({ id, version }) => ({ fact: 'item_progress', id, version }));
}

const content = (item: ItemProgress): string =>
  JSON.stringify([
    item.label,
    item.place,
    item.href,
    item.withinId,
    [...item.partyIds].sort(),
    item.state,
    item.dueOn,
    item.firstDueOn,
  ]);

async function lastVersions(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('item_progress')
    .select(['item_id', (make) => make.fn.max('version').as('version')])
    .where('authority_id', '=', authority)
    .where('item_id', '=', anyOf(ids))
    .groupBy('item_id')
    .execute();
  return new Map(rows.map((row) => [row.item_id, row.version]));
}

const columns = [
  'item_kind as kind',
  'item_id as id',
  'label',
  'place',
  'href',
  'within_id as withinId',
  'party_ids as partyIds',
  'state',
  'due_on as dueOn',
  'first_due_on as firstDueOn',
  'effective_on as on',
  'recorded_at as recordedAt',
  'version',
] as const;

/** How far each of these items was at the end of that day, and since when it is in its state. */
export async function progressOf(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
  asAt: IsoDate,
): Promise<Map<string, ToldProgress & { since: IsoDate }>> {
  const history = await progressHistory(tx, authority, ids, asAt);
  return new Map(
    [...history].flatMap(([id, told]) => {
      const last = told.at(-1);
      if (last === undefined) return [];
      const changed = told.findLastIndex(({ state }) => state !== last.state);
      return [[id, { ...last, since: told[changed + 1]?.on ?? last.on }]];
    }),
  );
}

/** All that was told of each of these items by the end of that day, in the order of its days. */
export async function progressHistory(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
  asAt: IsoDate,
): Promise<Map<string, ToldProgress[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('item_progress')
    .select(columns)
    .where('authority_id', '=', authority)
    .where('item_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .orderBy('item_id')
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  return Map.groupBy(rows, (row) => row.id);
}

/** Every item whose progress was told by that day, as it stood then: for lists and checks. */
export async function allProgress(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
): Promise<ToldProgress[]> {
  return await tx
    .selectFrom('item_progress')
    .distinctOn('item_id')
    .select(columns)
    .where('authority_id', '=', authority)
    .where('effective_on', '<=', asAt)
    .orderBy('item_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
}

/** One writer at a time of this item's links, to the end of the transaction. */
export async function lockItem(tx: Tx, authority: AuthorityId, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${authority} ${id}`}, 2))`.execute(tx);
}

export type ItemProgressId = Id<'item progress'>;
