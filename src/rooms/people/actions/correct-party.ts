import { newId, type PartyId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Refusal } from '../rules/policy.ts';
import { recordFacts } from '../store/audit-log.ts';
import { delegations } from '../store/delegations.ts';
import { holdings } from '../store/holdings.ts';
import { partiesByIds } from '../store/parties.ts';
import type { PartyKind } from '../store/tables.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

export type CorrectKindOutcome =
  | { kind: 'corrected' }
  | { kind: 'is-that-already' }
  | { kind: 'is-held' }
  | { kind: 'answers' }
  | { kind: 'unknown' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Says that a post is a team, a board is an organisation, and so on: an import guesses the kind from
 * the name. Nothing that was said of it as what it seemed to be may stand against it: a team is not
 * held, and only a post answers for a team, answers to another post, or is delegated.
 */
export async function correctKind(
  tx: Tx,
  doer: Doer,
  partyId: PartyId,
  kind: PartyKind,
): Promise<CorrectKindOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const { authorityId } = doer;
  const party = (await partiesByIds(tx, authorityId, [partyId])).get(partyId);
  if (party === undefined) return { kind: 'unknown' };
  if (party.kind === kind) return { kind: 'is-that-already' };
  const held = (await holdings(tx, authorityId)).some((one) => one.partyId === partyId);
  const delegated = (await delegations(tx, authorityId)).some((one) => one.partyId === partyId);
  if ((held && kind === 'team') || delegated) return { kind: 'is-held' };
  const answer = await tx
    .selectFrom('team_answer')
    .select('id')
    .where('authority_id', '=', authorityId)
    .where((is) => is.or([is('team_id', '=', partyId), is('post_id', '=', partyId)]))
    .executeTakeFirst();
  if (answer !== undefined) return { kind: 'answers' };
  const line = await tx
    .selectFrom('post_above')
    .select('id')
    .where('authority_id', '=', authorityId)
    .where((is) => is.or([is('post_id', '=', partyId), is('above_id', '=', partyId)]))
    .executeTakeFirst();
  if (line !== undefined) return { kind: 'answers' };
  const { last } = await tx
    .selectFrom('party_kind')
    .select((is) => is.fn.max('version').as('last'))
    .where('authority_id', '=', authorityId)
    .where('party_id', '=', partyId)
    .$castTo<{ last: number | null }>()
    .executeTakeFirstOrThrow();
  const id = newId<'party-kind'>();
  const version = (last ?? 1) + 1;
  await tx
    .insertInto('party_kind')
    .values({
      authority_id: authorityId,
      id,
      party_id: partyId,
      version,
      kind,
      recorded_by: doer.userId,
    })
    .execute();
  await recordFacts(tx, doer.userId, 'kind corrected', [{ fact: 'party_kind', id, version }]);
  return { kind: 'corrected' };
}
