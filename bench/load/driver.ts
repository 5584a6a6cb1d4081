import {
  comeAll,
  failedPercent,
  percentiles,
  signInAll,
  turnedAwayPercent,
  type CrowdSize,
} from './crowd.ts';
import type { Account } from './many-councils.ts';

/** What the driver is told to do: a program of its own, so that it does not slow what it measures. */
export interface DriverTask {
  port: number;
  accounts: readonly Account[];
  crowd: CrowdSize;
  seconds: number;
}

export interface Told {
  p50: number;
  p95: number;
  p99: number;
  failedPercent: number;
  turnedAwayPercent: number;
  count: number;
}

export interface DriverReport {
  signedIn: Told;
  strangers: Told;
  byStatus: Record<string, number>;
}

process.on('message', (task: DriverTask) => {
  void drive(task).then((report) => {
    process.send?.(report);
    process.disconnect?.();
  });
});

async function drive({ port, accounts, crowd, seconds }: DriverTask): Promise<DriverReport> {
  const there = await signInAll(port, accounts, crowd.people);
  const { people, strangers } = await comeAll(port, there, crowd.strangersPerSecond, seconds);
  const told = (answers: typeof people) => ({
    ...percentiles(answers),
    failedPercent: failedPercent(answers),
    turnedAwayPercent: turnedAwayPercent(answers),
    count: answers.waitedMs.length,
  });
  const byStatus: Record<string, number> = {};
  for (const answers of [people, strangers]) {
    for (const [status, count] of Object.entries(answers.byStatus)) {
      byStatus[status] = (byStatus[status] ?? 0) + count;
    }
  }
  return { signedIn: told(people), strangers: told(strangers), byStatus };
}
