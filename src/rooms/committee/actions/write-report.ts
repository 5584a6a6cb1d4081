import type { IsoDate } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import { readPictures } from '#plans';
import { boundFigures, unknownTokens } from '../rules/bound-numbers.ts';
import { headProblems, type ReportHead } from '../rules/cover.ts';
import type { SectionKey } from '../rules/sections.ts';
import { classOf } from '../rules/standing.ts';
import { canonicalJson } from '../rules/content.ts';
import { appendHead, appendWords } from '../store/append-report.ts';
import { readSectionVersions, type ReportCard, type SectionVersion } from '../store/read-report.ts';
import type { ReportId } from '../store/tables.ts';
import { openReport, readContent } from './open-report.ts';
import {
  refused,
  type Final,
  type Forbidden,
  type NotFound,
  type Reason,
  type Refused,
} from './outcome.ts';

export type ChangeHeadOutcome =
  | { kind: 'done' }
  /** Somebody saved first: what stands is in the card, nothing of this was written. */
  | { kind: 'stale'; card: ReportCard }
  | NotFound
  | Forbidden
  | Refused
  | Final;

/**
 * Changes for whom a report is, as at when, how it is classified, and its cover table. Lowering the
 * class, from non-public to public, takes the right to lower it (letter X-) and a second person:
 * nobody does it to a draft alone, who began it non-public begins another.
 */
export async function changeHead(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  seenVersion: number,
  head: ReportHead,
): Promise<ChangeHeadOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { card } = opened.report;
    if (canonicalJson(card.head) === canonicalJson(head)) return { kind: 'done' };
    if (card.headVersion !== seenVersion) return { kind: 'stale', card };
    const reasons: Reason[] = headProblems(head, today);
    if (!card.head.isPublic && head.isPublic) {
      reasons.push({
        field: 'public',
        text: 'What was non-public is not made public by changing this draft. Start a public report and choose its words anew',
      });
    }
    if (card.head.isPublic && !head.isPublic && !may(actor, 'C', 'EXM')) {
      reasons.push({ field: 'public', text: 'Your role does not write non-public reports' });
    }
    const begun = await readPictures(tx, actor.authorityId, head.asAt, card.planIds);
    if (begun.length < card.planIds.length) {
      reasons.push({ field: 'as-at', text: 'Not every plan of this report had begun by that day' });
    }
    if (reasons.length > 0) return refused(...reasons);
    const writing = { authority: actor.authorityId, by: actor.userId };
    const written = await appendHead(tx, writing, reportId, card.headVersion + 1, head);
    await recordFacts(tx, actor.userId, 'changed the cover of a report', [written]);
    return { kind: 'done' };
  });
}

export interface GivenWords {
  section: SectionKey;
  /** Null: the system's words, written anew from the figures. */
  body: string | null;
  /** The version of the section that the person saw; 0 where nobody had written yet. */
  seenVersion: number;
}

export type WriteSectionOutcome =
  | { kind: 'done' }
  /** Somebody saved first: theirs stands, nothing of this was written. */
  | { kind: 'stale'; version: number; theirs: SectionVersion | null }
  | NotFound
  | Forbidden
  | Refused
  | Final;

/** Writes the words of a section as a further version; what was there stays in the history. */
export async function writeSection(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  given: GivenWords,
): Promise<WriteSectionOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { section, body, seenVersion } = given;
    const versions = await readSectionVersions(tx, actor.authorityId, reportId);
    const latest = versions.findLast((one) => one.section === section) ?? null;
    const version = latest?.version ?? 0;
    if ((latest?.body ?? null) === body && (latest !== null || body === null)) {
      return { kind: 'done' };
    }
    if (version !== seenVersion) return { kind: 'stale', version, theirs: latest };
    if (body !== null) {
      const { figures } = await readContent(tx, actor.authorityId, opened.report);
      const unknown = unknownTokens(body, boundFigures(figures));
      if (unknown.length > 0) return refused({ field: 'words', text: unknownText(unknown) });
    }
    const writing = { authority: actor.authorityId, by: actor.userId };
    const fact = await appendWords(tx, writing, reportId, section, version + 1, body);
    const act = body === null ? 'wrote a section anew from the figures' : 'wrote in a report';
    await recordFacts(tx, actor.userId, act, [fact]);
    return { kind: 'done' };
  });
}

/** "{late} is no figure of this report. Choose one from the list beside the box". */
export function unknownText(tokens: readonly string[]): string {
  const named = tokens.length === 1 ? `${tokens[0] ?? ''} is` : `${tokens.join(' and ')} are`;
  return `${named} no figure of this report. Choose one from the list of figures, or write it without brackets`;
}

/** Whether this person may begin a report of either kind. */
export function mayStart(actor: Actor): { public: boolean; nonPublic: boolean } {
  return {
    public: may(actor, 'C', classOf({ isPublic: true, isFinal: false })),
    nonPublic: may(actor, 'C', classOf({ isPublic: false, isFinal: false })),
  };
}
