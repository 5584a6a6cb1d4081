import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, ClosureStepId, EvidenceId, UserId } from '#kernel/ids.ts';
import type { ClosureState, ClosureStep } from './closure.ts';
import { heldInWords, sameTest, stateNames, testInWords, thatWords } from './closure-words.ts';
import type { ActionPicture } from './picture.ts';

interface Recorded {
  actionId: ActionId;
  version: number;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
}

/** What was written as the test of an action. */
export interface TestFact extends Recorded {
  test: Exclude<ActionPicture['test'], null>;
}

/** A step of closure, with its answer where there is one. */
export interface ClosureFact extends Recorded {
  id: ClosureStepId;
  state: ClosureState;
  account: string;
  testResult: ClosureStep['testResult'];
  heldDays: number | null;
  evidenceIds: EvidenceId[];
  answer:
    | (Pick<Recorded, 'effectiveOn' | 'recordedAt' | 'by'> & {
        answer: 'verified' | 'returned';
        reason: string | null;
      })
    | null;
}

/** What the history of an action tells of its test and its closure. */
export type ClosureEntry = Recorded &
  (
    | { kind: 'test'; before: ActionPicture['test']; after: TestFact['test'] }
    | { kind: 'closure'; step: ClosureFact }
    | { kind: 'closure answer'; step: ClosureFact; answer: NonNullable<ClosureFact['answer']> }
  );

/** The entries of tests and steps; the facts of each action come in the order of their versions. */
export function closureEntries(facts: {
  tests: readonly TestFact[];
  closures: readonly ClosureFact[];
}): ClosureEntry[] {
  const entries: ClosureEntry[] = [];
  for (const own of Map.groupBy(facts.tests, ({ actionId }) => actionId).values()) {
    let before: ActionPicture['test'] = null;
    for (const { test, ...fact } of own) {
      if (!sameTest(before, test)) entries.push({ ...fact, kind: 'test', before, after: test });
      before = test;
    }
  }
  for (const step of facts.closures) {
    const { actionId, version, effectiveOn, recordedAt, by, answer } = step;
    entries.push({ actionId, version, effectiveOn, recordedAt, by, kind: 'closure', step });
    if (answer === null) continue;
    const { effectiveOn: on, recordedAt: at, by: who } = answer;
    entries.push({
      ...{ actionId, version, effectiveOn: on, recordedAt: at, by: who },
      ...{ kind: 'closure answer', step, answer },
    });
  }
  return entries;
}

/** The one sentence of such an entry, without its full stop. */
export function closureSentence(entry: ClosureEntry): string {
  switch (entry.kind) {
    case 'test':
      if (entry.after === 'to be agreed') return 'Test: to be agreed';
      return entry.before === null || entry.before === 'to be agreed'
        ? 'Test written'
        : 'Test changed';
    case 'closure': {
      const { state, heldDays } = entry.step;
      if (state === 'regressed') return `Failed again, and reopened. ${heldInWords(heldDays)}`;
      if (state === 'accepted as untested') return 'Accepted as untested';
      return `Said ${thatWords[state]}`;
    }
    case 'closure answer': {
      const what = stateNames[entry.step.state].toLowerCase();
      return entry.answer.answer === 'verified' ? `Verified: ${what}` : `Returned: ${what}`;
    }
  }
}

/** The words that were written with such an entry, for a file that has one cell for them. */
export function closureText(entry: ClosureEntry): string | null {
  switch (entry.kind) {
    case 'test':
      return testInWords(entry.after);
    case 'closure':
      return entry.step.account;
    case 'closure answer':
      return entry.answer.reason;
  }
}

/** What the updates that claim an action complete, from a day on, were given as evidence. */
export function evidenceSince(
  updates: readonly { effectiveOn: IsoDate; status: string | null; evidenceIds: EvidenceId[] }[],
  since: IsoDate,
): EvidenceId[] {
  return updates
    .filter((update) => update.effectiveOn >= since && update.status === 'complete')
    .flatMap((update) => update.evidenceIds);
}
