import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '#platform/config.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase, type OpenDatabase } from '#platform/db/open.ts';
import { keptSecret } from '#platform/kept-secret.ts';
import type { App } from '#platform/web/server.ts';
import { buildApp } from './app.ts';
import { done, refused, type Ending, type Terminal } from './cli/ending.ts';
import { newerDatabase, whyNotReady } from './cli/with-database.ts';
import { accountsToTry, addDemonstration, signInsToTry, type WhenToLoad } from './demonstration.ts';

export interface ServeOptions {
  readonly demo: WhenToLoad;
}

/**
 * The whole life of the server: database, migrations, the check of its role, the demonstration,
 * the pages; then it listens until it is told to stop (SIGTERM, Ctrl+C), answers what it has
 * begun, and closes all. What is refused is said, and nothing is left running.
 */
export async function serve(
  config: Config,
  options: ServeOptions,
  terminal: Terminal,
): Promise<Ending> {
  const life = watchForStop();
  const opened = await openDatabase(config, terminal.note);
  if (opened.kind === 'refused') return refused(opened.reason);
  const { database } = opened;
  try {
    const problems = await prepare(database);
    if (problems.length > 0) return refused(...problems);
    const refusedDemo = await addDemonstration(database, options.demo, terminal.note);
    if (refusedDemo !== null) return refused(refusedDemo);
    const app = await buildApp({
      db: database.db,
      clock: () => new Date(),
      publicUrl: config.publicUrl,
      logger: { level: config.logLevel },
      trustProxy: [...config.proxies],
      demoSignIns: accountsToTry,
      secret: config.secret ?? (await keptSecret(path.join(database.folder, 'secrets/program'))),
    });
    try {
      const refusal = await listen(app, config);
      if (refusal !== null) return refused(refusal);
      terminal.out(await welcome(config, database));
      await life.untilStopped;
      terminal.note('Stopping.');
    } finally {
      // An answer that takes longer than this is not waited for.
      await Promise.race([app.close(), wait(10_000, undefined, { ref: false })]);
    }
    return done;
  } finally {
    await database.close();
    life.end();
  }
}

/** Migrates where it may, and says why the program cannot work on this database, if it cannot. */
async function prepare(database: OpenDatabase): Promise<string[]> {
  if (database.keeper !== null) {
    const outcome = await migrate(database.keeper);
    if (outcome.kind === 'newer') return [newerDatabase(outcome.unknown)];
  }
  return whyNotReady(database);
}

/** Listens; or says why it cannot. */
async function listen(app: App, config: Config): Promise<string | null> {
  try {
    await app.listen({ host: config.host, port: config.port });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      return `Port ${config.port} is taken by another program, perhaps by Sightline itself. Stop that one, or choose another port: PORT=${config.port + 1} bin/start.`;
    }
    if (code === 'EACCES') {
      return `Port ${config.port} may not be opened by this user. Choose one above 1023 by PORT.`;
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      return `This machine has no network address ${config.host}. Check HOST.`;
    }
    throw error;
  }
}

async function welcome(config: Config, { db, folder }: OpenDatabase): Promise<string> {
  return [
    '',
    `Sightline is ready at ${config.publicUrl.href}`,
    ...(config.databaseUrl === undefined ? [`Its data is in ${folder}`] : []),
    ...(await signInsToTry(db, config.publicUrl)),
    '',
    'Press Ctrl+C to stop.',
    '',
  ].join('\n');
}

/**
 * From now on a signal no longer ends the program at once: it asks it to end in order. A second
 * one does. A fault that nobody caught also ends it in order, so that no database is left behind.
 */
function watchForStop(): { untilStopped: Promise<void>; end: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const stop = () => resolve(undefined);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('uncaughtException', reject);
  // It may come before anybody waits for it.
  promise.catch(() => undefined);
  return {
    untilStopped: promise,
    end: () => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      process.off('uncaughtException', reject);
    },
  };
}
