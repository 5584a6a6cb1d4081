import type { FindingId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import { groupOf, judgedBeside } from '../rules/groups.ts';
import { dayOfSource, type FindingPicture } from '../rules/picture.ts';
import { recurrenceOf, type Mention, type Recurrence } from '../rules/recurrence.ts';
import { mayWithFinding } from './standing.ts';
import { standingTheme } from '../rules/themes.ts';
import { pairsOf, similarFindings } from '../store/similar.ts';
import { findingsNaming, readThemes } from '../store/themes.ts';
import { readableFindings, wholeOnes, type Days, type ReadableFinding } from './read-register.ts';

/** A finding that may say the same as another. */
export interface Alike {
  finding: FindingPicture;
  /** 0 to 1. */
  likeness: number;
}

/** When other sources raised the themes of a finding before it, from what this person may read. */
export async function recurrenceFor(
  tx: Tx,
  actor: Actor,
  days: Days,
  finding: FindingPicture,
): Promise<Recurrence[]> {
  if (finding.themes.length === 0) return [];
  const themes = await readThemes(tx, actor.authorityId, days.asAt);
  const byId = new Map(themes.map((theme) => [theme.id, theme]));
  const own = new Set(finding.themes.map(({ id }) => id));
  const counted = themes.flatMap(({ id }) => {
    const standing = standingTheme(byId, id);
    return standing !== null && own.has(standing.id) ? [id] : [];
  });
  const findingIds = await findingsNaming(tx, actor.authorityId, counted);
  const others = await readableFindings(tx, actor, days, { findingIds });
  const { kind, source } = finding;
  const asked = { kind, sourceId: source.id, when: dayOfSource(source), themes: finding.themes };
  return recurrenceOf(
    asked,
    others.flatMap((one) => mentionOf(one) ?? []),
  );
}

/** What a finding mentions; null where it, or its source, was withdrawn. */
export function mentionOf(one: ReadableFinding): Mention | null {
  if (one.access === 'derivative') {
    const { sourceId, kind, month, themes, state } = one.finding;
    return state === 'withdrawn' ? null : { sourceId, kind, when: month, themes };
  }
  const { source, kind, themes, withdrawn } = one.finding;
  if (withdrawn || source.withdrawn) return null;
  return { sourceId: source.id, kind, when: dayOfSource(source), themes };
}

/** The findings that people said say the same, as far as this person may read them. */
export async function saysTheSame(
  tx: Tx,
  actor: Actor,
  days: Days,
  id: FindingId,
): Promise<FindingPicture[]> {
  const findingIds = groupOf(id, await pairsOf(tx, actor.authorityId, days.asAt));
  const found = wholeOnes(await readableFindings(tx, actor, days, { findingIds }));
  return found.filter(({ withdrawn, source }) => !withdrawn && !source.withdrawn);
}

/**
 * Findings that may say the same as this one today, the most alike first: those that this person
 * may change too, and of which nobody said anything yet. A strength is compared with strengths.
 */
export async function maySayTheSame(
  tx: Tx,
  actor: Actor,
  days: Days,
  finding: FindingPicture,
): Promise<Alike[]> {
  if (finding.withdrawn || finding.source.withdrawn) return [];
  const pairs = await pairsOf(tx, actor.authorityId, days.today);
  const except = [finding.id, ...judgedBeside(finding.id, pairs), ...groupOf(finding.id, pairs)];
  const alike = await similarFindings(tx, actor.authorityId, finding.words, days.today, { except });
  const findingIds = alike.map(({ id }) => id);
  const readable = wholeOnes(await readableFindings(tx, actor, days, { findingIds }));
  const byId = new Map(readable.map((one) => [one.id, one]));
  return alike.flatMap(({ id, likeness }) => {
    const other = byId.get(id);
    return other !== undefined &&
      !other.source.withdrawn &&
      (other.kind === 'strength') === (finding.kind === 'strength') &&
      mayWithFinding(actor, 'U', other)
      ? [{ finding: other, likeness }]
      : [];
  });
}
