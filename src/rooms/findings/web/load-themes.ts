import type { FastifyRequest } from 'fastify';
import type { ThemeId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { may } from '#people';
import { readableFindings, wholeOnes } from '../actions/read-register.ts';
import { mentionOf } from '../actions/surroundings.ts';
import type { FindingPicture, Theme } from '../rules/picture.ts';
import { trendOf, type AreaMention, type ThemeTrend } from '../rules/theme-trend.ts';
import { readThemes } from '../store/themes.ts';
import type { FindingDeps } from './deps.ts';
import type { CountedTheme } from './themes.view.ts';

export interface LoadedThemes {
  /** Every theme, merged and withdrawn ones too. */
  all: Theme[];
  /** Those of the list, each with how it came up. */
  counted: CountedTheme[];
  /** Those that were merged or withdrawn. */
  gone: Theme[];
  trendOfTheme: (id: ThemeId) => ThemeTrend;
  /** The findings of a theme that count and are read whole. */
  findingsOf: (id: ThemeId) => FindingPicture[];
  /** Whoever reads only some findings knows only of their themes. */
  mayKnow: (theme: Theme) => boolean;
}

/** The themes with what this person may read of their findings, on the day of the page. */
export async function loadThemes(
  { db }: FindingDeps,
  { actor, asAt, today }: FastifyRequest,
): Promise<LoadedThemes> {
  const { all, readable } = await readInAuthority(db, actor.authorityId, async (tx) => ({
    all: await readThemes(tx, actor.authorityId, asAt),
    readable: await readableFindings(tx, actor, { asAt, today }, 'all'),
  }));
  const mentions = readable.flatMap((one): AreaMention[] => {
    const mention = mentionOf(one);
    return mention === null ? [] : [{ ...mention, area: one.finding.area }];
  });
  const named = new Set(readable.flatMap(({ finding }) => finding.themes.map(({ id }) => id)));
  const readsAll = may(actor, 'R', 'PLN');
  const mayKnow = ({ id }: Theme) => readsAll || named.has(id);
  const trendOfTheme = (id: ThemeId) => trendOf(id, mentions, asAt);
  const stands = (theme: Theme) => !theme.withdrawn && theme.mergedInto === null;
  const known = all.filter(mayKnow);
  return {
    all,
    counted: known.filter(stands).map((theme) => ({ theme, trend: trendOfTheme(theme.id) })),
    gone: known.filter((theme) => !stands(theme)),
    trendOfTheme,
    findingsOf: (id) =>
      wholeOnes(readable).filter(
        ({ kind, withdrawn, source, themes }) =>
          kind !== 'strength' &&
          !withdrawn &&
          !source.withdrawn &&
          themes.some((theme) => theme.id === id),
      ),
    mayKnow,
  };
}
