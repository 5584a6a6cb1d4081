import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { partiesByIds, recordFacts, type Actor } from '#people';
import { whyNotClear, type ContentHashes, type WhyNotClear } from '../rules/clearance.ts';
import { appendClearance, appendClearanceAnswer } from '../store/append-report.ts';
import { clearanceVersion } from '../store/read-report.ts';
import type { ClearanceId, ReportId } from '../store/tables.ts';
import { mayDo, openReport, readContent, type FoundReport } from './open-report.ts';
import {
  forbidden,
  notFound,
  refused,
  type Final,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

export type AskClearanceOutcome = { kind: 'done' } | NotFound | Forbidden | Refused | Final;

/** Asks a post to clear the report: who holds it may then read and comment on the draft. */
export async function askClearance(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  post: string,
): Promise<AskClearanceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { card } = opened.report;
    const postId = parseId<'party'>(post);
    const party =
      postId === null
        ? undefined
        : (await partiesByIds(tx, actor.authorityId, [postId])).get(postId);
    if (postId === null || party?.kind !== 'post') {
      return refused({ field: 'post', text: 'Choose the post that is to clear it' });
    }
    const asked = card.clearances.some(
      (one) => one.postId === postId && one.answer?.answer !== 'no longer asked',
    );
    if (asked) return { kind: 'done' };
    const writing = { authority: actor.authorityId, by: actor.userId };
    const fact = await appendClearance(tx, writing, reportId, postId);
    await recordFacts(tx, actor.userId, 'asked for a clearance', [fact]);
    return { kind: 'done' };
  });
}

export interface GivenClearance {
  clearanceId: string;
  answer: 'cleared' | 'returned' | 'no longer asked';
  words: string | null;
  /** What the person saw: an answer is of that, or of nothing. */
  seen: ContentHashes;
}

export type AnswerClearanceOutcome =
  | { kind: 'done' }
  | { kind: 'may-not'; reasons: WhyNotClear[] }
  /** The report says something else by now: nothing was written. */
  | { kind: 'stale' }
  | NotFound
  | Forbidden
  | Refused
  | Final;

/**
 * Clears the report for a post, or returns it with words: for who holds the post, never for who
 * began the report or changed it last. That a post is no longer asked is for who writes the report.
 */
export async function answerClearance(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  given: GivenClearance,
): Promise<AnswerClearanceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'R', today);
    if (opened.kind !== 'open') return opened;
    const { report } = opened;
    const clearance = report.card.clearances.find(({ id }) => id === given.clearanceId);
    if (clearance === undefined || clearance.answer?.answer === 'no longer asked') return notFound;
    if (given.answer === 'no longer asked') {
      if (!mayDo(actor, 'U', report)) return forbidden;
    } else {
      const reasons = whyNotClear(actor, clearance, report.card);
      if (reasons.length > 0) return { kind: 'may-not', reasons };
    }
    if (given.answer !== 'cleared' && given.words === null) {
      const what = given.answer === 'returned' ? 'what has to change' : 'why it is no longer asked';
      return refused({ field: 'words', text: `Say ${what}` });
    }
    const { hashes } = await readContent(tx, actor.authorityId, report);
    if (given.answer === 'cleared' && !sameContent(hashes, given.seen)) return { kind: 'stale' };
    const fact = await appendClearanceAnswer(
      tx,
      { authority: actor.authorityId, by: actor.userId },
      {
        ...writersOf(report),
        clearanceId: clearance.id as ClearanceId,
        reportId,
        version: (await clearanceVersion(tx, actor.authorityId, clearance.id)) + 1,
        answer: given.answer,
        words: given.words,
        hashes,
      },
    );
    await recordFacts(tx, actor.userId, acts[given.answer], [fact]);
    return { kind: 'done' };
  });
}

const acts = {
  cleared: 'cleared a report',
  returned: 'returned a report',
  'no longer asked': 'no longer asked for a clearance',
} as const;

export function sameContent(a: ContentHashes, b: ContentHashes): boolean {
  return a.words === b.words && a.figures === b.figures;
}

function writersOf({ card }: FoundReport) {
  return { authorId: card.authorId, editorId: card.editorId };
}
