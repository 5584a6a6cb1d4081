import type { IsoDate } from '#kernel/dates.ts';
import type { DuePrecision } from '#kernel/due/due.ts';
import type { AuthorityId, CriterionId, JudgementId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import { partiesByIds } from '#people';
import type { Judgement, PartyRef, Rest, Verdict } from '../rules/picture.ts';
import { knownBy, type Until } from './until.ts';

/**
 * What the authority says of itself on these criteria as at a day: of each the latest judgement by
 * (effective_on, version). A criterion that nobody judged by then has no entry.
 */
export async function readJudgements(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
  until: Until,
): Promise<Map<CriterionId, Judgement>> {
  const rows = await judgementRows(tx, authority, criterionIds, until)
    .distinctOn('criterion_id')
    .orderBy('criterion_id')
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const judgements = await withParts(tx, authority, rows);
  return new Map(judgements.map((one) => [one.criterionId, one]));
}

/** Every judgement of these criteria by a day, the newest first. */
export async function readJudgementHistory(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
  until: Until,
): Promise<Judgement[]> {
  const rows = await judgementRows(tx, authority, criterionIds, until)
    .orderBy('effective_on', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return await withParts(tx, authority, rows);
}

/** One judgement of the authority, or null. */
export async function judgementById(
  tx: Tx,
  authority: AuthorityId,
  id: JudgementId,
): Promise<Judgement | null> {
  return (await judgementsByIds(tx, authority, [id]))[0] ?? null;
}

/** These judgements of the authority; one of another is not there. */
export async function judgementsByIds(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly JudgementId[],
): Promise<Judgement[]> {
  if (ids.length === 0) return [];
  const rows = await judgementColumns(tx, authority).where('id', '=', anyOf(ids)).execute();
  return await withParts(tx, authority, rows);
}

/** The highest version of each criterion's judgements, whatever its day; 0 where there is none. */
export async function judgementVersions(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
): Promise<(id: CriterionId) => number> {
  const rows = await tx
    .selectFrom('judgement')
    .select((make) => ['criterion_id', make.fn.max('version').as('version')])
    .where('authority_id', '=', authority)
    .where('criterion_id', '=', anyOf(criterionIds))
    .groupBy('criterion_id')
    .execute();
  const versions = new Map(rows.map((row) => [row.criterion_id, row.version]));
  return (id) => versions.get(id) ?? 0;
}

/** What others said on these criteria by a day, the newest first; what was taken back is left out. */
export async function readVerdicts(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
  until: Until,
): Promise<Verdict[]> {
  return await tx
    .selectFrom('verdict')
    .select([
      'verdict.id',
      'criterion_id as criterionId',
      'whose',
      'level',
      'words',
      'said_on as saidOn',
      'source_id as sourceId',
      'recorded_by as by',
    ])
    .where('verdict.authority_id', '=', authority)
    .where('criterion_id', '=', anyOf(criterionIds))
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until))
    .where((make) =>
      make.not(
        make.exists(
          make
            .selectFrom('verdict_end as end')
            .select('end.id')
            .whereRef('end.authority_id', '=', 'verdict.authority_id')
            .whereRef('end.verdict_id', '=', 'verdict.id')
            .where('end.effective_on', '<=', until.asAt)
            .where('end.recorded_at', '<=', knownBy(until)),
        ),
      ),
    )
    .orderBy('said_on', 'desc')
    .orderBy('verdict.id', 'desc')
    .execute();
}

function judgementColumns(tx: Tx, authority: AuthorityId) {
  return tx
    .selectFrom('judgement')
    .select([
      'id',
      'criterion_id as criterionId',
      'version',
      'effective_on as effectiveOn',
      'recorded_at as recordedAt',
      'recorded_by as by',
      'progress',
      'level',
      'result',
      'how_met as howMet',
      'why_not as whyNot',
      'what_next as whatNext',
      'due_as_written as dueAsWritten',
      'due_from as dueFrom',
      'due_to as dueTo',
      'due_precision as duePrecision',
    ])
    .where('authority_id', '=', authority);
}

function judgementRows(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
  until: Until,
) {
  return judgementColumns(tx, authority)
    .where('criterion_id', '=', anyOf(criterionIds))
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until));
}

type Row = Omit<Judgement, 'due' | 'leads' | 'restsOn'> & {
  dueAsWritten: string | null;
  dueFrom: IsoDate | null;
  dueTo: IsoDate | null;
  duePrecision: DuePrecision | null;
};

async function withParts(
  tx: Tx,
  authority: AuthorityId,
  rows: readonly Row[],
): Promise<Judgement[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const leads = await readLeads(tx, authority, ids);
  const rests = await readRests(tx, authority, ids);
  return rows.map(({ dueAsWritten, dueFrom, dueTo, duePrecision, ...row }) => ({
    ...row,
    due:
      dueAsWritten === null || duePrecision === null
        ? null
        : { asWritten: dueAsWritten, from: dueFrom, to: dueTo, precision: duePrecision },
    leads: leads.get(row.id) ?? [],
    restsOn: rests.get(row.id) ?? [],
  }));
}

async function readLeads(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly JudgementId[],
): Promise<Map<JudgementId, PartyRef[]>> {
  const rows = await tx
    .selectFrom('judgement_lead')
    .select(['judgement_id', 'party_id'])
    .where('authority_id', '=', authority)
    .where('judgement_id', '=', anyOf(ids))
    .orderBy('position')
    .execute();
  const parties = await partiesByIds(
    tx,
    authority,
    rows.map((row) => row.party_id),
  );
  const leads = new Map<JudgementId, PartyRef[]>();
  for (const { judgement_id, party_id } of rows) {
    const own = leads.get(judgement_id) ?? [];
    own.push({ id: party_id, name: parties.get(party_id)?.name ?? '' });
    leads.set(judgement_id, own);
  }
  return leads;
}

async function readRests(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly JudgementId[],
): Promise<Map<JudgementId, Rest[]>> {
  const rows = await tx
    .selectFrom('judgement_rest')
    .select([
      'judgement_id as judgementId',
      'kind',
      'words',
      'dated_on as datedOn',
      'evidence_id as evidenceId',
      'source_id as sourceId',
      'finding_id as findingId',
    ])
    .where('authority_id', '=', authority)
    .where('judgement_id', '=', anyOf(ids))
    .orderBy('position')
    .execute();
  const rests = new Map<JudgementId, Rest[]>();
  for (const { judgementId, ...rest } of rows) {
    const own = rests.get(judgementId) ?? [];
    own.push(rest);
    rests.set(judgementId, own);
  }
  return rests;
}
