import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { faultForLog } from '../logging.ts';
import { startMetrics } from '../metrics.ts';
import { openMetricsDesk } from './metrics-desk.ts';
import { buildServer } from './server.ts';

/** What is written of requests for those who run the program: lines (I-11) and figures. */
const rule = { open: 'a page of this test' };
let written = '';
beforeEach(() => (written = ''));
const stream = new Writable({
  write(bytes: Buffer, _encoding, done) {
    written += bytes.toString();
    done();
  },
});
const metrics = startMetrics({ poolUse: () => ({ open: 10, idle: 3, waiting: 7 }) });
const app = await buildServer({
  clock: () => new Date(),
  publicUrl: new URL('http://localhost'),
  logger: { level: 'debug', stream },
  metrics,
});
app.get('/council/:name', { config: { rule } }, (_request, reply) => reply.send('here'));
app.get('/fault', { config: { rule } }, (request) => {
  request.log.warn({ err: new Error('canary') }, 'before');
  request.log.warn({ req: request, res: 'canary' }, 'before');
  throw new Error('canary\n    at canary (canary.ts:1)\n{"level":"info"}');
});
app.get('/peer', { config: { rule } }, (request, reply) =>
  reply.send([request.ip, request.protocol, request.host].join(' ')),
);
const lines = () => written.split('\n').slice(0, -1);
afterAll(async () => {
  metrics.close();
  await app.close();
});

const hostile = {
  'a line of its own': 'canary\r\n{"level":"info","msg":"forged"}',
  'colours of a terminal': '\u001b[2J\u001b[31mcanary\u001b[0m',
  quotes: 'canary","admin":"yes',
  'ten kilobytes': 'canary'.repeat(1_707),
  'a separator that ends a line elsewhere': 'canary\u2028forged\u0085',
};

describe('the log', () => {
  it.each(Object.entries(hostile))(
    'is one line of JSON a request, without what was sent: %s',
    async (_name, sent) => {
      const headers = {
        'user-agent': sent,
        'x-request-id': sent,
        'x-forwarded-for': sent,
        referer: sent,
        cookie: `session=${sent}`,
        host: sent,
      };
      const wanted = encodeURIComponent(sent);
      await app.inject({ url: `/council/${wanted}?canary=${wanted}`, headers });
      await app.inject({ url: `/nowhere/${wanted}`, headers });
      // An address too long for any route is answered before one is looked for.
      const route = wanted.length > 1_000 ? 'none' : '/council/:name';
      const records = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(records).toMatchObject([
        { level: 'info', msg: 'answered', method: 'GET', route, status: 400 },
        { level: 'info', msg: 'answered', method: 'GET', route: 'none', status: 404 },
      ]);
      expect(written).not.toMatch(/canary|forged|admin/);
      for (const record of records) {
        expect(Object.keys(record).sort()).toEqual(
          ['level', 'method', 'ms', 'msg', 'pid', 'reqId', 'route', 'status', 'time'].sort(),
        );
      }
    },
  );

  it('keeps of a fault where it was and its request, and no word of its message', async () => {
    const answer = await app.inject('/fault');
    const records = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).toHaveLength(4);
    expect(records[2]).toMatchObject({
      level: 'error',
      msg: 'fault',
      reqId: answer.headers['x-request-id'],
      err: { type: 'Error' },
    });
    expect(JSON.stringify(records[2])).toContain('log.test.ts');
    expect(written).not.toContain('canary');
  });

  it('has a line of what is not even a request', async () => {
    const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(address.port), '127.0.0.1');
    socket.write('CANARY canary\r\n\r\n');
    await text(socket);
    await app.inject('/%zz-canary');
    expect(lines().map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { msg: expect.stringContaining('Server listening') as string },
      { level: 'info', msg: 'not a request', status: 400 },
      { level: 'info', msg: 'answered', route: 'none', status: 400 },
    ]);
    expect(written).not.toMatch(/canary/i);
  });

  it('keeps nothing of what was thrown and is no error', () => {
    expect(faultForLog('canary')).toEqual({ type: 'string' });
  });
});

describe('headers that say who the visitor is', () => {
  const forged = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    host: 'sightline.example',
  };

  it('are believed of nobody, where no proxy is named', async () => {
    const { body } = await app.inject({ url: '/peer', headers: forged });
    expect(body).toBe('127.0.0.1 http sightline.example');
  });

  it('are believed of the proxy that is named, and of nobody else', async () => {
    const behind = await buildServer({
      clock: () => new Date(),
      publicUrl: new URL('http://localhost'),
      logger: false,
      trustProxy: ['10.0.0.1'],
    });
    behind.get('/peer', { config: { rule } }, (request, reply) =>
      reply.send([request.ip, request.protocol, request.host].join(' ')),
    );
    const from = async (remoteAddress: string) =>
      (await behind.inject({ url: '/peer', headers: forged, remoteAddress })).body;
    expect(await from('10.0.0.1')).toBe('203.0.113.9 https evil.example');
    expect(await from('10.0.0.2')).toBe('10.0.0.2 http sightline.example');
    await behind.close();
  });
});

describe('the figures', () => {
  it('count answers by the pattern of their route, and name nothing that was asked for', async () => {
    await app.inject('/council/saltmarsh-canary');
    await app.inject('/canary');
    metrics.jobEnded('a-job', 'failed', 2);
    const figures = await metrics.text();
    expect(figures).toMatch(
      /sightline_request_seconds_count\{method="GET",route="\/council\/:name",status="200"\} \d/,
    );
    expect(figures).toMatch(
      /sightline_request_seconds_count\{method="GET",route="none",status="404"\} \d/,
    );
    expect(figures).toContain('sightline_database_connections{state="in use"} 7');
    expect(figures).toContain('sightline_database_connections{state="idle"} 3');
    expect(figures).toContain('sightline_database_waiting 7');
    expect(figures).toContain('sightline_event_loop_delay_seconds{quantile="0.999"}');
    expect(figures).toContain('sightline_job_seconds_count{task="a-job",outcome="failed"} 1');
    expect(figures).toContain('process_resident_memory_bytes');
    expect(figures).not.toContain('canary');
  });

  it('are given at one address of a port of their own, on this machine alone', async () => {
    const desk = await openMetricsDesk(metrics, 0);
    const ask = (path: string) => fetch(`http://127.0.0.1:${desk.port}${path}`);
    const figures = await ask('/metrics');
    expect([figures.status, figures.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(await figures.text()).toContain('sightline_request_seconds');
    for (const path of ['/', '/health', '/metrics/x']) expect((await ask(path)).status).toBe(404);
    await expect(fetch(`http://[::1]:${desk.port}/metrics`)).rejects.toThrow();
    await desk.close();
    expect((await app.inject('/metrics')).statusCode).toBe(404);
  });
});
