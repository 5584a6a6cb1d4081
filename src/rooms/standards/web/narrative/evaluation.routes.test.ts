import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ActionId, FindingId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import {
  appendFindings,
  appendSource,
  linkItems,
  tellProgress,
  type FindingContent,
  type SourceContent,
} from '#findings';
import type { Actor } from '#people';
import { demoAuthority, openSession, testApp, userWith } from '#test/app.ts';
import { filledForm } from '#test/filled-form.ts';
import { day, makePlan } from '#test/plans.ts';
import { sourceContent } from '../../actions/narrative/begin-assessment.ts';
import { pointContent } from '../../actions/narrative/points.ts';

const today = day('2026-03-04');
const test = await testApp(new Date('2026-03-04T10:00:00Z'));
const { db } = test.database;
const authority = await demoAuthority(test);
const robin = await userWith(test, authority, ['qa-manager'], 'Robin Fenwick', null);
const manager = await openSession(test, robin);
const analyst = await openSession(
  test,
  await userWith(test, authority, ['analyst'], 'Sam Reed', null),
);
const member = await openSession(
  test,
  await userWith(test, authority, ['member'], 'Jo Quay', null),
);
const far = await demoAuthority(test, 'Far Council');
const stranger = await openSession(
  test,
  await userWith(test, far, ['qa-manager'], 'Pat Far', null),
);

const page = '/standards/self-evaluation/2026';
const shown = (body: string) =>
  (/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

const source = (title: string, more: Partial<SourceContent>): SourceContent => ({
  ...sourceContent({ title, period: 'x', contact: null }),
  title,
  kind: 'inspection',
  overallIs: 'not recorded',
  ...more,
});
const said = (words: string, kind: FindingContent['kind'] = 'recommendation'): FindingContent => ({
  ...pointContent({ number: '1', title: 'Help' }, 'strength', words, 1),
  kind,
});

const letter = await inAuthority(db, authority.id, async (tx) => {
  const writing = { authority: authority.id, by: robin.userId, effectiveOn: today };
  const open = await appendSource(
    tx,
    writing,
    source('Inspection letter', { publishedOn: day('2026-01-04') }),
  );
  const old = await appendSource(
    tx,
    writing,
    source('Old audit', { kind: 'case audit', publishedOn: day('2024-01-04') }),
  );
  const hidden = await appendSource(
    tx,
    writing,
    source('Restricted audit', { publishedOn: day('2026-02-04'), classification: 'restricted' }),
  );
  if (open === null || old === null || hidden === null) throw new Error('No source');
  const { ids } = await appendFindings(tx, writing, open.sourceId, [
    { submissionId: null, content: said('Visit every child on time') },
    { submissionId: null, content: said('Write plans down') },
    { submissionId: null, content: said('Workers know the families', 'strength') },
  ]);
  await appendFindings(tx, writing, hidden.sourceId, [
    { submissionId: null, content: said('A secret thing') },
  ]);
  return ids as FindingId[];
});

describe('the self-evaluation', () => {
  it('answers the three questions, each statement with what it rests on and how old that is', async () => {
    const text = shown((await manager.get(page)).body);
    expect(text).toContain('1 of what was said of us is a strength.');
    expect(text).toContain('2 findings ask for work that is not done.');
    expect(text).toContain('1 source of the last year is of the kind “inspection”.');
    expect(text).toMatch(
      /1 source is more than a year old\. Old audit 4 January 2024 2 years old Weak/,
    );
    expect(text).toContain('2 findings have no action yet.');
    expect(text).toMatch(
      /Workers know the families \(Inspection letter\) 4 January 2026 59 days old/,
    );
  });

  it('keeps what is restricted to itself, whoever reads it', async () => {
    const text = shown((await manager.get(page)).body);
    expect(text).not.toContain('A secret thing');
    expect(text).not.toContain('Restricted audit');
  });

  it('plans from the actions that answer findings, with their dates', async () => {
    const actor: Actor = {
      authorityId: authority.id,
      userId: robin.userId,
      name: robin.name,
      roles: ['qa-manager'],
      partyIds: [],
    };
    const plan = await makePlan(db, actor, today, [{ text: 'Keep a list of visits' }]);
    const [actionId] = plan.actionIds;
    await inAuthority(db, authority.id, async (tx) => {
      const writing = { authority: authority.id, by: robin.userId, effectiveOn: today };
      const [finding] = letter;
      if (finding === undefined || actionId === undefined) throw new Error('Nothing to link');
      await linkItems(tx, writing, [
        {
          from: { kind: 'finding', id: finding },
          to: { kind: 'action', id: actionId },
          relation: 'answered by',
        },
      ]);
      const told = (id: ActionId, label: string) => ({
        kind: 'action' as const,
        id,
        label,
        place: 'Improvement plan, 1',
        href: '/plans/x',
        withinId: plan.planId,
        partyIds: [],
        state: 'in progress' as const,
        dueOn: day('2026-06-30'),
        firstDueOn: day('2026-06-30'),
      });
      await tellProgress(tx, writing, [told(actionId, 'Keep a list of visits')]);
    });
    const text = shown((await manager.get(page)).body);
    expect(text).toContain('1 action that answers a finding is due in the next 12 months.');
    expect(text).toContain('Keep a list of visits (Improvement plan, 1, due 30 June 2026)');
    expect(text).toContain('1 finding has no action yet.');
  });

  it('takes words, and shows both where two write at once', async () => {
    const mine = filledForm(await manager.get(`${page}/questions/1`));
    const theirs = filledForm(await analyst.get(`${page}/questions/1`));
    await manager.post(`${page}/questions/1`, { ...mine, words: 'We know enough.' });
    const answer = await analyst.post(`${page}/questions/1`, {
      ...theirs,
      words: 'We know little.',
    });
    expect(answer.statusCode).toBe(409);
    expect(shown(answer.body)).toContain('We know enough.');
    expect(answer.body).toContain('Saved by Robin Fenwick');
    expect((await analyst.post(`${page}/questions/1`, filledForm(answer))).statusCode).toBe(303);
    expect(shown((await manager.get(page)).body)).toContain('We know little.');
    // Another year has words of its own.
    expect(shown((await manager.get('/standards/self-evaluation/2025')).body)).not.toContain(
      'We know little.',
    );
  });

  it('goes out in Word with the same', async () => {
    const file = await manager.get(`${page}/export?format=docx`);
    expect(file.statusCode).toBe(200);
    const text = strFromU8(
      unzipSync(file.rawPayload)['word/document.xml'] ?? new Uint8Array(),
    ).replace(/<[^>]+>/g, ' ');
    expect(text).toContain('Workers know the families');
    expect(text).not.toContain('A secret thing');
  });

  it('is nothing to a member or to another council', async () => {
    expect((await member.get(page)).statusCode).toBe(404);
    expect((await member.get('/standards/self-evaluation')).statusCode).toBe(404);
    expect((await member.get(`${page}/export?format=docx`)).statusCode).toBe(404);
    expect(shown((await stranger.get(page)).body)).not.toContain('Workers know');
  });
});
