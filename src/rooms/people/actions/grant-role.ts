import type { IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  conflictOfRoles,
  type GrantableRole,
  type Refusal,
  type RoleConflict,
} from '../rules/policy.ts';
import { recordFacts } from '../store/audit-log.ts';
import { openedBy } from '../store/opened-by.ts';
import { isLastAdministrator, lockRoles, roleGrant, roleGrants } from '../store/roles.ts';
import type { RoleGrantId } from '../store/tables.ts';
import { usersByIds } from '../store/users.ts';
import { isClosed } from './account.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

export type GrantRoleOutcome =
  | { kind: 'granted'; grantId: RoleGrantId; confirmed: boolean }
  | { kind: 'has-it-already' }
  | ({ kind: 'roles-conflict' } & RoleConflict)
  | { kind: 'unknown-user' }
  | { kind: 'account-closed' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Gives a user a role from a day on. Given by a person it waits for a second administrator
 * (`confirmRole`) and gives nothing until then; given at the server it holds at once.
 * Nobody gives a role to themself, and an administrator holds no other role (security 2.1, rule 4):
 * a role that waits to be agreed, or begins later, counts as held.
 */
export async function grantRole(
  tx: Tx,
  doer: Doer,
  grant: { userId: UserId; role: GrantableRole; startsOn: IsoDate },
): Promise<GrantRoleOutcome> {
  const reasons = [
    ...whyDoerMayNot(doer, 'U', 'USR'),
    ...whyDoerMayNot(doer, 'G', 'USR', {
      toOneself: grant.userId === doer.userId,
      // This is the first of the two; the second is asked by confirmRole.
      secondPerson: true,
    }),
  ];
  if (reasons.length > 0) return { kind: 'refused', reasons: [...new Set(reasons)] };
  const users = await usersByIds(tx, doer.authorityId, [grant.userId]);
  if (!users.has(grant.userId)) return { kind: 'unknown-user' };
  await lockRoles(tx, doer.authorityId);
  if (await isClosed(tx, doer, grant.userId)) return { kind: 'account-closed' };
  const standing = (await roleGrants(tx, doer.authorityId))
    .filter((other) => other.userId === grant.userId)
    .filter((other) => other.endsOn === null || other.endsOn > grant.startsOn)
    .map((other) => other.role);
  if (standing.includes(grant.role)) return { kind: 'has-it-already' };
  const conflict = conflictOfRoles(grant.role, standing);
  if (conflict !== null) return { kind: 'roles-conflict', ...conflict };
  const id = newId<'role-grant'>();
  await tx
    .insertInto('role_grant')
    .values({
      authority_id: doer.authorityId,
      id,
      user_id: grant.userId,
      role: grant.role,
      starts_on: grant.startsOn,
      recorded_by: doer.userId,
    })
    .execute();
  const act = doer.userId === null ? 'role given' : 'role put forward';
  await recordFacts(tx, doer.userId, act, [{ fact: 'role_grant', id }]);
  return { kind: 'granted', grantId: id, confirmed: doer.userId === null };
}

export type ConfirmRoleOutcome =
  | { kind: 'confirmed' }
  | { kind: 'nothing-to-confirm' }
  /** One of the two opened the other's way in lately: they may be one person. */
  | { kind: 'one-opened-the-other' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * The second person's agreement to a role: neither who put it forward nor who is to have it, nor
 * anybody whose password link or codes the other of the two saw to in the last 30 days.
 */
export async function confirmRole(
  tx: Tx,
  doer: Doer,
  grantId: RoleGrantId,
): Promise<ConfirmRoleOutcome> {
  const grant = await roleGrant(tx, doer.authorityId, grantId);
  const reasons = whyDoerMayNot(doer, 'G', 'USR', {
    toOneself: grant?.userId === doer.userId,
    secondPerson: grant?.grantedBy !== doer.userId,
  });
  if (reasons.length > 0) return { kind: 'refused', reasons };
  if (grant === undefined || grant.confirmed || grant.endsOn !== null) {
    return { kind: 'nothing-to-confirm' };
  }
  const { userId: second } = doer;
  const { grantedBy: first } = grant;
  if (
    first !== null &&
    second !== null &&
    ((await openedBy(tx, doer.authorityId, first, second)) ||
      (await openedBy(tx, doer.authorityId, second, first)))
  ) {
    return { kind: 'one-opened-the-other' };
  }
  const added = await tx
    .insertInto('role_grant_confirmation')
    .values({
      authority_id: doer.authorityId,
      id: newId<'role-grant-confirmation'>(),
      role_grant_id: grantId,
      recorded_by: doer.userId,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'role_grant_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'nothing-to-confirm' };
  await recordFacts(tx, doer.userId, 'role given', [
    { fact: 'role_grant_confirmation', id: added.id },
  ]);
  return { kind: 'confirmed' };
}

export type EndRoleOutcome =
  | { kind: 'ended' }
  | { kind: 'nothing-to-end' }
  | { kind: 'last-administrator' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Takes a role away from a day on; one person does it, at once. A grant that waits for a second
 * person is withdrawn in the same way. The last administrator cannot be taken away.
 */
export async function endRole(
  tx: Tx,
  doer: Doer,
  grantId: RoleGrantId,
  endsOn: IsoDate,
): Promise<EndRoleOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  await lockRoles(tx, doer.authorityId);
  const all = await roleGrants(tx, doer.authorityId);
  const grant = all.find((other) => other.id === grantId);
  if (grant === undefined || grant.endsOn !== null) return { kind: 'nothing-to-end' };
  if (grant.role === 'administrator' && isLastAdministrator(all, grant.userId, endsOn)) {
    return { kind: 'last-administrator' };
  }
  const added = await tx
    .insertInto('role_grant_end')
    .values({
      authority_id: doer.authorityId,
      id: newId<'role-grant-end'>(),
      role_grant_id: grantId,
      ends_on: endsOn,
      recorded_by: doer.userId,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'role_grant_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'nothing-to-end' };
  await recordFacts(tx, doer.userId, 'role ended', [{ fact: 'role_grant_end', id: added.id }]);
  return { kind: 'ended' };
}
