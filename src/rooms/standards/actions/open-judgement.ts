import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, AuthorityId, CriterionId, JudgementId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { standingLinksOf, type ItemLinkId } from '#findings';
import { may, type Actor } from '#people';
import type { Criterion, Domain, Judgement } from '../rules/picture.ts';
import { lockEdition } from '../store/append.ts';
import { criteriaByIds } from '../store/read-editions.ts';
import { judgementById } from '../store/read-judgements.ts';
import { judgementsOfLines } from '../store/judgements-of-lines.ts';
import { readCriterionFor, standingToDomain, type EditionPicture } from './open-edition.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

/** A judgement with the criterion on which it was made. */
export interface FoundJudgement {
  judgement: Judgement;
  criterion: Criterion;
  domain: Domain;
  picture: EditionPicture;
}

/** An action that answers a criterion, through a judgement on it. */
export interface AnsweringAction {
  actionId: ActionId;
  linkId: ItemLinkId;
}

/** A judgement as this person may read it as at a day; null where they may not know of it. */
export async function readJudgementFor(
  tx: Tx,
  actor: Actor,
  id: JudgementId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<FoundJudgement | null> {
  const judgement = await judgementById(tx, actor.authorityId, id);
  if (judgement === null || judgement.effectiveOn > asAt) return null;
  const found = await readCriterionFor(tx, actor, judgement.criterionId, asAt, today);
  return found === null ? null : { judgement, ...found };
}

/** Whether this person may say what answers a criterion: whoever may judge it. */
export function mayAnswer(
  actor: Actor,
  { picture, domain }: Pick<FoundJudgement, 'picture' | 'domain'>,
): boolean {
  return may(actor, 'U', 'PLN', standingToDomain(actor, picture, domain.id));
}

/**
 * Opens a judgement, to say what answers it: locks its edition and asks whether this person may. A
 * section that was signed off takes actions still, for its judgements stay as they are.
 */
export async function openJudgement(
  tx: Tx,
  actor: Actor,
  id: JudgementId,
  today: IsoDate,
): Promise<({ kind: 'open' } & FoundJudgement) | NotFound | Forbidden | Refused> {
  const judgement = await judgementById(tx, actor.authorityId, id);
  const [criterion] = await criteriaByIds(
    tx,
    actor.authorityId,
    judgement === null ? [] : [judgement.criterionId],
  );
  if (criterion === undefined) return notFound;
  await lockEdition(tx, actor.authorityId, criterion.editionId);
  const found = await readJudgementFor(tx, actor, id, today, today);
  if (found === null) return notFound;
  if (!mayAnswer(actor, found)) return forbidden;
  if (found.picture.edition.state === 'retired') {
    const text = 'This edition is retired, so nothing in it is answered any more.';
    return refused({ field: null, text });
  }
  return { kind: 'open', ...found };
}

/**
 * The actions that answer each of these criteria on a day, through any judgement on it or on what it
 * was in the editions before. A criterion that nothing answers has no entry.
 */
export async function actionsOfCriteria(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
  asAt: IsoDate,
): Promise<Map<CriterionId, AnsweringAction[]>> {
  const line = await judgementsOfLines(tx, authority, criterionIds);
  const judgementIds = [...new Set(line.flatMap(({ judgementId }) => judgementId ?? []))];
  const links = (await standingLinksOf(tx, authority, judgementIds, asAt)).filter(
    ({ to, relation }) => to.kind === 'action' && relation === 'answered by',
  );
  const byJudgement = Map.groupBy(links, ({ from }) => from.id);
  const found = new Map<CriterionId, AnsweringAction[]>();
  for (const { of, judgementId } of line) {
    for (const { id: linkId, to } of byJudgement.get(judgementId ?? '') ?? []) {
      found.set(of, [...(found.get(of) ?? []), { actionId: to.id as ActionId, linkId }]);
    }
  }
  return found;
}
