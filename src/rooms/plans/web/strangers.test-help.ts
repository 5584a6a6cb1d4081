import { inAuthority } from '#platform/db/authority.ts';
import { addParty, holdPost } from '#people';
import type { TestApp } from '#test/app.ts';
import { officerOf, today, wordsOf, type Cast, type Officer } from './edit/scene.test-help.ts';

/** Those at the edges of a plan: on its board, or of its council and with no part in it. */
export interface Strangers {
  /** An elected member on the board that oversees the plan. */
  boardMember: Officer;
  /** Leads actions, but none of this plan. */
  leadElsewhere: Officer;
  administrator: Officer;
}

/** Everybody who stands near the plan of a scene without working on it, signed in. */
export async function setStrangers(test: TestApp, cast: Cast): Promise<Strangers> {
  const { authority } = cast;
  const boardMember = await officerOf(test, authority, ['member'], 'Pat Saltern');
  await inAuthority(test.database.db, authority.id, async (tx) => {
    const doer = { authorityId: authority.id, userId: null };
    const board = await addParty(tx, doer, { kind: 'board', name: 'Improvement Board' });
    if (board.kind === 'refused') throw new Error('The board of the scene was refused');
    const { userId } = boardMember.actor;
    await holdPost(tx, doer, { partyId: board.partyId, userId, startsOn: today });
  });
  return {
    boardMember,
    leadElsewhere: await officerOf(test, authority, ['action-lead'], 'Jo Quay', 'Virtual Head'),
    administrator: await officerOf(test, authority, ['administrator'], 'Kit Ferry'),
  };
}

/** What a page says that has nothing to show: its status and its words. */
export function saysNothing(page: { statusCode: number; body: string }) {
  return { status: page.statusCode, words: wordsOf(page) };
}
