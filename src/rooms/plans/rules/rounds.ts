import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, PartyId, PlanId, RoundId, UserId } from '#kernel/ids.ts';
import type { ActionPicture, PartyRef, PlanPicture } from './picture.ts';
import { isOpen } from './position.ts';
import type { Status } from './reading.ts';

/** A review of a plan: from the day it opens, every open action owes an update by `askedBy`. */
export interface Round {
  id: RoundId;
  planId: PlanId;
  name: string;
  askedBy: IsoDate;
  openedOn: IsoDate;
  openedAt: Date;
  openedBy: UserId | null;
  close: { on: IsoDate; at: Date; by: UserId | null; note: string | null } | null;
  /** In the order in which they were sent; null is for the actions that nobody leads. */
  reminders: { partyId: PartyId | null; on: IsoDate; by: UserId | null }[];
}

/** "The November 2014 round": a name that says "round" itself is not told twice. */
export function roundName(name: string): string {
  return /\bround$/i.test(name.trim()) ? name : `${name} round`;
}

/** The facts by which an action has answered a round, as `readHistory` gives them. */
export interface RoundFacts {
  versions: readonly { actionId: ActionId; recordedAt: Date }[];
  updates: readonly {
    actionId: ActionId;
    version: number;
    effectiveOn: IsoDate;
    recordedAt: Date;
    status: Status | null;
  }[];
}

/** How a round stands: each action that it asks for stands in one of the two lists. */
export interface RoundStanding {
  given: ActionPicture[];
  missing: ActionPicture[];
}

/**
 * What a round asks for and what was given. It asks for every action that
 * stood when it opened, is not withdrawn, and was not complete then; whoever gives an update
 * after the round opened, and before it closed, has answered, whatever day the update holds from.
 * `picture` is the plan at the end of the round, or now.
 */
export function roundStanding(
  round: Pick<Round, 'openedAt' | 'close'>,
  picture: PlanPicture,
  facts: RoundFacts,
): RoundStanding {
  const until = round.close?.at ?? null;
  const answered = new Set(
    facts.updates
      .filter((update) => isWithin(update.recordedAt, round.openedAt, until))
      .map(({ actionId }) => actionId),
  );
  const stood = new Set(
    facts.versions
      .filter(({ recordedAt }) => recordedAt <= round.openedAt)
      .map(({ actionId }) => actionId),
  );
  const completeThen = completeAt(facts.updates, round.openedAt);
  const asked = picture.actions.filter(
    (action) =>
      !action.withdrawn && stood.has(action.id) && (isOpen(action) || !completeThen.has(action.id)),
  );
  return {
    given: asked.filter(({ id }) => answered.has(id)),
    missing: asked.filter(({ id }) => !answered.has(id)),
  };
}

/** Which actions were claimed complete by what was recorded up to an instant. */
function completeAt(updates: RoundFacts['updates'], instant: Date): Set<ActionId> {
  const last = new Map<ActionId, RoundFacts['updates'][number]>();
  for (const update of updates.filter(({ recordedAt }) => recordedAt <= instant)) {
    const before = last.get(update.actionId);
    const later =
      before === undefined ||
      update.effectiveOn > before.effectiveOn ||
      (update.effectiveOn === before.effectiveOn && update.version > before.version);
    if (later) last.set(update.actionId, update);
  }
  return new Set(
    [...last.values()].filter(({ status }) => status === 'complete').map((one) => one.actionId),
  );
}

function isWithin(instant: Date, after: Date, until: Date | null): boolean {
  return instant > after && (until === null || instant <= until);
}

/** The actions of one lead; null for those that nobody leads. */
export interface OfLead {
  lead: PartyRef | null;
  actions: ActionPicture[];
}

/** Actions by lead, by name, those that nobody leads last. One with two leads stands under both. */
export function byLead(actions: readonly ActionPicture[]): OfLead[] {
  const pairs = actions.flatMap((action): { lead: PartyRef | null; action: ActionPicture }[] =>
    action.leads.length === 0
      ? [{ lead: null, action }]
      : action.leads.map((lead) => ({ lead, action })),
  );
  const led = Map.groupBy(pairs, ({ lead }) => lead?.id ?? null);
  return [...led.values()]
    .map((own) => ({ lead: own[0]?.lead ?? null, actions: own.map(({ action }) => action) }))
    .sort((a, b) =>
      a.lead === null ? 1 : b.lead === null ? -1 : a.lead.name.localeCompare(b.lead.name, 'en-GB'),
    );
}

/** The last day on which this lead was reminded in a round, or null. */
export function remindedOn(
  round: Pick<Round, 'reminders'>,
  partyId: PartyId | null,
): IsoDate | null {
  return round.reminders.findLast((one) => one.partyId === partyId)?.on ?? null;
}
