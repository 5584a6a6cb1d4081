import type { ThemeId } from '#kernel/ids.ts';
import type { Theme } from './picture.ts';

/**
 * The theme that a finding counts with as at a day: itself, or what it was merged into, however many
 * times. Null where that is not known, or where it was taken out of the list.
 */
export function standingTheme(themes: ReadonlyMap<ThemeId, Theme>, id: ThemeId): Theme | null {
  const passed = new Set<ThemeId>();
  let theme = themes.get(id);
  while (theme?.mergedInto != null && !passed.has(theme.id)) {
    passed.add(theme.id);
    theme = themes.get(theme.mergedInto);
  }
  return theme === undefined || theme.withdrawn ? null : theme;
}
