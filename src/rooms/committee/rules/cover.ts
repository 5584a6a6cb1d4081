import type { IsoDate } from '#kernel/dates.ts';

/** The words of a report's cover table, as the officer fills it in. */
export interface Cover {
  /** Which outcomes of the corporate plan it serves. */
  outcomes: string | null;
  /** Does it need extra spending; how much, from where, and whether finance agreed. */
  extraSpending: boolean;
  howMuch: string | null;
  source: string | null;
  agreedWithFinance: 'yes' | 'no' | 'not needed';
  /** The post in whose name it goes to the committee. */
  reportOf: string;
  author: string;
  forDecision: boolean;
  /** Papers that go with it, one a line. */
  appendices: string | null;
  contact: Contact;
}

export interface Contact {
  name: string;
  role: string | null;
  department: string | null;
  telephone: string | null;
  email: string | null;
}

/** The head of a report: for whom, as at when, how classified, and its cover table. */
export interface ReportHead {
  title: string;
  /** The board, where it is one that the authority keeps. */
  committeeId: string | null;
  committee: string;
  meetingOn: IsoDate | null;
  asAt: IsoDate;
  since: IsoDate | null;
  isPublic: boolean;
  paragraphs: number[];
  exemptionReason: string | null;
  cover: Cover;
}

/**
 * Part 1 of Schedule 12A to the Local Government Act 1972: what each paragraph is about. Paragraphs
 * 8 to 10 qualify these and exempt nothing by themselves.
 */
export const exemptParagraphs: readonly { number: number; about: string }[] = [
  { number: 1, about: 'Information relating to any individual' },
  { number: 2, about: 'Information likely to reveal the identity of an individual' },
  { number: 3, about: 'The financial or business affairs of any person' },
  { number: 4, about: 'Consultations or negotiations in a labour relations matter' },
  { number: 5, about: 'Legal professional privilege' },
  { number: 6, about: 'A notice, order or direction that the authority proposes to make' },
  { number: 7, about: 'The prevention, investigation or prosecution of crime' },
];

/** "Public", or "Non-public: exempt under paragraphs 1 and 2 of Part 1 of Schedule 12A, …". */
export function classificationOf(head: Pick<ReportHead, 'isPublic' | 'paragraphs'>): string {
  if (head.isPublic) return 'Public';
  const { paragraphs } = head;
  const named =
    paragraphs.length === 1
      ? `paragraph ${paragraphs[0] ?? ''}`
      : `paragraphs ${paragraphs.slice(0, -1).join(', ')} and ${paragraphs.at(-1) ?? ''}`;
  return `Non-public. Not for publication: exempt under ${named} of Part 1 of Schedule 12A to the Local Government Act 1972`;
}

/** Why a head cannot be saved, each beside its field; empty when nothing. */
export function headProblems(
  head: Pick<ReportHead, 'isPublic' | 'paragraphs' | 'exemptionReason' | 'asAt' | 'since'>,
  today: IsoDate,
): { field: string; text: string }[] {
  const problems: { field: string; text: string }[] = [];
  if (head.asAt > today) {
    problems.push({ field: 'as-at', text: 'Figures are of today or an earlier day' });
  }
  if (head.since !== null && head.since >= head.asAt) {
    problems.push({ field: 'since', text: 'Compare with a day before the day of the figures' });
  }
  if (!head.isPublic && head.paragraphs.length === 0) {
    problems.push({
      field: 'paragraphs',
      text: 'Choose the paragraph of Schedule 12A under which it is exempt',
    });
  }
  if (!head.isPublic && head.exemptionReason === null) {
    problems.push({
      field: 'exemption-reason',
      text: 'Say why the public interest in keeping it exempt outweighs that in disclosing it',
    });
  }
  return problems;
}
