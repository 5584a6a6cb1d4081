import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, type PlanId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { listParties, type Actor } from '#people';
import { partiesById, readHeads } from '#plans';
import {
  answerClearance,
  askClearance,
  contentOf,
  finaliseReport,
  firstHead,
  readReportCard,
  startReport,
  writeSection,
  type ReportId,
} from '#committee';
import { done, type Council } from './load-people.ts';
import type { ReportStory } from './story.ts';
import type { Moment } from './timetable.ts';

type ReportMoment = Extract<Moment, { kind: 'report' }>;

/** Tells what became of a council's reports to committee, by the deeds that people use. */
export function reportTeller(db: Db, tx: Tx, council: Council) {
  const { authorityId } = council;
  const begun = new Map<ReportStory, ReportId>();

  const actorOf = (email: string): Actor => {
    const person = council.people.get(email);
    if (person === undefined) throw new Error(`Nobody is ${email} yet`);
    const { story, userId, partyIds } = person;
    return { authorityId, userId, name: story.name, roles: [story.role], partyIds };
  };

  const nameOf = (key: string) => {
    const party = council.story.parties[key];
    if (party === undefined) throw new Error(`There is no ${key}`);
    return party.name;
  };

  const partyId = async (key: string) => {
    const found = (await listParties(tx, authorityId)).find(({ name }) => name === nameOf(key));
    if (found === undefined) throw new Error(`There is no ${key}`);
    return found.id;
  };

  async function tell({ report, step, day }: ReportMoment): Promise<void> {
    if (step === 'begin') await begin(report, day);
    else await finish(report, day);
  }

  async function begin(report: ReportStory, day: IsoDate): Promise<void> {
    const by = actorOf(report.by);
    const plan = await planTitled(report.plan, day);
    const about = {
      committeeId: await partyId(report.committee),
      committee: nameOf(report.committee),
      meetingOn: addDays(day, report.meetsInDays),
      asAt: addDays(day, -1),
      since: addDays(day, -report.comparedDays),
      isPublic: true,
      paragraphs: [],
      exemptionReason: null,
    };
    const outcome = await startReport(db, by, day, {
      depth: report.depth,
      planIds: [plan.id],
      head: firstHead(about, report.title, [plan], by.name),
      replacesId: null,
      submissionId: newId<'submission'>(),
    });
    const { reportId } = done(outcome, 'done');
    begun.set(report, reportId);
    await write(report, reportId, report.words, day);
    for (const post of report.asks) {
      done(await askClearance(db, by, day, reportId, await partyId(post)), 'done');
    }
    for (const { by: email, post, words } of report.cleared) {
      await clear(reportId, email, post, words, day);
    }
    await write(report, reportId, report.afterwards ?? [], day);
  }

  /** Whoever was asked clears what stands, and it is made final. */
  async function finish(report: ReportStory, day: IsoDate): Promise<void> {
    const reportId = begun.get(report);
    if (reportId === undefined || report.final === undefined) throw new Error('It was not begun');
    const { hashes } = await contentNow(reportId, day);
    done(await finaliseReport(db, actorOf(report.final.by), day, reportId, hashes), 'done');
  }

  async function write(
    report: ReportStory,
    reportId: ReportId,
    words: ReportStory['words'],
    day: IsoDate,
  ): Promise<void> {
    for (const { section, body } of words) {
      const given = { section, body, seenVersion: 0 };
      done(await writeSection(db, actorOf(report.by), day, reportId, given), 'done');
    }
  }

  async function clear(
    reportId: ReportId,
    email: string,
    post: string,
    words: string | null,
    day: IsoDate,
  ): Promise<void> {
    const card = await readReportCard(tx, authorityId, reportId);
    const clearance = card?.clearances.find((one) => one.post === nameOf(post));
    if (clearance === undefined) throw new Error(`${post} was not asked`);
    const { hashes: seen } = await contentNow(reportId, day);
    const given = { clearanceId: clearance.id, answer: 'cleared', words, seen } as const;
    done(await answerClearance(db, actorOf(email), day, reportId, given), 'done');
  }

  async function contentNow(reportId: ReportId, day: IsoDate) {
    const content = await contentOf(tx, authorityId, day, reportId);
    if (content === null) throw new Error('The report is not there');
    return content;
  }

  async function planTitled(
    title: string,
    day: IsoDate,
  ): Promise<{ id: PlanId; title: string; owner: { name: string } | null }> {
    const heads = await readHeads(tx, authorityId, day, await partiesById(tx, authorityId));
    const head = heads.find((one) => one.title === title);
    if (head === undefined) throw new Error(`There is no plan “${title}” yet`);
    return head;
  }

  return { tell };
}
