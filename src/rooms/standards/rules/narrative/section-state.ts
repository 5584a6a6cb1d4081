import type { IsoDate } from '#kernel/dates.ts';
import type { PartyId, UserId } from '#kernel/ids.ts';
import type { SectionStep } from '../picture.ts';

/** Where a section is between those who write it and those who sign it off. */
export interface SectionState {
  state: 'nobody’s' | 'handed out' | 'submitted' | 'returned' | 'signed off' | 'opened again';
  /** Who is asked to write it; null where nobody is. */
  postId: PartyId | null;
  dueOn: IsoDate | null;
  /** Nobody changes it: it waits for a decision, or was signed off. */
  locked: boolean;
  comment: string | null;
  /** Who took the last step, and when; null where none was taken. */
  by: UserId | null;
  at: Date | null;
  /** Of what was submitted. */
  contentHash: string | null;
  version: number;
}

/** What follows from the steps of one section, the first one first. */
export function sectionState(steps: readonly SectionStep[]): SectionState {
  const last = steps.at(-1);
  const handed = steps.findLast(({ step }) => step === 'handed');
  const names = {
    handed: 'handed out',
    submitted: 'submitted',
    returned: 'returned',
    'signed off': 'signed off',
    unlocked: 'opened again',
  } as const;
  return {
    state: last === undefined ? 'nobody’s' : names[last.step],
    postId: handed?.postId ?? null,
    dueOn: handed?.dueOn ?? null,
    locked: last?.step === 'submitted' || last?.step === 'signed off',
    comment: last?.comment ?? null,
    by: last?.by ?? null,
    at: last?.recordedAt ?? null,
    contentHash: last?.contentHash ?? null,
    version: last?.version ?? 0,
  };
}
