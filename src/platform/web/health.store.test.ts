import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyDatabase, testDatabase } from '#test/database.ts';
import { connect } from '../db/connect.ts';
import type { Db } from '../db/tables.ts';
import { answerHealth } from './health.ts';
import { buildServer, type App } from './server.ts';

const database = await testDatabase();
const apps: App[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

async function on(db: Db): Promise<(path: string) => Promise<[number, string]>> {
  const app = await buildServer({
    clock: () => new Date(),
    publicUrl: new URL('http://localhost'),
    logger: false,
  });
  answerHealth(app, db);
  apps.push(app);
  return async (path) => {
    const { statusCode, body } = await app.inject(path);
    return [statusCode, body];
  };
}

describe('/ready and /health', () => {
  it('say ready and ok where all is well', async () => {
    const ask = await on(database.db);
    expect(await ask('/ready')).toEqual([200, 'ready\n']);
    expect(await ask('/health')).toEqual([200, 'ok\n']);
  });

  it('tell a database that does not answer from a program that does not live', async () => {
    const gone = connect({ socket: '/nowhere', database: 'none', user: 'none', password: 'none' });
    const ask = await on(gone);
    expect(await ask('/ready')).toEqual([503, 'the database does not answer\n']);
    expect(await ask('/health')).toEqual([200, 'ok\n']);
    await gone.destroy();
  });

  it('refuse a role that row-level security does not bind', async () => {
    const ask = await on(database.keeper);
    expect(await ask('/ready')).toEqual([503, 'the role of the database may not be used\n']);
  });

  it('refuse a database that lacks a migration, and one that a newer program has migrated', async () => {
    const [none, newer] = [await emptyDatabase(), await testDatabase()];
    await sql`insert into kysely_migration values ('9999_later', now()::text)`.execute(
      newer.keeper,
    );
    for (const { db } of [none, newer]) {
      const ask = await on(db);
      expect(await ask('/ready')).toEqual([503, 'the database is not of this version\n']);
    }
  });

  it('ask the database once for a crowd', async () => {
    let asked = 0;
    const counting = database.db.withPlugin({
      transformQuery: ({ node }) => ((asked += 1), node),
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const ask = await on(counting);
    await ask('/ready');
    const once = asked;
    expect(once).toBeGreaterThan(0);
    await Promise.all(Array.from({ length: 20 }, () => ask('/ready')));
    expect(asked).toBe(2 * once);
  });
});
