import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { socketFits } from './cluster.ts';
import { homeFor } from './home.ts';
import { makePrivateFolder, type RunAs } from './run-as.ts';

/** Where the embedded database keeps what it needs. Absolute paths without links. */
export interface Places {
  /** Passwords, log and the folders below. */
  readonly base: string;
  readonly socket: string;
  /** Where the programs are copied to, when their own folder is out of reach. */
  readonly copyBinariesTo: string | null;
}

export type PlacesOutcome =
  | { readonly kind: 'places'; readonly places: Places }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Makes the folders. As an ordinary user all is in `data`, or `./data`. As root PostgreSQL runs
 * as another user, who may not reach the checkout: then all is under /var/lib/sightline, unless
 * `data` names a folder which that user can reach.
 */
export async function makePlaces(
  checkout: string,
  data: string | undefined,
  runAs: RunAs | null,
): Promise<PlacesOutcome> {
  const home = homeFor(checkout);
  const wanted = data ?? usualFolder(checkout, runAs !== null);
  await mkdir(wanted, { recursive: true, mode: runAs === null ? 0o700 : 0o711 });
  if (wanted === home) {
    // Others may pass through, whatever the mask of this shell; they cannot list.
    await chmod(path.dirname(home), 0o711);
    await chmod(home, 0o711);
  }
  const base = await realpath(wanted);
  if (runAs === null) {
    return {
      kind: 'places',
      places: { base, socket: await socketFolder(base, runAs), copyBinariesTo: null },
    };
  }
  const closed = await closedParent(base);
  if (closed !== null) {
    return {
      kind: 'refused',
      reason: `PostgreSQL does not run as root; it runs as the user "nobody", who cannot enter ${closed}. Choose another folder by SIGHTLINE_DATA, leave it out, or start Sightline as an ordinary user.`,
    };
  }
  return {
    kind: 'places',
    places: { base, socket: await socketFolder(base, runAs), copyBinariesTo: home },
  };
}

/** The folder of the embedded data, without links; null where there is none yet. */
export async function embeddedFolder(
  checkout: string,
  data: string | undefined,
): Promise<string | null> {
  return await realpath(data ?? usualFolder(checkout, process.getuid?.() === 0)).catch(() => null);
}

function usualFolder(checkout: string, asRoot: boolean): string {
  return asRoot ? homeFor(checkout) : path.join(checkout, 'data');
}

/** The first folder on the way, itself included, that other users cannot enter. */
async function closedParent(folder: string): Promise<string | null> {
  const parts = folder.split('/').filter((part) => part !== '');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const at = `/${parts.slice(0, depth).join('/')}`;
    if (((await stat(at)).mode & 0o001) === 0) return at;
  }
  return null;
}

/** Beside the data; in /tmp where that path would be too long for a socket. */
async function socketFolder(base: string, runAs: RunAs | null): Promise<string> {
  const beside = path.join(base, 'socket');
  const name = createHash('sha256').update(base).digest('hex').slice(0, 16);
  const folder = socketFits(beside) ? beside : `/tmp/sightline-${name}`;
  await makePrivateFolder(folder, runAs);
  // In /tmp anybody may have made it before us.
  const found = await lstat(folder);
  const owner = runAs?.uid ?? process.getuid?.();
  if (!found.isDirectory() || found.uid !== owner) {
    throw new Error(
      `${folder} belongs to somebody else, so the database's socket cannot be there.`,
    );
  }
  await chmod(folder, 0o700);
  return folder;
}
