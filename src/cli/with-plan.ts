import { londonDay, parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { listAuthorities, type Authority } from '#people';
import type { PlanPicture } from '#plans';
import { refused, type Ending } from './ending.ts';
import { withReadyDatabase } from './with-database.ts';

// The room is read when a command needs it: the others start without its pages.
export const thePlans = () => import('#plans');

export interface ReadFlags {
  authority?: string;
  asAt?: string;
  json?: boolean;
}

/** Finds the plan among the authorities, and reads it as at the day asked for. */
export function withPlan(
  name: string,
  flags: ReadFlags,
  work: (picture: PlanPicture, authority: Authority, db: Db) => Promise<Ending>,
): Promise<Ending> {
  return withDay(flags, async (db, day) => {
    const authorities = await authoritiesNamed(db, flags.authority);
    if (authorities.length === 0) {
      return refused(
        flags.authority === undefined
          ? 'There is no authority yet. Make one with bin/sightline admin create.'
          : `There is no authority “${flags.authority}”.`,
      );
    }
    const { findPlanId, readPicture } = await thePlans();
    const found: { authority: Authority; picture: PlanPicture | null }[] = [];
    for (const authority of authorities) {
      const hit = await readInAuthority(db, authority.id, async (tx) => {
        const id = await findPlanId(tx, authority.id, name);
        return id === null ? undefined : readPicture(tx, authority.id, id, day);
      });
      if (hit !== undefined) found.push({ authority, picture: hit });
    }
    const [first, second] = found;
    if (first === undefined)
      return refused(`There is no plan “${name}”. See bin/sightline plan list.`);
    if (second !== undefined) {
      const slugs = found.map((one) => one.authority.slug).join(', ');
      return refused(
        `Several authorities have a plan “${name}” (${slugs}). Name one with --authority.`,
      );
    }
    if (first.picture === null) return refused(`The plan “${name}” had not begun on ${day}.`);
    return work(first.picture, first.authority, db);
  });
}

/** The database, and the day that the flag names (today where it names none). */
export function withDay(
  flags: ReadFlags,
  work: (db: Db, day: IsoDate) => Promise<Ending>,
): Promise<Ending> {
  const today = londonDay(new Date());
  const day = flags.asAt === undefined ? today : parseIsoDate(flags.asAt);
  if (day === null) {
    return Promise.resolve(
      refused(`--as-at takes a real day as YYYY-MM-DD, not “${flags.asAt ?? ''}”.`),
    );
  }
  if (day > today) {
    return Promise.resolve(
      refused(`--as-at ${day} is in the future. Choose today or an earlier day.`),
    );
  }
  return withReadyDatabase(({ db }) => work(db, day));
}

/** The authority of that address, or every one. */
export async function authoritiesNamed(db: Db, slug: string | undefined): Promise<Authority[]> {
  const all = await listAuthorities(db);
  return slug === undefined ? all : all.filter((one) => one.slug === slug);
}
