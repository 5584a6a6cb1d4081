import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../metrics.ts';

export interface MetricsDesk {
  /** The port that was opened. */
  readonly port: number;
  close: () => Promise<void>;
}

/**
 * Gives the figures at `http://127.0.0.1:PORT/metrics`: on a port of its own that only this
 * machine reaches, so that no rule of the pages can let a visitor see them.
 * @throws what the system says when the port cannot be opened.
 */
export async function openMetricsDesk(metrics: Metrics, port: number): Promise<MetricsDesk> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.requestTimeout = 10_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
