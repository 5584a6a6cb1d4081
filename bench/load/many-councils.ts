import { sql, type RawBuilder } from 'kysely';
import {
  addAuthority,
  addUser,
  findOrAddParty,
  grantRole,
  holdPost,
  type GrantableRole,
} from '#people';
import { addDays, londonDay, type IsoDate } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { inAuthority } from '#platform/db/authority.ts';

/** How much is there: what the load figures are promised for. */
export const crowd = {
  authorities: 20,
  plansEach: 150,
  actionsEach: 1_500,
  updatesPerAction: 6,
  /** So many councils have one plan of this many actions. */
  largePlans: 5,
  largePlan: 300,
  postsEach: 40,
} as const;

export interface Account {
  /** The council's word in the addresses. */
  slug: string;
  email: string;
  role: GrantableRole;
}

export const password = 'seven grey herons standing';

/**
 * Fills an empty database with twenty councils of four years' plans, and gives people who can
 * sign in there: a quality assurance manager, a director and a lead in each. Plans are written
 * by the keeper in bulk: the deeds of the program would take an hour, and reading is measured.
 */
export async function fillWithCouncils(keeper: Db, now: Date): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let number = 1; number <= crowd.authorities; number += 1) {
    const slug = `council-${number}`;
    const authorityId = await addCouncil(keeper, slug, `Council ${number}`);
    const people = await inAuthority(keeper, authorityId, (tx) =>
      addPeople(tx, authorityId, slug, now),
    );
    accounts.push(...people);
    await inAuthority(keeper, authorityId, (tx) =>
      addPlans(tx, authorityId, number <= crowd.largePlans, londonDay(now)),
    );
  }
  await sql`analyze`.execute(keeper);
  return accounts;
}

async function addCouncil(keeper: Db, slug: string, name: string): Promise<AuthorityId> {
  const added = await keeper
    .transaction()
    .execute((tx) => addAuthority(tx, { slug, name, isDemo: true }));
  if (added.kind !== 'added') throw new Error(`No council: ${added.kind}`);
  return added.authorityId;
}

async function addPeople(
  tx: Tx,
  authorityId: AuthorityId,
  slug: string,
  now: Date,
): Promise<Account[]> {
  const doer = { authorityId, userId: null };
  const accounts: Account[] = [];
  for (const role of ['qa-manager', 'director', 'action-lead'] as const) {
    const email = `${role}@${slug}.example`;
    const added = await addUser(
      tx,
      doer,
      { email, name: `A ${role}`, password, mustChange: false },
      now,
    );
    if (added.kind !== 'added') throw new Error(`Not added: ${added.kind}`);
    const startsOn = londonDay(now);
    await grantRole(tx, doer, { userId: added.userId, role, startsOn });
    if (role === 'action-lead') {
      const post = await findOrAddParty(
        tx,
        authorityId,
        { kind: 'post', name: 'Post 1' },
        null,
        [],
      );
      await holdPost(tx, doer, { partyId: post, userId: added.userId, startsOn });
    }
    accounts.push({ slug, email, role });
  }
  return accounts;
}

/** In one statement a table: the numbers decide what belongs to what. */
async function addPlans(
  tx: Tx,
  authority: AuthorityId,
  withLargePlan: boolean,
  today: IsoDate,
): Promise<void> {
  const { plansEach, actionsEach, updatesPerAction, postsEach } = crowd;
  const begun = addDays(today, -4 * 365);
  const large = withLargePlan ? crowd.largePlan : 0;
  const scheme = JSON.stringify(
    [
      ['red', 'Red', 'Off track', 'off track'],
      ['amber', 'Amber', 'Some delay', 'at risk'],
      ['green', 'Green', 'On track', 'on track'],
      ['blue', 'Blue', 'Complete', 'complete'],
    ].map(([colour, name, meaning, standsFor]) => ({ colour, name, meaning, standsFor })),
  );
  // The same number gives the same id in every statement of this council.
  const id = (kind: string, n: RawBuilder<unknown>) =>
    sql`md5(${authority}::text || ${kind}::text || (${n})::text)::uuid`;
  const plan = sql`case when n <= ${large} then 1 else 2 + n % ${plansEach - 1} end`;
  const post = sql`1 + n % ${postsEach}`;
  await sql`
    insert into party (authority_id, id, kind, name, name_key)
    select ${authority}, ${id('post', sql`n`)}, 'post', 'Post ' || n, 'post ' || n
    from generate_series(1, ${postsEach}::int) n on conflict (authority_id, name_key) do nothing`.execute(
    tx,
  );
  await sql`
    insert into plan (authority_id, id) select ${authority}, ${id('plan', sql`n`)}
    from generate_series(1, ${plansEach}::int) n`.execute(tx);
  await sql`
    insert into plan_address (authority_id, slug, plan_id)
    select ${authority}, 'plan-' || n, ${id('plan', sql`n`)}
    from generate_series(1, ${plansEach}::int) n`.execute(tx);
  await sql`
    insert into plan_version (authority_id, id, plan_id, version, effective_on, title, rag_scheme, state, review_cycle_days)
    select ${authority}, ${id('plan version', sql`n`)}, ${id('plan', sql`n`)}, 1, ${begun}::date,
      'Improvement plan ' || n, ${scheme}::jsonb, 'active', 60
    from generate_series(1, ${plansEach}::int) n`.execute(tx);
  await sql`
    insert into objective (authority_id, id, plan_id)
    select ${authority}, ${id('objective', sql`n`)}, ${id('plan', sql`n`)}
    from generate_series(1, ${plansEach}::int) n`.execute(tx);
  await sql`
    insert into objective_version (authority_id, id, objective_id, version, effective_on, ref, title, position)
    select ${authority}, ${id('objective version', sql`n`)}, ${id('objective', sql`n`)}, 1, ${begun}::date,
      '1', 'Children are seen on time, alone, and their words are in the record', 0
    from generate_series(1, ${plansEach}::int) n`.execute(tx);
  await sql`
    insert into action (authority_id, id, plan_id)
    select ${authority}, ${id('action', sql`n`)}, ${id('plan', plan)}
    from generate_series(1, ${actionsEach}::int) n`.execute(tx);
  await sql`
    insert into action_version (authority_id, id, action_id, version, effective_on, objective_id, ref, position, text, priority, success_measure)
    select ${authority}, ${id('action version', sql`n`)}, ${id('action', sql`n`)}, 1, ${begun}::date,
      ${id('objective', plan)}, n::text, n,
      'Team managers review each open case of this kind every four weeks and write down what changed for the child. (' || n || ')',
      (array['high', 'medium', 'low'])[1 + n % 3], 'Nine in ten of the cases sampled show it.'
    from generate_series(1, ${actionsEach}::int) n`.execute(tx);
  await sql`
    insert into action_version_party (authority_id, action_version_id, party_id, part, position)
    select ${authority}, ${id('action version', sql`n`)}, party.id, 'lead', 0
    from generate_series(1, ${actionsEach}::int) n
    join party on party.authority_id = ${authority} and party.name_key = 'post ' || (${post})`.execute(
    tx,
  );
  await sql`
    insert into due_date_entry (authority_id, id, action_id, version, effective_on, as_written, due_from, due_to, precision)
    select ${authority}, ${id('due', sql`n * 10 + v`)}, ${id('action', sql`n`)}, v,
      ${begun}::date + (v - 1) * 300, to_char(${begun}::date + 400 * v + n % 300, 'DD/MM/YYYY'),
      ${begun}::date + 400 * v + n % 300, ${begun}::date + 400 * v + n % 300, 'day'
    from generate_series(1, ${actionsEach}::int) n, generate_series(1, 1 + n % 3) v`.execute(tx);
  await sql`
    insert into action_update (authority_id, id, action_id, version, effective_on, claimed_rag, status, what_changed)
    select ${authority}, ${id('update', sql`n * 100 + v`)}, ${id('action', sql`n`)}, v,
      ${begun}::date + v * 220 + n % 100, (array['red', 'amber', 'green'])[1 + (n + v) % 3], 'in progress',
      'Reviews were done in ' || v || ' of six teams; the rest follow next month, once the new form is in use.'
    from generate_series(1, ${actionsEach}::int) n, generate_series(1, ${updatesPerAction}::int) v`.execute(
    tx,
  );
}
