import { it } from 'vitest';
import { fillRegisters } from '../../../../bench/load/registers.ts';
import { testDatabase, freshAuthority } from '#test/database.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { readCheckGround } from './read-check-ground.ts';
import { runChecks } from '../rules/checks/index.ts';
it('is quick', async () => {
  const { db, keeper } = await testDatabase();
  const ids = [];
  for (let n = 0; n < 2; n += 1) ids.push((await freshAuthority({ keeper })).id);
  await fillRegisters(keeper, ids, '2026-03-04' as never);
  const [id] = ids;
  for (let n = 0; n < 5; n += 1) {
    const start = performance.now();
    const ground = await readInAuthority(db, id as never, (tx) => readCheckGround(tx, id as never, '2026-03-04' as never));
    const read = performance.now();
    const results = runChecks(ground);
    console.log('read', Math.round(read - start), 'run', Math.round(performance.now() - read), results.length);
  }
}, 120000);
