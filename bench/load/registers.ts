import { sql, type RawBuilder } from 'kysely';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';

/** How much one council has: what the figures of the register and of standards are promised for. */
export const register = {
  sources: 400,
  findings: 6_000,
  themes: 20,
  criteria: 150,
  domains: 10,
  years: 8,
  /** One source has so many links. */
  links: 200,
} as const;

const nouns = [
  'visits', 'plans', 'records', 'assessments', 'reviews', 'meetings', 'decisions', 'referrals',
  'chronologies', 'supervision', 'placements', 'health checks', 'advocates', 'pathway plans',
  'strategy discussions', 'case summaries', 'contact records', 'risk assessments', 'transfers',
  'thresholds', 'timescales', 'care leavers', 'schools', 'carers', 'interpreters',
]; // prettier-ignore
const verbs = [
  'are written up', 'are shared', 'are tested', 'are signed off', 'are understood', 'are checked',
  'are timely', 'are analysed', 'are explained', 'are recorded', 'are challenged', 'are repeated',
]; // prettier-ignore
const whom = [
  'for every child', 'with the family', 'by managers', 'by partners', 'before a decision is made',
  'within two working days', 'in words that children use', 'when a worker leaves',
  'at every step', 'across all teams', 'for young people who move', 'for adults at risk',
  'and lead to action', 'and show what changed',
]; // prettier-ignore

/** Gives every council of the database a register of findings and eight years of judgements. */
export async function fillRegisters(
  keeper: Db,
  authorities: readonly AuthorityId[],
  today: IsoDate,
): Promise<void> {
  for (const authority of authorities) {
    await inAuthority(keeper, authority, async (tx) => {
      await addRegister(tx, authority, today);
      await addStandards(tx, authority, today);
    });
  }
  await sql`analyze`.execute(keeper);
}

/** The same number gives the same id in every statement of this council. */
export function idOf(authority: AuthorityId, kind: string, n: RawBuilder<unknown>) {
  return sql`md5(${authority}::text || ${kind}::text || (${n})::text)::uuid`;
}

async function addRegister(tx: Tx, authority: AuthorityId, today: IsoDate): Promise<void> {
  const { sources, findings, themes, links } = register;
  const begun = addDays(today, -8 * 365);
  const id = (kind: string, n: RawBuilder<unknown>) => idOf(authority, kind, n);
  const source = sql`1 + n % ${sources}`;
  const day = (n: RawBuilder<unknown>) => sql`${begun}::date + ((${n}) * 7) % 2900`;
  const pick = (words: readonly string[], n: RawBuilder<unknown>) =>
    sql`(${sql.val(words)}::text[])[1 + (${n})::int % ${words.length}]`;
  await sql`insert into source (authority_id, id, kind, title, title_key)
    select ${authority}, ${id('source', sql`n`)}, 'inspection', 'Review ' || n, 'review ' || n
    from generate_series(1, ${sources}::int) n`.execute(tx);
  await sql`insert into source_version (authority_id, id, source_id, version, effective_on, kind, title,
      body, published_on, overall_is, grades, classification)
    select ${authority}, ${id('source version', sql`n`)}, ${id('source', sql`n`)}, 1, ${day(sql`n`)},
      (array['inspection', 'case audit', 'thematic audit', 'learning review', 'survey', 'board'])[1 + n % 6],
      'Review ' || n, 'Ofsted', ${day(sql`n`)}, 'none given', '[]',
      case when n % 10 = 0 then 'restricted' else 'internal' end
    from generate_series(1, ${sources}::int) n`.execute(tx);
  await sql`insert into theme (authority_id, id)
    select ${authority}, ${id('theme', sql`n`)} from generate_series(1, ${themes}::int) n`.execute(
    tx,
  );
  await sql`insert into theme_version (authority_id, id, theme_id, version, effective_on, name)
    select ${authority}, ${id('theme version', sql`n`)}, ${id('theme', sql`n`)}, 1, ${begun}::date, 'Theme ' || n
    from generate_series(1, ${themes}::int) n`.execute(tx);
  await sql`insert into finding (authority_id, id, source_id)
    select ${authority}, ${id('finding', sql`n`)}, ${id('source', source)}
    from generate_series(1, ${findings}::int) n`.execute(tx);
  await sql`insert into finding_version (authority_id, id, finding_id, version, effective_on, kind, ref,
      position, words, page, area, lead_id)
    select ${authority}, ${id('finding version', sql`n`)}, ${id('finding', sql`n`)}, 1, ${day(source)},
      (array['recommendation', 'area for development', 'strength', 'recommendation'])[1 + n % 4], n::text, n,
      'The authority should make sure that ' || ${pick(nouns, sql`n * 7`)} || ' ' || ${pick(verbs, sql`n / 5`)}
        || ' ' || ${pick(whom, sql`n / 11`)} || ', and that ' || ${pick(nouns, sql`n / 3 + 4`)} || ' '
        || ${pick(verbs, sql`n * 3 + 1`)} || '.',
      (1 + n % 40)::text, 'Service ' || (1 + n % 8),
      (select party.id from party where party.authority_id = ${authority} and party.name_key = 'post ' || (1 + n % 40))
    from generate_series(1, ${findings}::int) n`.execute(tx);
  await sql`insert into finding_version_theme (authority_id, finding_version_id, theme_id)
    select ${authority}, ${id('finding version', sql`n`)}, ${id('theme', sql`1 + n % ${themes}`)}
    from generate_series(1, ${findings}::int) n`.execute(tx);
  await sql`insert into finding_response (authority_id, id, finding_id, version, effective_on, answer)
    select ${authority}, ${id('response', sql`n`)}, ${id('finding', sql`n`)}, 1, ${day(source)} + 30, 'accepted'
    from generate_series(1, ${findings}::int) n where n % 3 > 0`.execute(tx);
  await sql`insert into item_progress (authority_id, id, item_kind, item_id, version, effective_on, label,
      place, href, within_id, state, due_on, first_due_on)
    select ${authority}, ${id('progress', sql`n * 10 + v`)}, 'action', a.id, v, ${begun}::date + v * 200 + (n % 100)::int,
      'Team managers review each open case of this kind every four weeks (' || n || ')',
      'Improvement plan, ' || n, '/plans/plan-1/actions/' || a.id, a.plan_id,
      (array['planned', 'in progress', 'done'])[v], ${today}::date - 60 + (n % 200)::int, ${begun}::date + 400
    from (select id, plan_id, row_number() over (order by id) as n from action where authority_id = ${authority}) a,
      generate_series(1, 3) v`.execute(tx);
  // Every finding that was accepted is answered by an action; those of source 1 by many.
  await sql`insert into item_link (authority_id, id, from_kind, from_id, to_kind, to_id, relation, effective_on)
    select ${authority}, ${id('link', sql`f.n`)}, 'finding', ${id('finding', sql`f.n`)}, 'action', a.id, 'answered by',
      ${begun}::date + 600
    from generate_series(1, ${findings}::int) f(n)
    join (select id, row_number() over (order by id) as n from action where authority_id = ${authority}) a
      on a.n = 1 + f.n % 1400 where f.n % 3 > 0`.execute(tx);
  await sql`insert into evidence (authority_id, id, kind, title)
    select ${authority}, ${id('evidence', sql`n`)}, 'note', 'What was seen in sample ' || n
    from generate_series(1, ${links}::int) n`.execute(tx);
  await sql`insert into item_link (authority_id, id, from_kind, from_id, to_kind, to_id, relation, effective_on)
    select ${authority}, ${id('evidence link', sql`n`)}, 'evidence', ${id('evidence', sql`n`)}, 'finding',
      ${id('finding', sql`1`)}, 'shows', ${begun}::date + 300 + n
    from generate_series(1, ${links}::int) n`.execute(tx);
}

async function addStandards(tx: Tx, authority: AuthorityId, today: IsoDate): Promise<void> {
  const { criteria, domains, years } = register;
  const id = (kind: string, n: RawBuilder<unknown>) => idOf(authority, kind, n);
  const one = sql`1`;
  const levels = JSON.stringify(
    [
      ['fully', 'Fully met', 3, 'met'],
      ['partially', 'Partially met', 2, 'partial'],
      ['not', 'Not met', 1, 'not met'],
    ].map(([key, name, rank, countsAs]) => ({ key, name, meaning: name, rank, countsAs })),
  );
  await sql`insert into framework (authority_id, id) values (${authority}, ${id('framework', one)})`.execute(
    tx,
  );
  await sql`insert into framework_edition (authority_id, id, framework_id, label, title, levels)
    values (${authority}, ${id('edition', one)}, ${id('framework', one)}, '2014', 'Standards of practice', ${levels}::jsonb)`.execute(
    tx,
  );
  await sql`insert into framework_edition_state (authority_id, id, edition_id, version, effective_on, state)
    values (${authority}, ${id('edition state', one)}, ${id('edition', one)}, 1, ${today}::date - ${years * 365}::int, 'in use')`.execute(
    tx,
  );
  await sql`insert into domain (authority_id, id, edition_id, ref, title, position)
    select ${authority}, ${id('domain', sql`n`)}, ${id('edition', one)}, n::text, 'Domain ' || n, n
    from generate_series(1, ${domains}::int) n`.execute(tx);
  await sql`insert into criterion (authority_id, id, edition_id, domain_id, ref, position, text)
    select ${authority}, ${id('criterion', sql`n`)}, ${id('edition', one)}, ${id('domain', sql`1 + (n - 1) / ${criteria / domains}`)},
      (1 + (n - 1) / ${criteria / domains}) || '.' || n, n,
      'Children are seen often, alone, by people who know them, and what they say is in the record. (' || n || ')'
    from generate_series(1, ${criteria}::int) n`.execute(tx);
  await sql`insert into judgement (authority_id, id, criterion_id, version, effective_on, progress, level, how_met, why_not, what_next)
    select ${authority}, ${id('judgement', sql`n * 100 + v`)}, ${id('criterion', sql`n`)}, v,
      ${today}::date - ${years * 365}::int + v * 360, 'in progress', (array['fully', 'partially', 'not'])[1 + (n + v) % 3],
      'Audits of the last year show it in nine of twelve cases; managers see each record before it is closed.',
      'Some records are late when a worker is away.', 'A second person is named for each case by the end of the term.'
    from generate_series(1, ${criteria}::int) n, generate_series(1, ${years}::int) v`.execute(tx);
  await sql`insert into judgement_rest (authority_id, id, judgement_id, position, kind, words, dated_on)
    select ${authority}, ${id('rest', sql`n * 1000 + v * 10 + k`)}, ${id('judgement', sql`n * 100 + v`)}, k,
      (array['data', 'audit of practice', 'own word'])[1 + (n + k) % 3], 'Audit of twelve cases',
      ${today}::date - ${years * 365}::int + v * 350
    from generate_series(1, ${criteria}::int) n, generate_series(1, ${years}::int) v, generate_series(1, 2) k`.execute(
    tx,
  );
}
