import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId, Id, PartyId, SourceId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { findOrAddParty, recordFacts, type Actor } from '#people';
import type { Answer } from '../rules/kinds.ts';
import type { FindingPicture } from '../rules/picture.ts';
import {
  appendFindings,
  appendFindingVersions,
  appendResponse,
  type FindingContent,
} from '../store/append.ts';
import { findingOfSubmission } from '../store/submitted.ts';
import { readThemes } from '../store/themes.ts';
import type { WrittenFact } from '../store/writing.ts';
import { neverFrozen, type FrozenBy } from './frozen-by.ts';
import { openFinding, openSource } from './open.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

/** What a person says of a finding on its form; posts and boards by name. */
export interface GivenFinding extends Pick<
  FindingContent,
  'kind' | 'ref' | 'words' | 'page' | 'paragraph' | 'area' | 'themeIds' | 'wordsToShare'
> {
  lead: string | null;
  reportsTo: string | null;
}

export type AddFindingOutcome =
  { kind: 'done'; findingId: FindingId } | NotFound | Forbidden | Refused;

export type ChangeFindingOutcome =
  | { kind: 'done' }
  /** Somebody saved first: nothing was written, and what stands is given. */
  | { kind: 'stale'; finding: FindingPicture }
  | NotFound
  | Forbidden
  | Refused;

/** Adds a finding at the end of a source. The same form sent twice is one finding. */
export async function addFinding(
  db: Db,
  actor: Actor,
  today: IsoDate,
  sourceId: SourceId,
  given: GivenFinding & { submissionId: Id<'submission'> },
): Promise<AddFindingOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openSource(tx, actor, sourceId, 'C', today);
    if (opened.kind !== 'open') return opened;
    const { source, findings } = opened;
    const before = await findingOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before?.sourceId === sourceId) return { kind: 'done', findingId: before.id };
    if (source.withdrawn) {
      return refused({ field: null, text: 'This source was withdrawn. Bring it back first' });
    }
    const written: WrittenFact[] = [];
    const position = Math.max(0, ...findings.map((one) => one.position)) + 1;
    const content = {
      ...(await contentGiven(tx, actor, today, given, written)),
      ...{ position, withdrawn: false, reason: null },
    };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const { submissionId } = given;
    const made = await appendFindings(tx, writing, sourceId, [{ submissionId, content }]);
    const findingId = made.ids[0];
    // Its form stands with another source: the id of a form is made with it, so nobody typed that.
    if (findingId == null) return refused({ field: null, text: 'Open the form again' });
    await recordFacts(tx, actor.userId, 'added a finding', [...written, ...made.written]);
    return { kind: 'done', findingId };
  });
}

/** Corrects what a finding says, with the reason; its older words stay to be seen. */
export async function changeFinding(
  db: Db,
  actor: Actor,
  today: IsoDate,
  findingId: FindingId,
  seenVersion: number,
  given: GivenFinding & { reason: string },
  frozen: FrozenBy = neverFrozen,
): Promise<ChangeFindingOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    // Asked first: whoever freezes takes its own lock before that of the source.
    const why = await frozen(tx, actor, findingId, today);
    const opened = await openFinding(tx, actor, findingId, 'U', today);
    if (opened.kind !== 'open') return opened;
    if (why !== null) return refused({ field: null, text: why });
    const { finding } = opened;
    const written: WrittenFact[] = [];
    if (saysTheSame(finding, given)) return { kind: 'done' };
    if (finding.version !== seenVersion) return { kind: 'stale', finding };
    const { position, withdrawn } = finding;
    const content = {
      ...(await contentGiven(tx, actor, today, given, written)),
      ...{ position, withdrawn, reason: given.reason },
    };
    await write(tx, actor, today, finding, content, 'corrected a finding', written);
    return { kind: 'done' };
  });
}

/** Withdraws a finding, or brings it back, with the reason. */
export async function withdrawFinding(
  db: Db,
  actor: Actor,
  today: IsoDate,
  findingId: FindingId,
  seenVersion: number,
  given: { withdrawn: boolean; reason: string },
  frozen: FrozenBy = neverFrozen,
): Promise<ChangeFindingOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    // Asked first: whoever freezes takes its own lock before that of the source.
    const why = await frozen(tx, actor, findingId, today);
    const opened = await openFinding(tx, actor, findingId, 'X+', today);
    if (opened.kind !== 'open') return opened;
    if (why !== null) return refused({ field: null, text: why });
    const { finding } = opened;
    if (finding.withdrawn === given.withdrawn) return { kind: 'done' };
    if (finding.version !== seenVersion) return { kind: 'stale', finding };
    const act = given.withdrawn ? 'withdrew a finding' : 'brought a finding back';
    await write(tx, actor, today, finding, { ...contentOf(finding), ...given }, act, []);
    return { kind: 'done' };
  });
}

/** Says what the authority answers to a finding. All but "accepted" give a reason. */
export async function respond(
  db: Db,
  actor: Actor,
  today: IsoDate,
  findingId: FindingId,
  seenVersion: number,
  given: { answer: Answer; reason: string | null },
): Promise<ChangeFindingOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openFinding(tx, actor, findingId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { finding } = opened;
    const { response, responseVersion } = finding;
    if (response?.answer === given.answer && response.reason === given.reason) {
      return { kind: 'done' };
    }
    if (responseVersion !== seenVersion) return { kind: 'stale', finding };
    if (given.answer !== 'accepted' && given.reason === null) {
      return refused({ field: 'reason', text: 'Say why it is not accepted in whole' });
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const version = responseVersion + 1;
    const written = await appendResponse(tx, writing, findingId, version, given);
    await recordFacts(tx, actor.userId, 'answered a finding', written);
    return { kind: 'done' };
  });
}

/** What a finding says now, as the content of its next version. */
export function contentOf(finding: FindingPicture): FindingContent {
  const { kind, ref, position, words, page, paragraph, area, wordsToShare, withdrawn } = finding;
  return {
    ...{ kind, ref, position, words, page, paragraph, area, wordsToShare, withdrawn },
    leadId: finding.lead?.id ?? null,
    reportsToId: finding.reportsTo?.id ?? null,
    themeIds: finding.themes.map(({ id }) => id),
    reason: null,
  };
}

async function contentGiven(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  given: GivenFinding,
  written: WrittenFact[],
): Promise<Omit<FindingContent, 'position' | 'withdrawn' | 'reason'>> {
  const { kind, ref, words, page, paragraph, area, wordsToShare } = given;
  const party = async (name: string | null, of: 'post' | 'board'): Promise<PartyId | null> =>
    name === null
      ? null
      : await findOrAddParty(tx, actor.authorityId, { kind: of, name }, actor.userId, written);
  const themes = await readThemes(tx, actor.authorityId, today);
  const standing = new Set(
    themes.filter((one) => !one.withdrawn && one.mergedInto === null).map(({ id }) => id),
  );
  return {
    ...{ kind, ref, words, page, paragraph, area, wordsToShare },
    leadId: await party(given.lead, 'post'),
    reportsToId: await party(given.reportsTo, 'board'),
    themeIds: given.themeIds.filter((id) => standing.has(id)),
  };
}

async function write(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  finding: FindingPicture,
  content: FindingContent,
  act: string,
  written: readonly WrittenFact[],
): Promise<void> {
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const version = finding.version + 1;
  const versions = await appendFindingVersions(tx, writing, [{ id: finding.id, version, content }]);
  await recordFacts(tx, actor.userId, act, [...written, ...versions]);
}

/** Whether a finding says already what the form asks for. */
function saysTheSame(finding: FindingPicture, given: GivenFinding): boolean {
  const standing: GivenFinding = {
    ...contentOf(finding),
    lead: finding.lead?.name ?? null,
    reportsTo: finding.reportsTo?.name ?? null,
  };
  return said(standing) === said(given);
}

const said = (one: GivenFinding): string =>
  JSON.stringify([
    ...[one.kind, one.ref, one.words, one.page, one.paragraph, one.area, one.wordsToShare],
    ...[one.lead, one.reportsTo, [...one.themeIds].sort()],
  ]);
