import { londonDay } from '#kernel/dates.ts';
import { newId, type PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { commentOn, firstHead, startReport, writeSection } from '#committee';
import type { Actor } from '#people';
import {
  addAction,
  addObjective,
  askForDate,
  createPlan,
  giveUpdate,
  openRound,
  sharePlan,
} from '#plans';
import { parseId } from '#kernel/ids.ts';
import { prepareSheet } from '../../src/rooms/plans/actions/bring-back-sheet.ts';
import type { TestApp } from '../app.ts';
import { dueOn, noDue, testScheme } from '../plans.ts';
import { residentOf, type Household, type Resident } from './household.ts';
import { plantChallenge } from './planted-challenge.ts';
import { plantFindings } from './planted-findings.ts';
import { plantNarrative } from './planted-narrative.ts';
import { plantStandards } from './planted-standards.ts';

/** A plan with the same word in every text that people write of it. */
export interface PlantedPlan {
  /** Stands in every text and file of the plan, and nowhere else. */
  word: string;
  id: string;
  slug: string;
  objective: string;
  action: string;
  evidence: string;
  /** A draft report on the plan, by the QA manager. */
  report: string;
  /** A source of the register, and a finding of it. */
  source: string;
  finding: string;
  /** A criterion of a framework. */
  criterion: string;
  challenge: string;
  /** The address of each record, by the name that a route gives to its place. */
  places: Readonly<Record<string, string>>;
}

/** A row of an update sheet in which nothing was filled in. */
const blank = { going: '', changed: '', shows: '', newDue: '', reason: '', effect: '', toldBy: '' };

/** One of a person's acts that must have gone well for the test to mean anything. */
function done<Outcome extends { kind: string }>(
  outcome: Outcome,
): Extract<Outcome, { kind: 'done' }> {
  if (outcome.kind !== 'done') throw new Error(`Not planted: ${JSON.stringify(outcome)}`);
  return outcome as Extract<Outcome, { kind: 'done' }>;
}

/**
 * A plan of the council whose every text holds the word. One that is near names the post and the
 * board that everybody holds, and is shared with the peer reviewer; one that is far does neither.
 */
export async function plantPlan(
  test: TestApp,
  household: Household,
  word: string,
  distance: 'near' | 'far',
): Promise<PlantedPlan> {
  const { db } = test.database;
  const on = londonDay(test.clock.now);
  const near = distance === 'near';
  const manager = residentOf(household, 'qa-manager');
  const actor = actorOf(household, manager);
  const title = `${word} plan`;
  const plan = done(
    await createPlan(db, actor, on, {
      title,
      periodFrom: on,
      periodTo: null,
      owner: near ? household.nearPost : null,
      boards: near ? [household.nearBoard] : [],
      reviewCycleDays: 60,
      ragScheme: testScheme.map((one) => ({ ...one, meaning: `${word} ${one.meaning}` })),
    }),
  );
  const sources = [{ title: `${word} letter`, words: `${word} said so`, page: '4' }];
  const objective = done(
    await addObjective(db, actor, on, plan.planId, {
      section: `${word} section`,
      ref: '1',
      title: `${word} objective`,
      sources,
    }),
  );
  const action = done(
    await addAction(db, actor, on, plan.planId, {
      objectiveId: objective.objectiveId,
      ref: '1.1',
      text: `${word} action`,
      leads: near ? [household.nearPost] : [],
      contributors: [],
      priority: 'high',
      successMeasure: `${word} measure`,
      outcomeForChildren: `${word} outcome`,
      sources,
      due: { ...noDue, asWritten: `when ${word} is done` },
      submissionId: newId<'submission'>(),
    }),
  );
  done(
    await giveUpdate(db, actor, on, {
      actionId: action.actionId,
      choice: 'amber',
      whatChanged: `${word} was done`,
      evidence: [
        { kind: 'note', title: `${word} note` },
        {
          kind: 'link',
          title: `https://example.test/${word}`,
          url: `https://example.test/${word}`,
        },
        {
          kind: 'file',
          title: `${word}.csv`,
          file: {
            name: `${word}.csv`,
            mediaType: 'text/csv',
            bytes: new TextEncoder().encode(`what,who\n${word},file\n`),
          },
        },
      ],
      seenVersion: 0,
      submissionId: newId<'submission'>(),
      corrects: null,
    }),
  );
  done(
    await askForDate(db, actor, on, action.actionId, 1, {
      due: dueOn('2026-09-30'),
      reason: `${word} takes longer`,
      effectOnChildren: `${word} means none`,
    }),
  );
  const request = await inAuthority(db, household.authority.id, (tx) =>
    tx
      .selectFrom('due_date_request')
      .select('id')
      .where('action_id', '=', action.actionId)
      .executeTakeFirstOrThrow(),
  );
  const asked = { name: `${word} round`, askedBy: on };
  const { roundId } = done(await openRound(db, actor, on, plan.planId, asked));
  if (near) {
    const userId = parseId<'user'>(residentOf(household, 'peer-reviewer').userId);
    if (userId === null) throw new Error('The peer reviewer has no id');
    const given = { userId, reason: `To look at ${word}`, lastDay: on };
    done(await sharePlan(db, actor, on, plan.planId, given));
  }
  const row = {
    where: 'row 2',
    code: '',
    given: {},
    filled: { ...blank, changed: `${word} was said` },
    newDue: null,
    doubts: [],
  };
  const sent = {
    fileName: `${word} sheet.csv`,
    mediaType: 'text/csv',
    bytes: new TextEncoder().encode(word),
    reading: { rows: [row], problems: [] },
  };
  const { sheetId } = done(await prepareSheet(db, actor, plan.planId, sent, on));
  const file = await inAuthority(db, household.authority.id, (tx) =>
    tx
      .selectFrom('evidence')
      .select('id')
      .where('kind', '=', 'file')
      .where('title', 'like', `${word}%`)
      .executeTakeFirstOrThrow(),
  );
  const nearness = near ? { post: household.nearPost, board: household.nearBoard } : null;
  const said = await plantFindings(db, actor, on, word, nearness);
  const standards = await plantStandards(db, actor, on, word, nearness?.post ?? null);
  const narrative = await plantNarrative(db, actor, on, word, nearness?.post ?? null);
  const guest = near ? parseId<'user'>(residentOf(household, 'peer-reviewer').userId) : null;
  const challenge = await plantChallenge(db, actor, on, word, standards, guest);
  const paper = await plantReport(test, household, actor, plan.planId, word);
  const ids = {
    objective: objective.objectiveId,
    action: action.actionId,
    evidence: file.id,
    report: paper.report,
    source: said.source,
    finding: said.finding,
    criterion: standards.criterion,
    challenge: challenge.challenge,
  };
  return {
    word,
    id: plan.planId,
    slug: plan.slug,
    ...ids,
    places: {
      plan: plan.slug,
      ...ids,
      request: request.id,
      round: roundId,
      sheet: sheetId,
      ...said,
      ...standards,
      ...narrative,
      ...challenge,
      ...paper,
      section: 'summary',
    },
  };
}

function actorOf({ authority }: Household, resident: Resident): Actor {
  const userId = parseId<'user'>(resident.userId);
  if (userId === null) throw new Error('A resident has no id');
  return { authorityId: authority.id, userId, name: '', roles: ['qa-manager'], partyIds: [] };
}

/** A draft report for the public with the word in all that people write of it. */
async function plantReport(
  test: TestApp,
  household: Household,
  actor: Actor,
  planId: PlanId,
  word: string,
) {
  const { db } = test.database;
  const on = londonDay(test.clock.now);
  const about = {
    committeeId: null,
    committee: `${word} committee`,
    meetingOn: null,
    asAt: on,
    since: null,
    isPublic: true,
    paragraphs: [],
    exemptionReason: null,
  };
  const { reportId } = done(
    await startReport(db, actor, on, {
      depth: 'operational',
      planIds: [planId],
      head: firstHead(about, `${word} report`, [], `${word} author`),
      replacesId: null,
      submissionId: newId<'submission'>(),
    }),
  );
  const summary = { section: 'summary', body: `${word} said it`, seenVersion: 0 } as const;
  done(await writeSection(db, actor, on, reportId, summary));
  const submissionId = newId<'submission'>();
  const remark = { section: 'summary', body: `${word} asked`, submissionId } as const;
  done(await commentOn(db, actor, on, reportId, remark));
  const { authority } = household;
  return await inAuthority(db, authority.id, async (tx) => {
    const comment = await tx
      .selectFrom('report_comment')
      .select('id')
      .where('report_id', '=', reportId)
      .executeTakeFirstOrThrow();
    // Nobody is asked to clear it: whoever is would read what is far.
    return { report: reportId, comment: comment.id, clearance: comment.id };
  });
}
