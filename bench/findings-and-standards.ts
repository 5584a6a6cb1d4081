import { sql } from 'kysely';
import { londonDay, type IsoDate } from '#kernel/dates.ts';
import { newId, type AssessmentId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { similarFindings, threadPaths } from '#findings';
import { actorByEmail, authorityBySlug, type Actor } from '#people';
import { beginAssessment } from '../src/rooms/standards/actions/narrative/begin-assessment.ts';
import { writeSection } from '../src/rooms/standards/actions/narrative/write-assessment.ts';
import { inEmptyPlace, onDatabase } from './empty-place.ts';
import { crowd, fillWithCouncils, password } from './load/many-councils.ts';
import { fillRegisters, idOf, register } from './load/registers.ts';
import type { Reading } from './readings.ts';
import { signIn, withApp } from './signed-in.ts';
import { p95, timed } from './timing.ts';

const runs = 25;

/** So many numbered sections, of which each fills two pages and a half in Word: sixty pages. */
const sections = 24;

/**
 * The register and the standards of a council among twenty such: the thread of an item with many
 * links, findings that may say the same as a new one, all checks, and a long self-assessment as
 * Word, each as the page or the file that a person asks for.
 */
export async function findingsAndStandards(note: (line: string) => void): Promise<Reading[]> {
  return await inEmptyPlace((data) =>
    onDatabase(data, async ({ db, keeper }) => {
      const today = londonDay(new Date());
      note(`Filling a database with twenty councils of ${register.findings} findings each.`);
      const accounts = await fillWithCouncils(keeper, new Date());
      const slugs = Array.from({ length: crowd.authorities }, (_, n) => `council-${n + 1}`);
      const councils = await Promise.all(slugs.map((slug) => authorityBySlug(keeper, slug)));
      await fillRegisters(
        keeper,
        councils.flatMap((council) => (council === undefined ? [] : [council.id])),
        today,
      );
      const [account] = accounts;
      if (account === undefined) throw new Error('Nobody can sign in');
      const actor = await actorOf(db, account, today);
      const longOne = await longAssessment(db, actor, today);
      return await withApp(db, async (app) => {
        const cookies = await signIn(app, { ...account, password });
        const get = async (url: string) => {
          const answer = await app.inject({ url, cookies });
          if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
        };
        const finding = await firstFinding(db, actor);
        const thread = threadPaths.thread('finding', finding);
        const checks = '/standards/checks';
        const word = `/standards/assessments/${longOne}/export?format=docx`;
        return [
          {
            what: `Thread of a finding with ${register.links} links, p95`,
            found: p95(await timed(runs, () => get(thread))),
            unit: 'ms',
            atMost: 200,
          },
          {
            what: `What may say the same, among ${register.findings} findings, p95`,
            found: p95(await timed(runs, () => alike(db, actor, today))),
            unit: 'ms',
            atMost: 300,
          },
          {
            what: 'Page of all checks of a council, p95',
            found: p95(await timed(10, () => get(checks))),
            unit: 'ms',
            atMost: 1_000,
          },
          {
            what: `Self-assessment of ${sections} sections (sixty pages) as Word, p95`,
            found: p95(await timed(10, () => get(word))),
            unit: 'ms',
            atMost: 3_000,
          },
        ];
      });
    }),
  );
}

async function actorOf(
  db: Db,
  account: { slug: string; email: string },
  today: IsoDate,
): Promise<Actor> {
  const council = await authorityBySlug(db, account.slug);
  if (council === undefined) throw new Error('There is no council');
  const actor = await readInAuthority(db, council.id, (tx) =>
    actorByEmail(tx, council.id, account.email, today),
  );
  if (actor === null) throw new Error('There is no such person');
  return actor;
}

async function firstFinding(db: Db, { authorityId }: Actor): Promise<string> {
  const { rows } = await readInAuthority(db, authorityId, (tx) =>
    sql<{ id: string }>`select ${idOf(authorityId, 'finding', sql`1`)} as id`.execute(tx),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('There is no finding');
  return row.id;
}

async function alike(db: Db, { authorityId }: Actor, today: IsoDate): Promise<void> {
  const words =
    'The authority should make sure that visits are written up within two working days for every child, and that plans are shared with the family.';
  const found = await readInAuthority(db, authorityId, (tx) =>
    similarFindings(tx, authorityId, words, today),
  );
  if (found.length === 0) throw new Error('Nothing is alike');
}

async function longAssessment(db: Db, actor: Actor, today: IsoDate): Promise<AssessmentId> {
  const head = { title: 'Self-assessment', period: '2026/27', contact: null };
  const submissionId = newId<'submission'>();
  const from = { kind: 'nothing' } as const;
  const begun = await beginAssessment(db, actor, today, { head, from, submissionId });
  if (begun.kind !== 'done') throw new Error(`Not begun: ${begun.kind}`);
  const paragraph =
    'Managers look at each open case every four weeks and write down what changed for the child. Audits of the last year show it in nine of twelve cases; where it was missing, the worker had left. Families say that they are told what happens next, and some say that they are told late. ';
  for (let number = 1; number <= sections; number += 1) {
    const outcome = await writeSection(db, actor, today, begun.assessmentId, {
      id: null,
      number: String(number),
      title: `Section ${number}`,
      summary: Array.from({ length: 14 }, () => paragraph.repeat(2)).join('\n\n'),
      points: (['strength', 'area for development'] as const).flatMap((kind) =>
        Array.from({ length: 4 }, (_, n) => ({
          findingId: null,
          kind,
          words: `Point ${number}.${n} of what is a ${kind}. ${paragraph}`,
        })),
      ),
      seenVersion: 0,
      seenPoints: new Map(),
      submissionId: newId<'submission'>(),
    });
    if (outcome.kind !== 'done') throw new Error(`Not written: ${JSON.stringify(outcome)}`);
  }
  return begun.assessmentId;
}
