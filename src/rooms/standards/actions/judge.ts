import type { IsoDate } from '#kernel/dates.ts';
import type { CriterionId, JudgementId } from '#kernel/ids.ts';
import { kindOfParty } from '#kernel/party-kind.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { findOrAddParty, partyNameKey, recordFacts, type Actor, type FactRef } from '#people';
import { levelOf } from '../rules/levels.ts';
import type { Judgement, JudgementContent } from '../rules/picture.ts';
import { sameJudgement } from '../rules/same-judgement.ts';
import { appendJudgements } from '../store/append.ts';
import { judgementVersions } from '../store/read-judgements.ts';
import { openCriterion, type OpenCriterion } from './open-edition.ts';
import { refused, type Forbidden, type Locked, type NotFound, type Refused } from './outcome.ts';

/** What a person writes of a criterion. Leads are names as written. */
export interface GivenJudgement extends Omit<JudgementContent, 'leads'> {
  leads: string[];
}

export type JudgeOutcome =
  | { kind: 'done'; judgementId: JudgementId }
  | { kind: 'stale'; judgement: Judgement }
  | NotFound
  | Forbidden
  | Locked
  | Refused;

/**
 * Appends what the authority says of itself on a criterion. `seenVersion` is that of the judgement
 * on which the form was made, 0 where there was none. Where nothing differs, nothing is written.
 */
export async function judge(
  db: Db,
  actor: Actor,
  today: IsoDate,
  criterionId: CriterionId,
  seenVersion: number,
  given: GivenJudgement,
): Promise<JudgeOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openCriterion(tx, actor, criterionId, today);
    if (opened.kind !== 'open') return opened;
    const outcome = await writeJudgement(tx, actor, today, opened, seenVersion, given);
    if (outcome.kind !== 'done') return outcome;
    const { judgementId, written } = outcome;
    if (written.length > 0) await recordFacts(tx, actor.userId, 'judged a criterion', written);
    return { kind: 'done', judgementId };
  });
}

/**
 * The half of `judge` within a transaction that has opened the criterion: the caller records what
 * was written. Where nothing differs, nothing is.
 */
export async function writeJudgement(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { picture, criterion }: Pick<OpenCriterion, 'picture' | 'criterion'>,
  seenVersion: number,
  given: GivenJudgement,
): Promise<
  | { kind: 'done'; judgementId: JudgementId; written: FactRef[] }
  | { kind: 'stale'; judgement: Judgement }
  | Refused
> {
  const criterionId = criterion.id;
  const { levels } = picture.edition;
  if (given.level !== null && levelOf(levels, given.level) === null) {
    return refused({ field: 'level', text: 'Choose one of the levels of this framework' });
  }
  const late = given.restsOn.findIndex(({ datedOn }) => datedOn !== null && datedOn > today);
  if (late !== -1) {
    return refused({ field: `rest-${late + 1}-dated`, text: 'This day is in the future' });
  }
  const standing = picture.judgements.get(criterionId);
  if (standing !== undefined && isSame(standing, given)) {
    return { kind: 'done', judgementId: standing.id, written: [] };
  }
  if (standing !== undefined && standing.version !== seenVersion) {
    return { kind: 'stale', judgement: standing };
  }
  const facts: FactRef[] = [];
  const leadIds = [];
  for (const name of given.leads) {
    const party = { kind: kindOfParty(name), name };
    leadIds.push(await findOrAddParty(tx, actor.authorityId, party, actor.userId, facts));
  }
  const versionOf = await judgementVersions(tx, actor.authorityId, [criterionId]);
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const { ids, written } = await appendJudgements(tx, writing, [
    { ...given, criterionId, version: versionOf(criterionId) + 1, leadIds },
  ]);
  const [judgementId] = ids;
  if (judgementId === undefined) throw new Error('A judgement was appended without an id');
  return { kind: 'done', judgementId, written: [...facts, ...written] };
}

function isSame(standing: Judgement, given: GivenJudgement): boolean {
  return sameJudgement(
    { ...standing, leads: standing.leads.map(({ name }) => partyNameKey(name)) },
    { ...given, leads: given.leads.map(partyNameKey) },
  );
}
