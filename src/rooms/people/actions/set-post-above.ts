import type { IsoDate } from '#kernel/dates.ts';
import type { PartyId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Refusal } from '../rules/policy.ts';
import { wouldCircle } from '../rules/post-above.ts';
import { recordFacts } from '../store/audit-log.ts';
import { partiesByIds } from '../store/parties.ts';
import { appendPostAbove, lockPostsAbove, mapsAboveFrom } from '../store/posts-above.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

export type SetPostAboveOutcome =
  | { kind: 'set' }
  | { kind: 'is-so-already' }
  /** The post would answer to itself, now or from a later day that is known already. */
  | { kind: 'a-circle' }
  | { kind: 'not-two-posts' }
  | { kind: 'refused'; reasons: Refusal[] };

/** Says to which post a post answers, from a day on; null where it answers to nobody here. */
export async function setPostAbove(
  tx: Tx,
  doer: Doer,
  given: { postId: PartyId; aboveId: PartyId | null; effectiveOn: IsoDate },
): Promise<SetPostAboveOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const { authorityId } = doer;
  const { postId, aboveId, effectiveOn } = given;
  const ids = aboveId === null ? [postId] : [postId, aboveId];
  const parties = await partiesByIds(tx, authorityId, ids);
  if (ids.some((id) => parties.get(id)?.kind !== 'post')) return { kind: 'not-two-posts' };
  await lockPostsAbove(tx, authorityId);
  const maps = await mapsAboveFrom(tx, authorityId, postId, effectiveOn);
  const [now] = maps;
  if (maps.length === 1 && (now?.get(postId) ?? null) === aboveId) return { kind: 'is-so-already' };
  if (aboveId !== null && maps.some((map) => wouldCircle(map, postId, aboveId))) {
    return { kind: 'a-circle' };
  }
  const written = await appendPostAbove(tx, authorityId, given, doer.userId);
  await recordFacts(tx, doer.userId, 'post above named', [written]);
  return { kind: 'set' };
}
