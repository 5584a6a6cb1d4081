import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';

export type Serving =
  | { readonly kind: 'ours'; release(): void }
  /** Another server serves this folder's data; what it said of itself, such as its address. */
  | { readonly kind: 'taken'; readonly by: string };

/**
 * Claims the data of a folder for one server, which says to others who it is (V-06). The claim is
 * an abstract socket of Linux: it has no file, and goes with its process, even a killed one, so
 * that no number of a process is ever mistaken for another's.
 */
export async function claimServing(folder: string, says: string): Promise<Serving> {
  const address = addressOf(folder);
  for (let tries = 0; ; tries += 1) {
    const claim = await listen(address, says);
    if (claim !== null) return { kind: 'ours', release: () => void claim.close() };
    const by = await servedBy(folder);
    if (by !== null) return { kind: 'taken', by };
    // It ended between the two: so it is free now.
    if (tries === 20) throw new Error(`${folder} can neither be claimed nor does anybody hold it.`);
  }
}

/**
 * What the server that serves this folder's data says of itself; null where none does. Asked
 * before anything heavy is loaded, so that a second server says at once why it does not start.
 */
export async function servedBy(folder: string): Promise<string | null> {
  return await text(connect(addressOf(folder))).catch(() => null);
}

function addressOf(folder: string): string {
  return `\0sightline-serves-${createHash('sha256').update(folder).digest('hex')}`;
}

function listen(address: string, says: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((visitor) => {
      visitor.on('error', () => undefined);
      visitor.end(says);
    });
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(address, () => {
      // It keeps no program running by itself.
      server.unref();
      resolve(server);
    });
  });
}

/** Why a second server on the data of a folder does not start. */
export function alreadyServed(folder: string, by: string): string {
  return `Sightline already serves the data in ${folder}: ${by}. Stop that one first, or name another folder by SIGHTLINE_DATA.`;
}
