import path from 'node:path';
import { checkout } from '../checkout.ts';
import type { Config } from '../config.ts';
import { connect, type DatabaseAddress } from './connect.ts';
import { openEmbedded } from './embedded/index.ts';
import type { Db } from './tables.ts';

/** The database of the settings: a server's, or the embedded one. */
export interface OpenDatabase {
  /** As the program: bound by row-level security. */
  readonly db: Db;
  /** As the keeper, without a time limit; null where no setting says how to come as the keeper. */
  readonly keeper: Db | null;
  /** The same, for a connection of one's own. */
  readonly keeperAddress: DatabaseAddress | null;
  /** The folder of what Sightline keeps itself: with an embedded database, all of it. */
  readonly folder: string;
  close(): Promise<void>;
}

export type OpenOutcome =
  | { readonly kind: 'open'; readonly database: OpenDatabase }
  | { readonly kind: 'refused'; readonly reason: string };

/** `report` is told in a sentence when a connection, or the embedded server, is lost. */
export async function openDatabase(
  config: Config,
  report: (line: string) => void,
): Promise<OpenOutcome> {
  if (config.databaseUrl !== undefined) {
    const keeper = config.databaseKeeperUrl;
    return {
      kind: 'open',
      database: pools(
        { url: config.databaseUrl },
        keeper === undefined ? null : { url: keeper },
        config.data ?? path.join(checkout, 'data'),
        report,
        () => Promise.resolve(),
      ),
    };
  }
  const outcome = await openEmbedded({ checkout, data: config.data, report });
  if (outcome.kind === 'refused') return outcome;
  const embedded = outcome.database;
  return {
    kind: 'open',
    database: pools(embedded.app, embedded.keeper, embedded.folder, report, () => embedded.close()),
  };
}

function pools(
  app: DatabaseAddress,
  keeperAddress: DatabaseAddress | null,
  folder: string,
  report: (line: string) => void,
  afterwards: () => Promise<void>,
): OpenDatabase {
  const onLostConnection = (error: Error) =>
    report(`A database connection was lost: ${error.message}`);
  const db = connect(app, { onLostConnection });
  const keeper =
    keeperAddress === null
      ? null
      : connect(keeperAddress, { poolSize: 2, statementTimeoutMs: 0, onLostConnection });
  return {
    db,
    keeper,
    keeperAddress,
    folder,
    close: async () => {
      await db.destroy();
      await keeper?.destroy();
      await afterwards();
    },
  };
}
