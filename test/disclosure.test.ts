import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { disclosePath } from '#people';
import { disclose } from '../src/cli/disclose.ts';
import {
  officerOf,
  setCast,
  setScene,
  wordsOf,
} from '../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../src/rooms/plans/web/paths.ts';
import { testApp } from './app.ts';

/** Everything that is kept about one item, or that one person wrote, in a file: logged, or not made. */
const test = await testApp();
const { db, keeper } = test.database;
const cast = await setCast(test);
const { authority, officer, lead } = cast;
const administrator = await officerOf(test, authority, ['administrator'], 'Ash Brook');
const scene = await setScene(test, cast);
const [action, untold] = scene.actions;
await lead.postFile(
  paths.update(scene.slug, action),
  {
    submission: newId<'submission'>(),
    seen: '0',
    corrects: '',
    choice: 'amber',
    changed: 'Linnet was late',
    link: '',
    note: '',
  },
  { name: 'visits.csv', bytes: new TextEncoder().encode('day,late\nMonday,2\n') },
);
await officer.postFile(paths.update(scene.slug, untold), {
  submission: newId<'submission'>(),
  seen: '0',
  corrects: '',
  choice: 'green',
  changed: 'Curlew is on time',
  link: '',
  note: '',
});

const given = { recipient: 'The person who asked', reason: 'Request 12 of 2026', format: 'json' };
interface Given {
  records: { record: string; [column: string]: unknown }[];
  log: { act: string; by: string | null }[];
  people: Record<string, string>;
}
const recordsOf = (out: Given, table: string) =>
  out.records.filter(({ record }) => record === table);
const logged = async () =>
  (
    await sql<{ act: string; fact: string }>`select act, fact from audit_log
      where authority_id = ${authority.id} and act = 'gave out' order by seq`.execute(keeper)
  ).rows;

describe('giving out', () => {
  it('everything about an action: each version, update, date and piece of evidence, and who wrote it', async () => {
    const answer = await officer.post(disclosePath('action', action), given);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-disposition']).toContain('attachment');
    const out = JSON.parse(answer.body) as Given;
    expect(recordsOf(out, 'action_update')).toMatchObject([{ what_changed: 'Linnet was late' }]);
    expect(recordsOf(out, 'action_version')).toHaveLength(1);
    expect(recordsOf(out, 'due_date_entry')).toHaveLength(1);
    expect(recordsOf(out, 'stored_file')).toMatchObject([{ name: 'visits.csv' }]);
    // What it refers to is there by its words.
    expect(recordsOf(out, 'party')).toMatchObject([{ name: 'Service Manager, Children in Care' }]);
    expect(recordsOf(out, 'objective_version').length + recordsOf(out, 'objective').length).toBe(1);
    expect(Object.values(out.people)).toEqual(
      expect.arrayContaining(['Alex Marsh', 'Robin Fenwick']),
    );
    expect(answer.body).not.toContain('Curlew');
    // To export the log takes two people: it is not in this.
    expect(out.log).toEqual([]);
    expect(await logged()).toEqual([
      { act: 'gave out', fact: 'disclosure' },
      { act: 'gave out', fact: 'action' },
    ]);
    expect(wordsOf(await officer.get('/records/disclosures'))).toContain('Request 12 of 2026');
  });

  it('everything about a plan, as a workbook too', async () => {
    const json = JSON.parse(
      (await officer.post(disclosePath('plan', scene.planId), given)).body,
    ) as Given;
    expect(recordsOf(json, 'action')).toHaveLength(3);
    expect(recordsOf(json, 'action_update')).toHaveLength(2);
    const file = await officer.post(disclosePath('plan', scene.planId), {
      ...given,
      format: 'xlsx',
    });
    expect(file.statusCode).toBe(200);
    expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('what one person wrote, and nobody else', async () => {
    const answer = await officer.post('/records/disclosures', {
      ...given,
      person: lead.actor.userId,
    });
    const out = JSON.parse(answer.body) as Given;
    expect(recordsOf(out, 'action_update')).toMatchObject([{ what_changed: 'Linnet was late' }]);
    expect(answer.body).not.toContain('Curlew');
  });

  it('asks for whom and why, and gives nothing without', async () => {
    const before = await logged();
    const answer = await officer.post(disclosePath('action', action), {
      recipient: ' ',
      reason: '',
      format: 'json',
    });
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toContain('Say who it is for');
    expect(await logged()).toEqual(before);
  });

  it('is for those who approve and export, in their own council', async () => {
    const urls = [
      disclosePath('action', action),
      disclosePath('plan', scene.planId),
      '/records/disclosures',
    ];
    const before = await logged();
    for (const url of urls) {
      for (const other of [administrator, lead, cast.member]) {
        expect([url, (await other.get(url)).statusCode]).toEqual([url, 404]);
        const answer = await other.post(url, {
          ...given,
          ...(url.endsWith('s') ? { person: lead.actor.userId } : {}),
        });
        expect([url, answer.statusCode]).toEqual([url, 404]);
        expect(answer.body).not.toContain('Linnet');
      }
    }
    for (const url of urls.slice(0, 2)) {
      expect((await cast.stranger.get(url)).statusCode).toBe(404);
      expect((await cast.stranger.post(url, given)).statusCode).toBe(404);
    }
    const person = { ...given, person: lead.actor.userId };
    expect((await cast.stranger.post('/records/disclosures', person)).statusCode).toBe(422);
    expect(await logged()).toEqual(before);
  });

  it('at the server holds the log too', async () => {
    const out = path.join(await mkdtemp(path.join(tmpdir(), 'disclose-')), 'given.json');
    const flags = {
      authority: authority.slug,
      recipient: 'The person',
      reason: 'Request 13',
      format: 'json' as const,
      out,
    };
    expect(await disclose(db, 'person', 'nobody@saltmarsh.example', flags)).toMatchObject({
      kind: 'refused',
    });
    expect(await disclose(db, 'plan', scene.slug, flags)).toEqual({ kind: 'done' });
    const file = JSON.parse(await readFile(out, 'utf8')) as Given;
    expect(recordsOf(file, 'plan_version')).toHaveLength(1);
    expect(file.log.map(({ act }) => act)).toContain('gave an update');
    expect(file.log.map(({ by }) => by)).toContain('Alex Marsh');
  });
});
