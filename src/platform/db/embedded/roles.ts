import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { clientConfig, type DatabaseAddress } from '../connect.ts';
import { migrationsFolder } from '../migrate.ts';

export interface RolesWanted {
  readonly database: string;
  readonly passwords: { readonly keeper: string; readonly app: string; readonly reader: string };
}

/**
 * Makes Sightline's three roles, with these passwords, and its database where there is none, as
 * the superuser. Two programs at once do it one after the other.
 */
export async function prepareRoles(
  asSuperuser: DatabaseAddress,
  wanted: RolesWanted,
): Promise<void> {
  const client = new pg.Client(clientConfig(asSuperuser));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [preparing]);
    await client.query(await readFile(path.join(migrationsFolder, 'roles.sql'), 'utf8'));
    for (const role of ['keeper', 'app', 'reader'] as const) {
      const password = client.escapeLiteral(wanted.passwords[role]);
      await client.query(`alter role sightline_${role} password ${password}`);
    }
    const name = client.escapeIdentifier(wanted.database);
    const found = await client.query('select 1 from pg_database where datname = $1', [
      wanted.database,
    ]);
    if (found.rowCount === 0) {
      await client.query(`create database ${name} owner sightline_keeper`);
    }
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to sightline_app, sightline_reader`);
  } finally {
    await client.end();
  }
}

/** The number of the advisory lock; it means nothing else. */
const preparing = 7_150_001;
