import type { PartyId } from '#kernel/ids.ts';

/**
 * Whether a post would come to answer to itself, by whatever way round, if it answered to this one.
 *
 * @param above to which post each answers already
 */
export function wouldCircle(
  above: ReadonlyMap<PartyId, PartyId>,
  postId: PartyId,
  aboveId: PartyId,
): boolean {
  const passed = new Set<PartyId>();
  let at: PartyId | undefined = aboveId;
  while (at !== undefined && !passed.has(at)) {
    if (at === postId) return true;
    passed.add(at);
    at = above.get(at);
  }
  return false;
}
