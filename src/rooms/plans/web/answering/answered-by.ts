import type { FastifyRequest } from 'fastify';
import type { ActionId, FindingId, JudgementId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { readableFindings, standingLinksOf, wholeOnes, type FindingPicture } from '#findings';
import { readJudgementFor, type FoundJudgement } from '#standards';

/** What an action answers. */
export interface AnsweredBy {
  findings: readonly FindingPicture[];
  judgements: readonly FoundJudgement[];
}

/** What an action answers on the day of the page, as far as this person may read it. */
export async function answeredBy(
  tx: Tx,
  { actor, asAt, today }: Pick<FastifyRequest, 'actor' | 'asAt' | 'today'>,
  actionId: ActionId,
): Promise<AnsweredBy> {
  const links = (await standingLinksOf(tx, actor.authorityId, [actionId], asAt)).filter(
    ({ to, relation }) => to.id === actionId && relation === 'answered by',
  );
  const of = (kind: 'finding' | 'judgement') =>
    links.flatMap(({ from }) => (from.kind === kind ? [from.id] : []));
  const findingIds = of('finding') as FindingId[];
  const judgements: FoundJudgement[] = [];
  for (const id of of('judgement') as JudgementId[]) {
    const found = await readJudgementFor(tx, actor, id, asAt, today);
    if (found !== null) judgements.push(found);
  }
  const findings = wholeOnes(await readableFindings(tx, actor, { asAt, today }, { findingIds }));
  return { findings, judgements };
}
