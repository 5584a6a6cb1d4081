import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type EvidenceId,
  type FileId,
  type FindingId,
  type Id,
  type SourceId,
} from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { keyOf } from '#platform/db/key-of.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor, type Letter } from '#people';
import type { EvidencePicture } from '../rules/evidence.ts';
import type { Classification, ItemKindLinked } from '../rules/kinds.ts';
import { classOf } from './standing.ts';
import { addEvidence, hasEvidence, storeFile, type NewEvidence } from '../store/evidence.ts';
import { endItemLink, linkItems, standingLinksOf, type ItemLinkId } from '../store/links.ts';
import { lockItem } from '../store/progress.ts';
import { nextEvidenceVersion } from '../store/read-evidence.ts';
import type { WrittenFact, Writing } from '../store/writing.ts';
import { openFinding, openSource } from './open.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';
import { namesOfItems, readableEvidence, standingToEvidence } from './read-evidence.ts';
import type { ThreadMeans } from './read-thread.ts';

/** A file as it was sent, after its content was looked at. */
export interface SentEvidenceFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface GivenEvidenceContent {
  title: string;
  url: string | null;
  file: SentEvidenceFile | null;
  goodUntil: IsoDate | null;
  classification: Classification;
}

/** What evidence is to show: an item of this room, or of one above that tells of its items. */
export interface EvidenceTarget {
  kind: ItemKindLinked;
  id: string;
  page: string | null;
}

export type AddEvidenceOutcome =
  { kind: 'done'; evidenceId: EvidenceId } | NotFound | Forbidden | Refused;

export type ChangeEvidenceOutcome =
  { kind: 'done' } | { kind: 'stale'; evidence: EvidencePicture } | NotFound | Forbidden | Refused;

/**
 * Puts a link, a note or a file into the library, and says what it shows where that is given. The
 * same sent twice from one form, known by its submission, is one piece.
 */
export async function registerEvidence(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenEvidenceContent & {
    target: EvidenceTarget | null;
    submissionId: Id<'submission'>;
  },
  means: ThreadMeans,
): Promise<AddEvidenceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    if (!may(actor, 'C', classOf(given.classification))) return forbidden;
    const { target } = given;
    const why = target === null ? null : await whyNotTo(tx, actor, today, target, means);
    if (why !== null) return why;
    const evidenceId = idOf(actor, given);
    await lockItem(tx, actor.authorityId, evidenceId);
    if (await hasEvidence(tx, actor.authorityId, evidenceId)) return { kind: 'done', evidenceId };
    const written: WrittenFact[] = [];
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const kept = await newEvidence(tx, actor, given, written);
    await addEvidence(tx, actor.authorityId, kept, actor.userId, evidenceId);
    written.push({ fact: 'evidence', id: evidenceId });
    if (given.goodUntil !== null || given.classification !== 'internal') {
      const fileId = kept.kind === 'file' ? kept.fileId : null;
      const content = { ...given, fileId, withdrawn: false, reason: null };
      written.push(await appendVersion(tx, writing, evidenceId, 2, content));
    }
    if (target !== null) written.push(...(await linkTo(tx, writing, evidenceId, target)));
    await recordFacts(tx, actor.userId, 'added evidence', written);
    return { kind: 'done', evidenceId };
  });
}

/** The id that follows from a form and what was sent with it: changed words make another piece. */
function idOf(
  { authorityId, userId }: Actor,
  given: GivenEvidenceContent & { target: EvidenceTarget | null; submissionId: string },
): EvidenceId {
  const { submissionId, target, title, url, file } = given;
  const said = [authorityId, userId, submissionId, target?.id, title, url, file?.name];
  return keyOf<'evidence'>(`evidence ${JSON.stringify(said)}`);
}

/** Puts a newer state in its place: another file, address, end or class. The older ones stay. */
export async function reviseEvidence(
  db: Db,
  actor: Actor,
  today: IsoDate,
  evidenceId: EvidenceId,
  seenVersion: number,
  given: GivenEvidenceContent & { reason: string },
  means: ThreadMeans,
): Promise<ChangeEvidenceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openEvidence(tx, actor, evidenceId, 'U', today, means);
    if (opened.kind !== 'open') return opened;
    const { evidence } = opened;
    const [before, after] = [classOf(evidence.classification), classOf(given.classification)];
    if (before === 'FND' && after === 'PLN') {
      const text = 'What is restricted stays so. Add it anew, if it may be read by more people';
      return refused({ field: 'classification', text });
    }
    if (before !== after && !may(actor, 'X+', before)) return forbidden;
    if (evidence.version !== seenVersion) return { kind: 'stale', evidence };
    if (isSame(evidence, given)) return { kind: 'done' };
    const written: WrittenFact[] = [];
    const fileId =
      given.file === null
        ? (evidence.file?.id ?? null)
        : await keepFile(tx, actor, given.file, written);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const version = await nextEvidenceVersion(tx, actor.authorityId, evidenceId);
    const content = { ...given, fileId, withdrawn: evidence.withdrawn };
    written.push(await appendVersion(tx, writing, evidenceId, version, content));
    await recordFacts(tx, actor.userId, 'revised evidence', written);
    return { kind: 'done' };
  });
}

/** Takes evidence out of use, or brings it back, with the reason. */
export async function withdrawEvidence(
  db: Db,
  actor: Actor,
  today: IsoDate,
  evidenceId: EvidenceId,
  seenVersion: number,
  given: { withdrawn: boolean; reason: string },
  means: ThreadMeans,
): Promise<ChangeEvidenceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openEvidence(tx, actor, evidenceId, 'X+', today, means);
    if (opened.kind !== 'open') return opened;
    const { evidence } = opened;
    if (evidence.withdrawn === given.withdrawn) return { kind: 'done' };
    if (evidence.version !== seenVersion) return { kind: 'stale', evidence };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const version = await nextEvidenceVersion(tx, actor.authorityId, evidenceId);
    const content = { ...evidence, fileId: evidence.file?.id ?? null, ...given };
    const written = [await appendVersion(tx, writing, evidenceId, version, content)];
    const act = given.withdrawn ? 'withdrew evidence' : 'brought evidence back';
    await recordFacts(tx, actor.userId, act, written);
    return { kind: 'done' };
  });
}

/** Says that evidence that stands shows something else too. */
export async function attachEvidence(
  db: Db,
  actor: Actor,
  today: IsoDate,
  evidenceId: EvidenceId,
  target: EvidenceTarget,
  means: ThreadMeans,
): Promise<{ kind: 'done' } | NotFound | Forbidden | Refused> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openEvidence(tx, actor, evidenceId, 'R', today, means);
    if (opened.kind !== 'open') return opened;
    if (opened.evidence.withdrawn) {
      return refused({ field: 'evidence', text: 'It was withdrawn. Choose another one' });
    }
    const why = await whyNotTo(tx, actor, today, target, means);
    if (why !== null) return why;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await linkTo(tx, writing, evidenceId, target);
    if (written.length > 0) await recordFacts(tx, actor.userId, 'used evidence', written);
    return { kind: 'done' };
  });
}

/** Says that evidence no longer shows an item. */
export async function detachEvidence(
  db: Db,
  actor: Actor,
  today: IsoDate,
  evidenceId: EvidenceId,
  linkId: ItemLinkId,
  means: ThreadMeans,
): Promise<{ kind: 'done' } | NotFound | Forbidden | Refused> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openEvidence(tx, actor, evidenceId, 'R', today, means);
    if (opened.kind !== 'open') return opened;
    const links = await standingLinksOf(tx, actor.authorityId, [evidenceId], today);
    const link = links.find(({ id }) => id === linkId);
    if (link === undefined) return { kind: 'done' };
    if (link.to.kind === 'action') {
      const text = 'What was given with an update or a step of closure stays with it';
      return refused({ field: null, text });
    }
    const why = await whyNotTo(tx, actor, today, { ...link.to, page: null }, means);
    if (why !== null) return why;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await endItemLink(tx, writing, link.id);
    await recordFacts(tx, actor.userId, 'took evidence from what it showed', written);
    return { kind: 'done' };
  });
}

/** Opens evidence for writing: one writer at a time, read as it stands today. */
async function openEvidence(
  tx: Tx,
  actor: Actor,
  id: EvidenceId,
  letter: Letter,
  today: IsoDate,
  means: ThreadMeans,
): Promise<{ kind: 'open'; evidence: EvidencePicture } | NotFound | Forbidden> {
  await lockItem(tx, actor.authorityId, id);
  const [one] = await readableEvidence(tx, actor, { asAt: today, today }, means, [id]);
  if (one === undefined) return notFound;
  const { evidence, uses } = one;
  const cls = classOf(evidence.classification);
  return may(actor, letter, cls, standingToEvidence(uses)) ? { kind: 'open', evidence } : forbidden;
}

/** Why this person may not say that something shows this item; null where they may. */
async function whyNotTo(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { kind, id }: EvidenceTarget,
  means: ThreadMeans,
): Promise<NotFound | Forbidden | null> {
  switch (kind) {
    case 'finding': {
      const opened = await openFinding(tx, actor, id as FindingId, 'U', today);
      return opened.kind === 'open' ? null : opened;
    }
    case 'source': {
      const opened = await openSource(tx, actor, id as SourceId, 'U', today);
      return opened.kind === 'open' ? null : opened;
    }
    case 'criterion':
    case 'judgement':
    case 'section': {
      const days = { asAt: today, today };
      const names = await namesOfItems(tx, actor, days, [{ kind, id }], means);
      if (!names.has(id)) return notFound;
      return may(actor, 'U', 'PLN') ? null : forbidden;
    }
    // Evidence of an action is given with an update or a step of its closure.
    case 'action':
    case 'evidence':
      return notFound;
  }
}

function linkTo(
  tx: Tx,
  writing: Writing,
  evidenceId: EvidenceId,
  { kind, id, page }: EvidenceTarget,
): Promise<WrittenFact[]> {
  const relation = kind === 'source' ? ('document of' as const) : ('shows' as const);
  const from = { kind: 'evidence' as const, id: evidenceId };
  return linkItems(tx, writing, [{ from, to: { kind, id }, relation, page }]);
}

async function newEvidence(
  tx: Tx,
  actor: Actor,
  { title, url, file }: GivenEvidenceContent,
  written: WrittenFact[],
): Promise<NewEvidence> {
  if (file !== null)
    return { kind: 'file', title, fileId: await keepFile(tx, actor, file, written) };
  return url === null ? { kind: 'note', title } : { kind: 'link', title, url };
}

async function keepFile(
  tx: Tx,
  actor: Actor,
  file: SentEvidenceFile,
  written: WrittenFact[],
): Promise<FileId> {
  const { id } = await storeFile(tx, actor.authorityId, file, actor.userId);
  written.push({ fact: 'stored_file', id });
  return id;
}

function isSame(evidence: EvidencePicture, given: GivenEvidenceContent): boolean {
  return (
    given.file === null &&
    given.title === evidence.title &&
    given.url === evidence.url &&
    given.goodUntil === evidence.goodUntil &&
    given.classification === evidence.classification
  );
}

interface VersionContent {
  title: string;
  url: string | null;
  fileId: FileId | null;
  goodUntil: IsoDate | null;
  classification: Classification;
  withdrawn: boolean;
  reason: string | null;
}

async function appendVersion(
  tx: Tx,
  writing: Writing,
  evidenceId: EvidenceId,
  version: number,
  content: VersionContent,
): Promise<WrittenFact> {
  const id = newId<'evidence version'>();
  await tx
    .insertInto('evidence_version')
    .values({
      authority_id: writing.authority,
      id,
      evidence_id: evidenceId,
      version,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      title: content.title,
      url: content.url,
      file_id: content.fileId,
      good_until: content.goodUntil,
      classification: content.classification,
      withdrawn: content.withdrawn,
      reason: content.reason,
    })
    .execute();
  return { fact: 'evidence_version', id, version };
}
