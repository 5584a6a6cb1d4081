import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crashTrial, type Killed } from '../test/crash/trial.ts';
import type { Reading } from './readings.ts';

/** Kills the program and its database ten times each while eight people write (V-07, G-06). */
export async function crash(say: (line: string) => void): Promise<Reading[]> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'sightline-crash-')));
  await chmod(folder, 0o711);
  try {
    const kills = Array.from({ length: 10 }, (): Killed[] => ['program', 'database']).flat();
    say('Killing the program and its database ten times each, while eight people write …');
    const report = await crashTrial({ folder, kills, updatesBetween: 25, writers: 8 });
    const logProblems = [...report.kills.flatMap((kill) => kill.problems), ...report.problems];
    const slowestOf = (what: Killed) =>
      Math.max(...report.kills.filter((one) => one.killed === what).map((one) => one.readyAfterMs));
    const none = { unit: 'times', atMost: 0 } as const;
    const ready = { unit: 's', atMost: 10 } as const;
    return [
      { what: 'updates acknowledged', found: report.acknowledged, unit: 'times', atMost: null },
      { what: 'of these lost', found: report.lost.length, ...none },
      { what: 'doubled', found: report.doubled.length, ...none },
      { what: 'problems that verify found in the log', found: logProblems.length, ...none },
      {
        what: 'slowest ready again, program killed',
        found: slowestOf('program') / 1_000,
        ...ready,
      },
      {
        what: 'slowest ready again, database killed',
        found: slowestOf('database') / 1_000,
        ...ready,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
