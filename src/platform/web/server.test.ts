import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anyForm, readForm, requiredText } from './forms.ts';
import { openRoutes } from './route-rule.ts';
import { buildServer, type App } from './server.ts';
import { largestUpload, uploadedFile } from './uploads.ts';

const rule = { open: 'a page of this test' };
const logged: string[] = [];
const apps: App[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

/** A server with a page for each thing that can happen; half past eleven at night, in summer time. */
async function server(publicUrl = 'http://localhost:3000'): Promise<App> {
  const app = await buildServer({
    clock: () => new Date('2026-06-30T23:30:00Z'),
    publicUrl: new URL(publicUrl),
    logger: {
      level: 'info',
      stream: new Writable({
        write(line: Buffer, _encoding, done) {
          logged.push(line.toString());
          done();
        },
      }),
    },
  });
  apps.push(app);
  const page = 'platform/web/problem.njk';
  app.get('/day', { config: { rule } }, (request, reply) =>
    reply.page(page, { title: 'Day', text: `${request.asAt} of ${request.today}`, dated: true }),
  );
  app.get('/hidden/:id', { config: { rule } }, (_request, reply) => reply.notFound());
  app.get('/never', { config: { rule }, handlerTimeout: 20 }, () => new Promise(() => undefined));
  app.get('/fault', { config: { rule } }, () => {
    throw Object.assign(new Error('password=hunter2'), { statusCode: 200 });
  });
  app.post('/form', { config: { rule }, schema: { body: anyForm } }, (request, reply) => {
    const form = readForm(z.strictObject({ title: requiredText('Enter a title') }), request.body);
    if (!form.ok) return reply.page(page, { title: 'Form', text: '', errors: form.errors }, 422);
    return reply.notice(`Saved ${form.value.title}`).redirect('/day', 303);
  });
  app.post('/nothing', { config: { rule } }, (request, reply) =>
    reply.send(request.postedCsrf ?? 'none'),
  );
  app.post(
    '/upload',
    { config: { rule, upload: true }, schema: { body: anyForm } },
    (request, reply) => {
      const form = readForm(z.strictObject({ file: uploadedFile }), request.body);
      if (!form.ok) return reply.send(form.errors[0]?.text);
      return reply.send(`${form.value.file.fileName}: ${form.value.file.bytes.length}`);
    },
  );
  await app.ready();
  return app;
}

const app = await server();

const form = (url: string, payload: string, type = 'application/x-www-form-urlencoded') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });

const upload = (url: string, name: string, content: string) =>
  form(
    url,
    [
      '--line',
      `Content-Disposition: form-data; name="file"; filename="${name}"`,
      'Content-Type: text/csv',
      '',
      content,
      '--line--',
      '',
    ].join('\r\n'),
    'multipart/form-data; boundary=line',
  );

describe('the headers of a response', () => {
  const answers = {
    'a page': () => app.inject('/day'),
    'a page that is not there': () => app.inject('/nowhere'),
    'an address that cannot be read': () => app.inject('/%zz'),
    'a fault': () => app.inject('/fault'),
    'a form with a field too many': () => form('/nothing', 'role=admin'),
    'a body of a kind we do not take': () => form('/form', '{"title":"x"}', 'application/json'),
    'a body too large': () => form('/form', `title=${'x'.repeat(1024 * 1024)}`),
    'a redirect': () => form('/form', 'title=x'),
    'a style sheet': () => app.inject(styleSheetPath()),
  };
  it.each(Object.entries(answers))('are all there on %s', async (_name, ask) => {
    const { headers } = await ask();
    const policy = String(headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).toMatch(/script-src 'nonce-[\w-]{22}';/);
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('have a nonce of their own each time', async () => {
    const [one, two] = await Promise.all([app.inject('/day'), app.inject('/day')]);
    expect(one.headers['content-security-policy']).not.toBe(two.headers['content-security-policy']);
  });

  it('forbid the browser to keep anything but the static files', async () => {
    expect((await app.inject('/day')).headers['cache-control']).toBe('no-store');
    expect((await app.inject('/nowhere')).headers['cache-control']).toBe('no-store');
    expect((await app.inject(styleSheetPath())).headers['cache-control']).toContain('immutable');
  });

  it('keep people on https where they came by it', async () => {
    const secure = await server('https://sightline.saltmarsh.example');
    for (const url of ['/day', '/nowhere', '/%zz', '/fault']) {
      const { headers } = await secure.inject(url);
      expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    }
  });

  it('do not take a request id from the sender', async () => {
    const { headers } = await app.inject({
      url: '/day',
      headers: { 'x-request-id': 'evil\u001b' },
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stand on the answer to what is not HTTP at all', async () => {
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.write('HELLO\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('x-content-type-options: nosniff');
  });
});

describe('the rule of a route', () => {
  it('is asked of every route at start', async () => {
    const bare = await buildServer({
      clock: () => new Date(),
      publicUrl: new URL('http://localhost'),
      logger: false,
    });
    bare.get('/bare', (_request, reply) => reply.send('anybody'));
    await expect(bare.ready()).rejects.toThrow('GET /bare; HEAD /bare');
  });

  it('of the server alone opens nothing but its static files', async () => {
    const plain = await buildServer({
      clock: () => new Date(),
      publicUrl: new URL('http://localhost'),
      logger: false,
    });
    await plain.ready();
    const names = openRoutes(plain).map((route) => route.replace(/[0-9a-f]{16}/, 'V'));
    expect(names.filter((name) => name.startsWith('GET'))).toEqual([
      'GET /assets/V/govuk-frontend.css',
      'GET /assets/V/govuk-frontend.min.js',
      'GET /assets/V/moj-frontend.css',
      'GET /assets/V/sightline.css',
      'GET /assets/V/sightline.js',
      'GET /assets/V/sightline.svg',
      'GET /assets/V/time-out.js',
    ]);
    expect(plain.routesWithRules).toHaveLength(14);
  });

  it('comes with a schema that drops nothing in silence', async () => {
    const loose = await buildServer({
      clock: () => new Date(),
      publicUrl: new URL('http://localhost'),
      logger: false,
    });
    expect(() =>
      loose.get('/x', { config: { rule }, schema: { querystring: z.object({}) } }, () => 'x'),
    ).toThrow('strictObject');
  });
});

describe('what nobody asked for', () => {
  it.each(['/day?role=admin', '/day?as-at=2026-01-01&as-at=2026-01-02', '/nothing?x[]=1'])(
    'is refused in the address: %s',
    async (url) => {
      const method = url.startsWith('/nothing') ? 'POST' : 'GET';
      expect((await app.inject({ method, url })).statusCode).toBe(400);
    },
  );

  it('is refused in a form, whether or not it has a schema', async () => {
    expect((await form('/nothing', 'role=admin')).statusCode).toBe(400);
    expect((await form('/form', 'title=x&role=admin')).statusCode).toBe(400);
    expect((await form('/form', 'title=x&__proto__=y')).statusCode).toBe(400);
  });

  it('is refused where it holds a zero character, which no database column can keep', async () => {
    expect((await form('/form', 'title=x')).statusCode).toBe(303);
    expect((await form('/form', 'title=x%00')).statusCode).toBe(400);
    expect((await form('/form?a=%00', 'title=x')).statusCode).toBe(400);
  });

  it.each(['application/json', 'text/plain', 'application/xml'])(
    'is refused when it comes as %s',
    async (type) => {
      expect((await form('/form', 'title=x', type)).statusCode).toBe(415);
    },
  );

  it('leaves the form token to whoever checks it', async () => {
    expect((await form('/nothing', '_csrf=token')).body).toBe('token');
    expect((await form('/nothing', '_csrf=one&_csrf=two')).body).toBe('none');
  });
});

describe('a file in a form', () => {
  it('reaches the page that takes files, with the name the sender gave', async () => {
    expect((await upload('/upload', 'plan.csv', 'a,b')).body).toBe('plan.csv: 3');
  });

  it('that was not chosen is asked for', async () => {
    expect((await upload('/upload', '', '')).body).toBe('Choose a file');
    const nameless =
      '--line\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--line--\r\n';
    const answer = await form('/upload', nameless, 'multipart/form-data; boundary=line');
    expect(answer.body).toBe('Choose a file');
  });

  it('is refused anywhere else', async () => {
    expect((await upload('/form', 'plan.csv', 'a,b')).statusCode).toBe(415);
  });

  it('can have 10 MiB and not a byte more', async () => {
    expect((await upload('/upload', 'a.csv', 'x'.repeat(largestUpload))).body).toContain(
      '10485760',
    );
    const refused = await upload('/upload', 'a.csv', 'x'.repeat(largestUpload + 1));
    expect(refused.statusCode).toBe(413);
    expect(refused.body).toContain('10 megabytes');
  });
});

describe('the day of a page', () => {
  it('is today in London, even when London is a day ahead', async () => {
    expect((await app.inject('/day')).body).toContain('2026-07-01 of 2026-07-01');
    expect((await app.inject('/day?as-at=2026-07-01')).body).not.toContain('You are looking at');
  });

  it('can be an earlier one, which the page says and leads back from', async () => {
    const { body } = await app.inject('/day?as-at=27+November+2014');
    expect(body).toContain('2014-11-27 of 2026-07-01');
    expect(body).toMatch(/You are looking at <strong>27 November 2014<\/strong>/);
    expect(body).toContain('<a class="govuk-link" href="/day">Go to today</a>');
  });

  it('is never in the future, nor a day that is not', async () => {
    const future = await app.inject('/day?as-at=2026-07-02');
    expect(future.statusCode).toBe(400);
    expect(future.body).toContain('2 July 2026 is in the future');
    const never = await app.inject('/day?as-at=2026-02-31');
    expect(never.statusCode).toBe(400);
    expect(never.body).toContain('February 2026 has 28 days');
  });

  it('lets nothing be changed when it is an earlier one', async () => {
    expect((await form('/form?as-at=2026-06-30', 'title=x')).statusCode).toBe(400);
    expect((await form('/form?as-at=2026-07-01', 'title=x')).statusCode).toBe(303);
  });
});

describe('a notice', () => {
  it('is shown on the next page, escaped, and on no other', async () => {
    const saved = await form('/form', 'title=%3Cb%3Eplan');
    const [cookie] = saved.cookies;
    expect(cookie).toMatchObject({ name: 'notice', httpOnly: true, sameSite: 'Lax' });
    const next = await app.inject({ url: '/day', cookies: { notice: cookie?.value ?? '' } });
    expect(next.body).toContain('Saved &lt;b&gt;plan');
    expect(next.cookies[0]).toMatchObject({ name: 'notice', value: '' });
  });

  it.each(['%00%ff', 'not base64 at all', 'x'.repeat(5000)])(
    'that somebody made up breaks nothing: %s',
    async (notice) => {
      expect((await app.inject({ url: '/day', cookies: { notice } })).statusCode).toBe(200);
    },
  );
});

describe('a page that may not be seen', () => {
  it('is the same, byte for byte, as one that is not there', async () => {
    const mask = (answer: Awaited<ReturnType<typeof app.inject>>) => {
      const nonce = /nonce-([\w-]+)/.exec(String(answer.headers['content-security-policy']))?.[1];
      const { 'x-request-id': id, date, ...headers } = answer.headers;
      expect([id, date]).not.toContain(undefined);
      const whole = JSON.stringify([answer.statusCode, headers, answer.body]);
      return whole.replaceAll(nonce ?? '', 'nonce');
    };
    const hidden = await app.inject('/hidden/0190d3b0-0000-7000-8000-000000000001');
    const absent = await app.inject('/nowhere/0190d3b0-0000-7000-8000-000000000001');
    expect(hidden.statusCode).toBe(404);
    expect(mask(hidden)).toBe(mask(absent));
  });
});

describe('a fault of ours', () => {
  it('is a page with a reference, and tells nothing', async () => {
    const answer = await app.inject('/fault');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain(String(answer.headers['x-request-id']));
    expect(answer.body).not.toContain('hunter2');
  });
});

describe('a page that is not ready in time', () => {
  it('says that we are busy, and when to come back', async () => {
    const answer = await app.inject('/never');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('60');
    expect(answer.body).toContain('Try again in a few minutes');
  });
});

describe('the log', () => {
  it('is a line of JSON a request, and holds no content', async () => {
    logged.splice(0);
    await app.inject('/hidden/secret-id?name=secret-query');
    await form('/form', 'title=secret-body');
    await app.inject('/fault');
    await app.inject({ url: '/secret-path', headers: { 'user-agent': 'secret\r\n{"level":60}' } });
    const lines = logged.map((line) => JSON.parse(line) as { msg: string; route?: string });
    expect(lines.filter(({ msg }) => msg === 'answered').map(({ route }) => route)).toEqual([
      '/hidden/:id',
      '/form',
      '/fault',
      'none',
    ]);
    expect(lines.filter(({ msg }) => msg === 'fault')).toHaveLength(1);
    expect(logged.join('')).not.toMatch(/secret|hunter2/);
    expect(logged.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  });
});

function styleSheetPath(): string {
  const route = app.routesWithRules.find(({ url }) => url.endsWith('/sightline.css'));
  return route?.url ?? '';
}
