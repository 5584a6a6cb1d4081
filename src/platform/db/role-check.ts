import { sql } from 'kysely';
import type { Db } from './tables.ts';

/**
 * What forbids the program to run as the role it came as: as a superuser, with BYPASSRLS or as
 * the owner of tables, row-level security would not bind it, in silence. Empty where all is well.
 */
export async function whyNotThisRole(db: Db): Promise<string[]> {
  const found = await sql<{
    name: string;
    is_superuser: boolean;
    bypasses: boolean;
    owns: boolean;
    is_app: boolean;
  }>`
    select
      rolname as name,
      rolsuper as is_superuser,
      rolbypassrls as bypasses,
      exists (select from pg_class where relowner = pg_roles.oid and relkind in ('r', 'p')) as owns,
      coalesce(pg_has_role(to_regrole('sightline_app'), 'usage'), false) as is_app
    from pg_roles where rolname = current_user`.execute(db);
  const [role] = found.rows;
  if (role === undefined) throw new Error('The database does not know its own current user.');
  const reasons: string[] = [];
  if (role.is_superuser) reasons.push(`${role.name} is a superuser.`);
  if (role.bypasses) reasons.push(`${role.name} may bypass row-level security.`);
  if (role.owns) reasons.push(`${role.name} owns tables.`);
  if (!role.is_app) reasons.push(`${role.name} is not sightline_app, nor a member of it.`);
  return reasons;
}
