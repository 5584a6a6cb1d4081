import type { ActionPicture, ObjectivePicture } from './picture.ts';

/** What a new reference is made from: those that stand, and the objectives. */
export interface RefsTaken {
  objectives: readonly Pick<ObjectivePicture, 'id' | 'ref'>[];
  actions: Pick<ActionPicture, 'ref' | 'objectiveId'>[];
}

/**
 * The reference that a new action most likely gets: one more than the highest under its
 * objective, in the same form. Without actions there, the objective's own reference and ".1";
 * without that, one more than the highest number in the plan. Always one that is free.
 */
export function nextRef(picture: RefsTaken, objectiveId: string | null): string {
  const taken = new Set(picture.actions.map((action) => action.ref));
  const siblings = picture.actions.filter((action) => action.objectiveId === objectiveId);
  const objective = picture.objectives.find((one) => one.id === objectiveId);
  const own = objective?.ref ?? null;
  const { prefix, number } =
    highest(siblings.map((action) => action.ref)) ??
    (own === null
      ? (highest(picture.actions.map((action) => action.ref)) ?? { prefix: '', number: 0 })
      : { prefix: `${own.replace(/\.$/, '')}.`, number: 0 });
  let next = number + 1;
  while (taken.has(`${prefix}${next}`)) next += 1;
  return `${prefix}${next}`;
}

/** Of references such as 1.9 and 1.10 the one with the highest last number. */
function highest(refs: readonly string[]): { prefix: string; number: number } | null {
  let found: { prefix: string; number: number } | null = null;
  for (const ref of refs) {
    const match = /^(.*?)(\d{1,6})$/.exec(ref);
    if (match === null) continue;
    const number = Number(match[2]);
    if (found === null || number > found.number) found = { prefix: match[1] ?? '', number };
  }
  return found;
}
