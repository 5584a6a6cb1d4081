import { sql } from 'kysely';
import { newId, type AuthorityId, type Id, type UserId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { AccountFacts } from '../rules/account-state.ts';
import type { FactRef } from './audit-log.ts';
import './tables.ts';

/** Adds the account of a user that was just added; false where the address is another's. */
export async function addAccount(
  tx: Tx,
  authorityId: AuthorityId,
  account: { userId: UserId; email: string; name: string },
): Promise<void> {
  await tx
    .insertInto('account')
    .values({
      authority_id: authorityId,
      user_id: account.userId,
      email: account.email,
      name: account.name,
    })
    .execute();
}

/** Lets one transaction at a time change this authority's accounts; held until it ends. */
export async function lockAccounts(tx: Tx, authorityId: AuthorityId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`accounts ${authorityId}`}, 0))`.execute(
    tx,
  );
}

/** Notes that somebody signed in. */
export async function noteSignIn(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('account')
    .set({ signed_in_at: now })
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .execute();
}

/** What is known of each account, or of these: whether it is open follows from it (`accountState`). */
export async function accountFacts(
  tx: Tx,
  authorityId: AuthorityId,
  userIds?: readonly UserId[],
): Promise<Map<UserId, AccountFacts>> {
  const events = tx
    .selectFrom('account_event')
    .select((is) => [
      'user_id',
      sql<string>`(array_agg(${is.ref('kind')} order by ${is.ref('version')} desc))[1]`.as('last'),
      sql<Date | null>`max(${is.ref('recorded_at')}) filter (where ${is.ref('kind')} = 'opened')`.as(
        'opened_at',
      ),
    ])
    .where('authority_id', '=', authorityId)
    .groupBy('user_id');
  let query = tx
    .selectFrom('account as a')
    .innerJoin('app_user as u', (join) =>
      join.onRef('u.authority_id', '=', 'a.authority_id').onRef('u.id', '=', 'a.user_id'),
    )
    .innerJoin('authority as council', 'council.id', 'a.authority_id')
    .leftJoin(events.as('e'), 'e.user_id', 'a.user_id')
    .select([
      'a.user_id as userId',
      'u.recorded_at as createdAt',
      'a.signed_in_at as signedInAt',
      'e.opened_at as openedAt',
      'e.last',
      'council.is_demo as isDemo',
    ])
    .where('a.authority_id', '=', authorityId);
  if (userIds !== undefined) query = query.where('a.user_id', '=', anyOf(userIds));
  const rows = await query.execute();
  return new Map(
    rows.map(({ userId, last, ...facts }) => [userId, { ...facts, closed: last === 'closed' }]),
  );
}

/** That an account was closed or opened, the oldest first, for the person's page. */
export interface AccountEvent {
  kind: 'closed' | 'opened';
  reason: string;
  at: Date;
  by: UserId | null;
}

/** Every time that this account was closed or opened again. */
export async function accountEvents(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
): Promise<AccountEvent[]> {
  return await tx
    .selectFrom('account_event')
    .select(['kind', 'reason', 'recorded_at as at', 'recorded_by as by'])
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .orderBy('version')
    .execute();
}

/**
 * Adds that an account was closed or opened.
 * @param facts the list that the caller will give to `recordFacts`
 */
export async function addAccountEvent(
  tx: Tx,
  authorityId: AuthorityId,
  event: { userId: UserId; kind: 'closed' | 'opened'; reason: string; by: UserId | null },
  facts: FactRef[],
): Promise<void> {
  const before = await accountEvents(tx, authorityId, event.userId);
  const id = newId<'account-event'>();
  const version = before.length + 1;
  await tx
    .insertInto('account_event')
    .values({
      authority_id: authorityId,
      id,
      user_id: event.userId,
      version,
      kind: event.kind,
      reason: event.reason,
      recorded_by: event.by,
    })
    .execute();
  facts.push({ fact: 'account_event', id, version });
}

/**
 * Puts a new name and address down for a user; the caller saw to it that the address is free.
 * @param facts the list that the caller will give to `recordFacts`
 */
export async function addUserVersion(
  tx: Tx,
  authorityId: AuthorityId,
  user: { userId: UserId; email: string; name: string; by: UserId | null },
  facts: FactRef[],
): Promise<void> {
  const { last } = await tx
    .selectFrom('user_version')
    .select((is) => is.fn.max('version').as('last'))
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', user.userId)
    .$castTo<{ last: number | null }>()
    .executeTakeFirstOrThrow();
  const id: Id<'user-version'> = newId();
  // The first version is app_user's own row.
  const version = (last ?? 1) + 1;
  const { userId, email, name, by } = user;
  await tx
    .insertInto('user_version')
    .values({
      authority_id: authorityId,
      id,
      user_id: userId,
      version,
      email,
      name,
      recorded_by: by,
    })
    .execute();
  await tx
    .updateTable('account')
    .set({ email, name })
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .execute();
  facts.push({ fact: 'user_version', id, version });
}
