import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
} from 'kysely';
import type { Db, Tx } from '#platform/db/tables.ts';

/**
 * A database all of whose transactions are this one, so that deeds that open a transaction of
 * their own stand or fall together: the whole demonstration is there, or none of it. After a
 * deed that failed nothing more can be done with it.
 */
export function dbWithin(tx: Tx): Db {
  return new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driverWithin(tx),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

function driverWithin(tx: Tx): Driver {
  let failed = false;
  const connection: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) => {
      if (failed) throw new Error('A deed before this one failed');
      return tx.executeQuery<Row>(query);
    },
    streamQuery: () => {
      throw new Error('The demonstration reads no streams');
    },
  };
  const nothing = () => Promise.resolve();
  return {
    init: nothing,
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: () => {
      failed = true;
      return nothing();
    },
    releaseConnection: nothing,
    destroy: nothing,
  };
}
