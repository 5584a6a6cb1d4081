import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import { groupOf } from '../rules/groups.ts';
import type { KnowsItems } from './knows-items.ts';
import { appendPair } from '../store/append.ts';
import { linkItems } from '../store/links.ts';
import { lockItem } from '../store/progress.ts';
import { pairsOf } from '../store/similar.ts';
import { openFinding, type OpenedFinding } from './open.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

export type PairOutcome = { kind: 'done' } | NotFound | Forbidden;
export type AnswerTogetherOutcome =
  { kind: 'done'; answered: number } | NotFound | Forbidden | Refused;

/** Says of two findings that they say the same, or that they do not: by who may change both. */
export async function sayPair(
  db: Db,
  actor: Actor,
  today: IsoDate,
  pair: readonly [FindingId, FindingId],
  verdict: 'same' | 'different',
): Promise<PairOutcome> {
  if (pair[0] === pair[1]) return notFound;
  return await inAuthority(db, actor.authorityId, async (tx) => {
    await lockPairs(tx, actor);
    const opened = await openAll(tx, actor, today, pair);
    if (!Array.isArray(opened)) return opened;
    const known = await pairsOf(tx, actor.authorityId, today);
    const [a, b] = [...pair].sort();
    if (known.find((one) => one.a === a && one.b === b)?.verdict === verdict) {
      return { kind: 'done' };
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await appendPair(tx, writing, pair, verdict);
    await recordFacts(tx, actor.userId, 'compared two findings', written);
    return { kind: 'done' };
  });
}

/**
 * Answers findings of one group with an action that answers one of the group already, each by a
 * link of its own: by who may change each of them and knows of the action.
 */
export async function answerTogether(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: { findingId: FindingId; actionId: string; answered: readonly FindingId[] },
  knows: KnowsItems,
): Promise<AnswerTogetherOutcome> {
  const { findingId, actionId } = given;
  return await inAuthority(db, actor.authorityId, async (tx) => {
    await lockPairs(tx, actor);
    const first = await openFinding(tx, actor, findingId, 'R', today);
    if (first.kind !== 'open') return first;
    const group = groupOf(findingId, await pairsOf(tx, actor.authorityId, today));
    const answered = [...new Set(given.answered)];
    if (answered.length === 0) {
      return refused({ field: 'finding', text: 'Choose the findings that it answers too' });
    }
    if (answered.some((id) => id !== findingId && !group.includes(id))) return notFound;
    const known = await knows(tx, actor, [actionId], today);
    if (!known.has(actionId)) return notFound;
    const opened = await openAll(tx, actor, today, answered);
    if (!Array.isArray(opened)) return opened;
    // The action is one that answers a finding of the group, which this person may read.
    let isOfGroup = first.finding.actions.some(({ id }) => id === actionId);
    for (const id of isOfGroup ? [] : group) {
      const other = await openFinding(tx, actor, id, 'R', today);
      isOfGroup ||=
        other.kind === 'open' && other.finding.actions.some((one) => one.id === actionId);
    }
    if (!isOfGroup) return notFound;
    await lockItem(tx, actor.authorityId, actionId);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await linkItems(
      tx,
      writing,
      opened.map(({ finding }) => ({
        from: { kind: 'finding', id: finding.id },
        to: { kind: 'action', id: actionId },
        relation: 'answered by',
      })),
    );
    if (written.length > 0) {
      await recordFacts(tx, actor.userId, 'answered findings with an action', written);
    }
    return { kind: 'done', answered: written.length };
  });
}

/** One at a time says what belongs together: two sources at once could each wait for the other. */
async function lockPairs(tx: Tx, actor: Actor): Promise<void> {
  await lockItem(tx, actor.authorityId, 'findings that say the same');
}

async function openAll(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  ids: readonly FindingId[],
): Promise<OpenedFinding[] | NotFound | Forbidden> {
  const all: OpenedFinding[] = [];
  for (const id of ids) {
    const opened = await openFinding(tx, actor, id, 'U', today);
    if (opened.kind !== 'open') return opened;
    all.push(opened);
  }
  return all;
}
