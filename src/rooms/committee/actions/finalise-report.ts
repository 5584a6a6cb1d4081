import type { IsoDate } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { recordFacts, whyNot, type Actor, type Refusal } from '#people';
import { lockPlan } from '#plans';
import { boundFigures, unknownTokens } from '../rules/bound-numbers.ts';
import {
  finaliserStanding,
  openClearances,
  type Clearance,
  type ContentHashes,
  type NotReady,
} from '../rules/clearance.ts';
import { sectionOf } from '../rules/sections.ts';
import { standingTo } from '../rules/standing.ts';
import { appendFinal, knownNow } from '../store/append-report.ts';
import type { ReportId } from '../store/tables.ts';
import { sameContent } from './clear-report.ts';
import { openReport, readContent, type FoundReport, type ReportContent } from './open-report.ts';
import type { Final, Forbidden, NotFound } from './outcome.ts';

export type FinaliseOutcome =
  | { kind: 'done' }
  /** Their role may not, or nobody but them agreed. */
  | { kind: 'may-not'; reasons: Refusal[] }
  | { kind: 'not-ready'; reasons: NotReady[] }
  /** The report says something else than the person saw: nothing was written. */
  | { kind: 'stale' }
  | NotFound
  | Forbidden
  | Final;

/**
 * Makes a report final: freezes its words and figures with the instant by which its facts were
 * known. The locks of its plans are taken first, so that no fact recorded before is still on its
 * way. Every clearance that was asked for must stand for exactly this content (security C-08).
 */
export async function finaliseReport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  seen: ContentHashes,
): Promise<FinaliseOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'R', today);
    if (opened.kind !== 'open') return opened;
    const { report } = opened;
    for (const planId of [...report.card.planIds].sort()) {
      await lockPlan(tx, actor.authorityId, planId);
    }
    const knownAt = await knownNow(tx);
    const content = await readContent(tx, actor.authorityId, report, knownAt);
    const reasons = whyNotFinalise(actor, report, content.hashes);
    if (reasons.length > 0) return { kind: 'may-not', reasons };
    if (!sameContent(content.hashes, seen)) return { kind: 'stale' };
    const open = notReady(report.card.clearances, content);
    if (open.length > 0) return { kind: 'not-ready', reasons: open };
    const { hashes, words, figures } = content;
    const writing = { authority: actor.authorityId, by: actor.userId };
    const fact = await appendFinal(tx, writing, reportId, { knownAt, hashes, words, figures });
    await recordFacts(tx, actor.userId, 'made a report final', [fact]);
    return { kind: 'done' };
  });
}

/** Why this person may not make it final: letter A of the matrix, with rule 3. */
export function whyNotFinalise(
  actor: Actor,
  report: FoundReport,
  hashes: ContentHashes,
): Refusal[] {
  const standing = standingTo(actor, report.ties);
  const { card } = report;
  const agreed = finaliserStanding(actor.userId, card, card.clearances, hashes);
  return whyNot(actor, 'A', report.cls, { ...standing, ...agreed });
}

/** What of the report stands in the way; empty when nothing does. */
export function notReady(
  clearances: readonly Clearance[],
  { words, figures, hashes }: Pick<ReportContent, 'words' | 'figures' | 'hashes'>,
): NotReady[] {
  const bound = boundFigures(figures);
  return [
    ...openClearances(clearances, hashes),
    ...words.sections.flatMap((section) =>
      unknownTokens(section.words, bound).map((token) => ({
        kind: 'unknown figure' as const,
        section: sectionOf(section.key)?.title ?? section.key,
        token,
      })),
    ),
  ];
}
