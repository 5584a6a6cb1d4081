import type { AuthorityId } from '#kernel/ids.ts';
import type { Db } from '../db/tables.ts';

/**
 * Work that is done once a day for every authority, by whichever program comes to it first. A
 * failed one is tried again, and a killed program's is taken up by another: so it must do no
 * harm when it is done twice, and does its work `inAuthority`.
 */
export interface DailyJob {
  /** In the log and in the figures: words joined by hyphens. */
  readonly name: string;
  readonly run: (db: Db, authority: AuthorityId, now: Date) => Promise<unknown>;
}
