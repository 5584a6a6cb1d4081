import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, FindingId, JudgementId, PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import {
  endItemLink,
  linkItems,
  openFinding,
  standingLinksOf,
  type FindingPicture,
  type OpenedFinding,
} from '#findings';
import { recordFacts, type Actor } from '#people';
import { openJudgement } from '#standards';
import type { WrittenFact, Writing } from '../store/append.ts';
import { writeAction, type AddActionOutcome, type NewAction } from './change-action.ts';
import { openAction } from './open-plan.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

/** What an action answers: one end of the link. */
export type AnsweredItem =
  { kind: 'finding'; id: FindingId } | { kind: 'judgement'; id: JudgementId };

export type AnswerFindingsOutcome =
  { kind: 'done'; actionId: ActionId; findings: FindingPicture[] } | NotFound | Forbidden | Refused;

/**
 * Says that an action answers these findings: whoever may change both the action and the findings.
 * How far the action is, is told first, for one that was made before anybody told. What is said
 * already is not said twice.
 */
export async function answerFindings(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: { actionId: ActionId; findingIds: readonly FindingId[] },
): Promise<AnswerFindingsOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, given.actionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    if (opened.action.withdrawn) {
      return refused({ field: 'action', text: 'This action was withdrawn. Choose another one' });
    }
    const findings = await openFindings(tx, actor, given.findingIds, today);
    if (findings.kind !== 'open') return findings;
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = [
      ...(await tellActions(tx, writing, today, [given.actionId])),
      ...(await linkAnswers(tx, writing, given.actionId, findings.all)),
    ];
    if (written.length > 0) {
      await recordFacts(tx, actor.userId, 'answered findings with an action', written);
    }
    return { kind: 'done', actionId: given.actionId, findings: findings.all };
  });
}

/** Adds an action that answers a finding or a judgement: both, or neither. */
export async function addAnsweringAction(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  item: AnsweredItem,
  given: NewAction,
): Promise<AddActionOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const made = await writeAction(tx, actor, today, planId, given);
    if (made.kind !== 'done') return made;
    const { actionId, written } = made;
    const opened =
      item.kind === 'finding'
        ? await openFinding(tx, actor, item.id, 'U', today)
        : await openJudgement(tx, actor, item.id, today);
    // What was begun must not stand: the transaction ends with it.
    if (opened.kind !== 'open') throw new CannotAnswer(opened);
    if (written.length > 0) {
      const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
      const to = { kind: 'action', id: actionId } as const;
      written.push(
        ...(await linkItems(tx, writing, [{ from: item, to, relation: 'answered by' }])),
      );
      await recordFacts(tx, actor.userId, `added an action that answers a ${item.kind}`, written);
    }
    return { kind: 'done' as const, actionId };
  }).catch((fault: unknown) => {
    if (fault instanceof CannotAnswer) return fault.outcome;
    throw fault;
  });
}

/** What cannot be answered by this person, found after something was written. */
class CannotAnswer extends Error {
  readonly outcome: NotFound | Forbidden | Refused;
  constructor(outcome: NotFound | Forbidden | Refused) {
    super('It cannot be answered');
    this.outcome = outcome;
  }
}

/** Says that an action no longer answers a finding. That it did stays to be seen. */
export async function endAnswer(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: { actionId: ActionId; findingId: FindingId },
): Promise<{ kind: 'done'; finding: FindingPicture } | NotFound | Forbidden> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openFinding(tx, actor, given.findingId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const links = await standingLinksOf(tx, actor.authorityId, [given.findingId], today);
    const link = links.find(
      ({ to, relation }) => to.id === given.actionId && relation === 'answered by',
    );
    const { finding } = opened;
    if (link === undefined) return { kind: 'done', finding };
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = await endItemLink(tx, writing, link.id);
    await recordFacts(tx, actor.userId, 'took an action from a finding', written);
    return { kind: 'done', finding };
  });
}

/** Opens all of these, in one order: two who answer the same ones wait for each other. */
async function openFindings(
  tx: Tx,
  actor: Actor,
  ids: readonly FindingId[],
  today: IsoDate,
): Promise<{ kind: 'open'; all: FindingPicture[] } | NotFound | Forbidden> {
  const all: FindingPicture[] = [];
  for (const id of [...new Set(ids)].sort()) {
    const opened: OpenedFinding | NotFound | Forbidden = await openFinding(
      tx,
      actor,
      id,
      'U',
      today,
    );
    if (opened.kind !== 'open') return opened;
    all.push(opened.finding);
  }
  return all.length === 0 ? notFound : { kind: 'open', all };
}

function linkAnswers(
  tx: Tx,
  writing: Writing,
  actionId: ActionId,
  findings: readonly FindingPicture[],
): Promise<WrittenFact[]> {
  return linkItems(
    tx,
    writing,
    findings.map(({ id }) => ({
      from: { kind: 'finding', id },
      to: { kind: 'action', id: actionId },
      relation: 'answered by',
    })),
  );
}
