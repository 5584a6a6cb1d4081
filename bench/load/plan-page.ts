import { addDays, londonDay } from '#kernel/dates.ts';
import type { Db } from '#platform/db/tables.ts';
import { measure } from '../figures.ts';
import type { Reading } from '../readings.ts';
import { signIn, withApp } from '../signed-in.ts';
import { crowd, password, type Account } from './many-councils.ts';

/** A plan's page inside the server, nobody else there: now, and as it was three years ago. */
export async function planPage(db: Db, accounts: readonly Account[]): Promise<Reading[]> {
  const [account] = accounts;
  if (account === undefined) throw new Error('Nobody can sign in');
  return await withApp(db, async (app) => {
    const cookies = await signIn(app, { ...account, password });
    const pageMs = async (path: string) => {
      const { medianMs } = await measure(path, null, 25, async () => {
        const answer = await app.inject({ url: path, cookies });
        if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`);
      });
      return medianMs;
    };
    const now = await pageMs('/plans/plan-1');
    const longAgo = addDays(londonDay(new Date()), -3 * 365);
    const then = await pageMs(`/plans/plan-1?as-at=${longAgo}`);
    const what = `Page of a plan of ${crowd.largePlan} actions among ${crowd.authorities} councils`;
    return [
      { what, found: now, unit: 'ms', atMost: 150 },
      {
        what: 'The same three years back, against now',
        found: then / now,
        unit: 'times',
        atMost: 1.5,
      },
    ];
  });
}
