import { describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { demoAuthority, signIn, testApp, userWith, type TestUser } from '#test/app.ts';
import { freshAuthority } from '#test/database.ts';
import { isFreeSlug } from '../rules/authority-slug.ts';
import { addAuthority } from '../actions/add-authority.ts';
import { addUser } from '../actions/add-user.ts';
import { addParty, holdPost } from '../actions/hold-post.ts';
import { readCensus } from '../store/census.ts';
import { partiesOf } from '../store/parties.ts';

/** What becomes of people: joiners, movers, leavers, deputies, and what of it is looked up. */
const test = await testApp();
const { app, database, clock } = test;
const { db } = database;
const authority = await demoAuthority(test);
const adaUser = await userWith(test, authority, ['administrator'], 'Ada Marsh');
const cleoUser = await userWith(test, authority, ['qa-manager'], 'Cleo Fenn');
const leadUser = await userWith(test, authority, ['action-lead'], 'Kim Reed');
const ada = await signIn(app, adaUser);
const lead = await signIn(app, leadUser);
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const stranger = await signIn(app, await userWith(test, elsewhere, ['administrator']));

const census = () =>
  readInAuthority(db, authority.id, (tx) => readCensus(tx, authority.id, londonDay(clock.now)));
const at = (user: TestUser, page = '') => `/people/users/${user.userId}${page}`;

/** What a sign-in answers, with what differs in every page masked. */
async function attempt(user: TestUser, password = user.password) {
  const url = `/${user.authority.slug}/sign-in`;
  const page = await app.inject({ url });
  const cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const answer = await app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: token, email: user.email, password }).toString(),
  });
  const body = answer.body.replaceAll(/ (nonce|name="_csrf" value)="[^"]+"/g, '');
  return { status: answer.statusCode, body };
}

describe('the details of a person', () => {
  it('are changed on their page; they sign in by the new address, and the log says so', async () => {
    const sam = await userWith(test, authority, [], 'Sam Shaw');
    const changed = { name: 'Sam Wharf', email: `wharf-${sam.email}` };
    expect((await ada.post(at(sam, '/details'), { ...changed, email: 'sam@' })).body).toContain(
      'Enter an email address',
    );
    const taken = await ada.post(at(sam, '/details'), { ...changed, email: adaUser.email });
    expect(taken.statusCode).toBe(422);
    expect(taken.body).toContain('has this email address already');
    expect((await ada.post(at(sam, '/details'), changed)).statusCode).toBe(303);
    expect((await attempt(sam)).status).toBe(422);
    expect((await attempt({ ...sam, email: changed.email })).status).toBe(303);
    const log = await ada.get('/log?act=details+changed');
    expect(log.body).toContain('1 entry');
    expect(log.body).not.toContain('Wharf');
  });
});

describe('an account that is closed', () => {
  it('is out at the next request, and signs in as a wrong password does (C-06, A-10)', async () => {
    const jo = await userWith(test, authority, ['qa-manager'], 'Jo Quay');
    const hers = await signIn(app, jo);
    expect((await hers.get('/plans')).statusCode).toBe(200);
    expect((await ada.post(at(jo, '/close'), { reason: ' ' })).statusCode).toBe(422);
    expect((await ada.post(at(jo, '/close'), { reason: 'Left in March' })).statusCode).toBe(303);
    expect((await hers.get('/plans')).statusCode).toBe(303);
    const closed = await attempt(jo);
    expect(closed.status).toBe(422);
    expect(closed).toEqual(await attempt(jo, 'not the password at all'));
    const page = (await ada.get(at(jo))).body;
    expect(page).toContain('The account is closed');
    expect(page).toContain('Left in March');
    expect(page).not.toContain('Give a role');
    expect((await ada.post(at(jo, '/roles'), { role: 'iro' })).body).toContain('account is closed');

    expect((await ada.post(at(jo, '/open'), { reason: 'Came back' })).statusCode).toBe(303);
    expect((await attempt(jo)).status).toBe(303);
    const { grants } = await census();
    expect(grants.filter((one) => one.userId === jo.userId && one.endsOn === null)).toEqual([]);
  });

  it('is not one’s own, and not the last administrator’s', async () => {
    const own = await ada.post(at(adaUser, '/close'), { reason: 'Leaving' });
    expect(own.statusCode).toBe(409);
    expect((await ada.get('/people')).statusCode).toBe(200);
  });
});

describe('an account that nobody used for 45 days (A-09)', () => {
  it('signs in as a wrong password does until an administrator opens it', async () => {
    const real = await freshAuthority(database);
    const admin = await userWith(test, real, ['administrator'], 'Ada Marsh');
    const user = await userWith(test, real, ['qa-manager']);
    const before = clock.now;
    const day = 86_400_000;
    clock.now = new Date(Date.now() + 44 * day);
    expect((await attempt(admin)).status).toBe(303);
    clock.now = new Date(Date.now() + 46 * day);
    const asleep = await attempt(user);
    expect(asleep.status).toBe(422);
    expect(asleep).toEqual(await attempt(user, 'not the password at all'));
    // The sign-in two days before keeps this one awake.
    expect((await attempt(admin)).status).toBe(303);
    clock.now = before;
  });
});

describe('acting in a post', () => {
  it('is given by its holder for some days, seen on three pages, and ended', async () => {
    const partyId = await inAuthority(db, authority.id, async (tx) => {
      const doer = { authorityId: authority.id, userId: null };
      const added = await addParty(tx, doer, { kind: 'post', name: 'Virtual School Head' });
      if (added.kind === 'refused') throw new Error(added.kind);
      const startsOn = londonDay(clock.now);
      await holdPost(tx, doer, { partyId: added.partyId, userId: leadUser.userId, startsOn });
      return added.partyId;
    });
    const acts = () =>
      readInAuthority(db, authority.id, (tx) =>
        partiesOf(tx, authority.id, cleoUser.userId, londonDay(clock.now)),
      );
    const asked = {
      post: partyId,
      email: cleoUser.email,
      'until-day': '10',
      'until-month': '3',
      'until-year': '2026',
    };
    const refused = async (fields: Record<string, string>, words: string) => {
      const answer = await lead.post('/account/deputies', { ...asked, ...fields });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(words);
    };
    await refused({ email: 'nobody@saltmarsh.example' }, 'Nobody signs in here');
    await refused({ 'until-day': '', 'until-month': '', 'until-year': '' }, 'Enter the last day');
    await refused({ 'until-day': '3' }, 'must be today or later');
    expect((await stranger.post('/account/deputies', asked)).statusCode).toBe(422);
    expect(await acts()).toEqual([]);

    expect((await lead.post('/account/deputies', asked)).statusCode).toBe(303);
    expect(await acts()).toEqual([partyId]);
    const period = '4 March 2026 to 10 March 2026';
    const own = (await lead.get('/account/deputies')).body;
    expect(own).toContain(`Cleo Fenn acts as Virtual School Head, ${period}`);
    expect((await ada.get(at(cleoUser))).body).toContain(`Acts as Virtual School Head, ${period}`);
    expect((await ada.get(`/people/posts/${partyId}`)).body).toContain(`acts in it, ${period}`);

    const id = (await census()).delegations[0]?.id ?? '';
    expect((await stranger.post('/account/deputies/end', { id })).statusCode).toBe(404);
    expect((await lead.post('/account/deputies/end', { id })).statusCode).toBe(303);
    expect(await acts()).toEqual([]);
  });

  it('is over once whoever gave it has left the post', async () => {
    const deputy = await userWith(test, authority, [], 'Lee Sallow', null);
    const partyId = await inAuthority(db, authority.id, async (tx) => {
      const doer = { authorityId: authority.id, userId: null };
      const added = await addParty(tx, doer, { kind: 'post', name: 'Head of Fostering' });
      if (added.kind === 'refused') throw new Error(added.kind);
      const startsOn = londonDay(clock.now);
      await holdPost(tx, doer, { partyId: added.partyId, userId: leadUser.userId, startsOn });
      return added.partyId;
    });
    const until = { 'until-day': '10', 'until-month': '3', 'until-year': '2099' };
    const asked = { post: partyId, email: deputy.email, ...until };
    expect((await lead.post('/account/deputies', asked)).statusCode).toBe(303);
    const id = (await census()).holdings.find((held) => held.partyId === partyId)?.id ?? '';
    expect((await ada.post(at(leadUser, '/posts/end'), { id })).statusCode).toBe(303);
    const parties = await readInAuthority(db, authority.id, (tx) =>
      partiesOf(tx, authority.id, deputy.userId, londonDay(clock.now)),
    );
    expect(parties).toEqual([]);
  });
});

describe('the kind of a post', () => {
  it('is corrected on its page', async () => {
    const added = await ada.post('/people/posts', { kind: 'board', name: 'Head of Panels' });
    const url = String(added.headers.location);
    expect((await ada.post(`${url}/kind`, { kind: 'parrot' })).statusCode).toBe(422);
    expect((await stranger.post(`${url}/kind`, { kind: 'post' })).statusCode).toBe(404);
    expect((await ada.post(`${url}/kind`, { kind: 'post' })).statusCode).toBe(303);
    const party = (await census()).parties.find(({ name }) => name === 'Head of Panels');
    expect(party?.kind).toBe('post');
  });
});

describe('the word in an authority’s address', () => {
  it('is none that a room of the program answers to', async () => {
    const first = app.routesWithRules.map(({ url }) => url.split('/')[1] ?? '');
    const words = [...new Set(first)].filter((word) => /^[a-z0-9][a-z0-9-]{1,39}$/.test(word));
    expect(words).toContain('plans');
    expect(words.filter((word) => isFreeSlug(word))).toEqual([]);
    expect(isFreeSlug('saltmarsh')).toBe(true);
    const taken = { slug: 'plans', name: 'Plans Council', isDemo: false };
    const outcome = await database.keeper.transaction().execute((tx) => addAuthority(tx, taken));
    expect(outcome).toEqual({ kind: 'slug-reserved' });
  });
});

describe('looking people up', () => {
  it('narrows the list by name, role and account', async () => {
    const listed = async (query: string) => {
      const { body } = await ada.get(`/people?${query}`);
      const rows = [...body.matchAll(/href="\/people\/users\/[^"]+">([^<]+)</g)];
      return rows.map(([, name]) => name);
    };
    expect(await listed('q=ADA')).toEqual(['Ada Marsh']);
    expect(await listed(`q=${leadUser.email}`)).toEqual(['Kim Reed']);
    expect(await listed('role=action-lead')).toEqual(['Kim Reed']);
    expect(await listed('role=iro')).toEqual([]);
    expect(await listed('state=closed')).toEqual([]);
    expect(await listed('state=open&role=administrator')).toEqual(['Ada Marsh']);
  });

  it('shows fifty a page, and keeps what it is narrowed to from page to page', async () => {
    const away = await demoAuthority(test, 'Saltholm Council');
    const admin = await signIn(app, await userWith(test, away, ['administrator'], 'Zoe Admin'));
    await inAuthority(db, away.id, async (tx) => {
      for (let number = 1; number <= 51; number += 1) {
        const two = String(number).padStart(2, '0');
        const user = { name: `Person ${two}`, email: `person-${two}@saltholm.example` };
        const doer = { authorityId: away.id, userId: null };
        await addUser(tx, doer, { ...user, password: null, mustChange: false }, clock.now);
      }
    });
    const first = (await admin.get('/people?q=person')).body;
    expect(first).toContain('51 of them are shown');
    expect(first).toContain('Person 50');
    expect(first).not.toContain('Person 51');
    expect(first).toContain('href="/people?q=person&amp;page=2"');
    const second = (await admin.get('/people?q=person&page=2')).body;
    expect(second).toContain('Person 51');
    expect(second).not.toContain('Person 50');
    expect((await admin.get('/people?q=person&page=9')).body).toContain('Person 51');
  });

  it('says who holds which role', async () => {
    const page = (await ada.get('/people/roles')).body;
    expect(page).toContain('Independent reviewing officer');
    expect(page).toContain('Kim Reed');
    expect(page).not.toContain('Public (not signed in)');
  });

  it('is for administrators alone', async () => {
    const urls = [
      '/people/roles',
      '/people/guests',
      at(cleoUser, '/details'),
      at(cleoUser, '/close'),
    ];
    for (const url of urls) expect((await lead.get(url)).statusCode).toBe(404);
    for (const page of ['/details', '/close', '/open']) {
      expect((await stranger.get(at(cleoUser, page))).statusCode).toBe(404);
      const posted = { name: 'X', email: 'x@x.example', reason: 'X' };
      const fields: Record<string, string> =
        page === '/details' ? { name: posted.name, email: posted.email } : { reason: 'X' };
      expect((await stranger.post(at(cleoUser, page), fields)).statusCode).toBe(404);
    }
  });
});

describe('the audit log, narrowed (P-07)', () => {
  const entries = (body: string) => /([\d,]+) entr(?:y|ies)/.exec(body)?.[1];

  it('says who saw it, by act, by person and by day', async () => {
    const qa = await signIn(app, cleoUser);
    await qa.get('/log');
    const seen = await ada.get(`/log?act=readings&person=${cleoUser.userId}`);
    expect(seen.body).toContain('by Cleo Fenn');
    expect(seen.body).toContain('read the audit log');
    expect(entries(seen.body)).toBe('1');
    const none = await ada.get(`/log?act=readings&person=${leadUser.userId}`);
    expect(entries(none.body)).toBe('0');
    const today = londonDay(new Date());
    const [year, month, day] = today.split('-');
    const on = (part: string) => `${part}-day=${day}&${part}-month=${month}&${part}-year=${year}`;
    const person = `person=${cleoUser.userId}`;
    const all = entries((await ada.get(`/log?${person}`)).body);
    expect(entries((await ada.get(`/log?${person}&${on('from')}&${on('to')}`)).body)).toBe(all);
    const later = 'from-day=1&from-month=1&from-year=2100';
    expect(entries((await ada.get(`/log?${person}&${later}`)).body)).toBe('0');
    const earlier = 'to-day=1&to-month=1&to-year=2020';
    expect(entries((await ada.get(`/log?${person}&${earlier}`)).body)).toBe('0');
    const byAddress = await ada.get(`/log?person=${encodeURIComponent(cleoUser.email)}`);
    expect(entries(byAddress.body)).toBe(all);
    expect(byAddress.body).toContain('by Cleo Fenn');
    const nobody = await stranger.get(`/log?person=${encodeURIComponent(cleoUser.email)}`);
    expect(nobody.statusCode).toBe(422);
    expect(nobody.body).toContain('Nobody here has this address');
    expect(nobody.body).not.toContain('Cleo Fenn');
    expect((await ada.get('/log?person=Cleo')).statusCode).toBe(422);
    expect((await ada.get('/log?from-day=31&from-month=2&from-year=2026')).statusCode).toBe(422);
    expect(entries((await stranger.get(`/log?${person}`)).body)).toBe('0');
  });

  it('offers every act that it holds, each once', async () => {
    const { body } = await ada.get('/log');
    const offered = [...body.matchAll(/<option value="([^"]*)"/g)].map(([, act]) => act);
    expect(offered).toContain('read the audit log');
    expect(offered).toContain('user added');
    expect(new Set(offered).size).toBe(offered.length);
  });
});
