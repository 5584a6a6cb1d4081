import type { FindingId, SourceId } from '#kernel/ids.ts';
import { newId, parseId } from '#kernel/ids.ts';
import type { Actor, GrantableRole } from '#people';
import { openSession, type SignedIn, type TestApp, type TestAuthority } from '#test/app.ts';
import { makePerson } from '#test/people.ts';
import { addFinding, type GivenFinding } from '../actions/findings.ts';
import { registerSource, type GivenSource } from '../actions/sources.ts';
import { day } from '#test/plans.ts';

/** Somebody of the council with a browser of their own. */
export type Officer = SignedIn & { actor: Actor };

/** Somebody new, signed in, holding these roles, and that post. */
export async function officerOf(
  test: TestApp,
  authority: TestAuthority,
  roles: GrantableRole[],
  holds: { kind: 'post' | 'board'; name: string }[] = [],
): Promise<Officer> {
  const { db } = test.database;
  const actor = await makePerson(db, authority.id, { roles, holds }, test.clock.now);
  return { ...(await openSession(test, { userId: actor.userId, authority })), actor };
}

export const someSource: GivenSource = {
  kind: 'inspection',
  title: 'Inspection of help and protection',
  body: 'Ofsted',
  reference: null,
  visitFrom: null,
  visitTo: null,
  publishedOn: day('2026-02-20'),
  receivedOn: null,
  overall: null,
  overallIs: 'none given',
  grades: [],
  summary: null,
  classification: 'internal',
};

export const someFinding: GivenFinding = {
  kind: 'recommendation',
  ref: null,
  words: 'Make sure that every visit is written up within two days',
  page: '4',
  paragraph: '12',
  area: 'Help and protection',
  lead: null,
  reportsTo: null,
  themeIds: [],
  wordsToShare: null,
};

let sources = 0;

/** A source of its own, registered by this person today. */
export async function aSource(
  test: TestApp,
  who: Officer,
  more: Partial<GivenSource> = {},
  on = '2026-03-04',
): Promise<SourceId> {
  sources += 1;
  const given = { ...someSource, title: `${someSource.title} ${sources}`, ...more };
  const made = await registerSource(test.database.db, who.actor, day(on), given);
  if (made.kind !== 'done') throw new Error(`The source was not registered: ${made.kind}`);
  return made.sourceId;
}

/** A finding of that source, added by this person today. */
export async function aFinding(
  test: TestApp,
  who: Officer,
  sourceId: SourceId,
  more: Partial<GivenFinding> = {},
  on = '2026-03-04',
): Promise<FindingId> {
  const given = { ...someFinding, ...more, submissionId: newId<'submission'>() };
  const made = await addFinding(test.database.db, who.actor, day(on), sourceId, given);
  if (made.kind !== 'done') throw new Error(`The finding was not added: ${made.kind}`);
  return made.findingId;
}

/** The finding to whose page an answer leads. */
export function findingIn(answer: { headers: Record<string, unknown> }): FindingId {
  const id = parseId<'finding'>(String(answer.headers.location).split('/')[2] ?? '');
  if (id === null) throw new Error(`No finding in ${String(answer.headers.location)}`);
  return id;
}
