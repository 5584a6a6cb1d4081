import { newId, type AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { isFreeSlug } from '../rules/authority-slug.ts';
import '../store/tables.ts';

export interface NewAuthority {
  /** The words in its sign-in address. */
  slug: string;
  name: string;
  /** A fictional authority, in which the one-time code is optional. */
  isDemo: boolean;
}

export type AddAuthorityOutcome =
  { kind: 'added'; authorityId: AuthorityId } | { kind: 'slug-taken' } | { kind: 'slug-reserved' };

/**
 * Adds an authority, without a user. Only the keeper of the database may: the transaction is
 * hers. No chain holds it yet, so that nothing is logged; its first user is.
 */
export async function addAuthority(
  keeper: Tx,
  authority: NewAuthority,
): Promise<AddAuthorityOutcome> {
  if (!isFreeSlug(authority.slug)) return { kind: 'slug-reserved' };
  const added = await keeper
    .insertInto('authority')
    .values({
      id: newId<'authority'>(),
      slug: authority.slug,
      name: authority.name,
      is_demo: authority.isDemo,
    })
    .onConflict((clash) => clash.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? { kind: 'slug-taken' } : { kind: 'added', authorityId: added.id };
}
