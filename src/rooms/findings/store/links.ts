import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type Id } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ItemKindLinked, Relation } from '../rules/kinds.ts';
import './tables.ts';
import { inPieces, type Writing, type WrittenFact } from './writing.ts';

export type ItemLinkId = Id<'item link'>;

/** One end of a link: any item of this room or of a room above. */
export interface ItemRef {
  kind: ItemKindLinked;
  id: string;
}

/** From what led here to what came of it. */
export interface NewItemLink {
  from: ItemRef;
  to: ItemRef;
  relation: Relation;
  page?: string | null;
}

export interface ItemLink {
  id: ItemLinkId;
  from: ItemRef;
  to: ItemRef;
  relation: Relation;
  page: string | null;
  on: IsoDate;
  /** The day from which it no longer held, or null. */
  endedOn: IsoDate | null;
}

/** Appends links that do not stand already on that day. Answers the facts for the log. */
export async function linkItems(
  tx: Tx,
  writing: Writing,
  links: readonly NewItemLink[],
): Promise<WrittenFact[]> {
  if (links.length === 0) return [];
  const standing = await linksOf(
    tx,
    writing.authority,
    links.map((link) => link.from.id),
    writing.effectiveOn,
  );
  const known = new Set(standing.filter(({ endedOn }) => endedOn === null).map(linkKey));
  const rows = links
    .filter((link) => {
      const key = linkKey(link);
      if (known.has(key)) return false;
      known.add(key);
      return true;
    })
    .map(({ from, to, relation, page }) => ({
      authority_id: writing.authority,
      id: newId<'item link'>(),
      from_kind: from.kind,
      from_id: from.id,
      to_kind: to.kind,
      to_id: to.id,
      relation,
      page: page ?? null,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
    }));
  for (const piece of inPieces(rows)) await tx.insertInto('item_link').values(piece).execute();
  return rows.map(({ id }) => ({ fact: 'item_link', id }));
}

const linkKey = ({ from, to, relation }: Pick<ItemLink, 'from' | 'to' | 'relation'>): string =>
  `${from.id} ${relation} ${to.id}`;

/** Says that a link no longer holds from that day; the link itself stays to be seen. */
export async function endItemLink(
  tx: Tx,
  writing: Writing,
  linkId: ItemLinkId,
): Promise<WrittenFact[]> {
  const ended = await tx
    .insertInto('item_link_end')
    .values({
      authority_id: writing.authority,
      id: newId<'item link end'>(),
      item_link_id: linkId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'item_link_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return ended === undefined ? [] : [{ fact: 'item_link_end', id: ended.id }];
}

/** Every link to or from these items that was made by that day, ended ones too, oldest first. */
export async function linksOf(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
  asAt: IsoDate,
): Promise<ItemLink[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('item_link as link')
    .leftJoin('item_link_end as ended', (join) =>
      join
        .onRef('ended.authority_id', '=', 'link.authority_id')
        .onRef('ended.item_link_id', '=', 'link.id')
        .on('ended.effective_on', '<=', asAt),
    )
    .select([
      'link.id as id',
      'link.from_kind as fromKind',
      'link.from_id as fromId',
      'link.to_kind as toKind',
      'link.to_id as toId',
      'link.relation as relation',
      'link.page as page',
      'link.effective_on as on',
      'ended.effective_on as endedOn',
    ])
    .where('link.authority_id', '=', authority)
    .where((is) => is.or([is('link.from_id', '=', anyOf(ids)), is('link.to_id', '=', anyOf(ids))]))
    .where('link.effective_on', '<=', asAt)
    .orderBy('link.effective_on')
    .orderBy('link.id')
    .execute();
  return rows.map(({ fromKind, fromId, toKind, toId, ...row }) => ({
    ...row,
    from: { kind: fromKind, id: fromId },
    to: { kind: toKind, id: toId },
  }));
}

/** Links of these items that hold at the end of that day. */
export async function standingLinksOf(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly string[],
  asAt: IsoDate,
): Promise<ItemLink[]> {
  return (await linksOf(tx, authority, ids, asAt)).filter(({ endedOn }) => endedOn === null);
}
