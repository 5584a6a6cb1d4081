import type { IsoDate } from '#kernel/dates.ts';
import type { SourceId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import type { SourcePicture } from '../rules/picture.ts';
import { classOf } from './standing.ts';
import { mayWithSource } from './standing-source.ts';
import {
  appendSource,
  appendSourceLook,
  appendSourceVersion,
  type SourceContent,
} from '../store/append.ts';
import { readSources } from '../store/read-sources.ts';
import { sourceKey } from '../store/sources.ts';
import { sourceOfTitle } from '../store/submitted.ts';
import type { WrittenFact } from '../store/writing.ts';
import { openSource } from './open.ts';
import { forbidden, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

/** What a person says of a source on its form. */
export type GivenSource = Omit<SourceContent, 'withdrawn' | 'reason'>;

export type RegisterSourceOutcome = { kind: 'done'; sourceId: SourceId } | Forbidden | Refused;

export type ChangeSourceOutcome =
  | { kind: 'done' }
  /** Somebody saved first: nothing was written, and what stands is given. */
  | { kind: 'stale'; source: SourcePicture }
  | NotFound
  | Forbidden
  | Refused;

/** What a source says now, as the content of its next version. */
export function contentOf(source: SourcePicture): SourceContent {
  const { kind, title, body, reference, visitFrom, visitTo, publishedOn, receivedOn } = source;
  const { overall, overallIs, grades, summary, classification, withdrawn } = source;
  return {
    ...{ kind, title, body, reference, visitFrom, visitTo, publishedOn, receivedOn },
    ...{ overall, overallIs, grades, summary, classification, withdrawn },
    reason: null,
  };
}

/**
 * Registers a source. A title that a plan named and nobody has registered becomes this source; one
 * that is registered already is refused, but for the same form sent twice.
 */
export async function registerSource(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenSource,
): Promise<RegisterSourceOutcome> {
  if (!may(actor, 'C', classOf(given.classification))) return forbidden;
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const content: SourceContent = { ...given, withdrawn: false, reason: null };
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const made = await appendSource(tx, writing, content);
    if (made !== null) {
      await recordFacts(tx, actor.userId, 'registered a source', made.written);
      return { kind: 'done', sourceId: made.sourceId };
    }
    const id = await sourceOfTitle(tx, actor.authorityId, given.title);
    const opened = id && (await openSource(tx, actor, id, 'C', today));
    if (opened?.kind === 'not-found') {
      // Nobody learns by a title that a source stands which they may not know of.
      const other = await appendSource(tx, writing, content, true);
      if (other === null) throw new Error('A key with an id of its own was taken');
      await recordFacts(tx, actor.userId, 'registered a source', other.written);
      return { kind: 'done', sourceId: other.sourceId };
    }
    if (opened?.kind !== 'open') return refused(titleStands);
    if (opened.source.version > 0) {
      return isSame(opened.source, content)
        ? { kind: 'done', sourceId: opened.source.id }
        : refused(titleStands);
    }
    const written = await appendSourceVersion(tx, writing, opened.source.id, 1, content);
    await recordFacts(tx, actor.userId, 'registered a source', written);
    return { kind: 'done', sourceId: opened.source.id };
  });
}

/** Changes what is known of a source from today, with the reason where it was registered before. */
export async function changeSource(
  db: Db,
  actor: Actor,
  today: IsoDate,
  sourceId: SourceId,
  seenVersion: number,
  given: GivenSource & { reason: string | null },
): Promise<ChangeSourceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, sourceId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { source, findings } = opened;
    const content = { ...given, withdrawn: source.withdrawn };
    if (isSame(source, content)) return { kind: 'done' };
    if (source.version !== seenVersion) return { kind: 'stale', source };
    const standing = classOf(source.classification);
    if (standing === 'FND' && classOf(given.classification) !== 'FND') {
      // Releasing takes a second person (X- in the matrix), who is not asked here.
      return refused({
        field: 'classification',
        text: 'A restricted source stays restricted. Write on each finding the words that others may read',
      });
    }
    if (
      standing !== classOf(given.classification) &&
      !mayWithSource(actor, 'X+', source, findings)
    ) {
      return refused({ field: 'classification', text: 'You may not make this source restricted' });
    }
    if (
      sourceKey(given.title) !== sourceKey(source.title) &&
      (await isTaken(tx, actor, given, source))
    ) {
      return refused(titleStands);
    }
    if (source.version > 0 && given.reason === null) {
      return refused({ field: 'reason', text: 'Say why it is changed' });
    }
    await write(tx, actor, today, source, content, 'changed a source');
    return { kind: 'done' };
  });
}

/** Withdraws a source, or brings it back, with the reason. Its findings stay as they are. */
export async function withdrawSource(
  db: Db,
  actor: Actor,
  today: IsoDate,
  sourceId: SourceId,
  seenVersion: number,
  given: { withdrawn: boolean; reason: string },
): Promise<ChangeSourceOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, sourceId, 'X+', today);
    if (opened.kind !== 'open') return opened;
    const { source } = opened;
    if (source.withdrawn === given.withdrawn) return { kind: 'done' };
    if (source.version !== seenVersion) return { kind: 'stale', source };
    const act = given.withdrawn ? 'withdrew a source' : 'brought a source back';
    await write(tx, actor, today, source, { ...contentOf(source), ...given }, act);
    return { kind: 'done' };
  });
}

/** Says that a source was looked through again. */
export async function lookAgain(
  db: Db,
  actor: Actor,
  today: IsoDate,
  sourceId: SourceId,
  note: string | null,
): Promise<{ kind: 'done' } | NotFound | Forbidden> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, sourceId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await appendSourceLook(tx, writing, sourceId, note);
    await recordFacts(tx, actor.userId, 'looked a source through again', written);
    return { kind: 'done' };
  });
}

async function write(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  source: SourcePicture,
  content: SourceContent,
  act: string,
): Promise<WrittenFact[]> {
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const written = await appendSourceVersion(tx, writing, source.id, source.version + 1, content);
  await recordFacts(tx, actor.userId, act, written);
  return written;
}

const titleStands = {
  field: 'title',
  text: 'A source of this title stands already. Look for it in the list, or give this one another title',
};

/** Whether another source stands under this title now. */
async function isTaken(
  tx: Tx,
  actor: Actor,
  given: GivenSource,
  source: SourcePicture,
): Promise<boolean> {
  const id = await sourceOfTitle(tx, actor.authorityId, given.title);
  if (id === null || id === source.id) return false;
  const [other] = await readSources(tx, actor.authorityId, '9999-12-31' as IsoDate, [id]);
  return other !== undefined && sourceKey(other.title) === sourceKey(given.title);
}

function isSame(source: SourcePicture, content: SourceContent): boolean {
  return said(contentOf(source)) === said(content);
}

const said = (one: SourceContent): string =>
  JSON.stringify([
    ...[one.kind, one.title, one.body, one.reference, one.visitFrom, one.visitTo, one.publishedOn],
    ...[one.receivedOn, one.overall, one.overallIs, one.grades, one.summary, one.classification],
    one.withdrawn,
  ]);
