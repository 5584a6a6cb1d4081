import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { arrive, percentile, type Answers, type Ask } from './arrivals.ts';
import { password, type Account } from './many-councils.ts';

/** The load that the figures are promised at (V-02), or so many times of it. */
export interface CrowdSize {
  /** Signed-in people, each with a request every three seconds. */
  people: number;
  /** Requests a second from nobody in particular. */
  strangersPerSecond: number;
}

export const promisedCrowd: CrowdSize = { people: 50, strangersPerSecond: 100 };

export interface CrowdAnswers {
  people: Answers;
  strangers: Answers;
}

/** A person who has signed in over the network, as a browser would. */
export interface Somebody {
  account: Account;
  cookie: string;
}

/** Signs people in one after the other; with more people than accounts, some have two windows. */
export async function signInAll(
  port: number,
  accounts: readonly Account[],
  people: number,
): Promise<Somebody[]> {
  const there: Somebody[] = [];
  for (let number = 0; number < people; number += 1) {
    const account = accounts[number % accounts.length];
    if (account === undefined) throw new Error('No accounts to sign in');
    there.push({ account, cookie: await signIn(port, account, number) });
  }
  return there;
}

/** Both kinds of request side by side for so long. */
export async function comeAll(
  port: number,
  there: readonly Somebody[],
  strangersPerSecond: number,
  seconds: number,
): Promise<CrowdAnswers> {
  const [people, strangers] = await Promise.all([
    arrive(port, there.length / 3, seconds, (number) => {
      const somebody = there[number % there.length];
      if (somebody === undefined) throw new Error('Nobody is signed in');
      return whatTheyRead(somebody, number, there.length);
    }),
    arrive(port, strangersPerSecond, seconds, whatStrangersRead),
  ]);
  return { people, strangers };
}

export function percentiles(answers: Answers): { p50: number; p95: number; p99: number } {
  const of = (share: number) => percentile(answers.waitedMs, share);
  return { p50: of(0.5), p95: of(0.95), p99: of(0.99) };
}

/** The share of answers, in per cent, that asked to come back later. */
export function turnedAwayPercent({ byStatus, waitedMs }: Answers): number {
  const away = (byStatus['503'] ?? 0) + (byStatus['429'] ?? 0);
  return (100 * away) / Math.max(1, waitedMs.length);
}

/** The share of answers, in per cent, that were neither given nor turned away in good order. */
export function failedPercent({ byStatus, waitedMs }: Answers): number {
  const good = Object.entries(byStatus)
    .filter(([status]) => /^(?:[23]\d\d|404|429|503)$/.test(status))
    .reduce((sum, [, count]) => sum + count, 0);
  return (100 * (waitedMs.length - good)) / Math.max(1, waitedMs.length);
}

/** A morning's pages: one's own work, the list of plans, a plan, its list, what changed, an earlier day. */
function whatTheyRead(somebody: Somebody, number: number, people: number): Ask {
  const round = Math.floor(number / people);
  const plan = `/plans/plan-${1 + ((number * 7) % 150)}`;
  const large = '/plans/plan-1';
  const pages =
    somebody.account.role === 'action-lead'
      ? ['/my-work', '/plans', '/my-work', '/account']
      : [
          '/plans',
          plan,
          `${plan}/actions`,
          `${large}/actions?overdue=yes`,
          `${plan}/changes`,
          large,
          `${plan}?as-at=2025-01-15`,
        ];
  const path = pages[(round + number) % pages.length] ?? '/plans';
  return {
    path,
    headers: { cookie: somebody.cookie, 'x-forwarded-for': addressOf(number % people) },
  };
}

function whatStrangersRead(number: number): Ask {
  const pages = [
    '/',
    '/council-1/sign-in',
    '/accessibility',
    '/cookies',
    '/plans/plan-1',
    '/no-such-page',
  ];
  const path = pages[number % pages.length] ?? '/';
  return { path, headers: { 'x-forwarded-for': addressOf(10_000 + (number % 2_000)) } };
}

/** Each comes from an address of their own, as behind a proxy that says so. */
function addressOf(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

async function signIn(port: number, account: Account, number: number): Promise<string> {
  const path = `/${account.slug}/sign-in`;
  const from = { 'x-forwarded-for': addressOf(number) };
  const page = await ask(port, { path, headers: from });
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const answer = await ask(port, {
    method: 'POST',
    path,
    headers: {
      ...from,
      cookie: page.cookie,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ _csrf: csrf, email: account.email, password }).toString(),
  });
  if (answer.status !== 303) throw new Error(`The sign-in answered ${answer.status}`);
  return answer.cookie;
}

const agent = new Agent({ keepAlive: false });

function ask(
  port: number,
  { method = 'GET', path, headers, body }: Ask,
): Promise<{ status: number; cookie: string; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
      const cookie = (answer.headers['set-cookie'] ?? [])
        .map((line) => line.split(';')[0])
        .join('; ');
      text(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, cookie, body }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
