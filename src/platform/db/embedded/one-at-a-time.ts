import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Does the work while no other process of this machine does work of the same name. The lock is
 * an abstract socket of Linux: it has no file, and goes with its process, even a killed one.
 * @throws when it is not free within two minutes.
 */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const address = `\0sightline-${createHash('sha256').update(name).digest('hex')}`;
  const deadline = performance.now() + 120_000;
  let lock = await take(address);
  while (lock === null) {
    if (performance.now() > deadline) {
      throw new Error(`Another program has been at work on ${name} for two minutes.`);
    }
    await wait(20);
    lock = await take(address);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}

function take(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((visitor) => visitor.destroy());
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}
