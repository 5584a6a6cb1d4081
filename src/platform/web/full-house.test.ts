import { connect, type AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { seats } from './full-house.ts';
import { buildServer } from './server.ts';

const app = await buildServer({
  clock: () => new Date('2026-03-04T10:00:00Z'),
  publicUrl: new URL('http://localhost'),
  logger: false,
});
const rule = { open: 'a page of this test' };
let letGo = (): void => undefined;
const held = new Promise<void>((resolve) => {
  letGo = resolve;
});
app.get('/slow', { config: { rule } }, async () => {
  await held;
  return 'there';
});
app.get('/page', { config: { rule } }, () => 'there');
app.post('/page', { config: { rule } }, () => 'taken');
app.get('/health', { config: { rule } }, () => 'ok');
await app.ready();
afterAll(() => app.close());

describe('a full house', () => {
  it('turns strangers away first, then everybody, says when to come back, and empties', async () => {
    const cookie = { cookie: 'any=one' };
    const page = (headers: Record<string, string> = {}) => app.inject({ url: '/page', headers });
    // It is sent once somebody waits for it.
    const slow = async (headers: Record<string, string> = {}) =>
      await app.inject({ url: '/slow', headers });
    const waiting = Array.from({ length: seats.without }, () => slow());
    await expect.poll(async () => (await page()).statusCode).toBe(503);
    expect((await page(cookie)).statusCode).toBe(200);

    const more = seats.withCookie - seats.without;
    waiting.push(...Array.from({ length: more }, () => slow(cookie)));
    await expect.poll(async () => (await page(cookie)).statusCode).toBe(503);
    const refused = await page(cookie);
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.headers['content-security-policy']).toContain("default-src 'none'");
    expect(refused.body).toContain('Nothing was saved');
    expect((await app.inject('/health')).statusCode).toBe(200);

    letGo();
    const answers = await Promise.all(waiting);
    expect(answers.map((answer) => answer.statusCode)).toEqual(
      Array.from({ length: seats.withCookie }, () => 200),
    );
    expect((await page()).statusCode).toBe(200);
  });
});

describe('forms that come a letter at a time', () => {
  it('take nobody’s seat before they are there', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const heard = new Promise<void>((resolve) => {
      let count = 0;
      app.server.on('request', () => {
        count += 1;
        if (count === seats.withCookie + 1) resolve();
      });
    });
    const slow = Array.from({ length: seats.withCookie + 1 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        'POST /page HTTP/1.1\r\nHost: localhost\r\nCookie: any=one\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n_',
      );
      return socket;
    });
    await heard;
    try {
      expect((await app.inject({ url: '/page', headers: { cookie: 'any=one' } })).statusCode).toBe(
        200,
      );
      expect((await app.inject('/page')).statusCode).toBe(200);
    } finally {
      for (const socket of slow) socket.destroy();
    }
  });
});
