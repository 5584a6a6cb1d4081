import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkout } from '#platform/checkout.ts';
import { demoAuthority, signIn, userWith } from './app.ts';
import { testDatabase } from './database.ts';
import { asUrl, freePort, overHttp, startServer } from './serving.ts';

/** The server calls nobody, and gives away nothing that is no page (I-10, Z-03, Z-05). */
const database = await testDatabase();
const data = await mkdtemp(path.join(tmpdir(), 'sightline-calls-'));
afterAll(() => rm(data, { recursive: true }));

const watch = path.join(checkout, 'test/programs/tell-calls.ts');
const port = await freePort();
const { program, ended, said } = await startServer({
  NODE_OPTIONS: `--import=${watch}`,
  DATABASE_URL: asUrl(database.appAddress),
  SIGHTLINE_SECRET: randomBytes(32).toString('hex'),
  SIGHTLINE_DATA: data,
  PORT: String(port),
});
const app = overHttp(port);

describe('the running program', () => {
  it('answers nothing of what lies beside it', async () => {
    const beside = [
      '/.git/config',
      '/.git/HEAD',
      '/.env',
      '/package.json',
      '/package-lock.json',
      '/node_modules/fastify/package.json',
      '/src/main.ts',
      '/migrations/0001_people.sql',
      '/demo/load.ts',
      '/assets/../package.json',
      '/assets/%2e%2e/package.json',
      '/assets/sightline.css.map',
      '/assets/sightline.js.map',
      '/docs',
      '/documentation/json',
      '/openapi.json',
      '/metrics',
      '/debug',
      '/test',
      '/gallery',
      '/examples',
    ];
    for (const url of beside) {
      const { statusCode } = await app.inject({ url });
      expect([url, statusCode]).toEqual([url, 404]);
    }
  });

  it('calls nobody while people work with it', async () => {
    const clock = { now: new Date() };
    const council = await demoAuthority({ database });
    const officer = await userWith({ database, clock }, council, ['qa-manager']);
    const browser = await signIn(app, officer);
    const seen = new Set<string>();
    // From page to page, as far as the links of the first pages lead.
    const ahead = ['/', '/plans', '/plans/new', '/account', '/accessibility', '/cookies'];
    for (let url = ahead.shift(); url !== undefined && seen.size < 40; url = ahead.shift()) {
      if (seen.has(url)) continue;
      seen.add(url);
      const { statusCode, body } = await app.inject({ url, cookies: browser.cookies });
      expect([url, statusCode < 500]).toEqual([url, true]);
      for (const [, link = ''] of body.matchAll(/(?:href|src)="(\/[^"#]*)"/g)) {
        ahead.push(link.replaceAll('&amp;', '&'));
      }
    }
    expect(seen.size).toBeGreaterThan(10);
    program.kill('SIGTERM');
    await ended;
    expect(said.join('').match(/CALLED .*/g)).toBeNull();
  });
});
