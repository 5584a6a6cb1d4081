import { createHash } from 'node:crypto';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type CircumstancesOfRecord, type Letter } from '#people';
import { partiesById, readHeads } from '#plans';
import type { ContentHashes } from '../rules/clearance.ts';
import { hashedParts, reportWords, type ReportWords } from '../rules/content.ts';
import type { ReportFigures } from '../rules/figures.ts';
import type { WrittenWords } from '../rules/sections.ts';
import { classOf, standingTo, type ReportClass, type ReportTies } from '../rules/standing.ts';
import { lockReport } from '../store/append-report.ts';
import {
  readCards,
  readFrozen,
  readSectionVersions,
  type ReportCard,
  type SectionVersion,
} from '../store/read-report.ts';
import type { ReportId } from '../store/tables.ts';
import {
  final,
  forbidden,
  notFound,
  type Final,
  type Forbidden,
  type NotFound,
} from './outcome.ts';
import { readFigures } from './read-figures.ts';

/** A report with what decides who may do what to it. */
export interface FoundReport {
  card: ReportCard;
  cls: ReportClass;
  ties: ReportTies;
}

/** These reports (all, unless said), with who owns their plans today. Asks nobody whether they may. */
export async function findReports(
  tx: Tx,
  authority: AuthorityId,
  today: IsoDate,
  only?: readonly ReportId[],
): Promise<FoundReport[]> {
  const cards = await readCards(tx, authority, only);
  const planIds = [...new Set(cards.flatMap((card) => card.planIds))];
  const heads =
    planIds.length === 0
      ? []
      : await readHeads(tx, authority, today, await partiesById(tx, authority), planIds);
  const owners = new Map(heads.map((head) => [head.id, head.owner?.id]));
  return cards.map((card) => {
    const isFinal = card.final !== null;
    return {
      card,
      cls: classOf({ isPublic: card.head.isPublic, isFinal }),
      ties: {
        authorId: card.authorId,
        isFinal,
        committeeId: card.head.committeeId,
        clearingPosts: card.clearances
          .filter(({ answer }) => answer?.answer !== 'no longer asked')
          .map(({ postId }) => postId),
        planOwners: card.planIds.flatMap((id) => owners.get(id) ?? []),
      },
    };
  });
}

/** Whether this person may do this to the report, by the permission matrix and how they stand. */
export function mayDo(
  actor: Actor,
  letter: Letter,
  report: FoundReport,
  more: CircumstancesOfRecord = {},
): boolean {
  return may(actor, letter, report.cls, { ...standingTo(actor, report.ties), ...more });
}

/** What a report says: its words and figures, those that are frozen where it is final. */
export interface ReportContent {
  words: ReportWords;
  figures: ReportFigures;
  hashes: ContentHashes;
  /** The instant by which its facts were known; null while they still follow the plans. */
  knownAt: Date | null;
  versions: SectionVersion[];
}

/** What the report says as it stands: of a draft from today's facts, of a final one as frozen. */
export async function readContent(
  tx: Tx,
  authority: AuthorityId,
  { card }: FoundReport,
  knownAt?: Date,
): Promise<ReportContent> {
  const versions = await readSectionVersions(tx, authority, card.id);
  const frozen = await readFrozen(tx, authority, card.id);
  if (frozen !== null) return { ...frozen, versions };
  const { asAt, since } = card.head;
  const asked = { planIds: card.planIds, asAt, since };
  const figures = await readFigures(
    tx,
    authority,
    knownAt === undefined ? asked : { ...asked, knownAt },
  );
  const words = reportWords(card.depth, card.head, writtenWords(versions), figures);
  return { words, figures, hashes: hashesOf(words, figures), knownAt: null, versions };
}

/** What stands written in each section: the latest version, where it is not the system's again. */
export function writtenWords(versions: readonly SectionVersion[]): WrittenWords {
  const latest = new Map(versions.map((version) => [version.section, version.body]));
  return Object.fromEntries([...latest].filter(([, body]) => body !== null));
}

/** The SHA-256 of what a report says. */
export function hashesOf(words: ReportWords, figures: ReportFigures): ContentHashes {
  const parts = hashedParts(words, figures);
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  return { words: hash(parts.words), figures: hash(parts.figures) };
}

/**
 * Opens a report for writing: locks it, reads it, and asks whether this person may. What is read
 * here cannot change before the transaction ends; what is final is answered as such.
 */
export async function openReport(
  tx: Tx,
  actor: Actor,
  reportId: ReportId,
  letter: Letter,
  today: IsoDate,
): Promise<{ kind: 'open'; report: FoundReport } | NotFound | Forbidden | Final> {
  await lockReport(tx, actor.authorityId, reportId);
  const [report] = await findReports(tx, actor.authorityId, today, [reportId]);
  if (report === undefined || !mayDo(actor, 'R', report)) return notFound;
  if (report.card.final !== null) return final;
  return mayDo(actor, letter, report) ? { kind: 'open', report } : forbidden;
}

/** What a draft says now, for whoever acts at the server or tells a story: asks nobody. */
export async function contentOf(
  tx: Tx,
  authority: AuthorityId,
  today: IsoDate,
  reportId: ReportId,
): Promise<ReportContent | null> {
  const [report] = await findReports(tx, authority, today, [reportId]);
  return report === undefined ? null : await readContent(tx, authority, report);
}
