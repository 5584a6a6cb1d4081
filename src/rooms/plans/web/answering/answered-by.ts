import type { FastifyRequest } from 'fastify';
import type { ActionId, FindingId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { readableFindings, standingLinksOf, wholeOnes, type FindingPicture } from '#findings';

/** The findings that an action answers on the day of the page, as far as this person may read them. */
export async function answeredBy(
  tx: Tx,
  { actor, asAt, today }: Pick<FastifyRequest, 'actor' | 'asAt' | 'today'>,
  actionId: ActionId,
): Promise<FindingPicture[]> {
  const links = await standingLinksOf(tx, actor.authorityId, [actionId], asAt);
  const findingIds = links.flatMap(({ from, to, relation }) =>
    from.kind === 'finding' && to.id === actionId && relation === 'answered by'
      ? [from.id as FindingId]
      : [],
  );
  return wholeOnes(await readableFindings(tx, actor, { asAt, today }, { findingIds }));
}
