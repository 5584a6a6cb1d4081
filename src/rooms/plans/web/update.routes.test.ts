import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { document, plan, rowsOf, words } from '#platform/documents/read/test-files.ts';
import { testApp, type SentFile } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { archivePlan } from '../actions/change-plan.ts';
import { withdrawAction } from '../actions/change-action.ts';
import {
  hidden,
  setCast,
  setScene,
  today,
  wordsOf,
  type Officer,
  type Scene,
} from './edit/scene.test-help.ts';
import { paths } from './paths.ts';
import { saysNothing, setStrangers } from './strangers.test-help.ts';

const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { boardMember, leadElsewhere, administrator } = await setStrangers(test, cast);

const formOf = ({ slug, actions }: Scene) => paths.update(slug, actions[0]);
const pageOf = ({ slug, actions }: Scene) => paths.action(slug, actions[0]);
const bytes = (text: string) => new TextEncoder().encode(text);

/** The answers of a form just opened, where the action has no update yet. */
const answers = (more: Record<string, string> = {}) => ({
  submission: newId<'submission'>(),
  seen: '0',
  corrects: '',
  choice: 'amber',
  changed: 'Two visits of eleven were late',
  link: '',
  note: '',
  ...more,
});

const standing = async (scene: Scene) => {
  const action = (await scene.picture()).actions.find((one) => one.ref === '1.1');
  if (action === undefined) throw new Error('The action of the scene is gone');
  return action;
};

/** What the boxes of a form hold. */
function boxes(page: { body: string }) {
  const choice = /<input(?=[^>]*name="choice")(?=[^>]*value="([^"]*)")[^>]*\schecked/.exec(
    page.body,
  );
  return {
    choice: choice?.[1] ?? null,
    changed: /<textarea[^>]*name="changed"[^>]*>([^<]*)</.exec(page.body)?.[1] ?? null,
    link: /<input(?=[^>]*name="link")[^>]*value="([^"]*)"/.exec(page.body)?.[1] ?? '',
    note: /<input(?=[^>]*name="note")[^>]*value="([^"]*)"/.exec(page.body)?.[1] ?? '',
  };
}

describe('giving an update', () => {
  it('takes a lead from their work and back to it, saying what was saved and what is next', async () => {
    const scene = await setScene(test, cast);
    const form = await cast.lead.get(formOf(scene));
    expect(wordsOf(form)).toContain('What has been done so far?');
    const answer = await cast.lead.postFile(
      formOf(scene),
      answers({ submission: hidden(form, 'submission'), seen: hidden(form, 'seen') }),
    );
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(paths.myWork());
    const words = wordsOf(await cast.lead.get(paths.myWork()));
    expect(words).toContain('Update saved: 1.1 Report every late visit weekly.');
    expect(words).toContain('It is due 30 June 2026.');
    expect(await standing(scene)).toMatchObject({
      claimedRag: 'amber',
      status: 'in progress',
      lastUpdate: { whatChanged: 'Two visits of eleven were late', effectiveOn: today },
    });
    const next = wordsOf(await cast.lead.get(formOf(scene)));
    expect(next).toContain('What has changed since 4 March 2026?');
    expect(next).toContain('Last update 4 March 2026 Two visits of eleven were late');
  });

  it('says that a completed action is complete, and no date', async () => {
    const scene = await setScene(test, cast);
    await cast.lead.postFile(formOf(scene), answers({ choice: 'blue' }));
    const words = wordsOf(await cast.lead.get(paths.myWork()));
    expect(words).toContain('It is complete.');
    expect(await standing(scene)).toMatchObject({ status: 'complete' });
  });

  it('leaves an officer, whose action it is not, at the action', async () => {
    const scene = await setScene(test, cast);
    const answer = await cast.officer.postFile(formOf(scene), answers());
    expect(answer.headers.location).toBe(pageOf(scene));
  });

  it('says what is missing beside its box and above, and keeps the rest', async () => {
    const scene = await setScene(test, cast);
    const page = await cast.lead.postFile(
      formOf(scene),
      answers({ choice: '', changed: '  ', link: 'sharepoint', note: 'Seen on “board”' }),
    );
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<title>Error: Give an update');
    for (const [field, text] of [
      ['choice', 'Choose how it is going'],
      ['changed', 'Say what has changed, or that nothing has'],
    ] as const) {
      expect(page.body).toContain(`<a href="#${field}">${text}</a>`);
      expect(page.body).toMatch(new RegExp(`id="${field}-error"[^<]*<span[^<]*</span> ${text}`));
    }
    expect(boxes(page)).toMatchObject({ link: 'sharepoint', note: 'Seen on “board”' });
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it.each([
    ['a link without its beginning', 'saltmarsh.sharepoint.example/visits'],
    ['a link that is a program', 'javascript:alert(1)'],
    ['a link of another kind', 'data:text/html,<script>alert(1)</script>'],
  ])('refuses %s, and keeps what was typed', async (_what, link) => {
    const scene = await setScene(test, cast);
    const page = await cast.lead.postFile(formOf(scene), answers({ link }));
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<a href="#link">A link begins with https:// or http://</a>');
    expect(boxes(page)).toMatchObject({
      choice: 'amber',
      changed: 'Two visits of eleven were late',
    });
    expect(page.body).not.toContain('<script>alert');
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('refuses a text that is too long, a colour that the plan has not, and a forged form', async () => {
    const scene = await setScene(test, cast);
    const send = (more: Record<string, string>) => cast.lead.postFile(formOf(scene), answers(more));
    const long = await send({ changed: 'x'.repeat(20_001) });
    expect(long.statusCode).toBe(422);
    expect(wordsOf(long)).toContain('more than 20,000 characters');
    const purple = await send({ choice: 'purple' });
    expect(purple.statusCode).toBe(422);
    expect(wordsOf(purple)).toContain('Choose how it is going');
    for (const forged of [
      { submission: 'no-id' },
      { submission: '' },
      { effectiveOn: '2020-01-01' },
      { changed: 'one\0two' },
    ]) {
      expect((await send(forged)).statusCode).toBe(400);
    }
    expect((await send({ corrects: newId<'update'>() })).statusCode).toBe(422);
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('is refused without the token of the session', async () => {
    const scene = await setScene(test, cast);
    const answer = await test.app.inject({
      method: 'POST',
      url: formOf(scene),
      cookies: cast.lead.cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(answers()).toString(),
    });
    expect(answer.statusCode).toBe(403);
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('is one update though the form is sent twice, at once or later', async () => {
    const scene = await setScene(test, cast);
    const form = answers();
    const sent = await Promise.all([1, 2].map(() => cast.lead.postFile(formOf(scene), form)));
    const later = await cast.lead.postFile(formOf(scene), form);
    expect([...sent, later].map((one) => one.statusCode)).toEqual([303, 303, 303]);
    expect((await standing(scene)).updateVersion).toBe(1);
  });
});

describe('a form that was saved, changed and sent again', () => {
  it('shows both texts, and keeps the second as an update of its own', async () => {
    const scene = await setScene(test, cast);
    const form = answers();
    await cast.lead.postFile(formOf(scene), form);
    const mended = { ...form, changed: 'Three visits of eleven were late' };
    const page = await cast.lead.postFile(formOf(scene), mended);
    expect(page.statusCode).toBe(409);
    expect(wordsOf(page)).toContain('Two visits of eleven were late');
    expect(boxes(page)).toMatchObject({ changed: 'Three visits of eleven were late' });
    const fields = {
      ...mended,
      seen: hidden(page, 'seen'),
      submission: hidden(page, 'submission'),
    };
    const saved = await cast.lead.postFile(formOf(scene), fields);
    expect(saved.statusCode).toBe(303);
    const { updateVersion, lastUpdate } = await standing(scene);
    expect(updateVersion).toBe(2);
    expect(lastUpdate?.whatChanged).toBe('Three visits of eleven were late');
  });
});

describe('two updates at once', () => {
  it('show both texts to whoever came second, whose own stay in the boxes', async () => {
    const scene = await setScene(test, cast);
    const mine = answers({ choice: 'red', changed: 'Four visits were late', note: 'My note' });
    await cast.officer.postFile(formOf(scene), answers());
    const page = await cast.lead.postFile(formOf(scene), mine, {
      name: 'visits.csv',
      bytes: bytes('a,b\n'),
    });
    expect(page.statusCode).toBe(409);
    const said = wordsOf(page);
    expect(said).toContain('Somebody saved this while you were writing');
    expect(said).toContain('Saved by Robin Fenwick on');
    expect(said).toContain('Two visits of eleven were late');
    expect(said).toContain('Choose “visits.csv” once more');
    expect(boxes(page)).toMatchObject({
      choice: 'red',
      changed: 'Four visits were late',
      note: 'My note',
    });
    expect((await standing(scene)).lastUpdate?.whatChanged).toBe('Two visits of eleven were late');

    // Theirs is left, or one's own is saved as a further update.
    expect(page.body).toContain(`href="${pageOf(scene)}">leave theirs as it is</a>`);
    const seen = hidden(page, 'seen');
    const saved = await cast.lead.postFile(formOf(scene), { ...mine, seen });
    expect(saved.statusCode).toBe(303);
    const history = wordsOf(await cast.lead.get(pageOf(scene)));
    expect(history).toContain('Four visits were late');
    expect(history).toContain('Two visits of eleven were late');
  });
});

describe('correcting an update', () => {
  it('begins with what was written, and counts in its place', async () => {
    const scene = await setScene(test, cast);
    await cast.lead.postFile(formOf(scene), answers());
    const page = await cast.lead.get(pageOf(scene));
    const href = /href="([^"]*\?corrects=[^"]*)"/.exec(page.body)?.[1] ?? 'no link';
    const form = await cast.lead.get(href);
    expect(wordsOf(form)).toContain('What should it have said?');
    expect(boxes(form)).toMatchObject({
      choice: 'amber',
      changed: 'Two visits of eleven were late',
    });
    const saved = await cast.lead.postFile(
      formOf(scene),
      answers({
        seen: '1',
        corrects: hidden(form, 'corrects'),
        choice: 'red',
        changed: 'Three visits were late',
      }),
    );
    expect(saved.statusCode).toBe(303);
    const history = wordsOf(await cast.lead.get(pageOf(scene)));
    expect(history).toContain('It corrects what was written for 4 March 2026');
    expect(history).toContain('Two visits of eleven were late');
    expect(await standing(scene)).toMatchObject({ claimedRag: 'red' });
  });

  it('is offered to nobody who may not, and knows no update of another action', async () => {
    const scene = await setScene(test, cast);
    await cast.lead.postFile(formOf(scene), answers());
    const { body } = await boardMember.get(pageOf(scene));
    expect(body).toContain('Two visits of eleven were late');
    expect(body).not.toContain('corrects=');
    for (const id of [newId<'update'>(), 'no-id', '']) {
      const form = await cast.lead.get(`${formOf(scene)}?corrects=${id}`);
      expect(form.statusCode).toBe(404);
    }
  });
});

describe('what shows it', () => {
  const docx = document('<w:p/>');
  const xlsx = plan(rowsOf(words('A1', 'Visits')));
  const pdf = bytes('%PDF-1.7\n%âãÏÓ');
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
  const jpg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
  const page = bytes('<!doctype html><script>alert(1)</script>');
  const program = bytes('MZ\u0090\0\u0003\0\0\0');

  /** The address of a file on the page of its action. */
  const fileHref = ({ body }: { body: string }) =>
    /href="([^"]*\/evidence\/[^"]*)"/.exec(body)?.[1] ?? 'no file';

  it.each<[SentFile, string]>([
    [
      { name: 'visits.docx', bytes: docx },
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [
      { name: 'visits.xlsx', bytes: xlsx },
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [{ name: 'visits.csv', bytes: bytes('Child,Visits\n') }, 'text/csv'],
    [{ name: 'letter.pdf', bytes: pdf }, 'application/pdf'],
    [{ name: 'board.png', bytes: png }, 'image/png'],
    [{ name: 'board.JPG', bytes: jpg }, 'image/jpeg'],
    [{ name: 'board.jpeg', bytes: jpg }, 'image/jpeg'],
  ])('may be $name, and comes back as it was, to be kept and not opened', async (file, type) => {
    const scene = await setScene(test, cast);
    const sent = await cast.lead.postFile(formOf(scene), answers(), file);
    expect(sent.statusCode).toBe(303);
    for (const reader of [cast.lead, cast.officer, boardMember]) {
      const answer = await reader.get(fileHref(await reader.get(pageOf(scene))));
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="${file.name}"; filename*=UTF-8''${file.name}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
      expect(answer.rawPayload.equals(file.bytes)).toBe(true);
    }
  });

  it('may be a link, a note and a file together', async () => {
    const scene = await setScene(test, cast);
    const link = 'https://saltmarsh.sharepoint.example/visits?a=1&b=2';
    const file = { name: 'visits.csv', bytes: bytes('a,b\n') };
    await cast.lead.postFile(formOf(scene), answers({ link, note: 'In the tracker' }), file);
    const { body } = await cast.lead.get(pageOf(scene));
    expect(body).toContain(
      'href="https://saltmarsh.sharepoint.example/visits?a=1&amp;b=2" rel="noreferrer noopener"',
    );
    expect(body).toContain('In the tracker');
    expect(body).toContain('>visits.csv</a>');
  });

  it.each<[string, SentFile]>([
    ['a document with macros', { name: 'visits.docm', bytes: docx }],
    [
      'macros under another name',
      { name: 'visits.docx', bytes: document('<w:p/>', { 'word/vbaProject.bin': program }) },
    ],
    ['a picture that can run', { name: 'chart.svg', bytes: bytes('<svg onload="alert(1)"/>') }],
    ['a web page', { name: 'visits.html', bytes: page }],
    ['a program', { name: 'visits.exe', bytes: program }],
    ['a web page called a PDF', { name: 'letter.pdf', bytes: page }],
    ['a program called a picture', { name: 'board.png', bytes: program }],
    ['a workbook called a document', { name: 'visits.docx', bytes: xlsx }],
    ['an empty file', { name: 'visits.csv', bytes: bytes('') }],
    ['no kind at all', { name: 'visits', bytes: bytes('a,b\n') }],
  ])('is not %s: it says so beside the box, and keeps the rest', async (_what, file) => {
    const scene = await setScene(test, cast);
    const answer = await cast.lead.postFile(formOf(scene), answers({ note: 'A note' }), file);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<a href="#file">');
    expect(answer.body).toContain('id="file-error"');
    expect(boxes(answer)).toMatchObject({ choice: 'amber', note: 'A note' });
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('has 10 MB at most', async () => {
    const scene = await setScene(test, cast);
    const file = { name: 'visits.csv', bytes: new Uint8Array(10 * 1024 * 1024 + 1).fill(97) };
    const answer = await cast.lead.postFile(formOf(scene), answers(), file);
    expect(answer.statusCode).toBe(413);
    expect(wordsOf(answer)).toContain('A file can have 10 megabytes at most');
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('is known by the last part of its name, and breaks no header', async () => {
    const scene = await setScene(test, cast);
    const name = '../../etc/visits "2026" — café\u202e.csv';
    await cast.lead.postFile(formOf(scene), answers(), { name, bytes: bytes('a,b\n') });
    const answer = await cast.lead.get(fileHref(await cast.lead.get(pageOf(scene))));
    expect(answer.headers['content-disposition']).toBe(
      // A browser sends a quotation mark in a name as %22.
      'attachment; filename="visits _222026_22 _ caf_.csv"; ' +
        "filename*=UTF-8''visits%20%25222026%2522%20%E2%80%94%20caf%C3%A9.csv",
    );
  });

  it('is not there for a stranger, beside another action, nor before it was given', async () => {
    const scene = await setScene(test, cast, day('2026-01-12'));
    const file = { name: 'visits.csv', bytes: bytes('a,b\n') };
    await cast.lead.postFile(formOf(scene), answers(), file);
    const href = fileHref(await cast.lead.get(pageOf(scene)));
    const others = [cast.stranger, cast.member, leadElsewhere, administrator];
    for (const who of others) {
      const absent = saysNothing(await who.get(href.replace(scene.slug, 'no-such-plan')));
      expect(absent.status).toBe(404);
      expect(saysNothing(await who.get(href))).toEqual(absent);
    }
    const beside = href.replace(scene.actions[0], scene.actions[1]);
    expect((await cast.lead.get(beside)).statusCode).toBe(404);
    expect((await cast.lead.get(`${href}?as-at=2026-03-03`)).statusCode).toBe(404);
    expect((await cast.lead.get(href.replace(/[^/]*$/, 'no-id'))).statusCode).toBe(404);
  });
});

describe('an update that is not to be given', () => {
  const tries = async (who: Officer, path: string) => {
    const [page, posted] = [await who.get(path), await who.postFile(path, answers())];
    return [page.statusCode, posted.statusCode];
  };

  it('is refused to whoever may read the action and not answer for it', async () => {
    const scene = await setScene(test, cast);
    const notTheirs = paths.update(scene.slug, scene.actions[1]);
    expect(await tries(cast.lead, notTheirs)).toEqual([403, 403]);
    expect(wordsOf(await cast.lead.get(notTheirs))).toContain('You cannot give an update here');
    expect((await scene.picture()).actions.every((one) => one.updateVersion === 0)).toBe(true);
  });

  it('has no page for a stranger, a member, an administrator or the lead of something else', async () => {
    const scene = await setScene(test, cast);
    for (const who of [cast.stranger, cast.member, boardMember, leadElsewhere, administrator]) {
      const absent = saysNothing(await who.get(paths.update('no-such-plan', scene.actions[0])));
      expect(saysNothing(await who.get(formOf(scene)))).toEqual(absent);
      expect(await tries(who, formOf(scene))).toEqual([404, 404]);
    }
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('is none for an earlier day', async () => {
    const scene = await setScene(test, cast, day('2026-01-12'));
    expect(await tries(cast.lead, `${formOf(scene)}?as-at=2026-02-12`)).toEqual([403, 400]);
    expect((await standing(scene)).updateVersion).toBe(0);
  });

  it('is none for a withdrawn action, nor in an archived plan, and says why', async () => {
    const scene = await setScene(test, cast);
    const left = { withdrawn: true, reason: 'It is done elsewhere' };
    await withdrawAction(db, cast.officer.actor, today, scene.actions[0], 1, left);
    expect(await tries(cast.lead, formOf(scene))).toEqual([403, 403]);
    expect(wordsOf(await cast.lead.get(formOf(scene)))).toContain('This action was withdrawn');
    const closed = await setScene(test, cast);
    await archivePlan(db, cast.officer.actor, today, closed.planId, 1, true);
    expect(await tries(cast.lead, formOf(closed))).toEqual([403, 403]);
    expect(wordsOf(await cast.lead.get(formOf(closed)))).toContain('This plan is archived');
  });
});
