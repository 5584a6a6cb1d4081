import { randomBytes } from 'node:crypto';
import { connect as dial } from 'node:net';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { newId, type AuthorityId } from '#kernel/ids.ts';
import { clientConfig, connect, type DatabaseAddress } from '#platform/db/connect.ts';
import type { Db } from '#platform/db/tables.ts';
import type { TestCluster } from './cluster.ts';

/** A migrated, empty database of one test file. */
export interface TestDatabase {
  /** As the program comes: bound by row-level security. */
  readonly db: Db;
  /** As the keeper: sees every row; for arranging, and for looking behind the program's back. */
  readonly keeper: Db;
  readonly appAddress: DatabaseAddress;
  readonly keeperAddress: DatabaseAddress;
  readonly superuserAddress: DatabaseAddress;
}

/**
 * A new database for the calling test file, copied from the migrated template. Call it once at
 * the top: `const { db, keeper } = await testDatabase();`. It closes itself after the last test.
 */
export function testDatabase(): Promise<TestDatabase> {
  return newDatabase((cluster) => cluster.template);
}

/** The same without any table. */
export function emptyDatabase(): Promise<TestDatabase> {
  return newDatabase(() => 'template0');
}

async function newDatabase(templateOf: (cluster: TestCluster) => string): Promise<TestDatabase> {
  const cluster = await askForCluster();
  const database = `t_${randomBytes(6).toString('hex')}`;
  const as = (user: string, name = database): DatabaseAddress => ({
    socket: cluster.socket,
    password: cluster.password,
    user,
    database: name,
  });
  const superuser = new pg.Client(clientConfig(as('postgres', 'postgres')));
  await superuser.connect();
  await superuser.query(
    `create database ${database} template ${templateOf(cluster)} owner sightline_keeper`,
  );
  await superuser.end();
  const made = {
    appAddress: as('sightline_app'),
    keeperAddress: as('sightline_keeper'),
    superuserAddress: as('postgres'),
  };
  const db = connect(made.appAddress, { poolSize: 4 });
  const keeper = connect(made.keeperAddress, { poolSize: 2 });
  afterAll(async () => {
    await db.destroy();
    await keeper.destroy();
  });
  return { ...made, db, keeper };
}

/** A new authority with a slug that no other has, so that tests do not meet in one database. */
export async function freshAuthority(
  database: Pick<TestDatabase, 'keeper'>,
  name = 'Saltmarsh Borough Council',
): Promise<{ id: AuthorityId; slug: string; name: string }> {
  const id = newId<'authority'>();
  const slug = `t-${randomBytes(6).toString('hex')}`;
  await sql`insert into authority (id, slug, name) values (${id}, ${slug}, ${name})`.execute(
    database.keeper,
  );
  return { id, slug, name };
}

async function askForCluster(): Promise<TestCluster> {
  const answer = JSON.parse(await text(dial(inject('databaseDesk')))) as
    TestCluster | { fault: string };
  if ('fault' in answer) throw new Error(answer.fault);
  return answer;
}
