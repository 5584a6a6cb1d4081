import { newId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { hashPassword } from '../proofs/password-hash.ts';
import { passwordProblems, type PasswordProblem } from '../rules/password.ts';
import { authorityById } from '../store/authorities.ts';
import { recordFacts } from '../store/audit-log.ts';
import { savePassword } from '../store/credentials.ts';
import { addAccount, lockAccounts } from '../store/accounts.ts';
import { tidyEmail, userByEmail } from '../store/users.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';
import type { Refusal } from '../rules/policy.ts';

export interface NewUser {
  email: string;
  name: string;
  /** Null where they are to choose one themself, by a link (`makePasswordLink`). */
  password: string | null;
  /** True where somebody else typed the password: they choose their own at the first sign-in. */
  mustChange: boolean;
}

export type AddUserOutcome =
  | { kind: 'added'; userId: UserId }
  | { kind: 'password-refused'; problems: PasswordProblem[] }
  | { kind: 'address-taken' }
  | { kind: 'refused'; reasons: Refusal[] };

/** Adds a user without a role. The details were checked: `userDetailProblems`. */
export async function addUser(
  tx: Tx,
  doer: Doer,
  user: NewUser,
  now: Date,
): Promise<AddUserOutcome> {
  const reasons = whyDoerMayNot(doer, 'C', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const authority = await authorityById(tx, doer.authorityId);
  if (authority === undefined) throw new Error('A user is added to an authority that is not there');
  const about = { authorityName: authority.name, userName: user.name, email: user.email };
  const problems = user.password === null ? [] : passwordProblems(user.password, about);
  if (problems.length > 0) return { kind: 'password-refused', problems };

  await lockAccounts(tx, doer.authorityId);
  const email = tidyEmail(user.email);
  if ((await userByEmail(tx, doer.authorityId, email)) !== undefined)
    return { kind: 'address-taken' };
  const userId: UserId = newId();
  const name = user.name.trim();
  await tx
    .insertInto('app_user')
    .values({
      authority_id: doer.authorityId,
      id: userId,
      email,
      name,
      recorded_by: doer.userId,
    })
    .execute();
  await addAccount(tx, doer.authorityId, { userId, email, name });
  const hash = user.password === null ? null : await hashPassword(user.password);
  await savePassword(tx, doer.authorityId, userId, hash, user.mustChange, now);
  await recordFacts(tx, doer.userId, 'user added', [{ fact: 'app_user', id: userId }]);
  return { kind: 'added', userId: userId };
}
