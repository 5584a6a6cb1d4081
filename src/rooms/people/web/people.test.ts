import { describe, expect, it } from 'vitest';
import { readInAuthority } from '#platform/db/authority.ts';
import {
  demoAuthority,
  openSession,
  signIn,
  testApp,
  userWith,
  type SignedIn,
  type TestAuthority,
  type TestUser,
} from '#test/app.ts';
import { londonDay } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { readCensus, type Census } from '../store/census.ts';
import { verifyChain } from '../store/verify-chain.ts';

const test = await testApp();
const { app, database } = test;

interface Council {
  authority: TestAuthority;
  ada: SignedIn;
  ben: SignedIn;
  adaUser: TestUser;
  benUser: TestUser;
}

/** A council with two administrators, both signed in. */
async function council(): Promise<Council> {
  const authority = await demoAuthority(test);
  const adaUser = await userWith(test, authority, ['administrator'], 'Ada Marsh');
  const benUser = await userWith(test, authority, ['administrator'], 'Ben Reed');
  return {
    authority,
    adaUser,
    benUser,
    ada: await signIn(app, adaUser),
    ben: await signIn(app, benUser),
  };
}

const census = (authority: TestAuthority): Promise<Census> =>
  readInAuthority(database.db, authority.id, (tx) =>
    readCensus(tx, authority.id, londonDay(test.clock.now)),
  );
const newcomer = {
  name: 'Cleo Fenn',
  email: 'cleo.fenn@saltmarsh.example',
};
const addCleo = async ({ ada, authority }: Council) => {
  const added = await ada.post('/people/new', newcomer);
  expect(added.statusCode).toBe(200);
  expect(added.body).toContain('Cleo Fenn is added');
  const cleo = (await census(authority)).users.find(({ name }) => name === 'Cleo Fenn');
  if (cleo === undefined) throw new Error('Nobody was added');
  return cleo;
};

describe('adding a person', () => {
  it('adds them with a link to choose a password and no role, and lists them', async () => {
    const at = await council();
    await addCleo(at);
    const page = await at.ada.get('/people');
    expect(page.body).toContain('Cleo Fenn');
    expect(page.body).toContain('cleo.fenn@saltmarsh.example');
    expect(page.body).toContain('3 people have an account here');
  });

  it.each([
    ['an address without its end', { email: 'cleo@' }, 'Enter an email address'],
    ['no name', { name: ' ' }, 'Enter the person’s name'],
  ])('says what is wrong with %s, and keeps what was typed', async (_what, wrong, words) => {
    const { ada, authority } = await council();
    const answer = await ada.post('/people/new', { ...newcomer, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain({ ...newcomer, ...wrong }.email);
    expect(answer.body).not.toContain('given by somebody');
    expect((await census(authority)).users).toHaveLength(2);
  });

  it('refuses an address that is taken, in any capitals, and lets another council use it', async () => {
    const at = await council();
    await addCleo(at);
    const taken = { ...newcomer, email: 'CLEO.Fenn@saltmarsh.example' };
    expect((await at.ada.post('/people/new', taken)).body).toContain('has this email address');
    await addCleo(await council());
  });
});

describe('giving a role', () => {
  it('takes two administrators, and gives nothing until both agreed', async () => {
    const at = await council();
    const cleo = await userWith(test, at.authority, [], 'Cleo Fenn');
    const hers = await signIn(app, cleo);
    const grantOf = async () =>
      (await census(at.authority)).grants.find(({ userId }) => userId === cleo.userId);
    const put = await at.ada.post(`/people/users/${cleo.userId}/roles`, { role: 'qa-manager' });
    expect(put.statusCode).toBe(303);
    const grant = await grantOf();
    expect(grant).toMatchObject({ role: 'qa-manager', confirmed: false });
    expect((await hers.get('/log')).statusCode).toBe(404);

    const id = grant?.id ?? '';
    const alone = await at.ada.post('/people/roles/confirm', { id });
    expect(alone.statusCode).toBe(403);
    expect(alone.body).toContain('This needs two people');
    expect((await hers.get('/log')).statusCode).toBe(404);
    expect((await at.ben.get('/people')).body).toContain('put forward by Ada Marsh');
    expect((await at.ben.post('/people/roles/confirm', { id })).statusCode).toBe(303);
    expect(await grantOf()).toMatchObject({ confirmed: true });
    expect((await hers.get('/log')).statusCode).toBe(200);
    expect((await at.ben.post('/people/roles/confirm', { id })).statusCode).toBe(404);
  });

  it('cannot be agreed to from another council, nor once it was withdrawn', async () => {
    const at = await council();
    const cleo = await userWith(test, at.authority, [], 'Cleo Fenn');
    await at.ada.post(`/people/users/${cleo.userId}/roles`, { role: 'director' });
    const { grants } = await census(at.authority);
    const id = grants.find(({ userId }) => userId === cleo.userId)?.id ?? '';
    const { ada: stranger } = await council();
    expect((await stranger.post('/people/roles/confirm', { id })).statusCode).toBe(404);
    await at.ada.post(`/people/users/${cleo.userId}/roles/end`, { id });
    expect((await at.ben.post('/people/roles/confirm', { id })).statusCode).toBe(404);
  });

  it('is never to oneself', async () => {
    const at = await council();
    const toSelf = await at.ada.post(`/people/users/${at.adaUser.userId}/roles`, {
      role: 'director',
    });
    expect(toSelf.statusCode).toBe(422);
    expect(toSelf.body).toContain('Nobody gives a role to themself');
    const { grants } = await census(at.authority);
    expect(grants.map(({ role }) => role)).toEqual(['administrator', 'administrator']);
  });

  it('is taken back by one, at once', async () => {
    const at = await council();
    const grant = (await census(at.authority)).grants.find(
      ({ userId }) => userId === at.benUser.userId,
    );
    const ended = await at.ada.post(`/people/users/${at.benUser.userId}/roles/end`, {
      id: grant?.id ?? '',
    });
    expect(ended.statusCode).toBe(303);
    expect((await at.ben.get('/people')).statusCode).toBe(404);
  });

  it('leaves one administrator at least', async () => {
    const at = await council();
    const { grants } = await census(at.authority);
    const end = (browser: SignedIn, user: TestUser) =>
      browser.post(`/people/users/${user.userId}/roles/end`, {
        id: grants.find(({ userId }) => userId === user.userId)?.id ?? '',
      });
    expect((await end(at.ada, at.benUser)).statusCode).toBe(303);
    const last = await end(at.ada, at.adaUser);
    expect(last.statusCode).toBe(409);
    expect((await at.ada.get('/people')).statusCode).toBe(200);
  });

  it('leaves one even when two take each other’s role at the same moment', async () => {
    const at = await council();
    const { grants } = await census(at.authority);
    const end = (browser: SignedIn, user: TestUser) =>
      browser.post(`/people/users/${user.userId}/roles/end`, {
        id: grants.find(({ userId }) => userId === user.userId)?.id ?? '',
      });
    const answers = await Promise.all([end(at.ada, at.benUser), end(at.ben, at.adaUser)]);
    expect(answers.map(({ statusCode }) => statusCode).filter((code) => code === 303)).toHaveLength(
      1,
    );
  });
});

describe('posts', () => {
  it('are added once, held from a day, and given up', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    const post = { kind: 'post', name: 'Service Manager, Children’s Social Care' };
    expect((await at.ada.post('/people/posts', post)).statusCode).toBe(303);
    const again = { kind: 'post', name: ' service manager,  children’s social care ' };
    expect((await at.ada.post('/people/posts', again)).body).toContain('with this name already');

    const party = (await census(at.authority)).parties[0]?.id ?? '';
    const held = await at.ada.post(`/people/users/${cleo.id}/posts`, {
      party,
      'held-from-day': '1',
      'held-from-month': '9',
      'held-from-year': '2025',
    });
    expect(held.statusCode).toBe(303);
    expect((await at.ada.get('/people/posts')).body).toContain('Cleo Fenn since 1 September 2025');
    const holding = (await census(at.authority)).holdings[0]?.id ?? '';
    await at.ada.post(`/people/users/${cleo.id}/posts/end`, { id: holding });
    expect((await at.ada.get('/people/posts')).body).toContain('Nobody');
    expect((await at.ada.get(`/people/posts/${party}`)).body).toContain(
      'no longer from 4 March 2026',
    );
  });

  it('says to which post a post answers, from a day on, without a circle', async () => {
    const at = await council();
    const add = async (name: string) => {
      const added = await at.ada.post('/people/posts', { kind: 'post', name });
      return String(added.headers.location).split('/').at(-1) ?? '';
    };
    const [manager, director, chief] = [
      await add('Service Manager'),
      await add('Director'),
      await add('Chief Executive'),
    ];
    const set = (post: string, above: string, who = at.ada) =>
      who.post(`/people/posts/${post}/above`, { above });
    expect((await set(manager, director)).statusCode).toBe(303);
    expect((await set(director, chief)).statusCode).toBe(303);
    // Said twice, it is one fact.
    expect((await set(director, chief)).statusCode).toBe(303);
    const circle = await set(chief, manager);
    expect(circle.statusCode).toBe(422);
    expect(circle.body).toContain('That post answers to this one already');
    expect((await set(manager, '')).statusCode).toBe(422);
    expect((await at.ada.get(`/people/posts/${director}`)).body).toContain(
      'It answers to the Chief Executive.',
    );
    const { above } = await census(at.authority);
    expect([...above]).toEqual(
      [
        [director, chief],
        [manager, director],
      ].sort(([a = ''], [b = '']) => a.localeCompare(b)),
    );
    expect((await set(director, 'nobody')).statusCode).toBe(303);
    expect((await census(at.authority)).above.has(director as never)).toBe(false);
    const other = await council();
    expect((await set(manager, chief, other.ada)).statusCode).toBe(404);
    const manages = await userWith(test, at.authority, ['qa-manager'], 'Robin Fenwick', null);
    const robin = await openSession(test, manages);
    expect((await set(manager, chief, robin)).statusCode).toBe(404);
  });

  it('answer for teams, which are not held themselves', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    await at.ada.post('/people/posts', { kind: 'team', name: 'Early Help' });
    await at.ada.post('/people/posts', { kind: 'post', name: 'Head of Early Help' });
    const { parties } = await census(at.authority);
    const idOf = (name: string) => parties.find((party) => party.name === name)?.id ?? '';
    const team = idOf('Early Help');
    const refused = await at.ada.post(`/people/users/${cleo.id}/posts`, { party: team });
    expect(refused.body).toContain('A team is not held');
    const post = idOf('Head of Early Help');
    expect((await at.ada.post(`/people/posts/${team}/answer`, { post })).statusCode).toBe(303);
    expect((await at.ada.get(`/people/posts/${team}`)).body).toContain(
      'The Head of Early Help answers for this team',
    );
  });

  it('say that a day does not exist, beside its boxes', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    await at.ada.post('/people/posts', { kind: 'post', name: 'Head of Early Help' });
    const party = (await census(at.authority)).parties[0]?.id ?? '';
    const answer = await at.ada.post(`/people/users/${cleo.id}/posts`, {
      party,
      'held-from-day': '31',
      'held-from-month': '2',
      'held-from-year': '2025',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="31"');
    expect((await census(at.authority)).holdings).toEqual([]);
  });
});

describe('strangers', () => {
  const pages = (id: string) => [
    '/people',
    '/people/new',
    '/people/posts',
    `/people/users/${id}`,
    `/people/posts/${id}`,
  ];

  it('of a lower role find nothing, not even that it is there', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    for (const role of [
      'member',
      'director',
      'qa-manager',
      'service-manager',
      'action-lead',
    ] as const) {
      const browser = await signIn(app, await userWith(test, at.authority, [role]));
      for (const page of pages(cleo.id)) {
        expect((await browser.get(page)).statusCode, `${role} ${page}`).toBe(404);
      }
      const forms: [string, Record<string, string>][] = [
        ['/people/new', { ...newcomer, email: 'other@saltmarsh.example' }],
        [`/people/users/${cleo.id}/roles`, { role: 'director' }],
        [`/people/users/${cleo.id}/password-link`, {}],
        [`/people/users/${cleo.id}/sessions/end`, {}],
        ['/people/posts', { kind: 'post', name: 'A post' }],
      ];
      for (const [url, fields] of forms) {
        expect((await browser.post(url, fields)).statusCode, `${role} ${url}`).toBe(404);
      }
    }
    const { users, parties, grants } = await census(at.authority);
    expect(parties).toEqual([]);
    expect(users.filter(({ email }) => email === 'other@saltmarsh.example')).toEqual([]);
    expect(grants.filter(({ userId }) => userId === cleo.id)).toEqual([]);
  });

  it('of another council find the same as for what never was', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    const { ada: stranger } = await council();
    const absent = newId();
    const plain = (body: string) => body.replaceAll(/(nonce|value)="[^"]+"/g, '');
    for (const path of ['/people/users/', '/people/posts/']) {
      const hidden = await stranger.get(path + cleo.id);
      expect(hidden.statusCode).toBe(404);
      expect(plain(hidden.body)).toBe(plain((await stranger.get(path + absent)).body));
    }
    const forms: [string, Record<string, string>][] = [
      ['/roles', { role: 'director' }],
      ['/password-link', {}],
      ['/sessions/end', {}],
      ['/codes', {}],
    ];
    for (const [end, fields] of forms) {
      const hidden = await stranger.post(`/people/users/${cleo.id}${end}`, fields);
      const missing = await stranger.post(`/people/users/${absent}${end}`, fields);
      expect(hidden.statusCode, end).toBe(404);
      expect(plain(hidden.body), end).toBe(plain(missing.body));
    }
    expect((await stranger.get('/people')).body).not.toContain('Cleo');
  });
});

describe('the audit log', () => {
  it('says who did what to which item, without content, to an administrator and a QA manager', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    const page = await at.ada.get('/log');
    expect(page.body).toContain('user added');
    expect(page.body).toContain(cleo.id);
    expect(page.body).toContain('Ada Marsh');
    expect(page.body).not.toContain('Cleo');
    const qa = await signIn(app, await userWith(test, at.authority, ['qa-manager']));
    expect((await qa.get(`/log?item=${cleo.id}`)).body).toContain('2 entries about this item');
    const lead = await signIn(app, await userWith(test, at.authority, ['action-lead']));
    expect((await lead.get('/log')).statusCode).toBe(404);
    const { ada: stranger } = await council();
    expect((await stranger.get(`/log?item=${cleo.id}`)).body).toContain('0 entries');
  });

  it('is paged, and says when an item’s number is not one', async () => {
    const at = await council();
    for (let number = 0; number < 60; number += 1) {
      await at.ada.post('/people/posts', { kind: 'team', name: `Team ${number}` });
    }
    const first = await at.ada.get('/log');
    const older = /href="(\/log\?before=\d+)"/.exec(first.body)?.[1] ?? '';
    const second = await at.ada.get(older);
    expect(second.statusCode).toBe(200);
    expect(second.body).toContain('Newest entries');
    expect(second.body).not.toContain('Older entries');
    expect((await at.ada.get('/log?item=Cleo')).statusCode).toBe(422);
  });

  it('holds every change of these pages, and the chain is whole', async () => {
    const at = await council();
    const cleo = await addCleo(at);
    await at.ada.post(`/people/users/${cleo.id}/roles`, { role: 'director' });
    await at.ada.post(`/people/users/${cleo.id}/password-link`);
    await at.ada.post(`/people/users/${cleo.id}/sessions/end`);
    const report = await readInAuthority(database.db, at.authority.id, (tx) =>
      verifyChain(tx, at.authority.id),
    );
    expect(report.problems).toEqual([]);
  });
});
