import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimServing } from './one-server.ts';

const claimed = async (folder: string, says: string) => {
  const serving = await claimServing(folder, says);
  if (serving.kind === 'taken') throw new Error(serving.by);
  return serving;
};

// V-06. That a killed server leaves no claim behind is tried in test/crash.
describe('the data of a folder', () => {
  it('is claimed by one server, which says who it is to the next, until it lets go', async () => {
    const folder = `/srv/${randomUUID()}`;
    const first = await claimed(folder, 'process 12 at http://localhost:3000/');
    expect(await claimServing(folder, 'another')).toEqual({
      kind: 'taken',
      by: 'process 12 at http://localhost:3000/',
    });
    first.release();
    (await claimed(folder, 'another')).release();
  });

  it('is another folder’s business only for that folder', async () => {
    const first = await claimed(`/srv/${randomUUID()}`, 'one');
    (await claimed(`/srv/${randomUUID()}`, 'other')).release();
    first.release();
  });
});
