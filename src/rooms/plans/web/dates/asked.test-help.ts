import { inAuthority } from '#platform/db/authority.ts';
import type { Officer, Scene } from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';

/** What was asked for in the plan of a scene, oldest first, with what became of each. */
export async function requestsOf({ authority, planId, db }: Scene) {
  return inAuthority(db, authority.id, (tx) =>
    tx
      .selectFrom('due_date_request as request')
      .innerJoin('action', 'action.id', 'request.action_id')
      .leftJoin('due_date_decision as decision', 'decision.request_id', 'request.id')
      .select(['request.id', 'decision.outcome', 'decision.capacity', 'decision.recorded_by as by'])
      .where('action.plan_id', '=', planId)
      .orderBy('request.recorded_at')
      .execute(),
  );
}

/** The one that waits. */
export async function openOf(scene: Scene): Promise<string> {
  const open = (await requestsOf(scene)).find((one) => one.outcome === null);
  if (open === undefined) throw new Error('No date waits for an answer');
  return open.id;
}

/** Answers the one that waits. */
export async function decide(scene: Scene, who: Officer, outcome: string, reason = '') {
  return who.post(paths.dateRequest(scene.slug, await openOf(scene)), { outcome, reason });
}
