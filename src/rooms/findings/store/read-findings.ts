import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, FindingId, Id, PartyId, SourceId, ThemeId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import { listParties } from '#people';
import { deriveState } from '../rules/finding-state.ts';
import type { FindingPicture, FindingResponse, LinkedAction, PartyRef } from '../rules/picture.ts';
import { standingTheme } from '../rules/themes.ts';
import { standingLinksOf } from './links.ts';
import { progressOf } from './progress.ts';
import { readSources } from './read-sources.ts';
import './tables.ts';
import { readThemes } from './themes.ts';

/** Which findings are asked for: all of the authority, those of sources, or these alone. */
export type WhichFindings =
  'all' | { sourceIds: readonly SourceId[] } | { findingIds: readonly FindingId[] };

/**
 * Findings as they stood at the end of a day, with their sources, themes, responses, the actions
 * that answer them and the state that follows: each table is asked once, however many there are.
 * In the order of their sources (newest first), then of their position. Who may read them is not
 * asked here.
 */
export async function readFindings(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  which: WhichFindings,
): Promise<FindingPicture[]> {
  const rows = await readVersions(tx, authority, asAt, which);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const sourceIds = [...new Set(rows.map(({ sourceId }) => sourceId))];
  const sources = await readSources(tx, authority, asAt, sourceIds);
  const sourceOf = new Map(sources.map((source, order) => [source.id, { source, order }]));
  const parties = await partyRefs(tx, authority);
  const themesOf = await readThemesOf(tx, authority, asAt, rows);
  const responses = await readResponses(tx, authority, asAt, ids);
  const actionsOf = await readActionsOf(tx, authority, asAt, ids);
  return rows
    .flatMap(({ versionId, sourceId, leadId, reportsToId, ...row }) => {
      const from = sourceOf.get(sourceId);
      if (from === undefined) return [];
      const response = responses.get(row.id);
      const actions = actionsOf.get(row.id) ?? [];
      const picture: FindingPicture = {
        ...row,
        source: from.source,
        lead: leadId === null ? null : (parties.get(leadId) ?? null),
        reportsTo: reportsToId === null ? null : (parties.get(reportsToId) ?? null),
        themes: themesOf.get(versionId) ?? [],
        response: response?.response ?? null,
        responseVersion: response?.version ?? 0,
        actions,
        derived: deriveState({
          kind: row.kind,
          withdrawn: row.withdrawn,
          answer: response?.response.answer ?? null,
          actions,
        }),
      };
      return [{ picture, order: from.order }];
    })
    .sort((a, b) => a.order - b.order || a.picture.position - b.picture.position)
    .map(({ picture }) => picture);
}

async function readVersions(tx: Tx, authority: AuthorityId, asAt: IsoDate, which: WhichFindings) {
  let query = tx
    .selectFrom('finding')
    .innerJoin('finding_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'finding.authority_id')
        .onRef('version.finding_id', '=', 'finding.id'),
    )
    .distinctOn('version.finding_id')
    .select([
      'version.finding_id as id',
      'version.id as versionId',
      'finding.source_id as sourceId',
      'version.version',
      'version.kind',
      'version.ref',
      'version.position',
      'version.words',
      'version.page',
      'version.paragraph',
      'version.area',
      'version.lead_id as leadId',
      'version.reports_to_id as reportsToId',
      'version.words_to_share as wordsToShare',
      'version.withdrawn',
      sql<IsoDate>`min(version.effective_on) over (partition by version.finding_id)`.as('addedOn'),
    ])
    .where('finding.authority_id', '=', authority)
    .where('version.effective_on', '<=', asAt)
    .orderBy('version.finding_id')
    .orderBy('version.effective_on', 'desc')
    .orderBy('version.version', 'desc');
  if (which !== 'all') {
    const [column, ids] =
      'sourceIds' in which
        ? (['finding.source_id', which.sourceIds] as const)
        : (['finding.id', which.findingIds] as const);
    if (ids.length === 0) return [];
    query = query.where(column, '=', anyOf<string>(ids) as never);
  }
  return await query.execute();
}

async function partyRefs(tx: Tx, authority: AuthorityId): Promise<Map<PartyId, PartyRef>> {
  const parties = await listParties(tx, authority);
  return new Map(parties.map(({ id, kind, name }) => [id, { id, kind, name }]));
}

async function readThemesOf(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  rows: readonly { versionId: Id<'finding version'> }[],
) {
  const named = await tx
    .selectFrom('finding_version_theme')
    .select(['finding_version_id as versionId', 'theme_id as themeId'])
    .where('authority_id', '=', authority)
    .where('finding_version_id', '=', anyOf(rows.map(({ versionId }) => versionId)))
    .execute();
  const themes = named.length === 0 ? [] : await readThemes(tx, authority, asAt);
  const byId = new Map(themes.map((theme) => [theme.id, theme]));
  const found = Map.groupBy(named, ({ versionId }) => versionId);
  return new Map(
    [...found].map(([versionId, parts]) => {
      const standing = new Map<ThemeId, { id: ThemeId; name: string }>();
      for (const { themeId } of parts) {
        const theme = standingTheme(byId, themeId);
        if (theme !== null) standing.set(theme.id, { id: theme.id, name: theme.name });
      }
      return [versionId, [...standing.values()].sort((a, b) => a.name.localeCompare(b.name))];
    }),
  );
}

async function readResponses(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  ids: readonly FindingId[],
): Promise<Map<FindingId, { response: FindingResponse; version: number }>> {
  const rows = await tx
    .selectFrom('finding_response')
    .distinctOn('finding_id')
    .select(['finding_id as id', 'answer', 'reason', 'effective_on as on', 'version'])
    .where('authority_id', '=', authority)
    .where('finding_id', '=', anyOf(ids))
    .where('effective_on', '<=', asAt)
    .orderBy('finding_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return new Map(
    rows.map(({ id, version, answer, reason, on }) => [
      id,
      { response: { answer, reason, on }, version },
    ]),
  );
}

async function readActionsOf(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
  ids: readonly FindingId[],
): Promise<Map<FindingId, LinkedAction[]>> {
  const links = (await standingLinksOf(tx, authority, ids, asAt)).filter(
    ({ from, to, relation }) =>
      from.kind === 'finding' && to.kind === 'action' && relation === 'answered by',
  );
  const progress = await progressOf(
    tx,
    authority,
    [...new Set(links.map(({ to }) => to.id))],
    asAt,
  );
  const found = new Map<FindingId, LinkedAction[]>();
  for (const link of links) {
    const told = progress.get(link.to.id);
    if (told === undefined) continue;
    const findingId = link.from.id as FindingId;
    const action: LinkedAction = {
      linkId: link.id,
      linkedOn: link.on,
      id: told.id,
      label: told.label,
      place: told.place,
      href: told.href,
      withinId: told.withinId,
      partyIds: [...told.partyIds],
      state: told.state,
      since: told.since,
      dueOn: told.dueOn,
      firstDueOn: told.firstDueOn,
      toldOn: told.on,
    };
    found.set(findingId, [...(found.get(findingId) ?? []), action]);
  }
  return found;
}

/** The source of a finding, or null where the authority has no such finding. */
export async function sourceOfFinding(
  tx: Tx,
  authority: AuthorityId,
  id: FindingId,
): Promise<SourceId | null> {
  const row = await tx
    .selectFrom('finding')
    .select('source_id')
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.source_id ?? null;
}
