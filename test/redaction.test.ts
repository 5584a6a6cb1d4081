import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { takeOutPath, verifyChain } from '#people';
import { importPlanFile } from '#plans';
import {
  hidden,
  officerOf,
  setCast,
  setScene,
  today,
  wordsOf,
} from '../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../src/rooms/plans/web/paths.ts';
import { testApp } from './app.ts';
import { everyPlaceOf } from './canary.ts';

/**
 * A name that was typed by mistake goes: out of every table, page and file that is made from then
 * on, with two people behind it (C-14; the design, principle 6).
 */
const test = await testApp();
const { db, keeper } = test.database;
const cast = await setCast(test);
const { authority, officer, colleague, lead, stranger } = cast;
const administrator = await officerOf(test, authority, ['administrator'], 'Ash Brook');

const bytes = (text: string) => new TextEncoder().encode(text);
const problems = async () =>
  (await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id))).problems;

/** The values of the boxes of the places on the page, and of those ticked. */
function boxes(page: { body: string }) {
  const all = Array.from(
    page.body.matchAll(/name="places" type="checkbox" value="([^"]+)"( checked)?/g),
    ([, value = '', checked]) => ({ value, checked: checked !== undefined }),
  );
  return {
    all: all.map((one) => one.value),
    ticked: all.filter((one) => one.checked).map((one) => one.value),
  };
}

let made = 0;
/** A scene whose action 1.1 has an update that names somebody nobody else names. */
async function named() {
  made += 1;
  const name = `Zebedee Quillfeather${String.fromCharCode(97 + made)}`;
  const scene = await setScene(test, cast);
  const [action] = scene.actions;
  await lead.postFile(paths.update(scene.slug, action), {
    submission: newId<'submission'>(),
    seen: '0',
    corrects: '',
    choice: 'amber',
    changed: `We met ${name}’s mother`,
    link: '',
    note: '',
  });
  return { scene, action, name, page: takeOutPath('action', action) };
}

const ask = { reason: 'A child was named by mistake', step: 'ask' };

async function asked(given: Awaited<ReturnType<typeof named>>, by = lead) {
  const found = await by.post(given.page, { ...ask, passage: given.name, step: 'search' });
  const answer = await by.post(given.page, {
    ...ask,
    passage: given.name,
    places: boxes(found).ticked,
  });
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}

describe('taking out a name', () => {
  it('leaves it in no table, page, export or log, wherever it stood', async () => {
    const name = 'Zebedee Quillfeather';
    const imported = await importPlanFile(db, officer.actor, {
      fileName: `Plan of Zebedee-Quillfeather.csv`,
      bytes: bytes(
        `Objective,Action,Lead,Timescale,RAG,Progress\nVisits are on time,Visit ${name} weekly,${name},30 June 2026,Green,"${name.toUpperCase()} was seen, and ${name}’s school"\nVisits are on time,Report late visits,Practice Lead,31 July 2026,Amber,Not ${name}ton\n`,
      ),
      positionOn: today,
      title: `Plan for ${name}`,
      again: false,
    });
    if (imported.kind !== 'done') throw new Error(JSON.stringify(imported));
    const { planId, slug } = imported;
    expect(slug).toContain('zebedee');
    const { picture } = await setScene(test, cast);
    const actionId = (await readPlan(slug)).find((one) => one.ref === '1')?.id ?? '';
    const form = await officer.get(paths.update(slug, actionId));
    const given = await officer.postFile(
      paths.update(slug, actionId),
      {
        submission: hidden(form, 'submission'),
        seen: hidden(form, 'seen'),
        corrects: '',
        choice: 'amber',
        changed: `zebedee\nquillfeather was not at home`,
        link: 'https://saltmarsh.example/zebedee-quillfeather',
        note: `${name} wrote to us`,
      },
      { name: 'zebedee_quillfeather.csv', bytes: bytes(`child\n${name}\n`) },
    );
    expect(given.statusCode).toBe(303);
    const before = await everyPlaceOf(keeper, 'quillfeather');
    expect(before.map((place) => place.table)).toEqual(
      expect.arrayContaining([
        'action_update',
        'action_version',
        'evidence',
        'file_chunk',
        'party',
        'plan_address',
        'plan_import',
        'plan_version',
        'stored_file',
      ]),
    );

    const found = await officer.post(takeOutPath('plan', planId), {
      ...ask,
      step: 'search',
      passage: name,
    });
    expect(wordsOf(found)).toContain('ZEBEDEE QUILLFEATHER was seen');
    const asking = await officer.post(takeOutPath('plan', planId), {
      ...ask,
      passage: name,
      places: boxes(found).all,
    });
    expect(asking.statusCode).toBe(303);
    const request = String(asking.headers.location);
    expect(wordsOf(await colleague.get(request))).toContain('was not at home');
    // The search is everybody's and shows the request to neither of them by its words.
    expect((await colleague.get('/records/names')).body).not.toContain('uillfeather');
    const done = await colleague.post(`${request}/agree`);
    expect(done.statusCode).toBe(303);

    // "Quillfeatherton" is another name, and stays.
    const left = await everyPlaceOf(keeper, 'quillfeather(?!ton)');
    expect(left).toEqual([]);
    const now = (await planSlug(planId)) ?? '';
    expect(now).toMatch(/^plan-for-taken-out-/);
    const pages = [
      paths.plan(now),
      paths.actions(now),
      paths.changes(now),
      paths.action(now, actionId),
      `/records/names`,
      request,
      '/log',
      '/plans',
      ...['csv', 'json', 'docx', 'xlsx'].map((format) => `${paths.exported(now)}?format=${format}`),
    ];
    for (const page of pages) {
      const answer = await officer.get(page);
      expect([page, answer.statusCode]).toEqual([page, 200]);
      expect([page, /quillfeather(?!ton)/i.test(answer.body)]).toEqual([page, false]);
    }
    const shown = wordsOf(await officer.get(paths.action(now, actionId)));
    expect(shown).toMatch(/\[taken out on \d+ \w+ \d{4}\] was not at home/);
    expect((await officer.get(paths.plan(slug))).statusCode).toBe(404);
    // Its file is gone, and says so.
    const file = /href="([^"]*\/evidence\/[^"]+)"/.exec(
      (await officer.get(paths.action(now, actionId))).body,
    )?.[1];
    expect((await officer.get(file ?? '')).statusCode).toBe(410);
    expect(await problems()).toEqual([]);
    expect((await picture()).actions).toHaveLength(3);
  });

  it('is asked by whoever may change the item, and agreed to by another who approves', async () => {
    const given = await named();
    const request = await asked(given);
    // Nothing is gone before somebody agrees, and who asked is not the second person.
    expect((await lead.post(`${request}/agree`)).statusCode).toBe(403);
    expect((await everyPlaceOf(keeper, given.name)).map(({ table }) => table)).toEqual([
      'action_update',
      'redaction_passage',
    ]);
    // Whoever can agree is told so where their day begins, and nobody else is.
    const waits = /\d+ names? to take out/;
    expect(wordsOf(await colleague.get('/my-work'))).toMatch(waits);
    expect(wordsOf(await lead.get('/my-work'))).not.toMatch(waits);
    expect(wordsOf(await stranger.get('/my-work'))).not.toMatch(waits);
    expect((await colleague.post(`${request}/agree`)).statusCode).toBe(303);
    expect(await everyPlaceOf(keeper, given.name)).toEqual([]);
    expect((await colleague.post(`${request}/agree`)).statusCode).toBe(409);
    expect(await problems()).toEqual([]);
  });

  it('is not agreed to by who asked, though they approve what others ask', async () => {
    const given = await named();
    const request = await asked(given, officer);
    expect(wordsOf(await officer.get(request))).not.toContain('Agree and take it out');
    expect((await officer.post(`${request}/agree`)).statusCode).toBe(403);
    expect(await everyPlaceOf(keeper, given.name)).toHaveLength(2);
  });

  it('shows a lead what stands in their own action, and nothing from elsewhere', async () => {
    const given = await named();
    await officer.post(paths.changeAction(given.scene.slug, given.scene.actions[1]), {});
    const other = await setScene(test, cast);
    await officer.postFile(paths.update(other.slug, other.actions[2]), {
      submission: newId<'submission'>(),
      seen: '0',
      corrects: '',
      choice: 'amber',
      changed: `${given.name} elsewhere`,
      link: '',
      note: '',
    });
    const search = { ...ask, passage: given.name.toLowerCase(), step: 'search' };
    const ofLead = await lead.post(given.page, search);
    expect(boxes(ofLead).all).toHaveLength(1);
    const ofOfficer = await officer.post(given.page, search);
    expect(boxes(ofOfficer).all).toHaveLength(2);
    expect(boxes(ofOfficer).ticked).toHaveLength(1);
    // A place that was not shown cannot be chosen.
    const foreign = boxes(ofOfficer).all.filter((key) => !boxes(ofLead).all.includes(key));
    const answer = await lead.post(given.page, { ...ask, passage: given.name, places: foreign });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Choose at least one place');
  });

  it('erases the words when it is refused or taken back', async () => {
    const first = await named();
    const refused = await asked(first);
    expect((await colleague.post(`${refused}/refuse`)).statusCode).toBe(303);
    const second = await named();
    const takenBack = await asked(second);
    expect((await lead.post(`${takenBack}/refuse`)).statusCode).toBe(303);
    for (const { name } of [first, second]) {
      expect((await everyPlaceOf(keeper, name)).map(({ table }) => table)).toEqual([
        'action_update',
      ]);
    }
    expect(wordsOf(await colleague.get(refused))).toContain('Refused by Sam Reed');
    expect((await colleague.post(`${refused}/agree`)).statusCode).toBe(409);
  });

  it('is not there for strangers, for an administrator, and for who may not change the item', async () => {
    const given = await named();
    const request = await asked(given);
    for (const outsider of [stranger, administrator, cast.member]) {
      for (const url of [given.page, request]) {
        const hiddenOne = await outsider.get(url);
        expect([url, hiddenOne.statusCode]).toEqual([url, 404]);
        expect(hiddenOne.body).not.toContain(given.name);
      }
      expect((await outsider.post(`${request}/agree`)).statusCode).toBe(404);
      expect((await outsider.post(given.page, { ...ask, passage: given.name })).statusCode).toBe(
        404,
      );
    }
    // A lead of another action of the same council is told of no request of others.
    const otherLead = await officerOf(
      test,
      authority,
      ['action-lead'],
      'Kit Wade',
      'Practice Lead',
    );
    expect((await otherLead.get(request)).statusCode).toBe(404);
    expect(wordsOf(await otherLead.get('/records/names'))).not.toContain(ask.reason);
    expect(await everyPlaceOf(keeper, given.name)).toHaveLength(2);
  });

  it('says what is missing, and keeps no reason that holds the name', async () => {
    const given = await named();
    const answer = await lead.post(given.page, {
      passage: given.name,
      reason: `It names ${given.name.toUpperCase()}`,
      step: 'ask',
      places: 'action_update.what_changed.x',
    });
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toContain('must not hold what is taken out');
    const empty = await lead.post(given.page, { passage: ' ', reason: '', step: 'search' });
    expect(wordsOf(empty)).toContain('Write the words to take out');
  });
});

describe('the database itself', () => {
  it('asks for more words where they stand in more than 500 places', async () => {
    const scene = await setScene(test, cast);
    const titles = Array.from({ length: 501 }, (_, index) => `Quillfeather review ${index}`);
    await keeper
      .insertInto('source')
      .values(
        titles.map((title) => ({
          authority_id: authority.id,
          id: newId<'source'>(),
          kind: 'other' as const,
          title,
          title_key: title.toLowerCase(),
          body: null,
          dated_on: null,
          recorded_by: null,
        })),
      )
      .execute();
    const page = takeOutPath('plan', scene.planId);
    const fields = { ...ask, passage: 'Quillfeather review' };
    const found = await officer.post(page, { ...fields, step: 'search' });
    const refused = await officer.post(page, { ...fields, places: boxes(found).all.slice(0, 3) });
    expect(refused.statusCode).toBe(422);
    expect(wordsOf(refused)).toContain('These words stand in too many places');
    await keeper.deleteFrom('source').where('title', 'in', titles).execute();
  });

  it('takes nothing out without a second person, twice, or from a column that is not declared', async () => {
    const given = await named();
    const request = await asked(given);
    const id = request.slice(request.lastIndexOf('/') + 1);
    const takeOut = (
      within: (tx: Parameters<Parameters<typeof inAuthority>[2]>[0]) => Promise<unknown>,
    ) =>
      inAuthority(db, authority.id, async (tx) => {
        await within(tx);
        await sql`select * from take_out(${id})`.execute(tx);
      });
    const decide =
      (by: string, agreed: boolean) =>
      async (tx: Parameters<Parameters<typeof inAuthority>[2]>[0]) => {
        await sql`insert into redaction_decision (authority_id, id, request_id, agreed, recorded_by)
        values (${authority.id}, ${newId()}, ${id}, ${agreed}, ${by})`.execute(tx);
      };
    await expect(takeOut(() => Promise.resolve())).rejects.toThrow('a second person');
    await expect(takeOut(decide(lead.actor.userId, true))).rejects.toThrow('a second person');
    await expect(takeOut(decide(colleague.actor.userId, false))).rejects.toThrow('a second person');
    // Somebody of another authority is nobody here.
    await expect(takeOut(decide(stranger.actor.userId, true))).rejects.toThrow('foreign key');
    await expect(
      takeOut(async (tx) => {
        await decide(colleague.actor.userId, true)(tx);
        await sql`insert into redaction_place (authority_id, request_id, table_name, column_name, row_id)
          values (${authority.id}, ${id}, 'app_user', 'name', ${lead.actor.userId})`.execute(tx);
      }),
    ).rejects.toThrow('not redactable');
    await expect(
      inAuthority(db, stranger.actor.authorityId, (tx) =>
        sql`select * from take_out(${id})`.execute(tx),
      ),
    ).rejects.toThrow('no such request');
    expect(await everyPlaceOf(keeper, given.name)).toHaveLength(2);
  });

  it('lets verify find a row bent behind the log, whatever says that it was redacted', async () => {
    const given = await named();
    const { rows } = await sql<{ id: string; digest: string }>`
      select id, fact_digest(u) as digest from action_update u where what_changed like ${`%${given.name}%`}`.execute(
      keeper,
    );
    const [update] = rows;
    if (update === undefined) throw new Error('No update');
    await sql`update action_update set what_changed = 'All is well' where id = ${update.id}`.execute(
      keeper,
    );
    const changed = expect.objectContaining({ kind: 'fact-changed', factId: update.id }) as unknown;
    expect(await problems()).toEqual([changed]);
    // A forged redaction that the log does not know excuses nothing, and is found itself.
    const forged = newId();
    await sql`insert into altered_fact
        (authority_id, id, cause_id, table_name, row_id, digest_before, digest_after)
      select ${authority.id}, ${forged}, ${newId()}, 'action_update', ${update.id}, ${update.digest}, fact_digest(u)
      from action_update u where id = ${update.id}`.execute(keeper);
    expect(await problems()).toEqual([
      changed,
      { kind: 'fact-not-logged', fact: 'altered_fact', factId: forged },
    ]);
    // And a redacted row that is changed once more shows.
    await sql`delete from altered_fact where id = ${forged}`.execute(keeper);
    await sql`update action_update set what_changed = ${`We met ${given.name}’s mother`} where id = ${update.id}`.execute(
      keeper,
    );
    expect(await problems()).toEqual([]);
    const request = await asked(given);
    await colleague.post(`${request}/agree`);
    expect(await problems()).toEqual([]);
    await sql`update action_update set what_changed = 'All is well' where id = ${update.id}`.execute(
      keeper,
    );
    // Both entries that name it show it: the one that wrote it, and the one that redacted it.
    expect(await problems()).toEqual([changed, changed]);
    await sql`update action_update set what_changed = ${`We met ${given.name}’s mother`} where id = ${update.id}`.execute(
      keeper,
    );
    expect(await problems()).toEqual([changed]);
  });
});

/** Words that nobody takes out: each with the reason. A new column is added here or declared. */
const wordless = [
  // Who works here: changed on their own page.
  'account.email',
  'account.name',
  'account_event.reason',
  // The program's own words.
  'api_token.scopes',
  'app_user.email',
  'app_user.name',
  // What a figure is called in curly brackets, and the number of a section.
  'assessment_figure.name',
  'assessment_section_version.number',
  // The council itself.
  'authority.name',
  'authority.slug',
  // Which judgements.
  'criteria_import.made',
  // Which findings.
  'finding_import.made',
  // Keys of the levels of a framework.
  'judgement.level',
  // Encrypted, for a day.
  'kept_form.sealed',
  // Goes with party.name.
  'party.name_key',
  // Which rule of the program, and its numbers.
  'plan_rag_rule.edition',
  'plan_rag_rule.thresholds',
  // Erased when it is decided.
  'redaction_passage.passage',
  // Numbers, and the program's own names of sections.
  'report_comment.section',
  'report_section_version.section',
  'report_version.paragraphs',
  // The administrator's, about a schedule.
  'retention_rule.reason',
  // The program's own words.
  'session.browser',
  // Goes with source.title.
  'source.title_key',
  'stored_file.media_type',
  // Which actions, and whether.
  'update_sheet.saved',
  'user_version.email',
  'user_version.name',
  'verdict.level',
];

describe('every column that can hold words', () => {
  it('is one that a name can be taken out of, or is known to hold no words about people', async () => {
    const { rows } = await sql<{ name: string }>`
      select format('%s.%s', c.relname, a.attname) as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
        and not a.attisdropped and c.relname not like 'kysely%'
        and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
        and not exists (select from redactable_column r
          where r.table_name = c.relname and r.column_name = a.attname)
        -- Words of the program's own choosing, and hashes.
        and a.attname !~ '(hash|digest|digest_before|digest_after|sha256|secret|kind|_kind|role|state|fact|act|table_name|column_name)$'
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
          and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%ANY (ARRAY[%')
      order by 1`.execute(keeper);
    expect(rows.map(({ name }) => name)).toEqual(wordless);
  });
});

async function readPlan(slug: string): Promise<{ id: string; ref: string }[]> {
  const { rows } = await sql<{ id: string; ref: string }>`
    select v.action_id as id, v.ref from action_version v
    join action a on a.id = v.action_id join plan_address p on p.plan_id = a.plan_id
    where p.slug = ${slug} and p.authority_id = ${authority.id}`.execute(keeper);
  return rows;
}

async function planSlug(planId: string): Promise<string | undefined> {
  const { rows } = await sql<{ slug: string }>`
    select slug from plan_address where plan_id = ${planId}`.execute(keeper);
  return rows[0]?.slug;
}
