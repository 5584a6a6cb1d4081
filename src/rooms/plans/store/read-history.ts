import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, AuthorityId, PlanId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { BoardAnswerFact, DateRequest } from '../rules/date-requests.ts';
import type { ClosureFact, TestFact } from '../rules/closure-history.ts';
import type { DueFact, UpdateFact, VersionFact } from '../rules/history.ts';
import { readClosureHistory } from './read-closure.ts';
import { readBoardAnswers, readRequests } from './read-dates.ts';
import { knownBy } from './read-truth.ts';

export interface HistoryFacts {
  versions: VersionFact[];
  dues: DueFact[];
  updates: UpdateFact[];
  /** Dates that were asked for, and what became of each. */
  requests: DateRequest[];
  /** What overseeing boards said of dates. */
  boardAnswers: BoardAnswerFact[];
  /** How each action will be tested, and the steps of its closure. */
  tests: TestFact[];
  closures: ClosureFact[];
}

/**
 * Every fact about the actions of a plan, or about one action, that holds at the end of a day;
 * with `knownAt`, of those recorded by that instant.
 */
export async function readHistory(
  tx: Tx,
  authority: AuthorityId,
  which: { planId: PlanId } | { actionId: ActionId },
  asAt: IsoDate,
  knownAt?: Date,
): Promise<HistoryFacts> {
  const known = knownBy({ asAt, knownAt });
  const actions =
    'planId' in which
      ? tx
          .selectFrom('action')
          .select('id')
          .where('authority_id', '=', authority)
          .where('plan_id', '=', which.planId)
      : tx
          .selectFrom('action')
          .select('id')
          .where('authority_id', '=', authority)
          .where('id', '=', which.actionId);
  const versions = await tx
    .selectFrom('action_version')
    .select([
      'action_id as actionId',
      'id as versionId',
      'version',
      'effective_on as effectiveOn',
      'recorded_at as recordedAt',
      'recorded_by as by',
      'ref',
      'objective_id as objectiveId',
      'text',
      'priority',
      'success_measure as successMeasure',
      'outcome_for_children as outcomeForChildren',
      'withdrawn',
      'reason',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', 'in', actions)
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('version')
    .execute();
  const named =
    versions.length === 0
      ? []
      : await tx
          .selectFrom('action_version_party')
          .select(['action_version_id as versionId', 'party_id as partyId', 'part'])
          .where('authority_id', '=', authority)
          .where('action_version_id', '=', anyOf(versions.map((row) => row.versionId)))
          .orderBy('position')
          .execute();
  const dues = await tx
    .selectFrom('due_date_entry')
    .select([
      'action_id as actionId',
      'version',
      'effective_on as effectiveOn',
      'recorded_at as recordedAt',
      'recorded_by as by',
      'as_written as asWritten',
      'due_from as from',
      'due_to as to',
      'precision',
      'declared_revised as declaredRevised',
      'reason',
      'effect_on_children as effectOnChildren',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', 'in', actions)
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('version')
    .execute();
  const updates = await tx
    .selectFrom('action_update')
    .select([
      'action_id as actionId',
      'id',
      'version',
      'effective_on as effectiveOn',
      'recorded_at as recordedAt',
      'recorded_by as by',
      'claimed_rag as claimedRag',
      'status',
      'what_changed as whatChanged',
      'corrects_id as correctsId',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', 'in', actions)
    .where('effective_on', '<=', asAt)
    .where('recorded_at', '<=', known)
    .orderBy('version')
    .execute();
  const evidence =
    updates.length === 0
      ? []
      : await tx
          .selectFrom('action_update_evidence')
          .select(['update_id as updateId', 'evidence_id as evidenceId'])
          .where('authority_id', '=', authority)
          .where('update_id', '=', anyOf(updates.map((row) => row.id)))
          .execute();
  const actionIds = [...new Set(versions.map((row) => row.actionId))];
  const until = { asAt, knownAt };
  const requests = await readRequests(tx, authority, { actionIds }, until);
  const boardAnswers = await readBoardAnswers(tx, authority, actionIds, until);
  const closing = await readClosureHistory(tx, authority, actionIds, asAt, knownAt);
  const partiesOf = Map.groupBy(named, (row) => row.versionId);
  const evidenceOf = Map.groupBy(evidence, (row) => row.updateId);
  return {
    versions: versions.map(({ versionId, ...version }) => {
      const parties = partiesOf.get(versionId) ?? [];
      return {
        ...version,
        leadIds: parties.filter((one) => one.part === 'lead').map((one) => one.partyId),
        contributorIds: parties.filter((one) => one.part !== 'lead').map((one) => one.partyId),
      };
    }),
    dues: dues.map(({ asWritten, from, to, precision, ...rest }) => ({
      ...rest,
      due: { asWritten, from, to, precision },
    })),
    updates: updates.map((update) => ({
      ...update,
      evidenceIds: (evidenceOf.get(update.id) ?? []).map((row) => row.evidenceId),
    })),
    requests,
    boardAnswers,
    ...closing,
  };
}
