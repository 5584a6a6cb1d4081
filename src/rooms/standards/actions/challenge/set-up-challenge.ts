import type { IsoDate } from '#kernel/dates.ts';
import type { ChallengeId, Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { appendSource } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import type { ChallengeContent, SharedSection } from '../../rules/challenge/picture.ts';
import { appendChallenge, appendChallengeVersion } from '../../store/challenge/append.ts';
import { challengeOfSubmission } from '../../store/challenge/read.ts';
import { readShareable } from '../../store/challenge/shared.ts';
import {
  forbidden,
  refused,
  type Forbidden,
  type NotFound,
  type Reason,
  type Refused,
} from '../outcome.ts';
import { openChallenge } from './open-challenge.ts';

/** What the form asks; the position that is read is that of the day on which it is saved. */
export interface GivenChallenge {
  title: string;
  reviewers: string;
  asked: string | null;
  opensOn: IsoDate;
  closesOn: IsoDate;
  shared: readonly SharedSection[];
}

export type SetUpOutcome = { kind: 'done'; challengeId: ChallengeId } | Forbidden | Refused;
export type ChangeOutcome = { kind: 'done' } | { kind: 'stale' } | NotFound | Forbidden | Refused;

/**
 * Sets up a challenge by another authority, and registers it as a source, so that what comes of it
 * can be followed. Nobody is given anything yet.
 */
export async function setUpChallenge(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenChallenge & { submissionId: Id<'submission'> },
): Promise<SetUpOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<SetUpOutcome> => {
    if (!may(actor, 'C', 'PLN')) return forbidden;
    const before = await challengeOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before !== null) return { kind: 'done', challengeId: before };
    const wrong = await whatIsWrong(tx, actor, given, today);
    if (wrong.length > 0) return refused(...wrong);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const source = await appendSource(tx, writing, {
      kind: 'peer challenge',
      title: given.title,
      body: given.reviewers,
      reference: null,
      visitFrom: null,
      visitTo: null,
      publishedOn: null,
      receivedOn: null,
      overall: null,
      overallIs: 'not recorded',
      grades: [],
      summary: null,
      classification: 'internal',
      withdrawn: false,
      reason: null,
    });
    if (source === null) {
      const text = 'A source of this title stands in the register already. Choose another title';
      return refused({ field: 'title', text });
    }
    const added = await appendChallenge(tx, writing, {
      sourceId: source.sourceId,
      submissionId: given.submissionId,
      content: contentOf(given, today),
    });
    if (added === null) throw new Error('The same form made a challenge in between');
    await recordFacts(tx, actor.userId, 'set up a peer challenge', [
      ...source.written,
      ...added.written,
    ]);
    return { kind: 'done', challengeId: added.id };
  });
}

/** Changes what is asked and shared; what is read is then the position of today. */
export async function changeChallenge(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: ChallengeId,
  seenVersion: number,
  given: GivenChallenge,
): Promise<ChangeOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<ChangeOutcome> => {
    const opened = await openChallenge(tx, actor, id, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { challenge } = opened;
    if (challenge.version !== seenVersion) return { kind: 'stale' };
    const wrong = await whatIsWrong(tx, actor, given, today);
    if (wrong.length > 0) return refused(...wrong);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await appendChallengeVersion(
      tx,
      writing,
      id,
      challenge.version + 1,
      contentOf(given, today),
    );
    await recordFacts(tx, actor.userId, 'changed a peer challenge', written);
    return { kind: 'done' };
  });
}

/** Withdraws a challenge: from then on no guest reads anything of it, and nothing more is taken in. */
export async function withdrawChallenge(
  db: Db,
  actor: Actor,
  today: IsoDate,
  id: ChallengeId,
  reason: string,
): Promise<ChangeOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<ChangeOutcome> => {
    const opened = await openChallenge(tx, actor, id, 'X+', today);
    if (opened.kind !== 'open') return opened;
    const { challenge } = opened;
    if (challenge.withdrawn) return { kind: 'done' };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const content = { ...challenge, withdrawn: true, reason };
    const written = await appendChallengeVersion(tx, writing, id, challenge.version + 1, content);
    await recordFacts(tx, actor.userId, 'withdrew a peer challenge', written);
    return { kind: 'done' };
  });
}

function contentOf(given: GivenChallenge, today: IsoDate): ChallengeContent {
  const { title, reviewers, asked, opensOn, closesOn } = given;
  return {
    title,
    reviewers,
    asked,
    opensOn,
    closesOn,
    positionOn: today,
    shared: [...given.shared],
    withdrawn: false,
    reason: null,
  };
}

async function whatIsWrong(
  tx: Tx,
  actor: Actor,
  given: GivenChallenge,
  today: IsoDate,
): Promise<Reason[]> {
  const wrong: Reason[] = [];
  if (given.closesOn < given.opensOn) {
    wrong.push({ field: 'closes', text: 'The last day must not be before the first' });
  }
  const shareable = await readShareable(tx, actor.authorityId, today);
  const known = new Set(shareable.flatMap(({ sections }) => sections.map(({ id }) => id)));
  if (given.shared.length === 0) {
    wrong.push({ field: 'shared', text: 'Choose at least one section to share' });
  } else if (given.shared.some(({ id }) => !known.has(id))) {
    wrong.push({ field: 'shared', text: 'A section that was chosen stands no more. Choose again' });
  }
  return wrong;
}
