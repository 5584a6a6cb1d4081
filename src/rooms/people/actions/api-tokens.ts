import { addDays, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { newApiToken } from '../proofs/api-token.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { mostTokens, tokenProblems, type AskedToken } from '../rules/api-scopes.ts';
import { isLiving } from '../rules/token-life.ts';
import { mightEver, type Actor, type Refusal } from '../rules/policy.ts';
import { addToken, endTokens, lockTokens, tokensOf, type ApiTokenId } from '../store/api-tokens.ts';
import { recordFacts, type FactRef } from '../store/audit-log.ts';
import { whyDoerMayNot } from './doer.ts';

export type MakeTokenOutcome =
  /** The token is shown once and kept nowhere. */
  | { kind: 'made'; token: string; id: ApiTokenId }
  | { kind: 'wrong'; problems: ReturnType<typeof tokenProblems> }
  | { kind: 'too-many' }
  /** Nothing that they may do lets data out. */
  | { kind: 'nothing-to-export' };

/** Whether anything could come out with a token of this person: `E` of plans. */
export const mayHaveTokens = (actor: Actor): boolean => mightEver(actor, 'E', 'PLN');

/** A person makes a token for a program of theirs. */
export async function makeToken(
  tx: Tx,
  actor: Actor,
  asked: AskedToken,
  today: IsoDate,
): Promise<MakeTokenOutcome> {
  if (!mayHaveTokens(actor)) return { kind: 'nothing-to-export' };
  const problems = tokenProblems(asked, today);
  if (problems.length > 0 || asked.lastDay === null) return { kind: 'wrong', problems };
  const { authorityId, userId } = actor;
  await lockTokens(tx, userId);
  const living = (await tokensOf(tx, authorityId, userId)).filter((one) => isLiving(one, today));
  if (living.length >= mostTokens) return { kind: 'too-many' };
  const token = newApiToken(authorityId);
  const facts: FactRef[] = [];
  const id = await addToken(
    tx,
    authorityId,
    {
      userId,
      name: asked.name.trim(),
      scopes: asked.scopes,
      endsOn: addDays(asked.lastDay, 1),
      tokenHash: tokenHash(token),
    },
    facts,
  );
  await recordFacts(tx, userId, 'token for data made', facts);
  return { kind: 'made', token, id };
}

export type WithdrawTokenOutcome =
  { kind: 'withdrawn' } | { kind: 'nothing-to-withdraw' } | { kind: 'refused'; reasons: Refusal[] };

/** Withdraws a token: its person does it, or an administrator. It opens nothing from this moment. */
export async function withdrawToken(
  tx: Tx,
  actor: Actor,
  which: { userId: UserId; id: ApiTokenId },
): Promise<WithdrawTokenOutcome> {
  const reasons = which.userId === actor.userId ? [] : whyDoerMayNot(actor, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const facts: FactRef[] = [];
  const how = { why: 'withdrawn', by: actor.userId } as const;
  await endTokens(tx, actor.authorityId, which, how, facts);
  if (facts.length === 0) return { kind: 'nothing-to-withdraw' };
  await recordFacts(tx, actor.userId, 'token for data withdrawn', facts);
  return { kind: 'withdrawn' };
}
