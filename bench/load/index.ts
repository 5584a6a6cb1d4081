import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Reading } from '../readings.ts';
import { inEmptyPlace, onDatabase } from '../empty-place.ts';
import { promisedCrowd } from './crowd.ts';
import type { DriverReport, DriverTask } from './driver.ts';
import { fillWithCouncils, type Account } from './many-councils.ts';
import { planPage } from './plan-page.ts';
import type { Pulse } from './server.ts';

const port = 3900;
const seconds = 60;

/**
 * Twenty councils, and a morning's crowd over the network: first as promised, then raised until
 * it breaks, five times the promise at most. The server, the database and the crowd share this
 * machine's processors.
 */
export async function load(note: (line: string) => void): Promise<Reading[]> {
  return await inEmptyPlace(async (data) => {
    note('Filling a database with twenty councils.');
    const { accounts, page } = await onDatabase(data, async ({ db, keeper }) => {
      const accounts = await fillWithCouncils(keeper, new Date());
      return { accounts, page: await planPage(db, accounts) };
    });
    const server = await startServer(data);
    try {
      const atRest = await pulseOf(server);
      const readings: Reading[] = [
        ...page,
        { what: 'Memory of the server at rest', found: atRest.residentMb, unit: 'MB', atMost: 300 },
      ];
      note(`The promised crowd, for ${seconds} seconds.`);
      const promised = await crowdOf(1, accounts, server, seconds);
      readings.push(...promised.readings);
      for (const factor of [2, 3, 4, 5]) {
        note(`${factor} times the promised crowd, for 20 seconds.`);
        const raised = await crowdOf(factor, accounts, server, 20);
        readings.push(...raised.readings.map((reading) => ({ ...reading, atMost: null })));
        if (raised.broke) {
          note(`It breaks here: at ${factor} times what was promised.`);
          break;
        }
      }
      return readings;
    } finally {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  });
}

async function crowdOf(
  factor: number,
  accounts: readonly Account[],
  server: ChildProcess,
  howLong: number,
): Promise<{ readings: Reading[]; broke: boolean }> {
  const crowd = {
    people: promisedCrowd.people * factor,
    strangersPerSecond: promisedCrowd.strangersPerSecond * factor,
  };
  await pulseOf(server);
  const { signedIn, strangers } = await drive({ port, accounts, crowd, seconds: howLong });
  const { loopDelayMs, residentMb } = await pulseOf(server);
  const many = `${crowd.people} people, ${crowd.strangersPerSecond} strangers a second`;
  const readings: Reading[] = [
    { what: `${many}: signed in, p95`, found: signedIn.p95, unit: 'ms', atMost: 500 },
    { what: `${many}: signed in, median`, found: signedIn.p50, unit: 'ms', atMost: null },
    { what: `${many}: not signed in, p95`, found: strangers.p95, unit: 'ms', atMost: 300 },
    {
      what: `${many}: failed`,
      found: (signedIn.failedPercent + strangers.failedPercent) / 2,
      unit: '%',
      atMost: 0.1,
    },
    {
      what: `${many}: signed in and asked to come back`,
      found: signedIn.turnedAwayPercent,
      unit: '%',
      atMost: null,
    },
    {
      what: `${many}: not signed in and asked to come back`,
      found: strangers.turnedAwayPercent,
      unit: '%',
      atMost: null,
    },
    { what: `${many}: event loop delay, p99.9`, found: loopDelayMs.p999, unit: 'ms', atMost: 200 },
    { what: `${many}: memory of the server`, found: residentMb, unit: 'MB', atMost: null },
  ];
  const broke = signedIn.p95 > 5_000 || signedIn.failedPercent > 5 || strangers.failedPercent > 5;
  return { readings, broke };
}

async function startServer(data: string): Promise<ChildProcess> {
  const server = fork(new URL('./server.ts', import.meta.url), {
    env: {
      ...process.env,
      SIGHTLINE_DATA: data,
      PORT: String(port),
      SIGHTLINE_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'error',
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await once(server, 'message');
  return server;
}

async function pulseOf(server: ChildProcess): Promise<Pulse> {
  server.send('pulse');
  const [pulse] = (await once(server, 'message')) as [Pulse];
  return pulse;
}

async function drive(task: DriverTask): Promise<DriverReport> {
  const driver = fork(new URL('./driver.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  driver.send(task);
  const [report] = (await once(driver, 'message')) as [DriverReport];
  await once(driver, 'exit');
  return report;
}
