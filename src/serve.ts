import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '#platform/config.ts';
import { migrate } from '#platform/db/migrate.ts';
import { poolUse } from '#platform/db/connect.ts';
import { openDatabase, type OpenDatabase } from '#platform/db/open.ts';
import { startJobs } from '#platform/jobs/index.ts';
import { keptSecret } from '#platform/kept-secret.ts';
import { stopPapers } from '#platform/documents/write/paper.ts';
import { programLog } from '#platform/logging.ts';
import { alreadyServed, claimServing } from '#platform/one-server.ts';
import { startMetrics } from '#platform/metrics.ts';
import { openMetricsDesk } from '#platform/web/metrics-desk.ts';
import { listAuthorities } from '#people';
import { buildApp } from './app.ts';
import { done, refused, type Ending, type Terminal } from './cli/ending.ts';
import { newerDatabase, whyNotReady } from './cli/with-database.ts';
import { dailyJobs } from './daily-jobs.ts';
import { accountsToTry, addDemonstration, signInsToTry, type WhenToLoad } from './demonstration.ts';
import { whenToLoad, whyNotTheDemonstration } from './production.ts';

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
  let letGo: (() => void) | null = null;
  try {
    if (config.databaseUrl === undefined) {
      // Several servers on one PostgreSQL server are meant to be; on embedded data they are a slip.
      const says = `process ${process.pid}, at ${config.publicUrl.href}`;
      const serving = await claimServing(database.folder, says);
      if (serving.kind === 'taken') {
        return refused(alreadyServed(database.folder, serving.by));
      }
      letGo = () => serving.release();
    }
    const problems = await prepare(database);
    if (problems.length > 0) return refused(...problems);
    const open = { publicUrl: config.publicUrl, demo: options.demo };
    const refusedDemo = await addDemonstration(database, whenToLoad(open), terminal.note);
    if (refusedDemo !== null) return refused(refusedDemo);
    const notHere = whyNotTheDemonstration(await listAuthorities(database.db), open);
    if (notHere !== null) return refused(notHere);
    return await answer(config, database, terminal, life.untilStopped);
  } finally {
    letGo?.();
    await database.close();
    life.end();
  }
}

/** Answers people until it is told to stop, and then ends what it began. */
async function answer(
  config: Config,
  database: OpenDatabase,
  terminal: Terminal,
  untilStopped: Promise<void>,
): Promise<Ending> {
  const { db, folder } = database;
  const clock = () => new Date();
  const metrics = startMetrics({ poolUse: () => poolUse(db) });
  const app = await buildApp({
    db,
    clock,
    publicUrl: config.publicUrl,
    logger: { level: config.logLevel },
    metrics,
    trustProxy: [...config.proxies],
    fairUse: true,
    demoSignIns: accountsToTry,
    secret: config.secret ?? (await keptSecret(path.join(folder, 'secrets/program'))),
  });
  const endings: (() => Promise<unknown>)[] = [() => app.close(), stopPapers];
  try {
    const { host, port, metricsPort } = config;
    const refusal = await whyNotOpen(host, port, 'PORT', () => app.listen({ host, port }));
    if (refusal !== null) return refused(refusal);
    if (metricsPort !== undefined) {
      const refusedDesk = await whyNotOpen('127.0.0.1', metricsPort, 'METRICS_PORT', async () => {
        const desk = await openMetricsDesk(metrics, metricsPort);
        endings.push(desk.close);
      });
      if (refusedDesk !== null) return refused(refusedDesk);
    }
    if (config.jobs) {
      const jobs = await startJobs({
        db,
        daily: dailyJobs,
        authorities: async () => (await listAuthorities(db)).map(({ id }) => id),
        clock,
        log: programLog(config),
        metrics,
      });
      endings.push(jobs.close);
    }
    terminal.out(await welcome(config, database));
    await untilStopped;
    terminal.note('Stopping.');
    return done;
  } finally {
    const ended = Promise.all(endings.map((end) => end()));
    // An answer that takes longer than this is not waited for.
    await Promise.race([ended, wait(10_000, undefined, { ref: false })]);
    metrics.close();
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

/** Opens a port; or says why it cannot, naming the setting to change. */
async function whyNotOpen(
  host: string,
  port: number,
  setting: 'PORT' | 'METRICS_PORT',
  open: () => Promise<unknown>,
): Promise<string | null> {
  try {
    await open();
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      return `Port ${port} is taken by another program, perhaps by Sightline itself. Stop that one, or choose another port: ${setting}=${port + 1} bin/start.`;
    }
    if (code === 'EACCES') {
      return `Port ${port} may not be opened by this user. Choose one above 1023 by ${setting}.`;
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      return `This machine has no network address ${host}. Check HOST.`;
    }
    throw error;
  }
}

async function welcome(config: Config, { db, folder }: OpenDatabase): Promise<string> {
  const ready = `Sightline is ready at ${config.publicUrl.href}`;
  // For a program that reads it: one line.
  if (config.logFormat === 'json') return ready;
  return [
    '',
    ready,
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
