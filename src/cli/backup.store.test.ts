import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { newId, type AuthorityId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { clientConfig, type DatabaseAddress } from '#platform/db/connect.ts';
import { readKey, type BackupKey } from '#platform/db/backup/key.ts';
import { writeBackup } from '#platform/db/backup/write-backup.ts';
import { openSealed, seal } from '#platform/db/backup/sealed-file.ts';
import { knownMigrations, migrate } from '#platform/db/migrate.ts';
import type { Db } from '#platform/db/tables.ts';
import { findOrAddParty, recordFacts, type FactRef } from '#people';
import { readFile as readKept } from '#findings';
import { giveUpdate } from '#plans';
import { emptyDatabase, freshAuthority, testDatabase, type TestDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { makePlan } from '#test/plans.ts';
import { addAnchorLine } from './anchor.ts';
import { backUp, describeMoment } from './backup.ts';
import { restore, restoreLines, type EmptyPlace } from './restore.ts';
import { verify, verifyAnchored } from './verify.ts';

const database = await testDatabase();
const folder = await mkdtemp(path.join(tmpdir(), 'back-up-'));
afterAll(() => rm(folder, { recursive: true }));
const fileOf = (name: string) => path.join(folder, name);

const identity = await generateX25519Identity();
const key = await keyFrom(identity);
const publicKey = await keyFrom(await identityToRecipient(identity));
const now = new Date();

async function keyFrom(text: string): Promise<BackupKey> {
  const reading = await readKey(text);
  if (reading.kind === 'refused') throw new Error(reading.reason);
  return reading.key;
}

/** Texts that COPY, SQL or a careless reader could stumble over. */
const nasty = 'One\n\\.\nline\ttab \\N \\\\ "quoted" — ż 😀\r\n-- {"tables":[]}';
const evidence = Buffer.concat([
  randomBytes(300_000),
  Buffer.from('\n\\.\n'),
  randomBytes(300_000),
]);

/** A council with a plan, an update with a file, and somebody signed in. */
async function makeCouncil(name: string): Promise<AuthorityId> {
  const { id } = await freshAuthority(database, name);
  const actor = await makePerson(database.db, id, {
    roles: ['qa-manager'],
    name: `Ada of ${name}`,
  });
  const plan = await makePlan(database.db, actor, londonDay(now), [{ text: nasty }]);
  const [actionId] = plan.actionIds;
  if (actionId === undefined) throw new Error('no action');
  const given = await giveUpdate(database.db, actor, londonDay(now), {
    actionId,
    choice: 'green',
    whatChanged: nasty,
    evidence: [
      {
        kind: 'file',
        title: 'A photograph',
        file: { name: 'a.png', mediaType: 'image/png', bytes: evidence },
      },
    ],
    submissionId: newId<'submission'>(),
    seenVersion: 0,
    corrects: null,
  });
  if (given.kind !== 'done') throw new Error(JSON.stringify(given));
  await sql`insert into session (authority_id, id, token_hash, user_id, csrf_secret, started_at, seen_at)
    values (${id}, ${newId()}, ${randomBytes(8).toString('hex')}, ${actor.userId}, 'x', now(), now())`.execute(
    database.keeper,
  );
  await sql`insert into password_link (authority_id, user_id, token_hash, expires_at)
    values (${id}, ${actor.userId}, ${randomBytes(8).toString('hex')}, now() + interval '1 day')`.execute(
    database.keeper,
  );
  return id;
}

let saltmarsh: AuthorityId;
let northmere: AuthorityId;
const whole = fileOf('whole.backup');

beforeAll(async () => {
  saltmarsh = await makeCouncil('Saltmarsh');
  northmere = await makeCouncil('Northmere');
  expect((await addAnchorLine(database.db, fileOf('anchors'), now)).kind).toBe('added');
  const outcome = await backUp(database.keeperAddress, whole, publicKey, null);
  expect(outcome.kind).toBe('written');
});

function place(empty: TestDatabase, name = 'place', secret?: string): EmptyPlace {
  return { keeper: empty.keeperAddress, folder: fileOf(name), config: { secret } };
}

async function tablesOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(db);
  return rows.map((row) => row.name);
}

/** Every row of every table as PostgreSQL writes it, whatever way it was kept. */
async function everything(db: Db): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of await tablesOf(db)) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t order by 1`.execute(db);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

async function query(address: DatabaseAddress, text: string): Promise<unknown[]> {
  const client = new pg.Client(clientConfig(address));
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a drill with two councils', () => {
  it('brings back every row of every table, instants and files to the last byte', async () => {
    const empty = await emptyDatabase();
    const before = await everything(database.keeper);
    expect(before.file_chunk).not.toEqual([]);
    const outcome = await restore(place(empty), whole, key, now);
    if (outcome.kind === 'refused') throw new Error(outcome.reasons.join());
    const after = await everything(empty.keeper);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const table of Object.keys(before)) {
      // What signed somebody in is the one thing that must not live again.
      if (!['session', 'password_link'].includes(table)) {
        expect([table, after[table]]).toEqual([table, before[table]]);
      }
    }
    expect(outcome.tables.map(({ name }) => name).sort()).toEqual(Object.keys(before));
    expect(restoreLines(outcome).join('\n')).toMatch(/app_user +2 +2 +the same/);

    expect(
      await sql`select 1 from session where ended_at is null`.execute(empty.keeper),
    ).toMatchObject({ rows: [] });
    expect(after.session).toHaveLength(2);
    expect(after.password_link).toEqual([]);

    const verified = await verifyAnchored(empty.db, fileOf('anchors'));
    if (verified.kind === 'refused') throw new Error(verified.reason);
    expect(verified.verified.map(({ anchors, problems }) => [anchors, problems])).toEqual([
      [1, []],
      [1, []],
    ]);
    for (const id of [saltmarsh, northmere]) {
      await inAuthority(empty.db, id, async (tx) => {
        const users = await tx.selectFrom('app_user').selectAll().execute();
        expect(users.map((user) => user.authority_id)).toEqual([id]);
        const file = await tx.selectFrom('stored_file').select('id').executeTakeFirstOrThrow();
        expect((await readKept(tx, id, file.id))?.bytes.equals(evidence)).toBe(true);
      });
    }
  });

  it('leaves the walls as they were: security forced on every table, nothing to migrate', async () => {
    const empty = await emptyDatabase();
    expect((await restore(place(empty), whole, key, now)).kind).toBe('restored');
    const walls = `select relname, relrowsecurity, relforcerowsecurity, relacl::text from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`;
    expect(await query(empty.keeperAddress, walls)).toEqual(
      await query(database.keeperAddress, walls),
    );
    expect(await migrate(empty.keeper)).toEqual({ kind: 'migrated', applied: [] });
    // And it goes on from there.
    await makePerson(empty.db, saltmarsh, { email: 'later@saltmarsh.example' });
    expect((await verify(empty.db)).flatMap((one) => one.problems)).toEqual([]);
  });

  it('fills a place that was migrated and holds nothing yet', async () => {
    const migrated = await testDatabase();
    expect((await restore(place(migrated), whole, key, now)).kind).toBe('restored');
    expect(await restore(place(migrated), whole, key, now)).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringContaining('The database is not empty')],
    });
  });

  it('keeps one moment: what is written meanwhile is not in it, nor half of it', async () => {
    const file = fileOf('moment.backup');
    const written = await writeBackup({
      keeper: database.keeperAddress,
      file,
      key,
      now,
      version: '0.1.0',
      secret: null,
      describe: async (tx) => {
        const moment = await describeMoment(tx);
        await inAuthority(database.db, saltmarsh, async (other) => {
          const facts: FactRef[] = [];
          await findOrAddParty(other, saltmarsh, { kind: 'team', name: 'Meanwhile' }, null, facts);
          await recordFacts(other, null, 'team added', facts);
        });
        return moment;
      },
    });
    expect(written.kind).toBe('written');
    const empty = await emptyDatabase();
    expect((await restore(place(empty), file, key, now)).kind).toBe('restored');
    const { rows } = await sql`select 1 from party where name = 'Meanwhile'`.execute(empty.keeper);
    expect(rows).toEqual([]);
  });

  it('is a file for its owner alone, and replaces nothing', async () => {
    expect((await stat(whole)).mode & 0o077).toBe(0);
    const before = await readFile(whole);
    expect(await backUp(database.keeperAddress, whole, key, null)).toMatchObject({
      kind: 'refused',
    });
    expect((await readFile(whole)).equals(before)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    // Nothing can be read in it, not even its size of rows.
    expect(before.includes('Saltmarsh')).toBe(false);
    expect(before.includes('app_user')).toBe(false);
  });

  it('brings the secret of one-time codes where it was put in, and not over another', async () => {
    const [file, secret] = [fileOf('secret.backup'), 'a'.repeat(64)];
    await backUp(database.keeperAddress, file, key, secret);
    const taken = await emptyDatabase();
    expect((await restore(place(taken, 'fresh'), file, key, now)).kind).toBe('restored');
    expect(await readFile(fileOf('fresh/secrets/program'), 'utf8')).toBe(secret);
    const other = await emptyDatabase();
    expect(await restore(place(other, 'other', 'b'.repeat(64)), file, key, now)).toMatchObject({
      reasons: [expect.stringContaining('this place has another')],
    });
    expect(await tablesOf(other.keeper)).toEqual([]);
  });
});

describe('a back-up that would not be whole', () => {
  it.each([
    [
      'a table in another schema',
      'create schema more; create table more.kept (id int primary key)',
      'table more.kept',
    ],
    ['a table without a key', 'create table keyless (n int)', 'table public.keyless'],
    ['a sequence', 'create sequence counter', 'sequence public.counter'],
    [
      'a materialised view',
      'create materialized view seen as select 1 as one',
      'materialised view public.seen',
    ],
    [
      'tables that point at each other',
      `create table a (id int primary key, b int); create table b (id int primary key, a int references a);
       alter table a add foreign key (b) references b`,
      'tables that point at each other: a, b',
    ],
  ])('is not made: %s', async (_what, statement, named) => {
    const { keeperAddress } = await testDatabase();
    await query(keeperAddress, statement);
    const file = fileOf('less-than-whole.backup');
    const outcome = await backUp(keeperAddress, file, key, null);
    expect(outcome.kind === 'refused' && outcome.reason).toContain(named);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('is not restored where it lacks a table that stands here', async () => {
    const later = await testDatabase();
    await query(later.keeperAddress, 'create table of_tomorrow (id int primary key)');
    expect(await restore(place(later), whole, key, now)).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringContaining('damaged')],
    });
  });

  it('leaves out the jobs, which the migrations make anew', async () => {
    const jobs = await testDatabase();
    await query(
      jobs.superuserAddress,
      'create schema if not exists pgboss; create table pgboss.of_test (n int)',
    );
    const outcome = await backUp(jobs.keeperAddress, fileOf('jobs.backup'), key, null);
    expect(outcome.kind === 'written' && outcome.tables.map(({ name }) => name)).not.toContain(
      'of_test',
    );
  });
});

describe('a file that must not be restored', () => {
  let empty: TestDatabase;
  beforeAll(async () => {
    empty = await emptyDatabase();
  });

  async function reasons(file: string, by: BackupKey = key): Promise<string> {
    const outcome = await restore(place(empty), file, by, now);
    if (outcome.kind === 'restored') throw new Error('It was restored.');
    expect(await tablesOf(empty.keeper)).toEqual([]);
    return outcome.reasons.join(' ');
  }

  /** What reading the file to its end says; null where it reads whole. */
  async function faultOf(file: string): Promise<string | null> {
    const opening = await openSealed(file, key);
    if (opening.kind === 'refused') return opening.reason;
    try {
      for await (const bytes of opening.plain) expect(bytes).not.toBeNull();
      return null;
    } catch (error) {
      return String(error);
    }
  }

  async function changed(change: (bytes: Buffer) => Buffer): Promise<string> {
    const file = fileOf('changed.backup');
    await writeFile(file, change(Buffer.from(await readFile(whole))));
    return file;
  }

  const flipped = (at: number) =>
    changed((bytes) => {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    });

  it('is refused with one byte changed, at any of fifty places', async () => {
    const { length } = await readFile(whole);
    expect(await faultOf(whole)).toBeNull();
    const places = Array.from({ length: 48 }, (_, index) => Math.floor((index * length) / 48));
    for (const at of [...places, 10, length - 1]) {
      expect([at, await faultOf(await flipped(at))]).toEqual([at, expect.any(String)]);
    }
  });

  it('leaves the place empty when it proves damaged half way, or cut off', async () => {
    const { length } = await readFile(whole);
    for (const at of [Math.floor(length / 2), length - 1]) {
      expect(await reasons(await flipped(at))).toContain('damaged or was cut off');
    }
    const chunk = 64 * 1024 + 16;
    const header = length % chunk;
    for (const end of [length - 1, length - 40, header + chunk * 3]) {
      expect(await reasons(await changed((bytes) => bytes.subarray(0, end)))).toContain('cut off');
    }
    expect(await reasons(await changed((bytes) => Buffer.concat([bytes, bytes])))).toContain(
      'damaged',
    );
  });

  it('is refused by another key, by the public one and by a passphrase', async () => {
    expect(await reasons(whole, await keyFrom(await generateX25519Identity()))).toContain(
      'does not open with this key',
    );
    expect(await reasons(whole, publicKey)).toContain('opens none');
    expect(await reasons(whole, await keyFrom('seven grey herons standing'))).toContain(
      'does not open',
    );
  });

  it('is refused when it is not ours', async () => {
    const file = fileOf('foreign');
    await writeFile(file, 'PGDMP something else');
    expect(await reasons(file)).toContain('is not a back-up of Sightline');
    await writeFile(file, '');
    expect(await reasons(file)).toContain('is not a back-up of Sightline');
    expect(await reasons(fileOf('nowhere'))).toContain('cannot be read (ENOENT)');
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(identity));
    await writeFile(file, await encrypter.encrypt('a letter to my aunt'));
    expect(await reasons(file)).toMatch(/is not a back-up|is damaged/);
    await writeFile(file, await seal(lines('-- somebody else’s script\n'), key));
    expect(await reasons(file)).toContain('opens with this key, but is not a back-up');
  });

  it('is refused when a newer Sightline made it', async () => {
    const newer = await testDatabase();
    await query(
      newer.keeperAddress,
      `insert into kysely_migration values ('9999_tomorrow', now()::text)`,
    );
    const file = fileOf('newer.backup');
    expect((await backUp(newer.keeperAddress, file, key, null)).kind).toBe('written');
    expect(await reasons(file)).toContain('made by a newer Sightline (0.1.0, 9999_tomorrow)');
  });

  it('is refused when its log was bent before it was made', async () => {
    const bent = await emptyDatabase();
    expect((await restore(place(bent), whole, key, now)).kind).toBe('restored');
    await sql`update audit_log set act = 'bent' where seq = 2`.execute(bent.keeper);
    const file = fileOf('bent.backup');
    expect((await backUp(bent.keeperAddress, file, key, null)).kind).toBe('written');
    expect(await reasons(file)).toContain('Entry 2 of the audit log is not as it was written.');
  });

  it('is refused when a table did not come back as it was kept', async () => {
    const spoilt = await emptyDatabase();
    // Something in the place bends a row while it is written, as no error of COPY's would say.
    await query(
      spoilt.superuserAddress,
      `create schema spoil;
       grant usage on schema spoil to public;
       create function spoil.row() returns trigger language plpgsql as
         $$ begin new.text := new.text || '.'; return new; end $$;
       create function spoil.table() returns event_trigger language plpgsql as
         $$ begin
           if exists (select from pg_event_trigger_ddl_commands()
                      where command_tag = 'CREATE TABLE' and object_identity = 'public.action_version') then
             create trigger bend before insert on public.action_version
               for each row execute function spoil.row();
           end if;
         end $$;
       create event trigger spoil on ddl_command_end execute function spoil.table();`,
    );
    const outcome = await restore(place(spoilt), whole, key, now);
    expect(outcome).toEqual({
      kind: 'refused',
      reasons: ['action_version did not come back as it was kept.'],
    });
    expect(await tablesOf(spoilt.keeper)).toEqual([]);
  });

  it('is refused when the logs do not end where it says', async () => {
    const { restoreBackup } = await import('#platform/db/backup/restore-backup.ts');
    const outcome = await restoreBackup({
      keeper: empty.keeperAddress,
      file: whole,
      key,
      whyNotSecret: () => Promise.resolve(null),
      describe: async (tx) => {
        const found = await describeMoment(tx);
        const authorities = found.authorities.map((one) => ({ ...one, seq: one.seq + 1 }));
        return { ...found, authorities };
      },
      settle: () => Promise.resolve([]),
    });
    expect(outcome).toEqual({
      kind: 'refused',
      reasons: ['The audit logs do not end where the back-up says.'],
    });
    expect(await tablesOf(empty.keeper)).toEqual([]);
  });

  function lines(text: string): AsyncIterable<Buffer> {
    return (async function* () {
      yield await Promise.resolve(Buffer.from(text));
    })();
  }
});

describe('an older back-up', () => {
  it('is brought up to date with this version’s migrations, after it was compared', async () => {
    const names = await knownMigrations();
    expect(names.length).toBeGreaterThan(2);
    const older = await emptyDatabase();
    const { migrateTo } = await import('#platform/db/migrate.ts');
    await older.keeper.transaction().execute((tx) => migrateTo(tx, names.slice(0, 2)));
    const file = fileOf('older.backup');
    const written = await writeBackup({
      keeper: older.keeperAddress,
      file,
      key,
      now,
      version: '0.0.9',
      secret: null,
      describe: () => Promise.resolve({ installation: 'older', authorities: [] }),
    });
    expect(written.kind).toBe('written');
    const { restoreBackup } = await import('#platform/db/backup/restore-backup.ts');
    const empty = await emptyDatabase();
    const outcome = await restoreBackup({
      keeper: empty.keeperAddress,
      file,
      key,
      whyNotSecret: () => Promise.resolve(null),
      describe: () => Promise.resolve({ installation: 'older', authorities: [] }),
      settle: () => Promise.resolve([]),
    });
    expect(outcome.kind === 'restored' && outcome.migrated).toEqual(names.slice(2));
  });
});

describe('a passphrase', () => {
  it('locks and opens as well', async () => {
    const phrase = await keyFrom('  seven grey herons standing \n');
    const small = await testDatabase();
    const file = fileOf('phrase.backup');
    expect((await backUp(small.keeperAddress, file, phrase, null)).kind).toBe('written');
    const empty = await emptyDatabase();
    expect((await restore(place(empty), file, phrase, now)).kind).toBe('restored');
    expect(
      await readInAuthority(empty.db, newId<'authority'>(), () => Promise.resolve('open')),
    ).toBe('open');
  });

  it.each(['short', `AGE-SECRET-KEY-1${'Q'.repeat(40)}`, 'age1qqqqqqqqqqqqqqqqqqqqqqqqqq'])(
    'is not made of a key with a mistake, nor of a short word: %s',
    async (text) => {
      const reading = await readKey(text);
      expect(reading.kind).toBe('refused');
      expect(JSON.stringify(reading)).not.toContain(text);
    },
  );
});
