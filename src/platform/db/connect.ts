import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from './tables.ts';

/** Where a database is, and as whom to come: a `postgresql://` address, or a Unix socket. */
export type DatabaseAddress =
  | { readonly url: string }
  | {
      /** The folder of the socket. */
      readonly socket: string;
      readonly database: string;
      readonly user: string;
      readonly password: string;
    };

export interface ConnectOptions {
  /** The most connections at once; 10 unless said. */
  readonly poolSize?: number;
  /** A statement that runs longer is ended, in milliseconds; 0 for never; 5,000 unless said. */
  readonly statementTimeoutMs?: number;
  /** Told when a resting connection is lost; the next query makes a new one by itself. */
  readonly onLostConnection?: (error: Error) => void;
}

/**
 * A pool of connections. Nothing is opened before the first query. Close it with `destroy()`.
 */
export function connect(address: DatabaseAddress, options: ConnectOptions = {}): Db {
  const { poolSize = 10, statementTimeoutMs = 5_000, onLostConnection } = options;
  const pool = new pg.Pool({
    ...clientConfig(address),
    max: poolSize,
    statement_timeout: statementTimeoutMs,
    // A statement that was ended must also free its connection.
    idle_in_transaction_session_timeout: statementTimeoutMs === 0 ? 0 : 60_000,
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener a lost resting connection would end the whole program.
  pool.on('error', (error) => onLostConnection?.(error));
  // And so would one that is lost between two statements of a transaction; the next one tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}

const pools = new WeakMap<Db, pg.Pool>();

/** How a pool stands: its connections, how many of them rest, and how many queries wait for one. */
export function poolUse(db: Db): { open: number; idle: number; waiting: number } {
  const pool = poolOf(db);
  return { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

/** The pool's connections for a library that writes its own SQL: the queue of jobs, and no room. */
export function rawQueries(db: Db): {
  executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
} {
  const pool = poolOf(db);
  return {
    executeSql: async (text, values) => {
      // Several statements in one text are answered by several results.
      const results: pg.QueryResult | pg.QueryResult[] = await pool.query(text, values);
      return { rows: [results].flat().flatMap((result): unknown[] => result.rows) };
    },
  };
}

function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db);
  if (pool === undefined) throw new Error('This is not a database that connect() gave.');
  return pool;
}

/** The same address for a single `pg.Client`, with the project's parsers. */
export function clientConfig(address: DatabaseAddress): pg.ClientConfig {
  const where =
    'url' in address
      ? { connectionString: address.url }
      : {
          host: address.socket,
          port: 5432,
          database: address.database,
          user: address.user,
          password: address.password,
        };
  return { ...where, application_name: 'sightline', types };
}

/**
 * How values come back: a date as text `YYYY-MM-DD` (a due date has no time zone: as a Date,
 * 15 June would come back as 14 June 23.00 UTC), an instant as a Date, a count as a number.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format): ((text: string) => unknown) => {
    if (type === pg.types.builtins.DATE) return (text) => text;
    const oid: number = type;
    if (oid === dateArray) return datesOf;
    if (type === pg.types.builtins.INT8) return safeNumber;
    return pg.types.getTypeParser(type, format) as (text: string) => unknown;
  },
};

/** The type's number in PostgreSQL's catalogue (`date[]`), which `pg` has no name for. */
const dateArray = 1182;

/** `{2026-03-04,NULL}` as a list. */
function datesOf(text: string): (string | null)[] {
  if (text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((entry) => (entry === 'NULL' ? null : entry));
}

/** @throws RangeError where the number is too large to be held exactly. */
function safeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`The database gave ${text}, which is too large to be held exactly.`);
  }
  return number;
}
