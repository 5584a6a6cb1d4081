import type { Kysely, Transaction } from 'kysely';

/**
 * Every table of the database. It is empty here: each room declares its own tables beside its
 * store, by `declare module '#platform/db/tables.ts' { interface Tables { … } }`, and a test
 * compares the whole with the catalogue.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- rooms fill it
export interface Tables {}

export type Db = Kysely<Tables>;
/** What every store call takes: a transaction in which the authority is set. */
export type Tx = Transaction<Tables>;
