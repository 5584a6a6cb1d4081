import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PartyId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { findOrAddSources } from '#findings';
import {
  addParty,
  addUser,
  endHolding,
  endRole,
  grantRole,
  holdPost,
  partiesOf,
  recordFacts,
  setPostAbove,
  setTeamAnswer,
} from '#people';
import { demoPassword } from './sign-ins.ts';
import type { CouncilStory, PersonStory } from './story.ts';

/** A council while it is told: what it is called, and what was made of it so far. */
export interface Council {
  authorityId: AuthorityId;
  story: CouncilStory;
  partyIds: Map<string, PartyId>;
  /** By address. */
  people: Map<string, PersonThere>;
}

export interface PersonThere {
  story: PersonStory;
  userId: UserId;
  /** What they act for, from their coming to their leaving. */
  partyIds: PartyId[];
  gone: boolean;
  /** How to end what they hold and may do. */
  leave: (tx: Tx, day: IsoDate) => Promise<void>;
}

/** Sets up posts and the lines between them, teams, boards, organisations and sources: at the server, as an installer would. */
export async function openCouncil(tx: Tx, council: Council, day: IsoDate): Promise<void> {
  const { authorityId, story, partyIds } = council;
  const doer = { authorityId, userId: null };
  for (const [key, { kind, name }] of Object.entries(story.parties)) {
    const added = done(await addParty(tx, doer, { kind, name }), 'added');
    partyIds.set(key, added.partyId);
  }
  for (const [key, { answeredBy }] of Object.entries(story.parties)) {
    if (answeredBy === undefined) continue;
    const answer = {
      teamId: partyOf(council, key),
      postId: partyOf(council, answeredBy),
      effectiveOn: day,
    };
    done(await setTeamAnswer(tx, doer, answer), 'set');
  }
  for (const [key, { answersTo }] of Object.entries(story.parties)) {
    if (answersTo === undefined) continue;
    const line = {
      postId: partyOf(council, key),
      aboveId: partyOf(council, answersTo),
      effectiveOn: day,
    };
    done(await setPostAbove(tx, doer, line), 'set');
  }
  for (const source of story.sources) {
    const { added } = await findOrAddSources(tx, authorityId, [source.title], source.kind, null);
    const written = added.map((id) => ({ fact: 'source', id }));
    await recordFacts(tx, null, 'source added', written);
  }
}

/** A person comes: an account, a role, the posts they hold and the boards they sit on. */
export async function arrive(
  tx: Tx,
  council: Council,
  story: PersonStory,
  day: IsoDate,
): Promise<void> {
  const { authorityId } = council;
  const doer = { authorityId, userId: null };
  const { email, name, role } = story;
  const account = { email, name, password: demoPassword, mustChange: false };
  const { userId } = done(await addUser(tx, doer, account, new Date(`${day}T12:00:00Z`)), 'added');
  const { grantId } = done(await grantRole(tx, doer, { userId, role, startsOn: day }), 'granted');
  const holdingIds: Parameters<typeof endHolding>[2][] = [];
  for (const key of story.holds) {
    const held = { partyId: partyOf(council, key), userId, startsOn: day };
    holdingIds.push(done(await holdPost(tx, doer, held), 'held').holdingId);
  }
  council.people.set(email, {
    story,
    userId,
    partyIds: await partiesOf(tx, authorityId, userId, day),
    gone: false,
    leave: async (then, endsOn) => {
      for (const id of holdingIds) done(await endHolding(then, doer, id, endsOn), 'ended');
      done(await endRole(then, doer, grantId, endsOn), 'ended');
    },
  });
}

/** A person leaves: their posts and role end; what they wrote stays. */
export async function depart(
  tx: Tx,
  council: Council,
  story: PersonStory,
  day: IsoDate,
): Promise<void> {
  const person = council.people.get(story.email);
  if (person === undefined) throw new Error(`${story.name} left without having come`);
  await person.leave(tx, day);
  person.gone = true;
}

/** The party of this key. */
export function partyOf(council: Council, key: string): PartyId {
  const id = council.partyIds.get(key);
  if (id === undefined) throw new Error(`No party ${key} in ${council.story.name}`);
  return id;
}

/**
 * The outcome, when it is the one that was meant. Any other is a fault of the content, and
 * rolls the whole demonstration back.
 */
export function done<Outcome extends { kind: string }, Kind extends Outcome['kind']>(
  outcome: Outcome,
  kind: Kind,
): Extract<Outcome, { kind: Kind }> {
  const is = (given: Outcome): given is Extract<Outcome, { kind: Kind }> => given.kind === kind;
  if (is(outcome)) return outcome;
  throw new Error(
    `The demonstration met “${outcome.kind}”: ${JSON.stringify(outcome).slice(0, 500)}`,
  );
}
