import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type Id, type SourceId, type UserId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { SourceKind } from '../rules/kinds.ts';
import './tables.ts';

/** Where an objective or an action comes from, in the source's own words. */
export interface SourceOf {
  targetId: string;
  linkId: Id<'source link'>;
  id: SourceId;
  title: string;
  kind: SourceKind;
  words: string | null;
  page: string | null;
  /** Whether its source is restricted today: what it is called and says is then for few. */
  restricted: boolean;
}

export interface NewSourceLink {
  targetKind: 'objective' | 'action';
  targetId: string;
  sourceId: SourceId;
  words: string | null;
  page: string | null;
  effectiveOn: IsoDate;
}

const endOfTime = new Date('9999-12-31T00:00:00Z');

/** Two spellings that differ only in case and spaces are one source. */
export function sourceKey(title: string): string {
  return title.trim().replace(/\s+/g, ' ').toLowerCase();
}

/**
 * The sources with these titles, added where they are new. Answers each title's id, and the
 * facts that were written.
 */
export async function findOrAddSources(
  tx: Tx,
  authority: AuthorityId,
  titles: readonly string[],
  kind: SourceKind,
  by: UserId | null,
): Promise<{ byKey: Map<string, SourceId>; added: SourceId[] }> {
  const byKey = new Map<string, SourceId>();
  const added: SourceId[] = [];
  const wanted = new Map(titles.map((title) => [sourceKey(title), title.trim()]));
  if (wanted.size === 0) return { byKey, added };
  const fresh = [...wanted].map(([key, title]) => ({
    authority_id: authority,
    id: newId<'source'>(),
    kind,
    title,
    title_key: key,
    body: null,
    dated_on: null,
    recorded_by: by,
  }));
  const inserted = await tx
    .insertInto('source')
    .values(fresh)
    .onConflict((conflict) => conflict.columns(['authority_id', 'title_key']).doNothing())
    .returning(['id', 'title_key'])
    .execute();
  added.push(...inserted.map((row) => row.id));
  const rows = await tx
    .selectFrom('source')
    .select(['id', 'title_key'])
    .where('authority_id', '=', authority)
    .where('title_key', 'in', [...wanted.keys()])
    .execute();
  for (const row of rows) byKey.set(row.title_key, row.id);
  return { byKey, added };
}

/** Appends links from targets to sources. Answers the ids of the links. */
export async function linkSources(
  tx: Tx,
  authority: AuthorityId,
  links: readonly NewSourceLink[],
  by: UserId | null,
): Promise<Id<'source link'>[]> {
  if (links.length === 0) return [];
  const rows = links.map((link) => ({
    authority_id: authority,
    id: newId<'source link'>(),
    source_id: link.sourceId,
    target_kind: link.targetKind,
    target_id: link.targetId,
    words: link.words,
    page: link.page,
    effective_on: link.effectiveOn,
    recorded_by: by,
  }));
  await tx.insertInto('source_link').values(rows).execute();
  return rows.map((row) => row.id);
}

/** Says that a link no longer holds from this day. The link itself stays to be seen. */
export async function endSourceLink(
  tx: Tx,
  authority: AuthorityId,
  linkId: Id<'source link'>,
  effectiveOn: IsoDate,
  by: UserId | null,
): Promise<Id<'source link end'>> {
  const id = newId<'source link end'>();
  await tx
    .insertInto('source_link_end')
    .values({
      authority_id: authority,
      id,
      source_link_id: linkId,
      effective_on: effectiveOn,
      recorded_by: by,
    })
    .execute();
  return id;
}

/**
 * The sources of these targets as they stood at the end of that day, oldest link first. With
 * `knownAt`, links and ends recorded after that instant are left out.
 */
export async function sourcesOf(
  tx: Tx,
  authority: AuthorityId,
  targetIds: readonly string[],
  asAt: IsoDate,
  knownAt?: Date,
): Promise<SourceOf[]> {
  if (targetIds.length === 0) return [];
  const known = knownAt ?? endOfTime;
  return tx
    .selectFrom('source_link as link')
    .innerJoin('source', (join) =>
      join
        .onRef('source.authority_id', '=', 'link.authority_id')
        .onRef('source.id', '=', 'link.source_id'),
    )
    .leftJoin('source_link_end as ended', (join) =>
      join
        .onRef('ended.authority_id', '=', 'link.authority_id')
        .onRef('ended.source_link_id', '=', 'link.id')
        .on('ended.effective_on', '<=', asAt)
        .on('ended.recorded_at', '<=', known),
    )
    .select([
      'link.target_id as targetId',
      'link.id as linkId',
      'source.id as id',
      'source.title as title',
      'source.kind as kind',
      'link.words as words',
      'link.page as page',
      isRestricted('source').as('restricted'),
    ])
    .where('link.authority_id', '=', authority)
    .where('link.target_id', '=', anyOf(targetIds))
    .where('link.effective_on', '<=', asAt)
    .where('link.recorded_at', '<=', known)
    .where('ended.id', 'is', null)
    .orderBy('link.recorded_at')
    .orderBy('link.id')
    .execute();
}

/**
 * Whether the source of that table is restricted by what is known of it today, whatever day is
 * looked at: what was made restricted since is restricted on its earlier days too.
 */
function isRestricted(table: string) {
  return sql<boolean>`coalesce((
    select v.classification = 'restricted' from source_version v
    where v.authority_id = ${sql.ref(`${table}.authority_id`)} and v.source_id = ${sql.ref(`${table}.id`)}
    order by v.effective_on desc, v.version desc limit 1), false)`;
}

/** The sources of the authority, by title; restricted ones only where they are asked for. */
export async function listSources(
  tx: Tx,
  authority: AuthorityId,
  { restricted }: { restricted: boolean },
): Promise<{ id: SourceId; title: string; kind: SourceKind }[]> {
  const rows = await tx
    .selectFrom('source')
    .select(['id', 'title', 'kind', isRestricted('source').as('restricted')])
    .where('authority_id', '=', authority)
    .orderBy('title_key')
    .execute();
  return rows
    .filter((row) => restricted || !row.restricted)
    .map(({ id, title, kind }) => ({ id, title, kind }));
}
