import { describe, expect, it } from 'vitest';
import { readInAuthority } from '#platform/db/authority.ts';
import { demoAuthority, testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { readThemes } from '../store/themes.ts';
import { paths } from './paths.ts';
import { aFinding, aSource, officerOf } from './register.test-help.ts';

const test = await testApp();
const authority = await demoAuthority(test);
const officer = await officerOf(test, authority, ['qa-manager']);
const lead = await officerOf(test, authority, ['action-lead'], [{ kind: 'post', name: 'Lead' }]);
const stranger = await officerOf(test, await demoAuthority(test, 'Fenmoor Council'), [
  'qa-manager',
]);

async function themeNamed(name: string, who = officer) {
  const themes = await readInAuthority(test.database.db, who.actor.authorityId, (tx) =>
    readThemes(tx, who.actor.authorityId, day('2026-03-04')),
  );
  const found = themes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No theme ${name}`);
  return found.id;
}

describe('themes', () => {
  it('begin with a suggested list behind a button, once', async () => {
    expect((await officer.get(paths.themes())).body).toContain('Add the suggested themes');
    expect((await officer.post(paths.suggestedThemes())).statusCode).toBe(303);
    const list = (await officer.get(paths.themes())).body;
    expect(list).toContain('Supervision and oversight');
    expect(list).toContain('0 of 22 themes raised');
    expect((await officer.post(paths.suggestedThemes())).statusCode).toBe(303);
    expect((await officer.get(paths.themes())).body).toContain('0 of 22 themes raised');
    expect((await stranger.get(paths.themes())).body).toContain('No themes yet');
  });

  it('are added, renamed with a reason, merged with their history, withdrawn and brought back', async () => {
    const twice = await officer.post(paths.newTheme(), { name: 'recording', meaning: '' });
    expect(twice.body).toContain('A theme of this name stands already');
    await officer.post(paths.newTheme(), { name: 'Case notes', meaning: 'What is written down' });
    const id = await themeNamed('Case notes');
    const renamed = { version: '1', name: 'Notes of cases', meaning: '', reason: 'Plainer' };
    expect((await officer.post(paths.changeTheme(id), { ...renamed, reason: '' })).statusCode).toBe(
      422,
    );
    expect((await officer.post(paths.changeTheme(id), renamed)).statusCode).toBe(303);
    expect(
      (await officer.post(paths.changeTheme(id), { ...renamed, name: 'Other' })).statusCode,
    ).toBe(409);
    const finding = await aFinding(test, officer, await aSource(test, officer), { themeIds: [id] });
    const into = await themeNamed('Recording');
    const merge = { version: '2', into, reason: 'They are one' };
    expect((await officer.post(paths.mergeTheme(id), { ...merge, into: id })).statusCode).toBe(422);
    expect((await officer.post(paths.mergeTheme(id), merge)).statusCode).toBe(303);
    const page = (await officer.get(paths.theme(id))).body;
    expect(page).toContain('Merged into Recording');
    expect(page).toContain('Renamed from “Case notes” to “Notes of cases”');
    expect(page).toContain('They are one');
    expect((await officer.get(paths.finding(finding))).body).toContain('>Recording</a>');
    expect((await officer.get(paths.theme(into))).body).toContain('1 finding of 1 source');
    const back = { version: '3', withdrawn: 'no', reason: 'They are two' };
    expect((await officer.post(paths.withdrawTheme(id), back)).statusCode).toBe(303);
    expect((await officer.get(paths.theme(into))).body).toContain('No source has raised it yet');
    const gone = { version: '4', withdrawn: 'yes', reason: 'Nobody uses it' };
    expect((await officer.post(paths.withdrawTheme(id), gone)).statusCode).toBe(303);
    expect((await officer.get(paths.themes())).body).toContain('Notes of cases</a>, withdrawn');
  });

  it('are counted over time, with a plain word on chance', async () => {
    const id = await themeNamed('Visits and direct work');
    for (const year of ['2014', '2015', '2016', '2025']) {
      const source = await aSource(test, officer, { publishedOn: day(`${year}-05-01`) });
      await aFinding(test, officer, source, { words: `Visits of ${year}`, themeIds: [id] });
    }
    const page = (await officer.get(paths.theme(id))).body;
    expect(page).toContain(
      '4 findings of 4 sources, first seen 1 May 2014 and last seen 1 May 2025.',
    );
    expect(page).toMatch(
      /No clear change: 1 of \d+ sources since 4 March 2023 raises it, and 3 of 3 sources before|Raised less often lately/,
    );
    expect(page).toContain('By service');
    // A strength raises nothing.
    const good = await aSource(test, officer, { publishedOn: day('2013-05-01') });
    await aFinding(test, officer, good, { kind: 'strength', themeIds: [id] });
    expect((await officer.get(paths.theme(id))).body).toContain('4 findings of 4 sources');
  });

  it('are known to others by the findings that they may read, and edited by who may', async () => {
    const id = await themeNamed('Recording');
    const missing = { name: 'Mine', meaning: '' };
    expect((await lead.get(paths.theme(id))).statusCode).toBe(404);
    expect((await lead.get(paths.themes())).body).not.toContain('Supervision and oversight');
    expect((await lead.post(paths.newTheme(), missing)).statusCode).toBe(403);
    expect((await stranger.get(paths.theme(id))).statusCode).toBe(404);
    const given = { version: '1', name: 'Theirs', meaning: '', reason: 'Why not' };
    expect((await stranger.post(paths.changeTheme(id), given)).statusCode).toBe(404);
  });
});
