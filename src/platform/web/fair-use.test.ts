import { describe, expect, it } from 'vitest';
import { answerTooMuch, fairUse } from './fair-use.ts';
import { buildServer } from './server.ts';

/** Security V-05: what one person asks for too much does not trouble a neighbour. */
const rule = { open: 'a made-up page of this test' };
const server = async (isOn = true) => {
  const app = await buildServer({
    clock: () => new Date(),
    publicUrl: new URL('http://localhost'),
    logger: false,
    fairUse: isOn,
  });
  app.addHook('onRequest', async (request, reply) => {
    const seconds = await app.countUse(request, request.headers.from ?? null);
    if (seconds !== null) return answerTooMuch(reply, seconds);
  });
  app.get('/page', { config: { rule } }, () => 'a page');
  app.get('/export', { config: { rule, fairUse: 'export' } }, () => 'a file');
  app.get('/search', { config: { rule, fairUse: 'search' } }, () => 'a list');
  app.get('/import', { config: { rule, fairUse: 'import' } }, () => 'begun');
  /** How many of so many are answered. */
  const answered = async (count: number, url: string, from?: string, remoteAddress?: string) => {
    let good = 0;
    for (let one = 0; one < count; one += 1) {
      const answer = await app.inject({
        url,
        headers: from === undefined ? {} : { from },
        ...(remoteAddress === undefined ? {} : { remoteAddress }),
      });
      if (answer.statusCode === 200) good += 1;
      else {
        expect(answer.statusCode).toBe(429);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        expect(answer.body).toContain('That was a lot in a short time');
        expect(answer.headers['cache-control']).toBe('no-store');
      }
    }
    return good;
  };
  return { app, answered };
};

describe('fair use', () => {
  it('takes 300 requests a minute of a person, and a neighbour does not notice', async () => {
    const { answered } = await server();
    expect(fairUse.person).toEqual({ max: 300, timeWindow: 60_000 });
    expect(await answered(303, '/page', 'robin')).toBe(300);
    expect(await answered(3, '/page', 'sam')).toBe(3);
  });

  it.each([
    ['/export', 10],
    ['/import', 5],
    ['/search', 60],
  ])('takes of %s %i, and other pages still open', async (url, max) => {
    const { answered } = await server();
    expect(await answered(max + 2, url, 'robin')).toBe(max);
    expect(await answered(1, '/page', 'robin')).toBe(1);
    expect(await answered(1, url, 'sam')).toBe(1);
  });

  it('counts who is not signed in by network address, apart from who is', async () => {
    const { answered } = await server();
    expect(await answered(602, '/page', undefined, '192.0.2.1')).toBe(600);
    expect(await answered(1, '/page', undefined, '192.0.2.2')).toBe(1);
    expect(await answered(1, '/page', 'robin', '192.0.2.1')).toBe(1);
    // One household has a whole half of an IPv6 address.
    expect(await answered(600, '/page', undefined, '2001:db8::1')).toBe(600);
    expect(await answered(1, '/page', undefined, '2001:db8::2')).toBe(0);
  });

  it('counts nothing where it is off', async () => {
    const { answered } = await server(false);
    expect(await answered(20, '/export', 'robin')).toBe(20);
  });
});
