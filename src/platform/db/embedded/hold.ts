import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { clientConfig, type DatabaseAddress } from '../connect.ts';
import { startCluster, stopCluster, type Cluster } from './cluster.ts';

/** Our hold on a running cluster, for as long as we use it. */
export interface Hold {
  /** Lets go; whoever is the last to let go ends the server. */
  release(): Promise<void>;
}

/**
 * Several programs of Sightline (the server, a command beside it) use one cluster. Each holds a
 * shared lock in it; whoever can take the lock alone is the last one, and ends the server, while
 * a newcomer waits for the lock and then starts it anew. A program that was killed lets go with
 * its connection. If the server ends under us it is started again.
 */
export async function holdCluster(
  cluster: Cluster,
  superuser: DatabaseAddress,
  report: (line: string) => void,
): Promise<Hold> {
  let releasing = false;
  let client = await startAndLock(cluster, superuser);

  const watch = () => {
    client.once('end', () => {
      if (releasing) return;
      report('The database ended unexpectedly; starting it again.');
      recovering = recover();
    });
  };
  const recover = async () => {
    while (!releasing) {
      try {
        client = await startAndLock(cluster, superuser);
        watch();
        report('The database is there again.');
        return;
      } catch (error) {
        report(`The database could not be started again: ${String(error)}`);
        await wait(1_000);
      }
    }
  };
  let recovering = Promise.resolve();
  watch();

  return {
    release: async () => {
      if (releasing) return;
      releasing = true;
      await recovering;
      if (await isLast(client)) await stopCluster(cluster);
      await client.end().catch(() => undefined);
    },
  };
}

async function startAndLock(cluster: Cluster, superuser: DatabaseAddress): Promise<pg.Client> {
  for (let tries = 1; ; tries += 1) {
    await startCluster(cluster);
    const client = new pg.Client(clientConfig(superuser));
    // A lost connection is told by 'end'; without a listener 'error' would end the program.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [inUse]);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      // The last user may have been ending the server just then: so once more from the start.
      if (tries === 100 || isWrongPassword(error)) throw error;
      await wait(100);
    }
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '28P01';
}

async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [inUse]);
    const alone = await client.query<{ alone: boolean }>(
      'select pg_try_advisory_lock($1) as alone',
      [inUse],
    );
    return alone.rows[0]?.alone === true;
  } catch {
    // The server has gone already, or somebody else is ending it.
    return false;
  }
}

/** The number of the advisory lock; it means nothing else. */
const inUse = 7_150_002;
