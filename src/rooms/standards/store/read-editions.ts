import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, CriterionId, EditionId, FrameworkId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Criterion, CriterionLink, Domain, Edition, EditionHead } from '../rules/picture.ts';
import { knownBy, type Until } from './until.ts';

/**
 * Every edition that stands by a day, or these alone: those in use first, then drafts, then the
 * retired, each by title and the newest first.
 */
export async function readEditionHeads(
  tx: Tx,
  authority: AuthorityId,
  until: Until,
  only?: readonly EditionId[],
): Promise<EditionHead[]> {
  const states = tx
    .selectFrom('framework_edition_state')
    .distinctOn('edition_id')
    .select(['edition_id', 'state', 'version', 'effective_on'])
    .where('authority_id', '=', authority)
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until))
    .orderBy('edition_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc');
  let query = tx
    .selectFrom('framework_edition as edition')
    .innerJoin(states.as('now'), 'now.edition_id', 'edition.id')
    .select((make) => [
      'edition.id',
      'edition.framework_id as frameworkId',
      'edition.follows_id as followsId',
      'edition.label',
      'edition.title',
      'edition.publisher',
      'edition.published_on as publishedOn',
      'edition.levels',
      'edition.note',
      'now.state',
      'now.effective_on as since',
      'now.version as stateVersion',
      make
        .selectFrom('criterion')
        .select(make.fn.countAll<number>().as('count'))
        .whereRef('criterion.authority_id', '=', 'edition.authority_id')
        .whereRef('criterion.edition_id', '=', 'edition.id')
        .as('criterionCount'),
    ])
    .where('edition.authority_id', '=', authority);
  if (only !== undefined) query = query.where('edition.id', '=', anyOf(only));
  const rows = await query
    .orderBy(sql`array_position(array['in use', 'draft', 'retired'], now.state)`)
    .orderBy('edition.title')
    .orderBy('edition.published_on', (by) => by.desc().nullsLast())
    .orderBy('edition.recorded_at', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, criterionCount: row.criterionCount ?? 0 }));
}

/** An edition with its domains and criteria, or null where none stands by that day. */
export async function readEdition(
  tx: Tx,
  authority: AuthorityId,
  editionId: EditionId,
  until: Until,
): Promise<Edition | null> {
  const [head] = await readEditionHeads(tx, authority, until, [editionId]);
  if (head === undefined) return null;
  return { ...head, domains: await readDomains(tx, authority, editionId) };
}

/** The domains of an edition with their criteria, in the order of the document. */
async function readDomains(
  tx: Tx,
  authority: AuthorityId,
  editionId: EditionId,
): Promise<Domain[]> {
  const domains = await tx
    .selectFrom('domain')
    .select(['id', 'ref', 'title', 'position'])
    .where('authority_id', '=', authority)
    .where('edition_id', '=', editionId)
    .orderBy('position')
    .execute();
  const criteria = Map.groupBy(
    await criterionRows(tx, authority).where('edition_id', '=', editionId).execute(),
    ({ domainId }) => domainId,
  );
  return domains.map((domain) => ({ ...domain, criteria: criteria.get(domain.id) ?? [] }));
}

/** These criteria of the authority, in the order of their documents; one of another is not there. */
export async function criteriaByIds(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly CriterionId[],
): Promise<Criterion[]> {
  if (ids.length === 0) return [];
  return await criterionRows(tx, authority).where('id', '=', anyOf(ids)).execute();
}

/** The criterion of this ref in an edition: a ref is a text, 1.10 is not 1.1. */
export async function criterionByRef(
  tx: Tx,
  authority: AuthorityId,
  editionId: EditionId,
  ref: string,
): Promise<Criterion | null> {
  const row = await criterionRows(tx, authority)
    .where('edition_id', '=', editionId)
    .where('ref', '=', ref)
    .executeTakeFirst();
  return row ?? null;
}

function criterionRows(tx: Tx, authority: AuthorityId) {
  return tx
    .selectFrom('criterion')
    .select([
      'id',
      'edition_id as editionId',
      'domain_id as domainId',
      'ref',
      'position',
      'text',
      'descriptors',
    ])
    .where('authority_id', '=', authority)
    .orderBy('position');
}

/** What the criteria of an edition were in the edition before it. */
export async function readCriterionLinks(
  tx: Tx,
  authority: AuthorityId,
  editionId: EditionId,
): Promise<CriterionLink[]> {
  return await tx
    .selectFrom('criterion_map as map')
    .innerJoin('criterion', (join) =>
      join
        .onRef('criterion.authority_id', '=', 'map.authority_id')
        .onRef('criterion.id', '=', 'map.criterion_id'),
    )
    .select(['map.criterion_id as criterionId', 'map.from_id as fromId', 'map.relation'])
    .where('map.authority_id', '=', authority)
    .where('criterion.edition_id', '=', editionId)
    .execute();
}

/** This criterion and, through the editions before, what it was there: newest first. */
export async function criterionLine(
  tx: Tx,
  authority: AuthorityId,
  id: CriterionId,
): Promise<CriterionId[]> {
  const { rows } = await sql<{ id: CriterionId }>`
    with recursive line as (
      select ${id}::uuid as id, 0 as back
      union
      select map.from_id, line.back + 1 from line
      join criterion_map map on map.authority_id = ${authority} and map.criterion_id = line.id
      where line.back < 50
    )
    select id from line group by id order by min(back)`.execute(tx);
  return rows.map((row) => row.id);
}

/** The labels of a framework's editions, taken already. */
export async function labelsOf(
  tx: Tx,
  authority: AuthorityId,
  frameworkId: FrameworkId,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('framework_edition')
    .select('label')
    .where('authority_id', '=', authority)
    .where('framework_id', '=', frameworkId)
    .execute();
  return rows.map(({ label }) => label);
}

/** Since when the authority judges at all: the first day of any judgement; null before it. */
export async function firstJudgedOn(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
): Promise<IsoDate | null> {
  const row = await tx
    .selectFrom('judgement')
    .select('effective_on')
    .where('authority_id', '=', authority)
    .where('criterion_id', '=', anyOf(criterionIds))
    .orderBy('effective_on')
    .limit(1)
    .executeTakeFirst();
  return row?.effective_on ?? null;
}

/** The editions of a framework, the newest first. */
export async function editionsOfFramework(
  tx: Tx,
  authority: AuthorityId,
  frameworkId: FrameworkId,
): Promise<EditionId[]> {
  const rows = await tx
    .selectFrom('framework_edition')
    .select('id')
    .where('authority_id', '=', authority)
    .where('framework_id', '=', frameworkId)
    .orderBy('recorded_at', 'desc')
    .execute();
  return rows.map(({ id }) => id);
}
