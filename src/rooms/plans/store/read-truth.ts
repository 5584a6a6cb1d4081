import { sql } from 'kysely';
import type { ActionId, AuthorityId, PlanId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ClosureStep, Completion } from '../rules/closure.ts';
import { noTruth, type ActionTruth } from '../rules/picture-action.ts';
import { usualRule, type RagRule } from '../rules/rag-thresholds.ts';
import { readBoardAnswers } from './read-dates.ts';
import { knownBy, type Until } from './until.ts';

export { knownBy, type Until };

/**
 * What else is known of these actions as at a day; an action of which nothing is has no entry.
 * `completeIds` are those of them that are claimed complete by then.
 */
export async function readTruth(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  completeIds: readonly ActionId[],
  until: Until,
): Promise<Map<ActionId, ActionTruth>> {
  const known = knownBy(until);
  const { asAt } = until;
  const evidence = await countEvidence(tx, authority, actionIds, until);
  const completions = await readCompletions(tx, authority, completeIds, until);
  const asked = await tx
    .selectFrom('due_date_request as request')
    .selectAll('request')
    .where('request.authority_id', '=', authority)
    .where('request.action_id', '=', anyOf(actionIds))
    .where('request.effective_on', '<=', asAt)
    .where('request.recorded_at', '<=', known)
    .where((make) =>
      make.not(
        make.exists(
          make
            .selectFrom('due_date_decision as decision')
            .select('decision.id')
            .whereRef('decision.authority_id', '=', 'request.authority_id')
            .whereRef('decision.request_id', '=', 'request.id')
            .where('decision.effective_on', '<=', asAt)
            .where('decision.recorded_at', '<=', known),
        ),
      ),
    )
    .orderBy('request.effective_on')
    .orderBy('request.version')
    .execute();
  const tests = await tx
    .selectFrom('action_test')
    .distinctOn('action_id')
    .select(['action_id', 'version', 'measure', 'sample', 'threshold', 'by_when'])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(actionIds))
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('action_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const leaves = await readLeaves(tx, authority, actionIds, until);
  const said = await readBoardAnswers(tx, authority, actionIds, until);
  const steps = await readSteps(tx, authority, actionIds, until);
  const lastSteps = await tx
    .selectFrom('closure_step')
    .select(['action_id', (make) => make.fn.max('version').as('version')])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(actionIds))
    .groupBy('action_id')
    .execute();
  const truth = new Map<ActionId, ActionTruth>();
  const add = (id: ActionId, part: Partial<ActionTruth>) => {
    truth.set(id, { ...(truth.get(id) ?? noTruth), ...part });
  };
  for (const [id, evidenceCount] of evidence) add(id, { evidenceCount });
  for (const [id, completion] of completions) add(id, { completion });
  for (const row of asked) {
    add(row.action_id, {
      asked: {
        id: row.id,
        due: {
          asWritten: row.as_written,
          from: row.due_from,
          to: row.due_to,
          precision: row.precision,
        },
        reason: row.reason,
        effectOnChildren: row.effect_on_children,
        on: row.effective_on,
        by: row.recorded_by,
      },
    });
  }
  for (const [id, own] of Map.groupBy(said, (one) => one.actionId)) {
    add(id, {
      boardAnswers: own.map(({ effectiveOn: on, ...one }) => ({ ...one, on })),
    });
  }
  for (const row of tests) {
    const { measure, sample, threshold, by_when: byWhen, version } = row;
    add(row.action_id, {
      test:
        measure === null || threshold === null
          ? 'to be agreed'
          : { measure, sample, threshold, byWhen },
      testVersion: version,
    });
  }
  for (const row of leaves) {
    add(row.action_id, {
      onTable: row.on_table || row.reopened === true,
      tableVersion: row.version,
    });
  }
  for (const [id, own] of steps) add(id, { steps: own });
  for (const row of lastSteps) add(row.action_id, { closureVersion: row.version });
  return truth;
}

/** How many pieces of evidence each action rests on; one that its update and a step name is one. */
async function countEvidence(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  until: Until,
): Promise<Map<ActionId, number>> {
  const known = knownBy(until);
  const rows = await tx
    .selectFrom((make) =>
      make
        .selectFrom('action_update_evidence as part')
        .innerJoin('action_update as fact', (join) =>
          join
            .onRef('fact.authority_id', '=', 'part.authority_id')
            .onRef('fact.id', '=', 'part.update_id'),
        )
        .select(['fact.action_id', 'part.evidence_id'])
        .where('fact.authority_id', '=', authority)
        .where('fact.action_id', '=', anyOf(actionIds))
        .where('fact.effective_on', '<=', until.asAt)
        .where('fact.recorded_at', '<=', known)
        .union(
          make
            .selectFrom('closure_step_evidence as part')
            .innerJoin('closure_step as fact', (join) =>
              join
                .onRef('fact.authority_id', '=', 'part.authority_id')
                .onRef('fact.id', '=', 'part.step_id'),
            )
            .select(['fact.action_id', 'part.evidence_id'])
            .where('fact.authority_id', '=', authority)
            .where('fact.action_id', '=', anyOf(actionIds))
            .where('fact.effective_on', '<=', until.asAt)
            .where('fact.recorded_at', '<=', known),
        )
        .as('given'),
    )
    .select(['action_id', sql<number>`count(*)`.as('count')])
    .groupBy('action_id')
    .execute();
  return new Map(rows.map((row) => [row.action_id, row.count]));
}

/**
 * Since when each action has been claimed complete without a break, and by whom. An update that
 * another one corrects is not asked: a wrong answer that was put right broke nothing.
 */
async function readCompletions(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  until: Until,
): Promise<Map<ActionId, Completion>> {
  if (actionIds.length === 0) return new Map();
  const known = knownBy(until);
  const rows = await tx
    .selectFrom((make) =>
      make
        .selectFrom('action_update as fact')
        .select([
          'fact.action_id',
          'fact.effective_on',
          'fact.version',
          'fact.recorded_by',
          sql<number>`count(*) filter (where fact.status is distinct from 'complete') over (
            partition by fact.action_id order by fact.effective_on desc, fact.version desc)`.as(
            'later_open',
          ),
        ])
        .where('fact.authority_id', '=', authority)
        .where('fact.action_id', '=', anyOf(actionIds))
        .where('fact.effective_on', '<=', until.asAt)
        .where('fact.recorded_at', '<=', known)
        .where((make) =>
          make.not(
            make.exists(
              make
                .selectFrom('action_update as right')
                .select('right.id')
                .whereRef('right.authority_id', '=', 'fact.authority_id')
                .whereRef('right.action_id', '=', 'fact.action_id')
                .whereRef('right.corrects_id', '=', 'fact.id')
                .where('right.effective_on', '<=', until.asAt)
                .where('right.recorded_at', '<=', known),
            ),
          ),
        )
        .as('fact'),
    )
    .distinctOn('action_id')
    .select(['action_id', 'effective_on', 'recorded_by'])
    .where('later_open', '=', 0)
    .orderBy('action_id')
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  const claims = await readCorrectedClaims(tx, authority, actionIds, until);
  return new Map(
    rows.map((row) => {
      const alsoBy = claims.flatMap((claim) =>
        claim.actionId === row.action_id && claim.on === row.effective_on ? (claim.by ?? []) : [],
      );
      const completion = { since: row.effective_on, by: row.recorded_by };
      return [row.action_id, alsoBy.length === 0 ? completion : { ...completion, alsoBy }];
    }),
  );
}

/**
 * The claims that an action is complete whose words somebody corrected. Whoever claimed it did,
 * also where another person put the words right: else a correction would make them a stranger to
 * their own work, and let them sign it off.
 */
function readCorrectedClaims(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  until: Until,
) {
  return tx
    .selectFrom('action_update as right')
    .innerJoin('action_update as claim', (join) =>
      join
        .onRef('claim.authority_id', '=', 'right.authority_id')
        .onRef('claim.action_id', '=', 'right.action_id')
        .onRef('claim.id', '=', 'right.corrects_id'),
    )
    .select(['claim.action_id as actionId', 'claim.effective_on as on', 'claim.recorded_by as by'])
    .where('right.authority_id', '=', authority)
    .where('right.action_id', '=', anyOf(actionIds))
    .where('right.effective_on', '<=', until.asAt)
    .where('right.recorded_at', '<=', knownBy(until))
    .where('claim.status', '=', 'complete')
    .execute();
}

/** What was last said of each action's place on the table; what was reopened since came back. */
function readLeaves(tx: Tx, authority: AuthorityId, actionIds: readonly ActionId[], until: Until) {
  return tx
    .selectFrom('table_leave as leave')
    .distinctOn('leave.action_id')
    .select((make) => [
      'leave.action_id',
      'leave.version',
      'leave.on_table',
      make
        .exists(
          make
            .selectFrom('action_update as later')
            .select('later.id')
            .whereRef('later.authority_id', '=', 'leave.authority_id')
            .whereRef('later.action_id', '=', 'leave.action_id')
            .where(sql<boolean>`later.status is distinct from 'complete'`)
            .where('later.effective_on', '<=', until.asAt)
            .where('later.recorded_at', '<=', knownBy(until))
            .where((is) =>
              is.or([
                is.eb('later.effective_on', '>', is.ref('leave.effective_on')),
                is.and([
                  is.eb('later.effective_on', '=', is.ref('leave.effective_on')),
                  is.eb('later.recorded_at', '>', is.ref('leave.recorded_at')),
                ]),
              ]),
            ),
        )
        .as('reopened'),
    ])
    .where('leave.authority_id', '=', authority)
    .where('leave.action_id', '=', anyOf(actionIds))
    .where('leave.effective_on', '<=', until.asAt)
    .where('leave.recorded_at', '<=', knownBy(until))
    .orderBy('leave.action_id')
    .orderBy('leave.effective_on', 'desc')
    .orderBy('leave.version', 'desc')
    .execute();
}

async function readSteps(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  until: Until,
): Promise<Map<ActionId, ClosureStep[]>> {
  const rows = await tx
    .selectFrom('closure_step as step')
    .leftJoin('closure_answer as answer', (join) =>
      join
        .onRef('answer.authority_id', '=', 'step.authority_id')
        .onRef('answer.step_id', '=', 'step.id')
        .on('answer.effective_on', '<=', until.asAt)
        .on('answer.recorded_at', '<=', knownBy(until)),
    )
    .select((make) => [
      'step.action_id as actionId',
      'step.id',
      'step.version',
      'step.state',
      'step.account',
      'step.test_result as testResult',
      'step.held_days as heldDays',
      'step.effective_on as on',
      'step.recorded_by as by',
      'answer.answer',
      'answer.effective_on as answeredOn',
      'answer.recorded_by as answeredBy',
      'answer.reason as answerReason',
      make
        .selectFrom('closure_step_evidence as part')
        .select(make.fn.countAll<number>().as('count'))
        .whereRef('part.authority_id', '=', 'step.authority_id')
        .whereRef('part.step_id', '=', 'step.id')
        .as('evidenceCount'),
    ])
    .where('step.authority_id', '=', authority)
    .where('step.action_id', '=', anyOf(actionIds))
    .where('step.effective_on', '<=', until.asAt)
    .where('step.recorded_at', '<=', knownBy(until))
    .orderBy('step.effective_on')
    .orderBy('step.version')
    .execute();
  const steps = new Map<ActionId, ClosureStep[]>();
  for (const row of rows) {
    const { actionId, answer, answeredOn, answeredBy, answerReason, evidenceCount, ...step } = row;
    const own = steps.get(actionId) ?? [];
    own.push({
      ...step,
      evidenceCount: evidenceCount ?? 0,
      answer:
        answer === null || answeredOn === null
          ? null
          : { answer, on: answeredOn, by: answeredBy, reason: answerReason },
    });
    steps.set(actionId, own);
  }
  return steps;
}

/** By what the RAG of these plans is derived on that day. */
export async function readRagRules(
  tx: Tx,
  authority: AuthorityId,
  planIds: readonly PlanId[],
  until: Until,
): Promise<(planId: PlanId) => RagRule> {
  const rows = await tx
    .selectFrom('plan_rag_rule')
    .distinctOn('plan_id')
    .select(['plan_id', 'edition', 'thresholds', 'effective_on', 'version'])
    .where('authority_id', '=', authority)
    .where('plan_id', '=', anyOf(planIds))
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until))
    .orderBy('plan_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const own = new Map(
    rows.map(({ plan_id, edition, thresholds, effective_on, version }) => [
      plan_id,
      { edition, thresholds, since: effective_on, version },
    ]),
  );
  return (planId) => own.get(planId) ?? usualRule(until.asAt);
}
