import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { clientConfig } from '#platform/db/connect.ts';
import { chainAt, findOrAddParty, recordFacts, type FactRef } from '#people';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { writeChainAnew } from '#test/write-chain-anew.ts';
import { addAnchorLine } from './anchor.ts';
import { verify, verifyAnchored, verifyLines } from './verify.ts';

const { db, keeper, superuserAddress } = await testDatabase();
const folder = await mkdtemp(path.join(tmpdir(), 'anchors-'));
const superuser = new pg.Client(clientConfig(superuserAddress));
await superuser.connect();
afterAll(async () => {
  await superuser.end();
  await rm(folder, { recursive: true });
});

let file: string;
let council: { id: AuthorityId; slug: string };
let neighbour: { id: AuthorityId; slug: string };
let made = 0;

/** Two councils at work over three days, each day closed by an anchor, and a morning after. */
beforeEach(async () => {
  // Each test begins with its own councils alone.
  await superuser.query(`do $$ declare t text; begin
    for t in select relname from pg_class where relnamespace = 'public'::regnamespace
      and relkind = 'r' and relname !~ '^(kysely|installation)' loop
      execute format('truncate %I cascade', t); end loop; end $$`);
  made += 1;
  file = path.join(folder, `anchors-${made}`);
  council = await freshAuthority({ keeper });
  neighbour = await freshAuthority({ keeper }, 'Northmere Council');
  for (const day of ['01', '02', '03']) {
    await addTeams(council.id, 3);
    await addTeams(neighbour.id, 1);
    const outcome = await addAnchorLine(db, file, new Date(`2026-03-${day}T21:00:00Z`));
    expect(outcome.kind).toBe('added');
  }
  await addTeams(council.id, 2);
});

let teams = 0;

/** So many facts, each with its entry in the log. */
function addTeams(authorityId: AuthorityId, count: number): Promise<void> {
  return inAuthority(db, authorityId, async (tx) => {
    const facts: FactRef[] = [];
    for (let n = 0; n < count; n += 1) {
      teams += 1;
      const team = { kind: 'team', name: `Team ${teams}` } as const;
      await findOrAddParty(tx, authorityId, team, null, facts);
    }
    await recordFacts(tx, null, 'team added', facts);
  });
}

/** What an attacker who is superuser does to the council's log. */
const attack = (text: string) => superuser.query(text, [council.id]);

async function found(): Promise<string[]> {
  const outcome = await verifyAnchored(db, file);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  // Whatever is done to one council's log, the other's stands.
  expect(outcome.verified.find((one) => one.authority === neighbour.slug)?.problems).toEqual([]);
  return outcome.verified.find((one) => one.authority === council.slug)?.problems ?? ['no such'];
}

/** Without the anchor: what a log that was bent and then written anew in itself shows. */
async function foundWithoutAnchor(): Promise<string[]> {
  return (await verify(db)).flatMap((one) => one.problems);
}

describe('an anchor kept elsewhere', () => {
  it('stands against a log that was only added to, whatever the day', async () => {
    const outcome = await verifyAnchored(db, file);
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    expect(outcome.verified.map((one) => [one.anchors, one.problems])).toEqual([
      [3, []],
      [3, []],
    ]);
    expect(verifyLines(outcome.verified).join('\n')).toContain('and as all 3 anchors say');
  });

  it('holds no content: ids, numbers, hashes and times alone', async () => {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    const { head } = await readInAuthority(db, council.id, (tx) => chainAt(tx, council.id, []));
    for (const line of lines) {
      const { at, installation, version, authorities, seal, ...rest } = JSON.parse(line) as Record<
        string,
        unknown
      >;
      expect(rest).toEqual({});
      expect([at, installation, version, seal].every((value) => typeof value === 'string')).toBe(
        true,
      );
      for (const one of authorities as Record<string, unknown>[]) {
        expect(Object.keys(one)).toEqual(['id', 'slug', 'seq', 'hash']);
        expect(Number(one.seq)).toBeLessThan(head.seq + 1);
      }
    }
  });

  it.each([
    ['a letter', (text: string) => text.replace('"seq":3', '"seq":2')],
    ['a line in the middle', (text: string) => text.split('\n').toSpliced(1, 1).join('\n')],
    ['the order of lines', (text: string) => text.split('\n').toSorted().toReversed().join('\n')],
    ['the end of the last line', (text: string) => text.slice(0, -20)],
    ['its whole content', () => 'not an anchor\n'],
  ])('is refused when somebody changed %s of its file', async (_what, change) => {
    await writeFile(file, change(await readFile(file, 'utf8')));
    const outcome = await verifyAnchored(db, file);
    expect(outcome.kind === 'refused' && outcome.reason).toMatch(/Line \d of .* is not as it was/);
    expect((await addAnchorLine(db, file, new Date())).kind).toBe('refused');
  });

  it('is refused when there is none, or none in it', async () => {
    expect(await verifyAnchored(db, `${file}-gone`)).toMatchObject({ kind: 'refused' });
    await writeFile(`${file}-empty`, '');
    expect(await verifyAnchored(db, `${file}-empty`)).toMatchObject({ kind: 'refused' });
  });

  it('is refused when it is of another installation', async () => {
    await superuser.query('update installation set id = gen_random_uuid()');
    for (const outcome of [
      await verifyAnchored(db, file),
      await addAnchorLine(db, file, new Date()),
    ]) {
      expect(JSON.stringify(outcome)).toContain('another installation');
    }
  });

  it('is not added to once the log was bent: that would cover it up', async () => {
    await attack(`update audit_log set act = 'role ended' where authority_id = $1 and seq = 2`);
    await writeChainAnew(superuser, council.id);
    const before = await readFile(file, 'utf8');
    expect(await addAnchorLine(db, file, new Date())).toMatchObject({ kind: 'refused' });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('is a file that others may add to by hand no more than the program checks', async () => {
    await appendFile(file, '\n');
    expect(await verifyAnchored(db, file)).toMatchObject({ kind: 'refused' });
  });
});

// G-03. Three entries a day; nine are anchored, eleven there are. Whoever
// owns the database can write a whole chain in which nothing shows: then only the anchor does.
describe('eight ways to bend the log, each with the whole chain written anew', () => {
  const day1 = 'it was anchored (2026-03-01 at 21:00 UTC)';
  const fromDay2 = [
    `Entry 6 of the audit log is not the one that was anchored (2026-03-02 at 21:00 UTC): the log was written anew. Up to entry 3 it is as ${day1}.`,
    `Entry 9 of the audit log is not the one that was anchored (2026-03-03 at 21:00 UTC): the log was written anew. Up to entry 3 it is as ${day1}.`,
  ];
  const cutTo = (end: number) => [
    `When it was anchored (2026-03-03 at 21:00 UTC) the audit log ended at entry 9; now it ends at entry ${end}. Entries were taken off its end.`,
  ];
  /** Takes entries out, with the facts that they name, so that none of these is left unlogged. */
  const takeOut = async (where: string) => {
    const { rows } = await attack(
      `delete from audit_log where authority_id = $1 and ${where} returning fact, fact_id`,
    );
    await superuser.query('set session_replication_role = replica');
    for (const row of rows as { fact: string; fact_id: string }[]) {
      await superuser.query(`delete from ${row.fact} where id = $1`, [row.fact_id]);
    }
    await superuser.query('set session_replication_role = origin');
  };

  it.each<[string, () => Promise<unknown>, string[]]>([
    [
      'an entry is edited',
      () => attack(`update audit_log set act = 'x' where authority_id = $1 and seq = 5`),
      fromDay2,
    ],
    ['an entry is taken out of the middle', () => takeOut('seq = 5'), fromDay2],
    ['entries are taken off the end', () => takeOut('seq > 7'), cutTo(7)],
    [
      'an entry is put in',
      async () => {
        await attack(`update audit_log set seq = -1 - seq where authority_id = $1 and seq >= 5`);
        await attack(`update audit_log set seq = -seq where authority_id = $1 and seq < 0`);
        await attack(`insert into audit_log
          select authority_id, 5, at, actor_id, 'put in', fact, fact_id, null, digest, '', ''
          from audit_log where authority_id = $1 and seq = 4`);
      },
      fromDay2,
    ],
    [
      'two entries change places',
      async () => {
        await attack(`update audit_log set seq = -seq where authority_id = $1 and seq in (4, 5)`);
        await attack(`update audit_log set seq = 9 + seq where authority_id = $1 and seq < 0`);
      },
      fromDay2,
    ],
    ['all of it is cut away', () => takeOut('true'), []],
    [
      'a time is changed by a microsecond',
      () =>
        attack(`update audit_log set at = at - interval '1 microsecond'
                where authority_id = $1 and seq = 5`),
      fromDay2,
    ],
    [
      'the owner writes the same entries again, later',
      () =>
        attack(
          `update audit_log set at = at + interval '1 hour' where authority_id = $1 and seq > 3`,
        ),
      fromDay2,
    ],
  ])('%s', async (_what, bend, words) => {
    await bend();
    await writeChainAnew(superuser, council.id);
    expect(await foundWithoutAnchor()).toEqual([]);
    const problems = await found();
    if (words.length > 0) expect(problems).toEqual(words);
    else {
      expect(problems).toHaveLength(3);
      expect(problems[2]).toContain('ended at entry 9; now it ends at entry 0.');
    }
  });

  it('the council itself is gone', async () => {
    await takeOut('true');
    await superuser.query('set session_replication_role = replica');
    await attack('delete from audit_head where authority_id = $1');
    await attack('delete from authority where id = $1');
    await superuser.query('set session_replication_role = origin');
    expect(await found()).toEqual([
      'It was anchored with 9 entries, and there is no such authority now.',
    ]);
  });
});
