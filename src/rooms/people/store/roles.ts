import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { parseRole, type GrantableRole } from '../rules/policy.ts';
import type { RoleGrantId } from './tables.ts';

export interface RoleGrant {
  id: RoleGrantId;
  userId: UserId;
  role: GrantableRole;
  startsOn: IsoDate;
  /** The first day on which it is no longer held; null while no end is known. */
  endsOn: IsoDate | null;
  grantedBy: UserId | null;
  /** False while a second person has still to agree; such a grant gives nothing. */
  confirmed: boolean;
}

/** Lets one transaction at a time change the authority's roles; held until it ends. */
export async function lockRoles(tx: Tx, authorityId: AuthorityId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`roles ${authorityId}`}, 0))`.execute(
    tx,
  );
}

/** Every grant of the authority, the ended ones included, oldest first. */
export async function roleGrants(tx: Tx, authorityId: AuthorityId): Promise<RoleGrant[]> {
  return readGrants(await grants(tx, authorityId).execute());
}

/** One grant, or undefined when it is not this authority's. */
export async function roleGrant(
  tx: Tx,
  authorityId: AuthorityId,
  id: RoleGrantId,
): Promise<RoleGrant | undefined> {
  return readGrants(await grants(tx, authorityId).where('g.id', '=', id).execute())[0];
}

/** The roles that a user holds on a day, each once. */
export async function rolesOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  on: IsoDate,
): Promise<GrantableRole[]> {
  const rows = await grants(tx, authorityId).where('g.user_id', '=', userId).execute();
  const held = readGrants(rows).filter((grant) => isHeld(grant, on));
  return [...new Set(held.map((grant) => grant.role))];
}

/** The users who hold a role on a day. */
export async function usersHolding(
  tx: Tx,
  authorityId: AuthorityId,
  role: GrantableRole,
  on: IsoDate,
): Promise<UserId[]> {
  const rows = await grants(tx, authorityId).where('g.role', '=', role).execute();
  const held = readGrants(rows).filter((grant) => isHeld(grant, on));
  return [...new Set(held.map((grant) => grant.userId))];
}

/** Whether the grant gives its role on that day. */
export function isHeld(grant: RoleGrant, on: IsoDate): boolean {
  return grant.confirmed && grant.startsOn <= on && (grant.endsOn === null || grant.endsOn > on);
}

/**
 * Whether nobody but this user is an administrator on that day without an end in sight. The last one
 * is not taken away, or nobody could look after people and roles.
 */
export function isLastAdministrator(
  all: readonly RoleGrant[],
  userId: UserId,
  on: IsoDate,
): boolean {
  const administrators = all.filter(
    (grant) => grant.role === 'administrator' && grant.endsOn === null && isHeld(grant, on),
  );
  return (
    administrators.some((grant) => grant.userId === userId) &&
    administrators.every((grant) => grant.userId === userId)
  );
}

function grants(tx: Tx, authorityId: AuthorityId) {
  return tx
    .selectFrom('role_grant as g')
    .leftJoin('role_grant_confirmation as c', (join) =>
      join.onRef('c.authority_id', '=', 'g.authority_id').onRef('c.role_grant_id', '=', 'g.id'),
    )
    .leftJoin('role_grant_end as e', (join) =>
      join.onRef('e.authority_id', '=', 'g.authority_id').onRef('e.role_grant_id', '=', 'g.id'),
    )
    .select((is) => [
      'g.id',
      'g.user_id as userId',
      'g.role',
      'g.starts_on as startsOn',
      'e.ends_on as endsOn',
      'g.recorded_by as grantedBy',
      is
        .or([is('g.recorded_by', 'is', null), is('c.id', 'is not', null)])
        .$castTo<boolean>()
        .as('confirmed'),
    ])
    .where('g.authority_id', '=', authorityId)
    .orderBy('g.starts_on')
    .orderBy('g.recorded_at')
    .orderBy('g.id');
}

/** Grants of roles that exist no longer give nothing and are left out. */
function readGrants(rows: (Omit<RoleGrant, 'role'> & { role: string })[]): RoleGrant[] {
  return rows.flatMap((row) => {
    const role = parseRole(row.role);
    return role === null ? [] : [{ ...row, role }];
  });
}
