import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type ActionId,
  type ObjectiveId,
  type PlanId,
  type RoundId,
  type UpdateId,
} from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import {
  acceptUntested,
  addAction,
  addObjective,
  answerStep,
  askForDate,
  changeAction,
  closeRound,
  createPlan,
  decideDate,
  giveUpdate,
  isSettled,
  leaveTable,
  openRound,
  readPicture,
  remindLead,
  sayStep,
  sharePlan,
  withdrawAction,
  type GivenAction,
  type GivenEvidence,
} from '#plans';
import { done, type Council, type PersonThere } from './load-people.ts';
import type { ActionStory, Happening, PlanStory, ReviewStory, Shown } from './story.ts';
import type { Event, Moment } from './timetable.ts';

type PlanMoment = Extract<
  Moment,
  { kind: 'plan' | 'share' | 'review' | 'objective' | 'action' | 'happening' }
>;

/** An action as it stands so far in the telling. */
interface ActionThere {
  id: ActionId;
  given: GivenAction;
  test: ActionStory['test'];
  leads: readonly string[];
  version: number;
  dueVersion: number;
  closureVersion: number;
  updateIds: UpdateId[];
}

/** Tells what happened in a council's plans to the product, one moment after the other. */
export function planTeller(db: Db, council: Council) {
  const planIds = new Map<PlanStory, PlanId>();
  const roundIds = new Map<ReviewStory, RoundId>();
  const objectiveIds = new Map<object, ObjectiveId>();
  const actions = new Map<ActionStory, ActionThere>();

  const keeperOf = (plan: PlanStory) => actorOf(there(council.people.get(plan.keeper)));

  /** Whoever holds the first lead post that somebody here holds; else the plan's keeper. */
  const writerOf = (plan: PlanStory, action: ActionThere) => {
    const posts = action.leads.map((lead) => council.story.parties[lead]?.answeredBy ?? lead);
    const here = [...council.people.values()].filter((person) => !person.gone);
    const holder = posts
      .map((post) => here.find((person) => person.story.holds.includes(post)))
      .find((person) => person !== undefined);
    return holder === undefined ? keeperOf(plan) : actorOf(holder);
  };

  /** Whoever holds the post that owns the plan; where they asked themselves, the post above it. */
  const deciderOf = (plan: PlanStory, asker: Actor | null) => {
    const holderOf = (post: string | undefined) =>
      there(
        [...council.people.values()].find(
          (person) => !person.gone && person.story.holds.some((held) => held === post),
        ),
      );
    const owner = holderOf(plan.owner);
    if (owner.userId !== asker?.userId) return actorOf(owner);
    return actorOf(holderOf(council.story.parties[plan.owner]?.answersTo));
  };

  const openRequest = (actionId: ActionId) =>
    inAuthority(db, council.authorityId, async (tx) => {
      const { id } = await tx
        .selectFrom('due_date_request')
        .select('id')
        .where('authority_id', '=', council.authorityId)
        .where('action_id', '=', actionId)
        .orderBy('version', 'desc')
        .executeTakeFirstOrThrow();
      return id;
    });

  const openStep = (actionId: ActionId) =>
    inAuthority(db, council.authorityId, async (tx) => {
      const { id } = await tx
        .selectFrom('closure_step')
        .select('id')
        .where('authority_id', '=', council.authorityId)
        .where('action_id', '=', actionId)
        .orderBy('version', 'desc')
        .executeTakeFirstOrThrow();
      return id;
    });

  /** The plan's owner signs off; where they did the work themselves, the post above. */
  const bySomebodyElse = async (
    plan: PlanStory,
    sign: (by: Actor) => Promise<{ kind: string }>,
  ): Promise<void> => {
    const owner = deciderOf(plan, null);
    const outcome = await sign(owner);
    if (outcome.kind === 'not-yours') done(await sign(deciderOf(plan, owner)), 'done');
    else done(outcome, 'done');
  };

  const actorOf = (person: PersonThere): Actor => ({
    authorityId: council.authorityId,
    userId: person.userId,
    name: person.story.name,
    roles: [person.story.role],
    partyIds: person.partyIds,
  });

  const names = (keys: readonly string[]) =>
    keys.map((key) => there(council.story.parties[key]).name);

  async function tell(moment: PlanMoment): Promise<void> {
    const { day } = moment;
    switch (moment.kind) {
      case 'plan': {
        const { plan } = moment;
        const outcome = await createPlan(db, keeperOf(plan), day, {
          title: plan.title,
          periodFrom: plan.periodFrom,
          periodTo: plan.periodTo,
          owner: there(names([plan.owner])[0]),
          boards: names(plan.boards),
          reviewCycleDays: plan.reviewCycleDays,
          ragScheme: [...plan.ragScheme],
        });
        planIds.set(plan, done(outcome, 'done').planId);
        break;
      }
      case 'share': {
        const { plan, guest, reason } = moment;
        const { userId } = there(council.people.get(guest));
        const given = { userId, reason, lastDay: addDays(day, 13) };
        done(await sharePlan(db, keeperOf(plan), day, there(planIds.get(plan)), given), 'done');
        break;
      }
      case 'review':
        await tellReview(moment, day);
        break;
      case 'objective': {
        const { plan, objective } = moment;
        const { section, ref, title, sources } = objective;
        const given = { section, ref, title, sources: [...sources] };
        const by = keeperOf(plan);
        const outcome = await addObjective(db, by, day, there(planIds.get(plan)), given);
        objectiveIds.set(objective, done(outcome, 'done').objectiveId);
        break;
      }
      case 'action':
        await tellAction(moment, day);
        break;
      case 'happening': {
        const action = there(actions.get(moment.action));
        await tellHappening(moment.plan, action, moment.happening, day);
        break;
      }
    }
  }

  async function tellReview(
    { plan, review, step }: Extract<Event, { kind: 'review' }>,
    day: IsoDate,
  ): Promise<void> {
    const by = keeperOf(plan);
    const planId = there(planIds.get(plan));
    switch (step) {
      case 'open': {
        const askedBy = addDays(day, review.openedDaysAgo - review.askedByDaysAgo);
        const given = { name: formatDate(day), askedBy };
        roundIds.set(review, done(await openRound(db, by, day, planId, given), 'done').roundId);
        break;
      }
      case 'remind': {
        const roundId = there(roundIds.get(review));
        const picture = await pictureOf(planId, day);
        for (const { id } of picture.actions.flatMap(({ leads }) => leads)) {
          const outcome = await remindLead(db, by, day, planId, roundId, id);
          if (outcome.kind === 'done') break;
        }
        break;
      }
      case 'close': {
        const roundId = there(roundIds.get(review));
        const note = there(review.closed).note;
        done(await closeRound(db, by, day, planId, roundId, note), 'done');
        const settled = (await pictureOf(planId, day)).actions.filter(
          ({ onTable, withdrawn, closure }) => onTable && !withdrawn && isSettled(closure),
        );
        if (settled.length === 0) break;
        const given = {
          chosen: settled.map(({ id, tableVersion, closureVersion }) => ({
            id,
            tableVersion,
            closureVersion,
          })),
          act: 'leave',
          reason: `Reported at the close of the round of ${formatDate(day)}.`,
          acceptUntested: null,
        } as const;
        done(await leaveTable(db, by, day, planId, given), 'done');
        break;
      }
    }
  }

  const pictureOf = (planId: PlanId, day: IsoDate) =>
    inAuthority(db, council.authorityId, async (tx) =>
      there((await readPicture(tx, council.authorityId, planId, day)) ?? undefined),
    );

  async function tellAction(moment: Extract<Event, { kind: 'action' }>, day: IsoDate) {
    const { plan, objective, action } = moment;
    const given: GivenAction = {
      objectiveId: there(objectiveIds.get(objective)),
      ref: action.ref,
      text: action.text,
      leads: names(action.leads),
      contributors: names(action.contributors ?? []),
      priority: action.priority,
      successMeasure: action.measure ?? null,
      outcomeForChildren: action.outcome ?? null,
      sources: [...(action.sources ?? [])],
    };
    const { test } = action;
    const by = keeperOf(plan);
    const outcome = await addAction(db, by, day, there(planIds.get(plan)), {
      ...given,
      ...(test === undefined
        ? {}
        : { test: test === 'to be agreed' ? test : { ...test, byWhen: null } }),
      due: action.due,
      submissionId: newId<'submission'>(),
    });
    actions.set(action, {
      id: done(outcome, 'done').actionId,
      given,
      test,
      leads: action.leads,
      version: 1,
      dueVersion: 1,
      closureVersion: 0,
      updateIds: [],
    });
  }

  async function tellHappening(
    plan: PlanStory,
    action: ActionThere,
    happening: Happening,
    day: IsoDate,
  ): Promise<void> {
    switch (happening.kind) {
      case 'update':
      case 'correction': {
        const corrects = happening.kind === 'correction' ? there(action.updateIds.at(-1)) : null;
        const evidence = happening.kind === 'correction' ? [] : happening.evidence;
        const outcome = await giveUpdate(db, writerOf(plan, action), day, {
          actionId: action.id,
          choice: happening.choice,
          whatChanged: happening.text,
          evidence: evidence.map(evidenceOf),
          seenVersion: action.updateIds.length,
          submissionId: newId<'submission'>(),
          corrects,
        });
        action.updateIds.push(done(outcome, 'done').updateId);
        break;
      }
      case 'date': {
        const by = writerOf(plan, action);
        const { due, reason, effect, answer } = happening;
        const given = { due, reason, effectOnChildren: effect };
        done(await askForDate(db, by, day, action.id, action.dueVersion, given), 'done');
        if (answer === 'waits') break;
        const granted = answer === 'granted';
        const decision = granted
          ? ({ outcome: 'granted', reason: null } as const)
          : ({ outcome: 'refused', reason: answer.refused } as const);
        const id = await openRequest(action.id);
        done(await decideDate(db, deciderOf(plan, by), day, id, decision), 'done');
        if (granted) action.dueVersion += 1;
        break;
      }
      case 'said': {
        const { state, text, evidence, answer } = happening;
        const said = await sayStep(db, writerOf(plan, action), day, {
          actionId: action.id,
          state,
          account: text,
          testResult: action.test !== undefined && state !== 'children better off' ? 'met' : null,
          evidence: evidence.map(evidenceOf),
          seenVersion: action.closureVersion,
          submissionId: newId<'submission'>(),
        });
        done(said, 'done');
        action.closureVersion += 1;
        if (answer === 'waits') break;
        const stepId = await openStep(action.id);
        const given =
          answer === 'verified'
            ? ({ answer, reason: null } as const)
            : ({ answer: 'returned', reason: answer.returned } as const);
        await bySomebodyElse(plan, (by) =>
          answerStep(db, by, day, { actionId: action.id, stepId, ...given }),
        );
        break;
      }
      case 'accepted': {
        await bySomebodyElse(plan, (by) =>
          acceptUntested(db, by, day, {
            actionId: action.id,
            reason: happening.reason,
            seenVersion: action.closureVersion,
            submissionId: newId<'submission'>(),
          }),
        );
        action.closureVersion += 1;
        break;
      }
      case 'failed': {
        const outcome = await giveUpdate(db, writerOf(plan, action), day, {
          actionId: action.id,
          choice: happening.choice,
          whatChanged: happening.text,
          evidence: [],
          seenVersion: action.updateIds.length,
          submissionId: newId<'submission'>(),
          corrects: null,
          failedAgain: happening.text,
        });
        action.updateIds.push(done(outcome, 'done').updateId);
        action.closureVersion += 1;
        break;
      }
      case 'leads':
      case 'wording': {
        const given: GivenAction = { ...action.given };
        if (happening.kind === 'leads') {
          given.leads = names(happening.leads);
          action.leads = happening.leads;
        } else {
          given.text = happening.text;
          given.successMeasure = happening.measure ?? given.successMeasure;
        }
        const by = keeperOf(plan);
        done(await changeAction(db, by, day, action.id, action.version, given), 'done');
        action.given = given;
        action.version += 1;
        break;
      }
      case 'withdrawal': {
        const by = keeperOf(plan);
        const given = { withdrawn: true, reason: happening.reason };
        done(await withdrawAction(db, by, day, action.id, action.version, given), 'done');
        action.version += 1;
        break;
      }
    }
  }

  return { tell };
}

function evidenceOf(shown: Shown): GivenEvidence {
  if (shown.kind !== 'file') return shown;
  const { title, name, text } = shown;
  const file = { name, mediaType: 'text/plain', bytes: new TextEncoder().encode(text) };
  return { kind: 'file', title, file };
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The demonstration names what was not told yet');
  return value;
}
