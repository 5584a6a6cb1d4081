import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { clientConfig } from '#platform/db/connect.ts';
import { databaseTrouble } from '#platform/db/trouble.ts';
import { demoAuthority, signIn, testApp, userWith } from '#test/app.ts';
import { filledForm } from '#test/filled-form.ts';

const test = await testApp();
const { app, database, clock } = test;
const council = await demoAuthority(test);
const officer = await signIn(app, await userWith(test, council, ['qa-manager']));

if ('url' in database.superuserAddress) throw new Error('The test cluster has a socket.');
const name = database.superuserAddress.database;
const superuser = new pg.Client(
  clientConfig({ ...database.superuserAddress, database: 'postgres' }),
);
await superuser.connect();
afterAll(() => superuser.end());

/** What is set holds for new connections: so every one of the program's is ended. */
async function set(statement: string): Promise<void> {
  await superuser.query(statement);
  await superuser.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = $1 and usename = 'sightline_app'`,
    [name],
  );
}
afterEach(async () => {
  await superuser.query(`alter database ${name} reset default_transaction_read_only`);
  await set(`alter database ${name} allow_connections true`);
});

const words = ({ body }: { body: string }) => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** The first answers after connections were ended may tell of just that; a person presses again. */
async function again<T extends { body: string }>(ask: () => Promise<T>): Promise<T> {
  let answer = await ask();
  for (let tries = 0; tries < 5 && words(answer).includes('cannot reach its data'); tries += 1) {
    answer = await ask();
  }
  return answer;
}

async function newPlan() {
  const form = filledForm(await again(() => officer.get('/plans/new')));
  return () => officer.post('/plans/new', { ...form, title: 'A plan for the winter' });
}

// V-08.
describe('a database that takes no writes', () => {
  it('is read as ever, says so to whoever saves, and needs nobody when it takes them again', async () => {
    const save = await newPlan();
    await set(`alter database ${name} set default_transaction_read_only = on`);
    // So late that the session would be noted again.
    clock.now = new Date(clock.now.getTime() + 5 * 60_000);
    const page = await again(() => officer.get('/plans'));
    expect(page.statusCode).toBe(200);
    const refused = await again(save);
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('60');
    expect(words(refused)).toContain('Sightline can only be read at the moment Nothing was saved.');
    await set(`alter database ${name} reset default_transaction_read_only`);
    expect((await again(save)).statusCode).toBe(303);
  });
});

describe('a database that is away', () => {
  it('is said so on every page, and answers again without a restart', async () => {
    await set(`alter database ${name} allow_connections false`);
    const page = await again(() => officer.get('/plans'));
    expect(page.statusCode).toBe(503);
    expect(words(page)).toContain('Sightline cannot reach its data at the moment');
    expect((await app.inject({ url: '/ready' })).statusCode).toBe(503);
    expect((await app.inject({ url: '/health' })).statusCode).toBe(200);
    // Also to a browser, whose session nobody could look up now.
    expect((await officer.get('/health')).statusCode).toBe(200);
    await set(`alter database ${name} allow_connections true`);
    expect((await again(() => officer.get('/plans'))).statusCode).toBe(200);
    expect((await app.inject({ url: '/ready' })).statusCode).toBe(200);
  });
});

describe('an error of the database', () => {
  const coded = (code: string, more = {}) => Object.assign(new Error('x'), { code, ...more });

  it.each([
    ['53100', 'full'],
    ['25006', 'read-only'],
    ['57014', 'slow'],
    ['53200', 'away'],
    ['53300', 'away'],
    ['57P01', 'away'],
    ['57P03', 'away'],
    ['08006', 'away'],
    ['23505', null],
    ['42501', null],
    ['FST_ERR_VALIDATION', null],
  ])('%s tells of: %s', (code, trouble) => {
    expect(databaseTrouble(coded(code))).toBe(trouble);
  });

  it('is told from a file that is not there', () => {
    expect(databaseTrouble(coded('ENOENT', { syscall: 'connect' }))).toBe('away');
    expect(databaseTrouble(coded('ENOENT', { syscall: 'open' }))).toBeNull();
    expect(databaseTrouble(new Error('Connection terminated unexpectedly'))).toBe('away');
    expect(databaseTrouble(new Error('something else'))).toBeNull();
  });
});
