import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import type { CriterionId, EditionId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { addParty, holdPost, type Actor, type GrantableRole } from '#people';
import {
  demoAuthority,
  openSession,
  userWith,
  type SignedIn,
  type TestApp,
  type TestAuthority,
} from '#test/app.ts';
import { startShipped } from '../actions/frameworks.ts';
import { judge, type GivenJudgement } from '../actions/judge.ts';
import { findEdition, type EditionPicture } from '../actions/open-edition.ts';

export const today = day('2026-03-04');
/** Since when the framework is in use. */
export const begunOn = day('2025-04-01');

export function day(text: string): IsoDate {
  const read = parseIsoDate(text);
  if (read === null) throw new Error(text);
  return read;
}

/** Somebody of the council with a browser of their own. */
export type Officer = SignedIn & { actor: Actor };

export async function officerOf(
  test: TestApp,
  authority: TestAuthority,
  roles: GrantableRole[],
  name: string,
  post?: string,
): Promise<Officer> {
  const user = await userWith(test, authority, roles, name, null);
  const partyIds: Actor['partyIds'] = [];
  if (post !== undefined) {
    await inAuthority(test.database.db, authority.id, async (tx) => {
      const doer = { authorityId: authority.id, userId: null };
      const added = await addParty(tx, doer, { kind: 'post', name: post });
      if (added.kind === 'refused') throw new Error(post);
      await holdPost(tx, doer, { partyId: added.partyId, userId: user.userId, startsOn: today });
      partyIds.push(added.partyId);
    });
  }
  const { userId } = user;
  const actor = { authorityId: authority.id, userId, name, roles, partyIds };
  return { ...(await openSession(test, user)), actor };
}

export interface Cast {
  authority: TestAuthority;
  officer: Officer;
  colleague: Officer;
  director: Officer;
  /** Holds the post to which sections are handed. */
  writer: Officer;
  member: Officer;
  stranger: Officer;
  editionId: EditionId;
}

export const writerPost = 'Service Manager, Help and Protection';

/** The people of a council, one of another, and the shipped framework for children's services in use. */
export async function setCast(test: TestApp): Promise<Cast> {
  const authority = await demoAuthority(test);
  const elsewhere = await demoAuthority(test, 'Fenmoor Council');
  const officer = await officerOf(test, authority, ['qa-manager'], 'Robin Fenwick');
  const begun = await startShipped(test.database.db, officer.actor, begunOn, 'childrens-services');
  if (begun.kind !== 'done') throw new Error(begun.kind);
  return {
    authority,
    officer,
    editionId: begun.editionId,
    colleague: await officerOf(test, authority, ['qa-manager'], 'Sam Reed'),
    director: await officerOf(test, authority, ['director'], 'Kim Alder', 'Director'),
    writer: await officerOf(test, authority, ['action-lead'], 'Alex Marsh', writerPost),
    member: await officerOf(test, authority, ['member'], 'Lee Sallow'),
    stranger: await officerOf(test, elsewhere, ['qa-manager'], 'Jo Quay'),
  };
}

/** The edition as it stands at the end of a day. */
export async function pictureOf(
  test: TestApp,
  { authority, editionId }: Pick<Cast, 'authority' | 'editionId'>,
  asAt = today,
): Promise<EditionPicture> {
  const picture = await readInAuthority(test.database.db, authority.id, (tx) =>
    findEdition(tx, { authorityId: authority.id }, editionId, asAt),
  );
  if (picture === null) throw new Error('No edition');
  return picture;
}

/** The criterion of this ref. */
export function criterionIn(picture: EditionPicture, ref: string): CriterionId {
  const found = picture.edition.domains
    .flatMap(({ criteria }) => criteria)
    .find((one) => one.ref === ref);
  if (found === undefined) throw new Error(ref);
  return found.id;
}

export const noJudgement: GivenJudgement = {
  progress: 'in progress',
  level: null,
  result: null,
  howMet: null,
  whyNot: null,
  whatNext: null,
  due: null,
  leads: [],
  restsOn: [],
};

/** Judges a criterion as this person, on that day. */
export async function judgeAs(
  test: TestApp,
  who: Officer,
  criterionId: CriterionId,
  given: Partial<GivenJudgement>,
  on = today,
  seen = 0,
): Promise<void> {
  const whole = { ...noJudgement, ...given };
  const outcome = await judge(test.database.db, who.actor, on, criterionId, seen, whole);
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
}

/** What a page says, without its markup. */
export function wordsOf(page: { body: string }): string {
  return page.body
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The value of a hidden box. */
export function hidden(page: { body: string }, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
}
