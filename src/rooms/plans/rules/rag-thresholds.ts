import type { IsoDate } from '#kernel/dates.ts';

/** The whole numbers by which a plan's RAG is derived; each plan may set its own. */
export interface RagThresholds {
  /** Overdue by so many days is off track; by fewer, at risk. */
  overdueOffTrackDays: number;
  /** After so many changes of its date an action is at risk. */
  revisedAtRiskChanges: number;
  /** After so many changes it is off track. */
  revisedOffTrackChanges: number;
  /** Without an update for so many days it is at risk; 0 where the plan's review cycle counts. */
  silentDays: number;
  /** Not started, and due within so many days, is at risk. */
  soonDays: number;
}

/** The rule in force in a plan on a day: which edition of it, and from when. */
export interface RagRule {
  edition: string;
  thresholds: RagThresholds;
  /** The day from which the plan's own thresholds hold; null for the usual ones. */
  since: IsoDate | null;
  version: number;
}

/**
 * The editions of the rule, oldest first. A later edition is added here with the day from which
 * it holds; what was derived for an earlier day goes on being derived by the edition of that day.
 */
export const ragEditions = [
  {
    edition: '2026-11',
    from: '1000-01-01' as IsoDate,
    usual: {
      overdueOffTrackDays: 1,
      revisedAtRiskChanges: 1,
      revisedOffTrackChanges: 3,
      silentDays: 0,
      soonDays: 28,
    },
  },
] as const satisfies readonly { edition: string; from: IsoDate; usual: RagThresholds }[];

/** The rule of a plan that never set its own, on a day. */
export function usualRule(asAt: IsoDate): RagRule {
  const inForce = ragEditions.findLast(({ from }) => from <= asAt) ?? ragEditions[0];
  return { edition: inForce.edition, thresholds: inForce.usual, since: null, version: 0 };
}

/** What is wrong with these figures, each beside its field; nothing where they can stand. */
export function thresholdFaults(given: RagThresholds): { field: string; text: string }[] {
  const faults: { field: string; text: string }[] = [];
  const within = (field: keyof RagThresholds, least: number, most: number, text: string) => {
    const value = given[field];
    if (!Number.isSafeInteger(value) || value < least || value > most) faults.push({ field, text });
  };
  const days = 'Enter a whole number of days';
  within('overdueOffTrackDays', 1, 365, `${days} from 1 to 365`);
  within('revisedAtRiskChanges', 1, 20, 'Enter a whole number of changes from 1 to 20');
  within('revisedOffTrackChanges', 1, 20, 'Enter a whole number of changes from 1 to 20');
  within('silentDays', 0, 1000, `${days} from 1 to 1000, or 0 for the plan’s review cycle`);
  within('soonDays', 0, 365, `${days} from 0 to 365`);
  if (faults.length === 0 && given.revisedOffTrackChanges < given.revisedAtRiskChanges) {
    faults.push({
      field: 'revisedOffTrackChanges',
      text: 'Off track comes after at risk: enter at least as many changes as for at risk',
    });
  }
  return faults;
}
