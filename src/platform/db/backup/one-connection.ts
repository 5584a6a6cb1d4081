import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { clientConfig, type DatabaseAddress } from '../connect.ts';
import type { Tables, Tx } from '../tables.ts';

/** A transaction together with its connection, for COPY, which a pool does not offer. */
export interface OneConnection {
  readonly tx: Tx;
  readonly client: pg.Client;
}

/**
 * Does the work in one transaction on a connection of its own, without a time limit. What is
 * thrown, or a result for which `keep` says no, rolls everything back.
 */
export async function onOneConnection<T>(
  address: DatabaseAddress,
  begin: 'to read one moment' | 'to write',
  work: (connection: OneConnection) => Promise<T>,
  keep: (result: T) => boolean = () => true,
): Promise<T> {
  const client = new pg.Client({
    ...clientConfig(address),
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  // Without a listener a lost connection would end the whole program; the next query tells.
  client.on('error', () => undefined);
  await client.connect();
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        connect: () => Promise.resolve(Object.assign(client, { release: () => undefined })),
        end: () => Promise.resolve(),
        options: {},
      },
    }),
  });
  try {
    const builder = db.startTransaction();
    const tx = await (
      begin === 'to write'
        ? builder
        : builder.setIsolationLevel('repeatable read').setAccessMode('read only')
    ).execute();
    try {
      // So that the same value is the same text wherever and whenever it is written out.
      await client.query(
        `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';
         set local intervalstyle = 'postgres'; set local bytea_output = 'hex';
         set local extra_float_digits = 1; set local lc_monetary = 'C'`,
      );
      const result = await work({ tx, client });
      await (keep(result) ? tx.commit() : tx.rollback()).execute();
      return result;
    } catch (error) {
      await tx
        .rollback()
        .execute()
        .catch(() => undefined);
      throw error;
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
