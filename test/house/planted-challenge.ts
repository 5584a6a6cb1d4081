import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, parseId, type UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import { answerItem } from '../../src/rooms/standards/actions/challenge/answer.ts';
import { prepareReturn } from '../../src/rooms/standards/actions/challenge/bring-back-pack.ts';
import { takeBack, writeIn } from '../../src/rooms/standards/actions/challenge/say.ts';
import { setUpChallenge } from '../../src/rooms/standards/actions/challenge/set-up-challenge.ts';
import { shareChallenge } from '../../src/rooms/standards/actions/challenge/share-challenge.ts';
import { readChallenge } from '../../src/rooms/standards/store/challenge/read.ts';

/** One of a person's acts that must have gone well for the test to mean anything. */
function done<Outcome extends { kind: string }>(
  outcome: Outcome,
): Extract<Outcome, { kind: 'done' }> {
  if (outcome.kind !== 'done') throw new Error(`Not planted: ${JSON.stringify(outcome)}`);
  return outcome as Extract<Outcome, { kind: 'done' }>;
}

/**
 * A peer challenge of a domain, with the word in all that was asked, said and answered. One that is
 * near is shared with the peer reviewer by name.
 */
export async function plantChallenge(
  db: Db,
  actor: Actor,
  on: IsoDate,
  word: string,
  about: { domain: string; criterion: string },
  guest: UserId | null,
): Promise<{ challenge: string; part: string; said: string; back: string }> {
  const { challengeId } = done(
    await setUpChallenge(db, actor, on, {
      title: `${word} challenge`,
      reviewers: `${word} council`,
      asked: `${word} is to be looked at`,
      opensOn: on,
      closesOn: addDays(on, 10),
      shared: [{ kind: 'domain', id: about.domain }],
      submissionId: newId<'submission'>(),
    }),
  );
  const given = {
    sectionId: about.domain,
    criterionId: parseId<'criterion'>(about.criterion),
    saidBy: `${word} reviewer`,
  };
  for (const [kind, level] of [
    ['challenge', null],
    ['strength', null],
    ['verdict', 'not-met'],
  ] as const) {
    const words = `${word} ${kind} was said`;
    const submissionId = newId<'submission'>();
    done(await writeIn(db, actor, on, challengeId, { ...given, kind, words, level, submissionId }));
  }
  const items = await readInAuthority(db, actor.authorityId, async (tx) => {
    const challenge = await readChallenge(tx, actor.authorityId, challengeId, { asAt: on });
    return challenge?.items ?? [];
  });
  const [said, strength] = items;
  if (said === undefined || strength === undefined) throw new Error('Nothing was said');
  const answer = { decision: 'not accepted', words: `${word} is why not`, seenVersion: 0 } as const;
  done(await answerItem(db, actor, on, challengeId, said.id, answer));
  done(await takeBack(db, actor, on, challengeId, strength.id, `${word} was wrong`));
  if (guest !== null) {
    const shared = { userId: guest, reason: `To challenge ${word}`, lastDay: on };
    done(await shareChallenge(db, actor, on, challengeId, shared));
  }
  const row = {
    ...{ where: 'table 1 row 2', code: '', beside: null, kind: 'Challenge', ref: '', level: '' },
    words: `${word} was filled in`,
    saidBy: `${word} reviewer`,
  };
  const { returnId } = done(
    await prepareReturn(db, actor, on, challengeId, {
      fileName: `${word} pack.docx`,
      bytes: new TextEncoder().encode(word),
      reading: { rows: [row], problems: [`${word} was struck through`] },
    }),
  );
  return { challenge: challengeId, part: about.domain, said: said.id, back: returnId };
}
