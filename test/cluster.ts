import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '#platform/db/connect.ts';
import { packagedBinaries } from '#platform/db/embedded/binaries.ts';
import {
  createCluster,
  startCluster,
  stopCluster,
  superuser,
  type Cluster,
} from '#platform/db/embedded/cluster.ts';
import { homeFor } from '#platform/db/embedded/home.ts';
import { makePrivateFolder, runAsOther } from '#platform/db/embedded/run-as.ts';
import { prepareRoles } from '#platform/db/embedded/roles.ts';
import { migrate } from '#platform/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket at which a test file asks for the cluster. */
    databaseDesk: string;
  }
}

/** What a test file is told of the cluster: JSON over the desk's socket. */
export interface TestCluster {
  readonly socket: string;
  /** One password for every role: the cluster lives as long as the run. */
  readonly password: string;
  readonly template: string;
}

/**
 * One throw-away PostgreSQL for each project of the run, shared by its processes, started when the
 * first test file asks for it: a run of pure tests pays nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runAs = await runAsOther();
  await sweep();
  const folder = await mkdtemp(`/tmp/sightline-test-${process.pid}-`);
  await chmod(folder, 0o711);
  const cluster: Omit<Cluster, 'binaries'> = {
    data: path.join(folder, 'data'),
    socket: path.join(folder, 'socket'),
    log: path.join(folder, 'log'),
    runAs,
    // What is lost in a power cut here is missed by nobody.
    settings: [
      'fsync=off',
      'full_page_writes=off',
      'synchronous_commit=off',
      'max_connections=200',
      // Every file has a database of its own: keeping a hundred of them tidy is work for nothing.
      'autovacuum=off',
      'jit=off',
    ],
  };

  let started: Promise<TestCluster> | null = null;
  const desk = createServer((visitor) => {
    started ??= startTestCluster(cluster, project.name);
    started.then(
      (told) => visitor.end(JSON.stringify(told)),
      (fault: unknown) => visitor.end(JSON.stringify({ fault: String(fault) })),
    );
  });
  const address = path.join(folder, 'desk');
  await new Promise<void>((resolve) => desk.listen(address, resolve));
  project.provide('databaseDesk', address);

  return async () => {
    desk.close();
    await stopCluster({ ...cluster, binaries: '' }, 'immediate');
    await rm(folder, { recursive: true, force: true });
  };
}

async function startTestCluster(
  parts: Omit<Cluster, 'binaries'>,
  project: string,
): Promise<TestCluster> {
  const cluster = { ...parts, binaries: await binariesToTest(project, parts.runAs !== null) };
  const password = randomBytes(16).toString('hex');
  await makePrivateFolder(cluster.socket, cluster.runAs);
  await createCluster(cluster, password);
  await startCluster(cluster);
  const template = 'sightline_template';
  const at = { socket: cluster.socket, password };
  await prepareRoles(
    { ...at, user: superuser, database: 'postgres' },
    { database: template, passwords: { keeper: password, app: password, reader: password } },
  );
  const keeper = connect({ ...at, user: 'sightline_keeper', database: template });
  await migrate(keeper);
  await keeper.destroy();
  return { ...at, template };
}

async function binariesToTest(project: string, asOther: boolean): Promise<string> {
  if (project === 'store-on-15') return '/usr/lib/postgresql/15/bin';
  const binaries = await packagedBinaries(asOther ? homeFor(process.cwd()) : null);
  if (binaries === null) throw new Error('The packaged PostgreSQL is not installed: run npm ci.');
  return binaries;
}

/** Ends and removes what killed runs left. */
async function sweep(): Promise<void> {
  for (const name of await readdir('/tmp')) {
    const pid = /^sightline-test-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = path.join('/tmp', name);
    await stopCluster(
      { binaries: '', data: path.join(folder, 'data'), socket: '', log: '', runAs: null },
      'immediate',
    );
    await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
