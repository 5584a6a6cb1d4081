import type { Db } from '#platform/db/tables.ts';
import type { App } from '#platform/web/server.ts';
import { buildApp } from '../src/app.ts';

/** The whole program inside this process, for as long as the work takes. */
export async function withApp<T>(db: Db, work: (app: App) => Promise<T>): Promise<T> {
  const app = await buildApp({
    db,
    clock: () => new Date(),
    publicUrl: new URL('http://localhost'),
    logger: false,
    secret: 'only for the time of a measurement',
  });
  await app.ready();
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** Signs in by the page, and gives the cookies of the session. */
export async function signIn(
  app: App,
  account: { slug: string; email: string; password: string },
): Promise<Record<string, string>> {
  const cookies: Record<string, string> = {};
  const url = `/${account.slug}/sign-in`;
  const page = await app.inject({ url });
  for (const { name, value } of page.cookies) cookies[name] = value;
  const answer = await app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
      email: account.email,
      password: account.password,
    }).toString(),
  });
  if (answer.statusCode !== 303) throw new Error(`The sign-in answered ${answer.statusCode}`);
  for (const { name, value } of answer.cookies) cookies[name] = value;
  return cookies;
}
