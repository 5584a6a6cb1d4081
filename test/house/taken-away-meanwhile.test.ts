import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { endHolding, endRole } from '#people';
import {
  setScene,
  today,
  type Officer,
  type Scene,
} from '../../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../../src/rooms/plans/web/paths.ts';
import { demoAuthority, testApp } from '../app.ts';
import { someone } from './someone.ts';

/** G-11: permission and write are one act. What is taken away while somebody saves is not saved by. */
const test = await testApp();
const { db, keeper } = test.database;
const authority = await demoAuthority(test);
const doer = { authorityId: authority.id, userId: null } as const;
const within = <T>(work: Parameters<typeof inAuthority<T>>[2]) =>
  inAuthority(db, authority.id, work);

const officer = await someone(test, authority, 'qa-manager', 'Head of Quality');
const scene: Scene = await setScene(test, {
  authority,
  officer,
  colleague: officer,
  lead: officer,
  owner: officer,
  member: officer,
  stranger: officer,
});
const post = 'Service Manager, Children in Care';

async function saving(who: Officer, seen: number, words: string) {
  const url = paths.update(scene.slug, scene.actions[0]);
  return await who.post(url, {
    submission: newId<'submission'>(),
    seen: String(seen),
    corrects: '',
    choice: 'amber',
    changed: words,
    link: '',
    note: '',
  });
}
const versionNow = async () => (await scene.picture()).actions[0]?.updateVersion ?? 0;
const isSaved = async (words: string) =>
  (
    await keeper
      .selectFrom('action_update')
      .select('id')
      .where('what_changed', '=', words)
      .execute()
  ).length > 0;

/** Takes away the person's role, or their post, as at the server. */
const takings = {
  role: (who: Officer) =>
    within(async (tx) => {
      const grant = await tx
        .selectFrom('role_grant')
        .select('id')
        .where('user_id', '=', who.actor.userId)
        .executeTakeFirstOrThrow();
      return endRole(tx, doer, grant.id, today);
    }),
  post: (who: Officer) =>
    within(async (tx) => {
      const held = await tx
        .selectFrom('post_holding')
        .select('id')
        .where('user_id', '=', who.actor.userId)
        .executeTakeFirstOrThrow();
      return endHolding(tx, doer, held.id, today);
    }),
};

/** Waits until so many transactions of this database wait for the head of the log. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      select count(distinct pid)::int as n from pg_locks where not granted
        and pid in (select pid from pg_stat_activity where datname = current_database())`.execute(
      keeper,
    );
    if ((rows[0]?.n ?? 0) >= count) return;
  }
}

describe.each(['role', 'post'] as const)('a %s that is taken away', (what) => {
  it('while its holder saves: what is saved after it is not saved', async () => {
    const who = await someone(test, authority, 'action-lead', post);
    const words = `Saved behind a lost ${what}`;
    const seen = await versionNow();
    const { taking, save } = await keeper.transaction().execute(async (blocker) => {
      await sql`select from audit_head where authority_id = ${authority.id} for update`.execute(
        blocker,
      );
      const taking = takings[what](who);
      await untilWaiting(1);
      // The request comes in while nothing is taken yet, and waits behind the taking away.
      const save = saving(who, seen, words);
      await untilWaiting(2);
      return { taking, save };
    });
    expect(await taking).toEqual({ kind: 'ended' });
    const answer = await save;
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('Somebody else was quicker');
    expect(await isSaved(words)).toBe(false);
    expect((await saving(who, seen, words)).statusCode).toBe(404);
  });

  it('from somebody else stops nobody', async () => {
    const who = await someone(test, authority, 'action-lead', post);
    const other = await someone(test, authority, 'action-lead', 'Virtual Head');
    const words = `Saved while somebody else lost a ${what}`;
    const seen = await versionNow();
    const { taking, save } = await keeper.transaction().execute(async (blocker) => {
      await sql`select from audit_head where authority_id = ${authority.id} for update`.execute(
        blocker,
      );
      const taking = takings[what](other);
      await untilWaiting(1);
      const save = saving(who, seen, words);
      await untilWaiting(2);
      return { taking, save };
    });
    await taking;
    expect((await save).statusCode).toBe(303);
    expect(await isSaved(words)).toBe(true);
  });
});

describe('ten races of saving and taking away', () => {
  it('leave no entry of the person behind the entry that took it away', async () => {
    for (let round = 0; round < 10; round += 1) {
      const who = await someone(test, authority, 'action-lead', post);
      const seen = await versionNow();
      const [, answer] = await Promise.all([takings.role(who), saving(who, seen, `Race ${round}`)]);
      const { rows } = await sql<{ saved: number | null; taken: number }>`
        select max(l.seq) filter (where l.fact = 'action_update') as saved,
          max(l.seq) filter (where l.fact = 'role_grant_end') as taken
        from audit_log l
        where l.authority_id = ${authority.id}
          and (l.actor_id = ${who.actor.userId} or l.fact = 'role_grant_end')`.execute(keeper);
      const { saved, taken } = rows[0] ?? { saved: null, taken: 0 };
      expect(answer.statusCode === 303).toBe(saved !== null);
      if (saved !== null) expect(saved).toBeLessThan(taken);
    }
  });
});
