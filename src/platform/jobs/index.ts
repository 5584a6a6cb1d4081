import { PgBoss, type Job } from 'pg-boss';
import type { AuthorityId } from '#kernel/ids.ts';
import { rawQueries } from '../db/connect.ts';
import type { Db } from '../db/tables.ts';
import type { Log } from '../logging.ts';
import type { Metrics } from '../metrics.ts';
import type { DailyJob } from './daily-job.ts';

export interface JobsOptions {
  readonly db: Db;
  readonly daily: readonly DailyJob[];
  /** Everybody there is today; asked anew each day. */
  readonly authorities: () => Promise<readonly AuthorityId[]>;
  readonly clock: () => Date;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, 'jobEnded'>;
  /** How often to look for work, in seconds; a minute unless said. */
  readonly pollSeconds?: number;
}

export interface Jobs {
  /** Asks for today's round now, as the clock does at night; asked for twice, it is done once. */
  readonly beginRound: () => Promise<void>;
  /** Takes no new job, and waits some seconds for those it has begun. */
  readonly close: () => Promise<void>;
}

/** At night, when a council's people sleep: a cron expression, in London's time. */
const everyNight = '30 2 * * *';
/** The queue of the round: its one job sends each daily job to each authority. */
const roundQueue = 'daily-round';
/** A round asked for again within this many seconds is the same one. */
const roundSlot = 12 * 60 * 60;

/**
 * Takes part in the queue of the database (its tables: migrations/0008_jobs.sql) until it is
 * closed. Any number of programs may: each job is done by one. A night that nobody was up for is
 * made good by the first that starts. A job that fails is logged, counted, and tried again three
 * times, later and later.
 * @throws when the tables of the queue are not those of this version.
 */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { db, daily, log, pollSeconds = 60 } = options;
  const boss = new PgBoss({
    db: rawQueries(db),
    schema: 'pgboss',
    // The keeper made the tables; the program may not.
    migrate: false,
    createSchema: false,
    reindex: false,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the queue of jobs'));
  await boss.start();
  const policy = { retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 15 * 60 };
  for (const name of [roundQueue, ...daily.map((job) => job.name)]) {
    await boss.createQueue(name, policy);
  }
  const poll = { pollingIntervalSeconds: pollSeconds };
  await boss.work(roundQueue, poll, () =>
    watched(options, roundQueue, async () => {
      for (const authorityId of await options.authorities()) {
        for (const job of daily) {
          const once = { singletonKey: authorityId, singletonSeconds: roundSlot };
          await boss.send(job.name, { authorityId }, once);
        }
      }
    }),
  );
  for (const job of daily) {
    await boss.work(job.name, poll, ([asked]: Job<{ authorityId: AuthorityId }>[]) =>
      asked === undefined
        ? Promise.resolve()
        : watched(options, job.name, () => job.run(db, asked.data.authorityId, options.clock())),
    );
  }
  await boss.schedule(roundQueue, everyNight, null, { tz: 'Europe/London', missed: 'once' });
  return {
    beginRound: async () => {
      await boss.send(roundQueue, null, { singletonKey: 'round', singletonSeconds: roundSlot });
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

/** Does the work, and tells the log and the figures how it ended. */
async function watched(
  { log, metrics }: JobsOptions,
  job: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  try {
    await work();
    metrics?.jobEnded(job, 'done', seconds());
    log.info({ job }, 'job done');
  } catch (error) {
    metrics?.jobEnded(job, 'failed', seconds());
    log.error({ job, err: error }, 'job failed');
    // The queue keeps what is thrown: its name alone, since a message may quote content.
    // eslint-disable-next-line preserve-caught-error -- the cause would bring its message
    throw new Error(error instanceof Error ? error.name : 'fault');
  }
}
