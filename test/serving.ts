import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { DatabaseAddress } from '#platform/db/connect.ts';
import type { App } from '#platform/web/server.ts';
import { launch, type Settings } from './programs.ts';

/** The address of a test database as a person would set it. */
export function asUrl(address: DatabaseAddress): string {
  if ('url' in address) return address.url;
  const { user, password, database, socket } = address;
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(socket)}&port=5432`;
}

/** A port of this machine that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts the server as bin/start does, and gives it back when it says that it is ready. `said`
 * grows by what it writes to standard error.
 */
export async function startServer(settings: Settings, args: string[] = []) {
  const program = launch('src/main.ts', ['--no-demo', ...args], settings);
  const said: string[] = [];
  program.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  for await (const line of createInterface(program.stdout)) {
    if (line.startsWith('Sightline is ready')) {
      return { program, ended: once(program, 'close'), said };
    }
  }
  throw new Error(`The server did not start: ${said.join('')}`);
}

interface Asked {
  url: string;
  method?: string;
  cookies?: Record<string, string>;
  headers?: Record<string, string>;
  payload?: string;
}

/** A running server as the helpers of app.ts take it: `signIn(overHttp(port), user)`. */
export function overHttp(port: number): App {
  const inject = async ({ url, method = 'GET', cookies = {}, headers, payload }: Asked) => {
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
    const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, cookie: cookie.join('; ') },
      ...(payload === undefined ? {} : { body: payload }),
    });
    return {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
      cookies: answer.headers.getSetCookie().map((set) => {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        return { name, value: decodeURIComponent(value) };
      }),
    };
  };
  return { inject } as unknown as App;
}
