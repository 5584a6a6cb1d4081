import { createHash } from 'node:crypto';
import type { CriterionId } from '#kernel/ids.ts';
import type { Criterion, Judgement } from '../rules/picture.ts';

/** The SHA-256 of what a section says: which judgement stands on each of its criteria. */
export function domainHash(
  criteria: readonly Pick<Criterion, 'id'>[],
  judgements: ReadonlyMap<CriterionId, Pick<Judgement, 'id'>>,
): string {
  const said = criteria.map(({ id }) => [id, judgements.get(id)?.id ?? null]);
  return createHash('sha256').update(JSON.stringify(said), 'utf8').digest('hex');
}
