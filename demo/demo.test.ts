import { expect, it } from 'vitest';
import { parseIsoDate } from '#kernel/dates.ts';
import { testDatabase } from '#test/database.ts';
import { loadDemonstration } from './load.ts';

const { keeper } = await testDatabase();

it('loads', async () => {
  const start = performance.now();
  const today = parseIsoDate('2026-03-04');
  if (today === null) throw new Error();
  const signIns = await loadDemonstration(keeper, today);
  console.log(signIns.length, performance.now() - start);
  expect(signIns.length).toBeGreaterThan(3);
}, 120000);
