import type { IsoDate } from '#kernel/dates.ts';
import type { ChallengeId, FindingId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import {
  appendFindings,
  appendResponse,
  linkItems,
  readFindings,
  type FindingKind,
  type WrittenFact,
} from '#findings';
import { recordFacts, type Actor } from '#people';
import type {
  Answer,
  Challenge,
  ChallengeItem,
  ChallengeItemId,
  Decision,
  ItemKind,
} from '../../rules/challenge/picture.ts';
import { decisionsFor } from '../../rules/challenge/words.ts';
import type { Writing } from '../../store/append.ts';
import { appendAnswer, appendItemFinding } from '../../store/challenge/append.ts';
import { readShared } from '../../store/challenge/shared.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from '../outcome.ts';
import { openChallenge } from './open-challenge.ts';

export type AnswerOutcome =
  { kind: 'done' } | { kind: 'stale'; theirs: Answer } | NotFound | Forbidden | Refused;

/** Answers what reviewers said; an earlier answer stays beside it. */
export async function answerItem(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  itemId: ChallengeItemId,
  given: { decision: Decision; words: string | null; seenVersion: number },
): Promise<AnswerOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<AnswerOutcome> => {
    const opened = await openChallenge(tx, actor, challengeId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const item = opened.challenge.items.find(({ id }) => id === itemId);
    if (item === undefined || item.kind === 'verdict') return notFound;
    const { decision, words, seenVersion } = given;
    if (!decisionsFor(item.kind).includes(decision)) {
      return refused({ field: 'decision', text: 'Choose what you answer' });
    }
    if (words === null && needsWords(item.kind, decision)) {
      const text =
        item.kind === 'question' ? 'Write the answer' : 'Say why it is not accepted whole';
      return refused({ field: 'words', text });
    }
    const last = item.answers.at(-1);
    if (last !== undefined && last.version !== seenVersion) return { kind: 'stale', theirs: last };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const answer = { itemId, version: (last?.version ?? 0) + 1, decision, words };
    const written: WrittenFact[] = await appendAnswer(tx, writing, answer);
    if (item.findingId !== null) {
      written.push(...(await respond(tx, writing, item.findingId, answer)));
    }
    await recordFacts(tx, actor.userId, 'answered reviewers', written);
    return { kind: 'done' };
  });
}

/** Whether such an answer needs words: a question is answered in words, a refusal says why. */
export function needsWords(kind: ItemKind, decision: Decision): boolean {
  return kind === 'question' || decision === 'partly accepted' || decision === 'not accepted';
}

const findingKinds: Readonly<Record<Exclude<ItemKind, 'verdict'>, FindingKind>> = {
  strength: 'strength',
  question: 'key question',
  challenge: 'area for development',
};

/**
 * Registers what reviewers said as a finding, in their own words, with the answer as the response
 * to it. Asked twice, it is one finding.
 */
export async function makeFinding(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  itemId: ChallengeItemId,
): Promise<{ kind: 'done'; findingId: FindingId } | NotFound | Forbidden> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openChallenge(tx, actor, challengeId, 'C', today);
    if (opened.kind !== 'open') return opened;
    const { challenge } = opened;
    const item = challenge.items.find(({ id }) => id === itemId);
    if (item === undefined) return notFound;
    if (item.findingId !== null) return { kind: 'done', findingId: item.findingId };
    if (item.kind === 'verdict' || item.words === null) return notFound;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const area = await areaOf(tx, actor, challenge, item);
    const { ids, written } = await appendFindings(tx, writing, challenge.sourceId, [
      {
        submissionId: null,
        content: {
          kind: findingKinds[item.kind],
          ref: null,
          position: 1 + challenge.items.indexOf(item),
          words: item.words,
          page: null,
          paragraph: null,
          area: area.title,
          leadId: null,
          reportsToId: null,
          themeIds: [],
          wordsToShare: null,
          withdrawn: false,
          reason: null,
        },
      },
    ]);
    const [findingId] = ids;
    if (findingId == null) throw new Error('The finding was not appended');
    const from = { kind: 'finding', id: findingId } as const;
    const links = await linkItems(
      tx,
      writing,
      area.items.map((to) => ({ from, to, relation: 'bears on' })),
    );
    const last = item.answers.at(-1);
    await recordFacts(tx, actor.userId, 'made a finding of what reviewers said', [
      ...written,
      ...links,
      ...(await appendItemFinding(tx, writing, itemId, findingId)),
      ...(last === undefined ? [] : await respond(tx, writing, findingId, last)),
    ]);
    return { kind: 'done', findingId };
  });
}

/** What the finding is about: the section's name, and the items that it bears on. */
async function areaOf(tx: Tx, actor: Actor, challenge: Challenge, item: ChallengeItem) {
  const shared = await readShared(tx, actor.authorityId, challenge.shared, challenge.positionOn);
  const section = shared.find(({ id }) => id === item.sectionId);
  return {
    title: section?.title.slice(0, 200) ?? null,
    items: [
      ...(item.criterionId === null ? [] : [{ kind: 'criterion', id: item.criterionId } as const]),
      ...(section?.kind === 'narrative' ? [{ kind: 'section', id: section.id } as const] : []),
    ],
  };
}

/** The answer as the response to the finding that it became; what is only noted is none. */
async function respond(
  tx: Tx,
  writing: Writing,
  findingId: FindingId,
  { decision, words }: Pick<Answer, 'decision' | 'words'>,
): Promise<WrittenFact[]> {
  if (decision === 'noted') return [];
  const [finding] = await readFindings(tx, writing.authority, writing.effectiveOn, {
    findingIds: [findingId],
  });
  const version = (finding?.responseVersion ?? 0) + 1;
  return await appendResponse(tx, writing, findingId, version, { answer: decision, reason: words });
}
