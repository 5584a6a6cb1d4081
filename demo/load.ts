import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { addAuthority, authorityBySlug } from '#people';
import { calendarFrom } from './calendar.ts';
import { northmere } from './content/northmere.ts';
import { saltmarsh } from './content/saltmarsh.ts';
import { arrive, depart, openCouncil, type Council } from './load-people.ts';
import { planTeller } from './load-plans.ts';
import { registerTeller } from './load-register.ts';
import { reportTeller } from './load-reports.ts';
import { standardsTeller } from './load-standards.ts';
import { dbWithin } from './one-transaction.ts';
import { demoSignIns, type DemoSignIn } from './sign-ins.ts';
import type { CouncilStory } from './story.ts';
import { timetableOf } from './timetable.ts';

/** Whether this database holds the demonstration, whole: it is loaded in one transaction. */
export async function demonstrationIsThere(db: Db): Promise<boolean> {
  return (await authorityBySlug(db, 'saltmarsh'))?.isDemo === true;
}

/**
 * Loads the two fictional councils with fourteen months of history before `today`, by the
 * product's own deeds, each on its own day, in one transaction: all of it or nothing. The
 * connection is the keeper's, who alone may say when a fact was recorded.
 * @throws where an authority with one of the two addresses stands already.
 */
export async function loadDemonstration(keeperDb: Db, today: IsoDate): Promise<DemoSignIn[]> {
  await keeperDb.transaction().execute(async (tx) => {
    for (const story of [saltmarsh, northmere]) {
      await tell(tx, story(calendarFrom(today)), today);
    }
  });
  return demoSignIns();
}

async function tell(tx: Tx, story: CouncilStory, today: IsoDate): Promise<void> {
  const outcome = await addAuthority(tx, { slug: story.slug, name: story.name, isDemo: true });
  if (outcome.kind !== 'added') {
    throw new Error(`There is an authority “${story.slug}” already, so nothing was loaded`);
  }
  const { authorityId } = outcome;
  // For the deeds of people, which are given the transaction; those of plans name it themselves.
  await sql`select set_config('app.authority', ${authorityId}, true)`.execute(tx);
  const council: Council = { authorityId, story, partyIds: new Map(), people: new Map() };
  const plans = planTeller(dbWithin(tx), council);
  const reports = reportTeller(dbWithin(tx), tx, council);
  const register = registerTeller(dbWithin(tx), council);
  const standards = standardsTeller(dbWithin(tx), council);
  for (const moment of timetableOf(story, today)) {
    await sql`select set_config('app.demonstration_clock', ${moment.at}, true)`.execute(tx);
    switch (moment.kind) {
      case 'opening':
        await openCouncil(tx, council, moment.day);
        break;
      case 'arrival':
        await arrive(tx, council, moment.person, moment.day);
        break;
      case 'departure':
        await depart(tx, council, moment.person, moment.day);
        break;
      case 'report':
        await reports.tell(moment);
        break;
      case 'framework':
      case 'judged':
      case 'verdict':
      case 'handed':
        await standards.tell(moment);
        break;
      case 'themes':
      case 'source':
      case 'response':
      case 'answered':
      case 'same':
        await register.tell(moment);
        break;
      case 'plan':
      case 'share':
      case 'review':
      case 'objective':
      case 'action':
      case 'happening':
        await plans.tell(moment);
    }
  }
}
