import { createHash, randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { buildApp } from '../src/app.ts';
import { addUser, grantRole, type GrantableRole } from '#people';
import { londonDay } from '#kernel/dates.ts';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { LogDestination } from '#platform/logging.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { App } from '#platform/web/server.ts';
import { testDatabase, type TestDatabase } from './database.ts';

export interface TestApp {
  app: App;
  database: TestDatabase;
  /** The server's time, which stands still until a test moves it. */
  clock: { now: Date };
}

/** What a test may add to the program. */
export interface TestAppOptions {
  /** Hangs a made-up room on the server, as a real one is hung. */
  extend?: (app: App, db: TestDatabase['db']) => void;
  /** What counts; nothing does unless given. */
  metrics?: Metrics;
  /** Where the log goes; silence unless given. */
  logger?: LogDestination;
}

/** The whole program on a database of the calling test file. It closes itself after the last test. */
export async function testApp(
  now = new Date('2026-03-04T10:00:00Z'),
  options: TestAppOptions = {},
): Promise<TestApp> {
  const database = await testDatabase();
  const clock = { now };
  const app = await buildApp({
    db: database.db,
    secret: 'a secret for tests, long enough to be one',
    clock: () => clock.now,
    publicUrl: new URL('http://localhost'),
    logger: options.logger ?? false,
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
  });
  options.extend?.(app, database.db);
  await app.ready();
  afterAll(() => app.close());
  return { app, database, clock };
}

export interface TestAuthority {
  id: AuthorityId;
  slug: string;
  name: string;
}

export interface TestUser {
  userId: UserId;
  name: string;
  email: string;
  password: string;
  authority: TestAuthority;
}

/** A new authority where a password is enough to sign in, with a slug that no other has. */
export async function demoAuthority(
  { database }: Pick<TestApp, 'database'>,
  name = 'Saltmarsh Borough Council',
): Promise<TestAuthority> {
  const authority = { id: newId<'authority'>(), slug: `t-${randomBytes(6).toString('hex')}`, name };
  await database.keeper
    .insertInto('authority')
    .values({ id: authority.id, slug: authority.slug, name, is_demo: true })
    .execute();
  return authority;
}

/**
 * A new user of the authority who holds these roles from today. Without a password, which takes
 * its time to hash, they come in by `openSession` alone.
 */
export async function userWith(
  { database, clock }: Pick<TestApp, 'database' | 'clock'>,
  authority: TestAuthority,
  roles: readonly GrantableRole[],
  name = 'Robin Fenwick',
  password: string | null = 'seven grey herons standing',
): Promise<TestUser> {
  const email = `user-${randomBytes(4).toString('hex')}@saltmarsh.example`;
  const userId = await inAuthority(database.db, authority.id, async (tx) => {
    const doer = { authorityId: authority.id, userId: null };
    const added = await addUser(tx, doer, { email, name, password, mustChange: false }, clock.now);
    if (added.kind !== 'added') throw new Error(`The test user was not added: ${added.kind}`);
    for (const role of roles) {
      const grant = { userId: added.userId, role, startsOn: londonDay(clock.now) };
      const granted = await grantRole(tx, doer, grant);
      if (granted.kind !== 'granted') throw new Error(`No role for the test user: ${granted.kind}`);
    }
    return added.userId;
  });
  return { userId, name, email, password: password ?? '', authority };
}

type Answer = Awaited<ReturnType<App['inject']>>;

/** A file as a form sends it. */
export interface SentFile {
  name: string;
  bytes: Uint8Array;
}

/** A signed-in browser without a screen: it keeps its cookies and knows the token of its forms. */
export interface SignedIn {
  get(url: string): Promise<Answer>;
  /** Posts a form with the session's token. */
  post(url: string, fields?: Record<string, string | readonly string[]>): Promise<Answer>;
  /** Posts a form that has a file's box, with the session's token; no file is a box left empty. */
  postFile(url: string, fields: Record<string, string>, file?: SentFile): Promise<Answer>;
  cookies: Record<string, string>;
  csrf: string;
}

/** Signs the user in by the sign-in page, as a person would. */
export async function signIn(app: App, user: TestUser): Promise<SignedIn> {
  const { cookies, get, send } = browserOf(app);
  const path = `/${user.authority.slug}/sign-in`;
  const answer = await send(path, [
    ['_csrf', csrfOf(await get(path))],
    ['email', user.email],
    ['password', user.password],
  ]);
  if (answer.statusCode !== 303) throw new Error(`The sign-in answered ${answer.statusCode}`);
  return signedIn(app, cookies);
}

/**
 * A session put straight into the store, for tests of many people: no page is asked and no
 * password hashed. It proved who they are when it began, as a sign-in does.
 */
export async function openSession(
  { app, database, clock }: TestApp,
  user: { userId: UserId; authority: Pick<TestAuthority, 'id'> },
): Promise<SignedIn> {
  const token = randomBytes(32).toString('base64url');
  await database.keeper
    .insertInto('session')
    .values({
      authority_id: user.authority.id,
      id: newId<'session'>(),
      token_hash: createHash('sha256').update(token).digest('hex'),
      user_id: user.userId,
      csrf_secret: randomBytes(18).toString('base64url'),
      code_proved_at: null,
      proved_at: clock.now,
      browser: null,
      started_at: clock.now,
      seen_at: clock.now,
      ended_at: null,
    })
    .execute();
  return signedIn(app, { sightline: `${user.authority.id}.${token}` });
}

/** What a browser does with its cookies: it sends them, and keeps what it is given. */
function browserOf(app: App, cookies: Record<string, string> = {}) {
  const keep = (answer: Answer): Answer => {
    for (const { name, value } of answer.cookies) cookies[name] = value;
    return answer;
  };
  const get = async (url: string) => keep(await app.inject({ url, cookies }));
  const post = async (url: string, type: string, payload: string | Buffer) =>
    keep(
      await app.inject({
        method: 'POST',
        url,
        cookies,
        headers: { 'content-type': type },
        payload,
      }),
    );
  const send = (url: string, fields: [string, string][]) =>
    post(url, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString());
  return { cookies, get, post, send };
}

async function signedIn(app: App, brought: Record<string, string>): Promise<SignedIn> {
  const { cookies, get, post, send } = browserOf(app, brought);
  const csrf = csrfOf(await get('/accessibility'));
  return {
    get,
    post: (url, fields = {}) =>
      send(url, [
        ['_csrf', csrf],
        ...Object.entries(fields).flatMap(([name, values]) =>
          [values].flat().map((value): [string, string] => [name, value]),
        ),
      ]),
    postFile: async (url, fields, file = { name: '', bytes: new Uint8Array() }) => {
      const form = new FormData();
      form.append('_csrf', csrf);
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      // A file's type is the sender's word; nothing may depend on it.
      form.append('file', new Blob([Buffer.from(file.bytes)]), file.name);
      const sent = new Response(form);
      const type = sent.headers.get('content-type') ?? '';
      return post(url, type, Buffer.from(await sent.arrayBuffer()));
    },
    cookies,
    csrf,
  };
}

function csrfOf(page: Answer): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1];
  if (token === undefined) throw new Error(`No form on the page that answered ${page.statusCode}`);
  return token;
}
