import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { readRestricted, verifyChain, type Actor } from '#people';
import { officerOf, setCast, setScene } from '../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../src/rooms/plans/web/paths.ts';
import { testApp } from './app.ts';

/** Exports, downloads and every reading of restricted records are logged, or do not happen (G-02). */
const test = await testApp();
const { db, keeper } = test.database;
const cast = await setCast(test);
const { authority, officer, lead } = cast;
const scene = await setScene(test, cast);
const administrator = await officerOf(test, authority, ['administrator'], 'Ash Brook');

interface Logged {
  act: string;
  fact: string;
  fact_id: string;
  actor_id: string | null;
  digest: string;
}
let before = 0;
const headAt = async () =>
  (
    await sql<{
      seq: number;
    }>`select seq from audit_head where authority_id = ${authority.id}`.execute(keeper)
  ).rows[0]?.seq ?? 0;
/** What was logged since the test began. */
async function logged(): Promise<Logged[]> {
  const { rows } = await sql<Logged>`
    select act, fact, fact_id, actor_id, digest from audit_log
    where authority_id = ${authority.id} and seq > ${before} order by seq`.execute(keeper);
  return rows;
}
/** Nothing can be logged meanwhile. */
async function withoutALog<T>(work: () => Promise<T>): Promise<T> {
  await sql`alter table audit_log rename to audit_log_gone`.execute(keeper);
  try {
    return await work();
  } finally {
    await sql`alter table audit_log_gone rename to audit_log`.execute(keeper);
  }
}
beforeEach(async () => {
  before = await headAt();
});

describe('what leaves', () => {
  it.each(['xlsx', 'csv', 'docx', 'json'])(
    'as a plan in %s is logged, with who and what',
    async (format) => {
      const answer = await officer.get(`${paths.exported(scene.slug)}?format=${format}`);
      expect(answer.statusCode).toBe(200);
      expect(await logged()).toEqual([
        {
          act: `exported as ${format}`,
          fact: 'plan',
          fact_id: scene.planId,
          actor_id: officer.actor.userId,
          digest: '',
        },
      ]);
    },
  );

  it.each([paths.exportPlans(), paths.exportMyWork(), paths.exportChanges(scene.slug)])(
    'from %s is logged',
    async (path) => {
      const answer = await officer.get(`${path}?format=csv`);
      expect(answer.statusCode).toBe(200);
      const acts = (await logged()).map(({ act }) => act);
      // A list of nothing shows nothing.
      expect(acts).toEqual(path === paths.exportMyWork() ? [] : ['exported in a list, as csv']);
    },
  );

  it('as a file of evidence is logged; what is refused leaves no entry and no file', async () => {
    const [action] = scene.actions;
    await lead.postFile(
      paths.update(scene.slug, action),
      {
        submission: newId<'submission'>(),
        seen: '0',
        corrects: '',
        choice: 'amber',
        changed: 'Done',
        link: '',
        note: '',
      },
      { name: 'visits.csv', bytes: new TextEncoder().encode('day,late\nMonday,2\n') },
    );
    before = await headAt();
    const page = await officer.get(paths.action(scene.slug, action));
    const file = /href="([^"]*\/evidence\/[^"]+)"/.exec(page.body)?.[1] ?? '';
    expect((await officer.get(file)).statusCode).toBe(200);
    expect(await logged()).toMatchObject([{ act: 'downloaded', fact: 'evidence' }]);
    expect((await cast.stranger.get(file)).statusCode).toBe(404);
    expect(await logged()).toHaveLength(1);
  });

  it('does not leave when it cannot be logged', async () => {
    await withoutALog(async () => {
      const answer = await officer.get(`${paths.exported(scene.slug)}?format=csv`);
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('late visit');
      // Reading a page of a plan is no export and goes on.
      expect((await officer.get(paths.plan(scene.slug))).statusCode).toBe(200);
    });
    expect(await logged()).toEqual([]);
  });

  it('of the audit log itself is logged', async () => {
    expect((await administrator.get('/log')).statusCode).toBe(200);
    expect((await administrator.get(`/log?item=${scene.planId}`)).statusCode).toBe(200);
    expect(await logged()).toMatchObject([
      { act: 'read the audit log', fact_id: authority.id, actor_id: administrator.actor.userId },
      { act: 'read the audit log', fact_id: scene.planId },
    ]);
  });

  it('does not make a row known to verify that nobody wrote here', async () => {
    const planted = newId();
    await sql`insert into plan (authority_id, id) values (${authority.id}, ${planted})`.execute(
      keeper,
    );
    const { logRead } = await import('#people');
    await logRead(db, officer.actor, 'exported', [{ fact: 'plan', id: planted }]);
    const report = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    expect(report.problems).toEqual([{ kind: 'fact-not-logged', fact: 'plan', factId: planted }]);
    await sql`delete from plan where id = ${planted}`.execute(keeper);
  });
});

describe('a record of a restricted class', () => {
  const finding = newId();
  const words = 'Kestrel practice concern';
  const read = (actor: Actor, assigned = false) =>
    readRestricted(db, actor, { letter: 'R', cls: 'FND' }, () =>
      Promise.resolve({
        read: [{ fact: 'finding', id: finding }],
        circumstances: { assigned },
        value: words,
      }),
    );

  it('is read only with an entry that says so, without its words', async () => {
    expect(await read(officer.actor)).toEqual({ kind: 'read', value: words });
    expect(await read(lead.actor, true)).toEqual({ kind: 'read', value: words });
    const entries = await logged();
    expect(entries).toMatchObject([
      { act: 'read, FND', fact: 'finding', fact_id: finding, actor_id: officer.actor.userId },
      { act: 'read, FND', fact_id: finding, actor_id: lead.actor.userId },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Kestrel');
  });

  it('is refused with an entry too, and gives nothing', async () => {
    for (const actor of [administrator.actor, cast.member.actor, lead.actor]) {
      expect(await read(actor)).toMatchObject({ kind: 'refused' });
    }
    expect((await logged()).map(({ act }) => act)).toEqual(Array(3).fill('refused: read, FND'));
  });

  it('is not read when the log fails', async () => {
    await withoutALog(() => expect(read(officer.actor)).rejects.toThrow('audit_log'));
  });

  it('that is not there is not read', async () => {
    const nothing = await readRestricted(db, officer.actor, { letter: 'E', cls: 'CHD' }, () =>
      Promise.resolve(null),
    );
    expect(nothing).toEqual({ kind: 'not-found' });
    expect(await logged()).toEqual([]);
  });
});
