import type { ActionId, ObjectiveId, PlanId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { addParty, holdPost, type Actor, type GrantableRole } from '#people';
import {
  demoAuthority,
  openSession,
  userWith,
  type SignedIn,
  type TestApp,
  type TestAuthority,
} from '#test/app.ts';
import { addAction, type GivenAction } from '../../actions/change-action.ts';
import { addObjective, createPlan } from '../../actions/change-plan.ts';
import { defaultScheme } from '../../rules/default-scheme.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { findPlanId, readPicture } from '../../store/read-picture.ts';

export const today = '2026-03-04' as PlanPicture['asAt'];

/** Somebody of the council with a browser of their own. */
export type Officer = SignedIn & { actor: Actor };

/** The people who come to the pages; set once a file, since a sign-in takes its time. */
export interface Cast {
  authority: TestAuthority;
  /** The QA manager, who may change everything. */
  officer: Officer;
  /** Another of them. */
  colleague: Officer;
  /** The director, whose post owns the plan: decides on dates that others ask for. */
  owner: Officer;
  /** Holds the post that leads action 1.1, and may give updates on it and ask for another date. */
  lead: Officer;
  /** An elected member on no board of the plan. */
  member: Officer;
  /** The QA manager of another council. */
  stranger: Officer;
}

/** A small plan of its own for each test, and the people. */
export interface Scene extends Cast {
  db: Db;
  planId: PlanId;
  slug: string;
  objectives: [ObjectiveId, ObjectiveId];
  actions: [ActionId, ActionId, ActionId];
  /** The plan as it stands now. */
  picture: () => Promise<PlanPicture>;
}

const leads = ['Service Manager, Children in Care'];
const ownerPost = 'Director of Children’s Services';

/** Everybody, signed in. */
export async function setCast(test: TestApp): Promise<Cast> {
  const authority = await demoAuthority(test);
  const elsewhere = await demoAuthority(test, 'Fenmoor Council');
  return {
    authority,
    officer: await officerOf(test, authority, ['qa-manager'], 'Robin Fenwick'),
    colleague: await officerOf(test, authority, ['qa-manager'], 'Sam Reed'),
    owner: await officerOf(test, authority, ['director'], 'Kim Alder', ownerPost),
    lead: await officerOf(test, authority, ['action-lead'], 'Alex Marsh', leads[0]),
    member: await officerOf(test, authority, ['member'], 'Lee Sallow'),
    stranger: await officerOf(test, elsewhere, ['qa-manager']),
  };
}

/** A new plan with two objectives and three actions, begun today or on an earlier day. */
export async function setScene(test: TestApp, cast: Cast, since = today): Promise<Scene> {
  const { db } = test.database;
  const { authority, officer } = cast;
  const { planId, slug } = done(
    await createPlan(db, officer.actor, since, {
      title: 'Children’s services improvement plan',
      periodFrom: null,
      periodTo: null,
      owner: ownerPost,
      boards: ['Improvement Board'],
      reviewCycleDays: 31,
      ragScheme: [...defaultScheme],
    }),
  );
  const objective = async (ref: string, title: string) => {
    const given = { section: null, ref, title, sources: [] };
    return done(await addObjective(db, officer.actor, since, planId, given)).objectiveId;
  };
  const first = await objective('1', 'Children in care are visited on time');
  const second = await objective('2', 'Plans are clear and measurable');
  const action = async (ref: string, text: string, objectiveId: ObjectiveId, leads: string[]) => {
    const given: GivenAction = {
      objectiveId,
      ref,
      text,
      leads,
      contributors: [],
      priority: null,
      successMeasure: null,
      outcomeForChildren: null,
      sources: [],
    };
    const { due } = readDue('30 June 2026');
    const whole = { ...given, due, submissionId: newId<'submission'>() };
    return done(await addAction(db, officer.actor, since, planId, whole)).actionId;
  };
  return {
    ...cast,
    db,
    planId,
    slug,
    objectives: [first, second],
    actions: [
      await action('1.1', 'Report every late visit weekly', first, leads),
      await action('1.2', 'Agree cover for sickness', first, []),
      await action('2.1', 'Train all team managers in writing plans', second, []),
    ],
    picture: () => pictureOf(test, authority, slug),
  };
}

/** A plan of the council as it stands now. */
export async function pictureOf(
  test: TestApp,
  authority: TestAuthority,
  slug: string,
): Promise<PlanPicture> {
  const picture = await inAuthority(test.database.db, authority.id, async (tx) => {
    const planId = await findPlanId(tx, authority.id, slug);
    return planId === null ? null : readPicture(tx, authority.id, planId, today);
  });
  if (picture === null) throw new Error(`There is no plan ${slug}`);
  return picture;
}

/** Somebody new, signed in, holding these roles and that post. */
export async function officerOf(
  test: TestApp,
  authority: TestAuthority,
  roles: GrantableRole[],
  name = 'Robin Fenwick',
  post?: string,
): Promise<Officer> {
  const user = await userWith(test, authority, roles, name, null);
  const actor: Actor = {
    authorityId: authority.id,
    userId: user.userId,
    name,
    roles,
    partyIds: [],
  };
  if (post !== undefined) {
    await inAuthority(test.database.db, authority.id, async (tx) => {
      const doer = { authorityId: authority.id, userId: null };
      const party = await addParty(tx, doer, { kind: 'post', name: post });
      if (party.kind === 'refused') throw new Error('The post of the scene was refused');
      await holdPost(tx, doer, { partyId: party.partyId, userId: user.userId, startsOn: today });
      actor.partyIds.push(party.partyId);
    });
  }
  return { ...(await openSession(test, user)), actor };
}

function done<Outcome extends { kind: string }>(
  outcome: Outcome,
): Extract<Outcome, { kind: 'done' }> {
  if (outcome.kind !== 'done') throw new Error(`The scene was not set: ${JSON.stringify(outcome)}`);
  return outcome as Extract<Outcome, { kind: 'done' }>;
}

/** The value of a hidden field of a page. */
export function hidden(page: { body: string }, name: string): string {
  const tag = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(page.body);
  if (tag?.[1] === undefined) throw new Error(`The page has no hidden field ${name}`);
  return unescaped(tag[1]);
}

/** The page as words: tags taken out, blanks joined. */
export function wordsOf(page: { body: string }): string {
  const main = /<main[\s\S]*<\/main>/.exec(page.body)?.[0] ?? page.body;
  return unescaped(main.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
}

function unescaped(text: string): string {
  const marks: Record<string, string> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };
  return text.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => marks[name] ?? '');
}
