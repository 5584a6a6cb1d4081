import type { IsoDate } from '#kernel/dates.ts';
import type { ChallengeId, CriterionId, Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { recordFacts, type Actor, type FactRef } from '#people';
import type { Challenge, ChallengeItemId, ItemKind } from '../../rules/challenge/picture.ts';
import type { SaidItem } from '../../rules/challenge/weigh-pack.ts';
import { appendItemEnds, appendItems } from '../../store/challenge/append.ts';
import { readShared } from '../../store/challenge/shared.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from '../outcome.ts';
import type { Writing } from '../../store/append.ts';
import { openChallenge } from './open-challenge.ts';

export interface GivenWords {
  sectionId: string;
  criterionId: CriterionId | null;
  kind: ItemKind;
  words: string | null;
  level: string | null;
  saidBy: string | null;
  submissionId: Id<'submission'>;
}

export type SayOutcome = { kind: 'done' } | NotFound | Forbidden | Refused;

/** Writes in what a reviewer said on the telephone or in a letter, to the letter. */
export async function writeIn(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  given: GivenWords,
): Promise<SayOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<SayOutcome> => {
    const opened = await openChallenge(tx, actor, challengeId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { challenge } = opened;
    if (challenge.withdrawn) return refused({ field: null, text: isWithdrawn });
    const shared = await readShared(tx, actor.authorityId, challenge.shared, challenge.positionOn);
    const section = shared.find(({ id }) => id === given.sectionId);
    if (section === undefined) return notFound;
    const { kind, words, level, criterionId } = given;
    if (criterionId !== null && !section.criteria.some(({ id }) => id === criterionId)) {
      return refused({ field: 'criterion', text: 'Choose a criterion of this section' });
    }
    if (kind === 'verdict') {
      if (criterionId === null) {
        return refused({ field: 'criterion', text: 'Choose the criterion of the verdict' });
      }
      if (level === null && words === null) {
        return refused({ field: 'level', text: 'Choose the level, or write their words' });
      }
      if (level !== null && !section.levels.some(({ key }) => key === level)) {
        return refused({ field: 'level', text: 'Choose one of the levels' });
      }
    } else if (words === null) {
      return refused({ field: 'words', text: 'Write what they said' });
    }
    const item = { ...given, level: kind === 'verdict' ? level : null };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const { written } = await keepItems(tx, writing, challenge, [item], today);
    if (written.length > 0) {
      await recordFacts(tx, actor.userId, 'wrote in what reviewers said', written);
    }
    return { kind: 'done' };
  });
}

export const isWithdrawn = 'This challenge was withdrawn, so nothing more is taken in.';

/**
 * Keeps what was said. A verdict takes the place of an earlier one of this challenge on the same
 * criterion: the reviewers have one at a time.
 */
export async function keepItems(
  tx: Tx,
  writing: Writing,
  challenge: Challenge,
  items: readonly SaidItem[],
  today: IsoDate,
): Promise<{ taken: number; written: FactRef[] }> {
  const standing = new Set(challenge.items.map(({ submissionId }) => submissionId));
  const judged = new Set(
    items
      .filter(({ kind, submissionId }) => kind === 'verdict' && !standing.has(submissionId))
      .map(({ criterionId }) => criterionId),
  );
  const { taken, written } = await appendItems(
    tx,
    writing,
    { challengeId: challenge.id, sourceId: challenge.sourceId, saidOn: today },
    items,
  );
  if (taken === 0) return { taken, written };
  const replaced = challenge.items
    .filter(({ kind, criterionId }) => kind === 'verdict' && judged.has(criterionId))
    .map(({ id }) => id);
  const ends = await appendItemEnds(tx, writing, replaced, 'The reviewers gave another verdict');
  return { taken, written: [...written, ...ends] };
}

/** Takes back what was written in wrongly. What became a finding stays: the register has it. */
export async function takeBack(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  itemId: ChallengeItemId,
  reason: string,
): Promise<SayOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<SayOutcome> => {
    const opened = await openChallenge(tx, actor, challengeId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const item = opened.challenge.items.find(({ id }) => id === itemId);
    if (item === undefined) return notFound;
    if (item.findingId !== null) {
      return refused({ field: null, text: 'It is a finding of the register. Withdraw it there.' });
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await appendItemEnds(tx, writing, [itemId], reason);
    await recordFacts(tx, actor.userId, 'took back what reviewers said', written);
    return { kind: 'done' };
  });
}
