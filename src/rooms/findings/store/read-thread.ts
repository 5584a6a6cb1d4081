import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, FindingId, SourceId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FindingEvent, ResponseEvent, SourceEvent } from '../rules/thread/told.ts';
import { linksOf, type ItemLink, type ItemRef } from './links.ts';
import './tables.ts';

/** How many links away from an item its thread still reaches. */
const reach = 3;

/**
 * The links by which something led to these items, and by which something came of them, ended ones
 * too: up to three away, each way, with the evidence that shows any item on the way down. One
 * question for each step, however many links there are.
 */
export async function linksAround(
  tx: Tx,
  authority: AuthorityId,
  start: readonly ItemRef[],
  asAt: IsoDate,
): Promise<ItemLink[]> {
  const found = new Map<string, ItemLink>();
  const seen = { up: new Set<string>(), down: new Set<string>() };
  const isEvidence = ({ from, relation }: ItemLink) =>
    from.kind === 'evidence' && (relation === 'shows' || relation === 'document of');
  let up = start.map(({ id }) => id);
  let down = up;
  for (let step = 0; step < reach && up.length + down.length > 0; step += 1) {
    const ends = { up: new Set(up), down: new Set(down) };
    for (const id of up) seen.up.add(id);
    for (const id of down) seen.down.add(id);
    const links = await linksOf(tx, authority, [...ends.up, ...ends.down], asAt);
    const next = { up: new Set<string>(), down: new Set<string>() };
    for (const link of links) {
      if (ends.down.has(link.from.id)) {
        found.set(link.id, link);
        next.down.add(link.to.id);
      }
      if (isEvidence(link) && (ends.down.has(link.to.id) || ends.up.has(link.to.id))) {
        found.set(link.id, link);
      } else if (ends.up.has(link.to.id)) {
        found.set(link.id, link);
        next.up.add(link.from.id);
      }
    }
    up = [...next.up].filter((id) => !seen.up.has(id));
    down = [...next.down].filter((id) => !seen.down.has(id));
  }
  return [...found.values()].sort((a, b) => a.on.localeCompare(b.on) || a.id.localeCompare(b.id));
}

/** What happened to these findings by that day: later versions, and responses; each table once. */
export async function eventsOfFindings(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly FindingId[],
  asAt: IsoDate,
): Promise<{
  versions: Map<FindingId, (FindingEvent & { id: FindingId })[]>;
  responses: Map<FindingId, (ResponseEvent & { id: FindingId })[]>;
}> {
  if (ids.length === 0) return { versions: new Map(), responses: new Map() };
  const versions = await tx
    .selectFrom('finding_version')
    .select(['finding_id as id', 'effective_on as on', 'withdrawn', 'reason'])
    .where('authority_id', '=', authority)
    .where('finding_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .where('version', '>', 1)
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  const responses = await tx
    .selectFrom('finding_response')
    .select(['finding_id as id', 'effective_on as on', 'answer', 'reason'])
    .where('authority_id', '=', authority)
    .where('finding_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  return {
    versions: Map.groupBy(versions, ({ id }) => id),
    responses: Map.groupBy(responses, ({ id }) => id),
  };
}

/** The versions of these sources and the looks through them by that day, oldest first. */
export async function eventsOfSources(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly SourceId[],
  asAt: IsoDate,
): Promise<Map<SourceId, (SourceEvent & { id: SourceId })[]>> {
  if (ids.length === 0) return new Map();
  const versions = await tx
    .selectFrom('source_version')
    .select(['source_id as id', 'effective_on as on', 'version', 'withdrawn', 'reason as words'])
    .where('authority_id', '=', authority)
    .where('source_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  const looks = await tx
    .selectFrom('source_look')
    .select(['source_id as id', 'effective_on as on', 'note as words'])
    .where('authority_id', '=', authority)
    .where('source_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .execute();
  const all = [...versions, ...looks.map((look) => ({ ...look, version: null, withdrawn: false }))];
  return Map.groupBy(all, ({ id }) => id);
}
