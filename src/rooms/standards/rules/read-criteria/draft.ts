import type { Criterion } from '../picture.ts';
import type {
  CriteriaChoices,
  CriteriaProblem,
  CriteriaReading,
  JudgementChoice,
  ReadJudgement,
} from './reading.ts';

export interface DraftJudgement extends ReadJudgement {
  doubts: CriteriaProblem[];
  /** The person changed it, or accepted its doubts. */
  settled: boolean;
}

/** What an import would write, after the person's choices. */
export interface CriteriaDraft {
  judgements: DraftJudgement[];
  leftOut: DraftJudgement[];
  /** Of no criterion of the edition that is judged: left out. */
  unknown: DraftJudgement[];
  unsettled: DraftJudgement[];
  /** Doubts of the file as a whole. */
  elsewhere: CriteriaProblem[];
  /** What cannot be kept as it is: each with its place and what to do. */
  faults: CriteriaProblem[];
}

/** How long each part can be, in characters: the limits of the tables. */
export const longest = {
  ref: 40,
  criterion: 8000,
  howMet: 8000,
  why: 8000,
  next: 8000,
  lead: 300,
  due: 200,
} as const;

/**
 * The reading after the person's choices: exactly what an import would write. `criteria` are those
 * of the edition that is judged; null where one is to be made of the table.
 */
export function draftOf(
  reading: CriteriaReading,
  choices: CriteriaChoices,
  criteria: readonly Pick<Criterion, 'ref'>[] | null,
): CriteriaDraft {
  const all = reading.judgements.map((one) => drafted(one, reading, choices.rows[one.where] ?? {}));
  const leftOut = all.filter(({ where }) => choices.rows[where]?.leaveOut === true);
  const kept = all.filter((one) => !leftOut.includes(one));
  const refs = criteria === null ? null : new Set(criteria.map(({ ref }) => ref));
  const isKnown = ({ ref }: ReadJudgement) => refs === null || (ref !== null && refs.has(ref));
  const judgements = kept.filter(isKnown);
  return {
    judgements,
    leftOut,
    unknown: kept.filter((one) => !isKnown(one)),
    unsettled: judgements.filter(({ doubts, settled }) => doubts.length > 0 && !settled),
    elsewhere: reading.problems.filter(({ judgement }) => judgement === undefined),
    faults: faultsIn(judgements),
  };
}

function drafted(
  one: ReadJudgement,
  { problems }: CriteriaReading,
  choice: JudgementChoice,
): DraftJudgement {
  const changed = { ...choice };
  delete changed.leaveOut;
  delete changed.accepted;
  return {
    ...one,
    ...changed,
    doubts: problems.filter(({ judgement }) => judgement === one.where),
    settled: Object.keys(choice).length > 0,
  };
}

function faultsIn(judgements: readonly DraftJudgement[]): CriteriaProblem[] {
  const first = new Map<string, string>();
  return judgements.flatMap((one) => {
    const messages: string[] = [];
    if (one.ref === null) messages.push('It has no reference. Give it one, or leave it out.');
    else {
      const before = first.get(one.ref);
      if (before === undefined) first.set(one.ref, one.where);
      else
        messages.push(`The reference ${one.ref} stands at ${before} too. Leave one of them out.`);
    }
    if (one.criterion.trim() === '') messages.push('It has no words. Leave it out.');
    for (const [part, text] of [
      ['ref', one.ref],
      ['criterion', one.criterion],
      ['howMet', one.howMet],
      ['why', one.why],
      ['next', one.next],
      ['due', one.due.asWritten],
      ...one.leads.map((lead) => ['lead', lead] as const),
    ] as const) {
      if (text !== null && text.length > longest[part]) {
        const most = longest[part].toLocaleString('en-GB');
        messages.push(`A part of it has more than ${most} characters. Shorten it.`);
      }
    }
    return messages.map((message) => ({
      where: one.where,
      severity: 'error' as const,
      message,
      judgement: one.where,
    }));
  });
}
