import type {
  FindingChoice,
  FindingProblem,
  FindingsChoices,
  FindingsReading,
  ReadFinding,
} from './reading.ts';

export interface DraftFinding extends ReadFinding {
  doubts: FindingProblem[];
  /** The person changed it, or accepted its doubts. */
  settled: boolean;
}

/** What an import would write, after the person's choices. */
export interface FindingsDraft {
  findings: DraftFinding[];
  leftOut: DraftFinding[];
  unsettled: DraftFinding[];
  /** Doubts of the file as a whole, which no finding carries. */
  elsewhere: FindingProblem[];
  /** What cannot be kept as it is: each with its place and what to do. */
  faults: FindingProblem[];
}

/** How long each part of a finding can be, in characters: the limits of its table. */
export const longest = {
  ref: 40,
  words: 8000,
  page: 40,
  paragraph: 40,
  area: 200,
  reason: 4000,
  lead: 300,
  reportsTo: 300,
} as const;

/** The reading after the person's choices: exactly what an import would write. */
export function draftOf(reading: FindingsReading, choices: FindingsChoices): FindingsDraft {
  const all = reading.findings.map((one) => drafted(one, reading, choices.rows[one.where] ?? {}));
  const isLeft = ({ where }: ReadFinding) => choices.rows[where]?.leaveOut === true;
  const findings = all.filter((one) => !isLeft(one));
  return {
    findings,
    leftOut: all.filter(isLeft),
    unsettled: findings.filter(({ doubts, settled }) => doubts.length > 0 && !settled),
    elsewhere: reading.problems.filter(({ finding }) => finding === undefined),
    faults: findings.flatMap(faultsOf),
  };
}

function drafted(
  one: ReadFinding,
  { problems }: FindingsReading,
  choice: FindingChoice,
): DraftFinding {
  return {
    ...one,
    ...corrections(choice),
    doubts: problems.filter(({ finding }) => finding === one.where),
    settled: Object.keys(choice).length > 0,
  };
}

/** What the person changed, without what they decided of the row as a whole. */
function corrections(choice: FindingChoice): Partial<ReadFinding> {
  const changed = { ...choice };
  delete changed.leaveOut;
  delete changed.accepted;
  return changed;
}

function faultsOf(one: DraftFinding): FindingProblem[] {
  const fault = (message: string): FindingProblem => ({
    where: one.where,
    severity: 'error',
    message,
    finding: one.where,
  });
  const tooLong = Object.entries(longest).flatMap(([part, most]) => {
    const text = one[part as keyof typeof longest];
    return text !== null && text.length > most
      ? [
          fault(
            `${partNames[part as keyof typeof longest]} has more than ${most.toLocaleString('en-GB')} characters. Shorten it.`,
          ),
        ]
      : [];
  });
  const noWords = one.words.trim() === '' ? [fault('It has no words.')] : [];
  return [...noWords, ...tooLong];
}

const partNames: Record<keyof typeof longest, string> = {
  ref: 'The number',
  words: 'The finding',
  page: 'The page',
  paragraph: 'The paragraph',
  area: 'The area',
  reason: 'The reason',
  lead: 'The lead',
  reportsTo: 'The board',
};

/** Whether an answer can be kept: all but "accepted" give a reason. */
export function answerKept(one: Pick<ReadFinding, 'answer' | 'reason'>): boolean {
  return one.answer === 'accepted' || (one.answer !== null && one.reason !== null);
}
