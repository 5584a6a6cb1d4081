import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, SourceId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { SourcePicture } from '../rules/picture.ts';
import './tables.ts';

interface SourceRow extends Omit<SourcePicture, 'addedOn' | 'lookedOn'> {
  firstOn: IsoDate | null;
  recordedDay: IsoDate;
}

/**
 * The sources of the register as they stood at the end of a day, or these alone, newest first by
 * their own day. A source that only a plan named stands with its title and kind, and version 0,
 * from the first day of what names it.
 */
export async function readSources(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  only?: readonly SourceId[],
): Promise<SourcePicture[]> {
  if (only?.length === 0) return [];
  const wanted = only === undefined ? sql`true` : sql`s.id = ${anyOf(only)}`;
  const { rows } = await sql<SourceRow>`
    select s.id, coalesce(v.kind, s.kind) as kind, coalesce(v.title, s.title) as title,
      coalesce(v.body, s.body) as body, v.reference,
      v.visit_from as "visitFrom", v.visit_to as "visitTo",
      case when v.id is null then s.dated_on else v.published_on end as "publishedOn",
      v.received_on as "receivedOn", v.overall,
      coalesce(v.overall_is, 'not recorded') as "overallIs", coalesce(v.grades, '[]') as grades,
      v.summary, coalesce(v.classification, 'internal') as classification,
      coalesce(v.withdrawn, false) as withdrawn, coalesce(v.version, 0) as version,
      least(f.first_on, l.first_on) as "firstOn",
      (s.recorded_at at time zone 'Europe/London')::date as "recordedDay"
    from source s
    left join lateral (
      select * from source_version v
      where v.authority_id = s.authority_id and v.source_id = s.id and v.effective_on <= ${asAt}
      order by v.effective_on desc, v.version desc limit 1
    ) v on true
    left join lateral (
      select min(v.effective_on) as first_on from source_version v
      where v.authority_id = s.authority_id and v.source_id = s.id
    ) f on true
    left join lateral (
      select min(k.effective_on) as first_on from source_link k
      where k.authority_id = s.authority_id and k.source_id = s.id
    ) l on true
    where s.authority_id = ${authority} and ${wanted}`.execute(tx);
  const standing = rows.flatMap(({ firstOn, recordedDay, ...row }) => {
    const addedOn = firstOn ?? recordedDay;
    return addedOn <= asAt ? [{ ...row, addedOn }] : [];
  });
  const looked = await lastLooks(tx, authority, asAt, only);
  return standing
    .map((row) => {
      const last = looked.get(row.id);
      return { ...row, lookedOn: last === undefined || last < row.addedOn ? row.addedOn : last };
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
}

const keyOf = (one: SourcePicture): string =>
  `${one.publishedOn ?? one.visitTo ?? one.visitFrom ?? one.receivedOn ?? one.addedOn} ${one.id}`;

/** The last day on which each source, or a finding of it, was written on or looked through. */
async function lastLooks(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  only?: readonly SourceId[],
): Promise<Map<SourceId, IsoDate>> {
  const wanted = only === undefined ? sql`true` : sql`source_id = ${anyOf(only)}`;
  const { rows } = await sql<{ id: SourceId; on: IsoDate }>`
    select source_id as id, max(on_day) as "on" from (
      select source_id, effective_on as on_day from source_version where authority_id = ${authority}
      union all
      select source_id, effective_on from source_look where authority_id = ${authority}
      union all
      select f.source_id, v.effective_on from finding f join finding_version v
        on v.authority_id = f.authority_id and v.finding_id = f.id
        where f.authority_id = ${authority}
      union all
      select f.source_id, r.effective_on from finding f join finding_response r
        on r.authority_id = f.authority_id and r.finding_id = f.id
        where f.authority_id = ${authority}
    ) written
    where on_day <= ${asAt} and ${wanted}
    group by source_id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.on]));
}
