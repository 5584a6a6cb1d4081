import type { IsoDate } from '#kernel/dates.ts';
import type { Tx } from '#platform/db/tables.ts';
import { mightEver, noteRead, type Actor } from '#people';
import { whyNotAnswer } from '../rules/closure.ts';
import type { MyAction } from '../rules/my-actions.ts';
import { plansWithUnanswered } from '../store/read-closure.ts';
import { readPictures } from '../store/read-picture.ts';
import { verifierOf } from './close-action.ts';
import { readableToday } from './open-plan.ts';

/** The actions with a step of closure that waits for this person, among others, to sign it off. */
export async function signOffsWaitingFor(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
): Promise<MyAction[]> {
  if (!mightEver(actor, 'A', 'PLN')) return [];
  const planIds = await plansWithUnanswered(tx, actor.authorityId);
  if (planIds.length === 0) return [];
  const pictures = await readPictures(tx, actor.authorityId, today, planIds);
  const readable = await readableToday(tx, actor, pictures, today);
  const waiting = pictures
    .filter(({ plan }) => plan.state === 'active' && readable.has(plan.id))
    .flatMap((picture) =>
      picture.actions
        .filter(
          (action) =>
            !action.withdrawn &&
            whyNotAnswer(verifierOf(actor, action, picture), action, 'returned').length === 0,
        )
        .map((action) => ({ action, picture })),
    );
  noteRead(
    actor,
    waiting.map(({ action }) => ({ fact: 'action', id: action.id })),
  );
  return waiting;
}
