import type { AuthorityId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import './tables.ts';

export interface Authority {
  id: AuthorityId;
  slug: string;
  name: string;
  isDemo: boolean;
}

/** Every authority of this installation, by name. The table is open to all: see 0001_people.sql. */
export async function listAuthorities(db: Db | Tx): Promise<Authority[]> {
  return await authorities(db).orderBy('name').execute();
}

/** The authority with these words in its address, or undefined. */
export async function authorityBySlug(db: Db | Tx, slug: string): Promise<Authority | undefined> {
  return await authorities(db).where('slug', '=', slug).executeTakeFirst();
}

/** The authority of this id, or undefined. */
export async function authorityById(db: Db | Tx, id: AuthorityId): Promise<Authority | undefined> {
  return await authorities(db).where('id', '=', id).executeTakeFirst();
}

function authorities(db: Db | Tx) {
  return db.selectFrom('authority').select(['id', 'slug', 'name', 'is_demo as isDemo']);
}
