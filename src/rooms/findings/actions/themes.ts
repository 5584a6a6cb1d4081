import type { IsoDate } from '#kernel/dates.ts';
import type { ThemeId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import type { Theme } from '../rules/picture.ts';
import { suggestedThemes } from '../rules/suggested-themes.ts';
import { standingTheme } from '../rules/themes.ts';
import { lockItem } from '../store/progress.ts';
import {
  appendThemes,
  appendThemeVersion,
  readThemes,
  type ThemeContent,
} from '../store/themes.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

export type ThemeOutcome =
  | { kind: 'done'; themeId: ThemeId }
  /** Somebody saved first: nothing was written, and what stands is given. */
  | { kind: 'stale'; theme: Theme }
  | NotFound
  | Forbidden
  | Refused;

/** Whether this person may edit the authority's list of themes. */
export const mayEditThemes = (actor: Actor): boolean => may(actor, 'U', 'PLN');

/** Adds a theme to the list. One of this name that stands already is this one, if it says the same. */
export async function addTheme(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: { name: string; meaning: string | null },
): Promise<ThemeOutcome> {
  return await onList(db, actor, today, async (tx, themes, writing) => {
    const same = themes.find((one) => isNamed(one, given.name));
    if (same?.meaning === given.meaning) return { kind: 'done', themeId: same.id };
    if (same !== undefined) return refused(nameStands);
    const made = await appendThemes(tx, writing, [given]);
    await recordFacts(tx, actor.userId, 'added a theme', made.written);
    const [themeId] = made.ids;
    return themeId === undefined ? notFound : { kind: 'done', themeId };
  });
}

/** Adds those of the suggested themes of which none of that name stands. Answers how many. */
export async function addSuggestedThemes(
  db: Db,
  actor: Actor,
  today: IsoDate,
): Promise<{ kind: 'done'; added: number } | Forbidden> {
  return await onList(db, actor, today, async (tx, themes, writing) => {
    const fresh = suggestedThemes.filter(({ name }) => !themes.some((one) => isNamed(one, name)));
    if (fresh.length === 0) return { kind: 'done', added: 0 };
    const made = await appendThemes(tx, writing, fresh);
    await recordFacts(tx, actor.userId, 'added suggested themes', made.written);
    return { kind: 'done', added: fresh.length };
  });
}

/** Renames a theme or says its meaning anew, with the reason. */
export async function changeTheme(
  db: Db,
  actor: Actor,
  today: IsoDate,
  themeId: ThemeId,
  seenVersion: number,
  given: { name: string; meaning: string | null; reason: string },
): Promise<ThemeOutcome> {
  return await onTheme(db, actor, today, themeId, seenVersion, (theme, themes) => {
    if (themes.some((one) => one.id !== themeId && isNamed(one, given.name))) {
      return refused(nameStands);
    }
    const content = { ...contentOf(theme), ...given };
    return { content, act: 'changed a theme' };
  });
}

/** Merges a theme into another: from today its findings count with those of the other. */
export async function mergeTheme(
  db: Db,
  actor: Actor,
  today: IsoDate,
  themeId: ThemeId,
  seenVersion: number,
  given: { into: ThemeId; reason: string },
): Promise<ThemeOutcome> {
  return await onTheme(db, actor, today, themeId, seenVersion, (theme, themes) => {
    const byId = new Map(themes.map((one) => [one.id, one]));
    const into = standingTheme(byId, given.into);
    if (into === null || into.id === themeId) {
      return refused({ field: 'into', text: 'Choose another theme of the list' });
    }
    const content = { ...contentOf(theme), mergedInto: into.id, reason: given.reason };
    return { content, act: 'merged a theme' };
  });
}

/** Withdraws a theme, or brings it back; one that was merged stands by itself again. */
export async function withdrawTheme(
  db: Db,
  actor: Actor,
  today: IsoDate,
  themeId: ThemeId,
  seenVersion: number,
  given: { withdrawn: boolean; reason: string },
): Promise<ThemeOutcome> {
  return await onTheme(db, actor, today, themeId, seenVersion, (theme, themes) => {
    const others = themes.filter(({ id }) => id !== themeId);
    if (!given.withdrawn && others.some((one) => isNamed(one, theme.name))) {
      return refused({
        field: 'reason',
        text: 'Another theme has this name now. Rename that one first',
      });
    }
    const content = { ...contentOf(theme), mergedInto: null, ...given };
    return { content, act: given.withdrawn ? 'withdrew a theme' : 'brought a theme back' };
  });
}

type OfList<Outcome> = (
  tx: Tx,
  themes: readonly Theme[],
  writing: { authority: Actor['authorityId']; by: Actor['userId']; effectiveOn: IsoDate },
) => Promise<Outcome>;

async function onList<Outcome>(
  db: Db,
  actor: Actor,
  today: IsoDate,
  write: OfList<Outcome>,
): Promise<Outcome | Forbidden> {
  if (!mayEditThemes(actor)) return forbidden;
  return await inAuthority(db, actor.authorityId, async (tx) => {
    await lockItem(tx, actor.authorityId, 'themes');
    const themes = await readThemes(tx, actor.authorityId, today);
    return await write(tx, themes, {
      authority: actor.authorityId,
      by: actor.userId,
      effectiveOn: today,
    });
  });
}

async function onTheme(
  db: Db,
  actor: Actor,
  today: IsoDate,
  themeId: ThemeId,
  seenVersion: number,
  decide: (
    theme: Theme,
    themes: readonly Theme[],
  ) => { content: ThemeContent; act: string } | Refused,
): Promise<ThemeOutcome> {
  return await onList(db, actor, today, async (tx, themes, writing): Promise<ThemeOutcome> => {
    const theme = themes.find(({ id }) => id === themeId);
    if (theme === undefined) return notFound;
    const decided = decide(theme, themes);
    if ('kind' in decided) return decided;
    if (said(decided.content) === said(contentOf(theme))) return { kind: 'done', themeId };
    if (theme.version !== seenVersion) return { kind: 'stale', theme };
    const { content, act } = decided;
    const written = await appendThemeVersion(tx, writing, themeId, theme.version + 1, content);
    await recordFacts(tx, actor.userId, act, written);
    return { kind: 'done', themeId };
  });
}

const nameStands = { field: 'name', text: 'A theme of this name stands already' };

const key = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether a theme of the list has this name: one that was merged or withdrawn gave its name free. */
function isNamed(theme: Theme, name: string): boolean {
  return !theme.withdrawn && theme.mergedInto === null && key(theme.name) === key(name);
}

const contentOf = ({ name, meaning, mergedInto, withdrawn }: Theme): ThemeContent => ({
  ...{ name, meaning, mergedInto, withdrawn },
  reason: null,
});

const said = ({ name, meaning, mergedInto, withdrawn }: ThemeContent): string =>
  JSON.stringify([name, meaning, mergedInto, withdrawn]);
