import { londonDay } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
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
import type { TestApp } from '../app.ts';
import { dueOn, noDue, testScheme } from '../plans.ts';
import { residentOf, type Household, type Resident } from './household.ts';

/** A plan with the same word in every text that people write of it. */
export interface PlantedPlan {
  /** Stands in every text and file of the plan, and nowhere else. */
  word: string;
  id: string;
  slug: string;
  objective: string;
  action: string;
  evidence: string;
  /** The address of each record, by the name that a route gives to its place. */
  places: Readonly<Record<string, string>>;
}

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
  const file = await inAuthority(db, household.authority.id, (tx) =>
    tx
      .selectFrom('evidence')
      .select('id')
      .where('kind', '=', 'file')
      .where('title', 'like', `${word}%`)
      .executeTakeFirstOrThrow(),
  );
  const ids = {
    objective: objective.objectiveId,
    action: action.actionId,
    evidence: file.id,
  };
  return {
    word,
    id: plan.planId,
    slug: plan.slug,
    ...ids,
    places: { plan: plan.slug, ...ids, request: request.id, round: roundId },
  };
}

function actorOf({ authority }: Household, resident: Resident): Actor {
  const userId = parseId<'user'>(resident.userId);
  if (userId === null) throw new Error('A resident has no id');
  return { authorityId: authority.id, userId, name: '', roles: ['qa-manager'], partyIds: [] };
}
