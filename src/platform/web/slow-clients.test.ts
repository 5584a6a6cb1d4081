import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { buildServer, timeLimits } from './server.ts';

const app = await buildServer({
  clock: () => new Date('2026-03-04T10:00:00Z'),
  publicUrl: new URL('http://localhost'),
  logger: false,
  limits: { request: 1_500, connection: 4_500, handler: 3_000 },
});
const rule = { open: 'a page of this test' };
app.get('/page', { config: { rule } }, () => 'there');
app.post('/form', { config: { rule } }, () => 'taken');
app.get('/never', { config: { rule } }, () => new Promise<string>(() => undefined));
/** More than the machine keeps for whoever does not read. */
app.get('/endless', { config: { rule } }, (_request, reply) => {
  endlessAnswers.begun += 1;
  reply.raw.once('close', () => (endlessAnswers.cutOff += 1));
  return reply.send(Readable.from(endless()));
});
const endlessAnswers = { begun: 0, cutOff: 0 };
function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(65_536);
}
await app.listen({ port: 0, host: '127.0.0.1' });
afterAll(() => app.close());
const { port } = app.server.address() as AddressInfo;

const many = 24;

/** Many who begin so, and then send a letter now and then for as long as they are let. */
function slowSenders(begin: string): Promise<string[]> {
  const each = Array.from({ length: many }, async () => {
    const socket = dial(begin);
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString()));
    const dribble = setInterval(() => socket.writable && socket.write('x'), 50);
    await new Promise((resolve) => void socket.once('close', resolve));
    clearInterval(dribble);
    return heard.split('\r\n')[0] ?? '';
  });
  return Promise.all(each);
}

function dial(begin: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(begin));
  // To be cut off is what they are here for.
  socket.on('error', () => undefined);
  return socket;
}

const slowHeaders = 'GET /page HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
const slowForm = [
  'POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n',
  'Content-Type: application/x-www-form-urlencoded\r\n\r\na=',
].join('');

/** Many who never read what they asked for. */
async function stuckReaders(): Promise<void> {
  const sockets = Array.from({ length: many }, () => {
    const socket = dial('GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.pause();
    return socket;
  });
  await expect.poll(() => endlessAnswers.begun, { timeout: 20_000 }).toBe(many);
  await expect.poll(() => endlessAnswers.cutOff, { timeout: 20_000 }).toBe(many);
  for (const socket of sockets) socket.destroy();
}

// V-04. The limits are short here; the program's own stand below.
describe('clients that are slow or stuck', () => {
  it('are cut off, whether they send or read, and hold up nobody', async () => {
    const over = { yet: false };
    const slow = Promise.all([
      slowSenders(slowHeaders),
      slowSenders(slowForm),
      stuckReaders(),
    ]).finally(() => (over.yet = true));
    const others = new Set<number>();
    do {
      const answer = await fetch(`http://127.0.0.1:${port}/page`);
      await answer.text();
      others.add(answer.status);
    } while (!over.yet);
    expect([...others]).toEqual([200]);
    const [headers, forms] = await slow;
    // All are cut off. Who still listens hears that it took too long, or that what came so far is
    // no request: which of the two depends on where the last letter met the limit.
    for (const heard of [...headers, ...forms]) expect(heard).toMatch(/^$|^HTTP\/1\.1 (400|408) /);
  });

  it('get a page in plain words when it is the page that is stuck', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/never`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Nothing was saved');
  });

  it('are given what our security list says', () => {
    expect(timeLimits).toEqual({ request: 30_000, connection: 60_000, handler: 30_000 });
  });
});
