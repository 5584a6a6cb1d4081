import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { londonDay } from '#kernel/dates.ts';
import { checkout } from '#platform/checkout.ts';
import { connect, type DatabaseAddress } from '#platform/db/connect.ts';
import { openEmbedded } from '#platform/db/embedded/index.ts';
import { runningPostmaster } from '#platform/db/embedded/postmaster.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { Db } from '#platform/db/tables.ts';
import { verify } from '../../src/cli/verify.ts';
import { freshAuthority } from '../database.ts';
import { freePort } from '../free-port.ts';
import { makePerson, testPassword } from '../people.ts';
import { makePlan } from '../plans.ts';
import { launch } from '../programs.ts';
import { startWriter, type Sent, type Writer } from './writer.ts';

export type Killed = 'program' | 'database';

export interface TrialReport {
  /** For each kill: what was killed, and after how many milliseconds the program was ready again. */
  kills: { killed: Killed; readyAfterMs: number; problems: string[] }[];
  acknowledged: number;
  /** Acknowledged, and not in the database. */
  lost: string[];
  /** More than once in the database. */
  doubled: string[];
  /** What `verify` says in the end. */
  problems: string[];
  settings: { fsync: string; synchronous_commit: string; full_page_writes: string };
}

export interface TrialOrder {
  /** An empty data folder, which PostgreSQL's user can reach. */
  folder: string;
  kills: readonly Killed[];
  /** So many updates are acknowledged before each kill. */
  updatesBetween: number;
  writers: number;
}

/**
 * Serves on an embedded database of its own, while people give updates by the real pages, and
 * kills the program or its database (kill -9) again and again (V-07, G-01, G-06).
 */
export async function crashTrial(order: TrialOrder): Promise<TrialReport> {
  const world = await furnish(order);
  const port = await freePort();
  const served = { url: `http://127.0.0.1:${port}`, deadline: Infinity };
  const start = () => startServer(order.folder, port);
  let server = await start();
  const db = connect(world.app, { poolSize: 2 });
  const writers: Writer[] = [];
  const kills: TrialReport['kills'] = [];
  try {
    for (const [index, person] of world.people.entries()) {
      const form = world.forms[index] ?? '';
      writers.push(await startWriter(served, person, form, `Writer ${index + 1}`));
    }
    for (const killed of order.kills) {
      await moreAcknowledged(writers, order.updatesBetween);
      const from = performance.now();
      if (killed === 'program') {
        server.child.kill('SIGKILL');
        await server.ended;
        server = await start();
      } else {
        const postmaster = await runningPostmaster(path.join(order.folder, 'postgresql'));
        if (postmaster === null) throw new Error('No database runs.');
        process.kill(postmaster.pid, 'SIGKILL');
        await moreAcknowledged(writers, 1);
      }
      await ready(served.url);
      const readyAfterMs = Math.round(performance.now() - from);
      kills.push({ killed, readyAfterMs, problems: await problemsOf(db) });
    }
    await moreAcknowledged(writers, order.updatesBetween);
    served.deadline = performance.now() + 60_000;
    for (const writer of writers) await writer.finish();
    const sent = writers.flatMap((writer) => writer.sent);
    return { kills, ...(await compare(world.keeper, sent)), problems: await problemsOf(db) };
  } finally {
    served.deadline = 0;
    server.child.kill('SIGTERM');
    await server.ended;
    await db.destroy();
  }
}

/** A council with a plan, and an action and a user for each writer. */
async function furnish({ folder, writers }: TrialOrder) {
  const outcome = await openEmbedded({ checkout, data: folder, report: () => undefined });
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  const { app, keeper } = outcome.database;
  const [db, asKeeper] = [connect(app), connect(keeper)];
  try {
    await migrate(asKeeper);
    const council = await freshAuthority({ keeper: asKeeper });
    // Where a password is enough to sign in.
    await sql`update authority set is_demo = true`.execute(asKeeper);
    const people = await Promise.all(
      Array.from({ length: writers }, () => makePerson(db, council.id, { password: testPassword })),
    );
    const [first] = people;
    if (first === undefined) throw new Error('A trial needs a writer.');
    const actions = people.map((_, index) => ({ text: `Action ${index + 1}` }));
    const plan = await makePlan(db, first, londonDay(new Date()), actions);
    return {
      app,
      keeper,
      people: people.map(({ email }) => ({ slug: council.slug, email, password: testPassword })),
      forms: plan.actionIds.map((id) => `/plans/${plan.slug}/actions/${id}/update`),
    };
  } finally {
    await db.destroy();
    await asKeeper.destroy();
    await outcome.database.close();
  }
}

async function startServer(folder: string, port: number) {
  const child = launch('src/main.ts', ['--no-demo'], {
    SIGHTLINE_DATA: folder,
    PORT: String(port),
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('Sightline is ready')) return { child, ended };
  }
  throw new Error(`The server did not start: ${said.join('')}`);
}

async function moreAcknowledged(writers: readonly Writer[], count: number): Promise<void> {
  const now = () => writers.flatMap(({ sent }) => sent).filter((one) => one.acknowledged).length;
  const [enough, deadline] = [now() + count, performance.now() + 60_000];
  while (now() < enough) {
    if (performance.now() > deadline) throw new Error('Nothing more was saved within a minute.');
    await wait(20);
  }
}

async function ready(url: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while ((await fetch(`${url}/ready`).catch(() => null))?.status !== 200) {
    if (performance.now() > deadline) throw new Error('Not ready within a minute.');
    await wait(20);
  }
}

async function problemsOf(db: Db): Promise<string[]> {
  // The first query on a connection to a killed database fails; the next makes a new one.
  const verified = await verify(db).catch(() => verify(db));
  return verified.flatMap((one) => one.problems);
}

async function compare(keeper: DatabaseAddress, sent: readonly Sent[]) {
  const db = connect(keeper, { poolSize: 1 });
  try {
    const { rows } = await sql<{ text: string; times: number }>`
      select what_changed as text, count(*) as times from action_update group by 1`.execute(db);
    const settings = await sql<TrialReport['settings']>`
      select current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as synchronous_commit,
        current_setting('full_page_writes') as full_page_writes`.execute(db);
    const times = new Map(rows.map((row) => [row.text, row.times]));
    const acknowledged = sent.filter((one) => one.acknowledged);
    const [told] = settings.rows;
    if (told === undefined) throw new Error('The database told no settings.');
    return {
      acknowledged: acknowledged.length,
      lost: acknowledged.map(({ text }) => text).filter((text) => !times.has(text)),
      doubled: [...times].filter(([, count]) => count > 1).map(([text]) => text),
      settings: told,
    };
  } finally {
    await db.destroy();
  }
}
