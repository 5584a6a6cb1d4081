import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { crashTrial } from './trial.ts';

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'sightline-crash-')));
await chmod(folder, 0o711);
afterAll(() => rm(folder, { recursive: true }));

// Ten and ten: bin/bench crash.
describe('killed while people write', () => {
  it('keeps every update that it had acknowledged, each once, and the log whole', async () => {
    const report = await crashTrial({
      folder,
      kills: ['program', 'database', 'program', 'database'],
      updatesBetween: 8,
      writers: 3,
    });
    expect(report.kills.map((kill) => kill.problems)).toEqual([[], [], [], []]);
    expect(report.acknowledged).toBeGreaterThanOrEqual(40);
    expect([report.lost, report.doubled, report.problems]).toEqual([[], [], []]);
    expect(report.settings).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
    });
  }, 240_000);
});
