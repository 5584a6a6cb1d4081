import { may, type Actor } from '#people';
import type { Hit } from '../rules/checks/check.ts';
import type { CheckResult } from '../rules/checks/index.ts';

/** Whether this person may know of it: by its class, and by how they stand to it. */
export function mayKnow(actor: Actor, { restricted, partyIds, boardIds }: Hit): boolean {
  const acts = (ids: readonly string[]) => actor.partyIds.some((id) => ids.includes(id));
  const standing = { assigned: acts(partyIds), onBoard: acts(boardIds) };
  return may(actor, 'R', restricted ? 'FND' : 'PLN', standing);
}

/** What the checks found, as far as this person may know of it. */
export function toldTo(actor: Actor, results: readonly CheckResult[]): CheckResult[] {
  return results.map(({ check, hits }) => ({
    check,
    hits: hits.filter((hit) => mayKnow(actor, hit)),
  }));
}
