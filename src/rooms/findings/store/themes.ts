import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type FindingId, type ThemeId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Theme } from '../rules/picture.ts';
import './tables.ts';
import type { Writing, WrittenFact } from './writing.ts';

export interface ThemeContent {
  name: string;
  meaning: string | null;
  mergedInto: ThemeId | null;
  withdrawn: boolean;
  reason: string | null;
}

/** Every theme as at a day, merged and withdrawn ones too, by name. */
export async function readThemes(tx: Tx, authority: AuthorityId, asAt: IsoDate): Promise<Theme[]> {
  const rows = await tx
    .selectFrom('theme_version')
    .distinctOn('theme_id')
    .select([
      'theme_id as id',
      'name',
      'meaning',
      'merged_into as mergedInto',
      'withdrawn',
      'version',
    ])
    .where('authority_id', '=', authority)
    .where('effective_on', '<=', asAt)
    .orderBy('theme_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}

/** Appends themes that are new. */
export async function appendThemes(
  tx: Tx,
  writing: Writing,
  themes: readonly { name: string; meaning: string | null }[],
): Promise<{ ids: ThemeId[]; written: WrittenFact[] }> {
  const ids: ThemeId[] = [];
  const written: WrittenFact[] = [];
  for (const { name, meaning } of themes) {
    const id = newId<'theme'>();
    await tx
      .insertInto('theme')
      .values({ authority_id: writing.authority, id, recorded_by: writing.by })
      .execute();
    ids.push(id);
    written.push({ fact: 'theme', id });
    const content = { name, meaning, mergedInto: null, withdrawn: false, reason: null };
    written.push(...(await appendThemeVersion(tx, writing, id, 1, content)));
  }
  return { ids, written };
}

/** Appends a version of a theme: renamed, merged into another, withdrawn, brought back. */
export async function appendThemeVersion(
  tx: Tx,
  writing: Writing,
  themeId: ThemeId,
  version: number,
  content: ThemeContent,
): Promise<WrittenFact[]> {
  const id = newId<'theme version'>();
  await tx
    .insertInto('theme_version')
    .values({
      authority_id: writing.authority,
      id,
      theme_id: themeId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      name: content.name,
      meaning: content.meaning,
      merged_into: content.mergedInto,
      withdrawn: content.withdrawn,
      reason: content.reason,
    })
    .execute();
  return [{ fact: 'theme_version', id, version }];
}

/** The findings that name any of these themes in any version, by id. */
export async function findingsNaming(
  tx: Tx,
  authority: AuthorityId,
  themeIds: readonly ThemeId[],
): Promise<FindingId[]> {
  if (themeIds.length === 0) return [];
  const rows = await tx
    .selectFrom('finding_version_theme as part')
    .innerJoin('finding_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'part.authority_id')
        .onRef('version.id', '=', 'part.finding_version_id'),
    )
    .select('version.finding_id as id')
    .distinct()
    .where('part.authority_id', '=', authority)
    .where('part.theme_id', '=', anyOf(themeIds))
    .execute();
  return rows.map(({ id }) => id);
}
