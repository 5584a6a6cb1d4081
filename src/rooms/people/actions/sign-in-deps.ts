import type { Db } from '#platform/db/tables.ts';

/** What signing in needs from outside. */
export interface SignInDeps {
  db: Db;
  /** The installation's secret, under which one-time-code keys are stored. */
  secret: string;
}
