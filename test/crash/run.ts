// Ten kills of the program and ten of its database, under the load of eight people:
//   node test/crash/run.ts [kills of each]
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crashTrial, type Killed } from './trial.ts';

const times = Number(process.argv[2] ?? 10);
const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'sightline-crash-')));
await chmod(folder, 0o711);
try {
  const kills = Array.from({ length: times }, (): Killed[] => ['program', 'database']).flat();
  const report = await crashTrial({ folder, kills, updatesBetween: 25, writers: 8 });
  for (const { killed, readyAfterMs, problems } of report.kills) {
    const verified = problems.length === 0 ? 'log whole' : problems.join(' ');
    process.stdout.write(`${killed} killed: ready after ${readyAfterMs} ms, ${verified}\n`);
  }
  const { acknowledged, lost, doubled, problems, settings } = report;
  process.stdout.write(
    `${acknowledged} acknowledged, ${lost.length} lost, ${doubled.length} doubled, ${problems.length} problems; fsync ${settings.fsync}\n`,
  );
  process.exitCode = lost.length + doubled.length + problems.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
