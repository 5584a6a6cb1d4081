import { addMonths, formatDate, type IsoDate } from '#kernel/dates.ts';
import { dueInSentence } from '#kernel/due/due-in-words.ts';
import { workingDaysBetween } from '#kernel/working-days.ts';
import type { ThreadEntry, ThreadGap, ToldItem } from '#findings';
import type { SectionStepKind } from '../kinds.ts';
import { fallsShort, levelOf, type Level } from '../levels.ts';
import type { Judgement, SectionStep, Verdict } from '../picture.ts';
import { countOf } from '../words.ts';

/** A criterion as a thread tells of it: in its own edition. */
export interface CriterionTold {
  id: string;
  ref: string;
  /** Of its framework. */
  title: string;
  levels: readonly Level[];
  link: string;
}

/** What somebody said of a criterion, or of what it was in an edition before. */
export type SaidOf<Said> = Said & { criterion: CriterionTold };

/** What is known of a criterion by a day. */
export interface CriterionStory {
  criterion: CriterionTold;
  /** Through the editions, the newest first. */
  judgements: readonly SaidOf<Judgement>[];
  verdicts: readonly SaidOf<Verdict>[];
  /** The section that it stands in, and its steps. */
  section: { title: string; steps: readonly SectionStep[]; link: string };
  /** Since when its edition is in use; null where it is not. */
  inUseSince: IsoDate | null;
  /** Whether an action answers it, whoever may know of that action. */
  answered: boolean;
}

/** "criterion 1.9 of “Framework”" */
export const criterionName = ({ ref, title }: CriterionTold): string =>
  `criterion ${ref} of “${title}”`;

/** What is told of a criterion: what was judged and why, what others said, and what is missing. */
export function toldCriterion(story: CriterionStory, asAt: IsoDate): ToldItem {
  const { criterion, judgements, verdicts, section } = story;
  return {
    kind: 'criterion',
    id: criterion.id,
    name: criterionName(criterion),
    link: criterion.link,
    entries: [
      ...judgements.map(judgementEntry),
      ...verdicts.map(verdictEntry),
      ...stepEntries(`the section “${section.title}” of “${criterion.title}”`, section.steps, {
        link: section.link,
        withComments: false,
      }),
    ],
    gaps: criterionGaps(story, asAt),
  };
}

/** What is told of one judgement; its gaps are those of its criterion. */
export function toldJudgement(judgement: SaidOf<Judgement>, gaps: readonly ThreadGap[]): ToldItem {
  const { criterion } = judgement;
  return {
    kind: 'judgement',
    id: judgement.id,
    name: `the judgement of ${formatDate(judgement.effectiveOn)} on ${criterionName(criterion)}`,
    link: criterion.link,
    entries: [judgementEntry(judgement)],
    gaps,
  };
}

/** A section of a narrative self-assessment, with its steps. */
export interface SectionTold {
  id: string;
  /** "4 Children in care" */
  name: string;
  /** Of its self-assessment. */
  title: string;
  steps: readonly SectionStep[];
  link: string;
}

/** What is told of a section: who was asked, when it was submitted, returned, signed off. */
export function toldSection(
  { id, name, title, steps, link }: SectionTold,
  asAt: IsoDate,
): ToldItem {
  const said = `the section “${name}” of “${title}”`;
  const last = steps.at(-1);
  const due = steps.findLast(({ step }) => step === 'handed')?.dueOn ?? null;
  const waits = last?.step === 'handed' || last?.step === 'returned' || last?.step === 'unlocked';
  const isLate = waits && due !== null && due < asAt;
  return {
    kind: 'section',
    id,
    name: said,
    link,
    entries: stepEntries(said, steps, { link, withComments: true }),
    gaps: isLate
      ? [
          {
            since: due,
            text: `${upper(said)}: due on ${formatDate(due)}; not submitted, ${since(due, asAt)}.`,
            link,
          },
        ]
      : [],
  };
}

function judgementEntry(judgement: SaidOf<Judgement>): ThreadEntry {
  const { criterion, level, howMet, whyNot, whatNext, due } = judgement;
  const name = upper(criterionName(criterion));
  const judged = levelOf(criterion.levels, level)?.name.toLowerCase();
  const when = due === null || due.precision === 'none' ? '' : `, ${dueInSentence(due)}`;
  const parts = [
    judged === undefined
      ? `${name} was looked at, and not judged.`
      : `${name} was judged ${judged}.`,
    howMet === null ? null : `How it is met: ${stopped(howMet)}`,
    whyNot === null ? null : `Why not fully: ${stopped(whyNot)}`,
    whatNext === null ? null : `What comes next: ${stopped(`${unstopped(whatNext)}${when}`)}`,
  ];
  return {
    on: judgement.effectiveOn,
    kind: 'judgement',
    text: parts.filter((part) => part !== null).join(' '),
    link: criterion.link,
  };
}

function verdictEntry({ criterion, whose, level, words, saidOn }: SaidOf<Verdict>): ThreadEntry {
  const who = whose === 'peer' ? 'Peers' : 'An inspection';
  const judged = levelOf(criterion.levels, level)?.name.toLowerCase();
  const said = words === null ? '' : `: “${words}”`;
  const act = judged === undefined ? 'spoke of' : 'judged';
  const as = judged === undefined ? '' : ` ${judged}`;
  return {
    on: saidOn,
    kind: 'judgement',
    text: stopped(`${who} ${act} ${criterionName(criterion)}${as}${said}`),
    link: criterion.link,
  };
}

const stepWords: Readonly<Record<SectionStepKind, string>> = {
  handed: 'was handed out to be written',
  submitted: 'was submitted',
  returned: 'was returned',
  'signed off': 'was signed off',
  unlocked: 'was opened again',
};

function stepEntries(
  name: string,
  steps: readonly SectionStep[],
  { link, withComments }: { link: string; withComments: boolean },
): ThreadEntry[] {
  return steps.map(({ effectiveOn, step, comment }) => ({
    on: effectiveOn,
    kind: 'assessment',
    text: stopped(
      `${upper(name)} ${stepWords[step]}${withComments && comment !== null ? `: ${comment}` : ''}`,
    ),
    link,
  }));
}

/** What should have been said or done of a criterion by that day, and was not. */
function criterionGaps(
  { criterion, judgements, inUseSince, answered }: CriterionStory,
  asAt: IsoDate,
): ThreadGap[] {
  if (inUseSince === null) return [];
  const name = upper(criterionName(criterion));
  const { link } = criterion;
  const own = judgements.filter((one) => one.criterion.id === criterion.id);
  const [now] = own;
  if (now === undefined) {
    if (inUseSince >= asAt) return [];
    const text = `${name}: in use since ${formatDate(inUseSince)}; nobody has judged it, ${since(inUseSince, asAt)}.`;
    return [{ since: inUseSince, text, link }];
  }
  const gaps: ThreadGap[] = [];
  const level = levelOf(criterion.levels, now.level);
  if (level !== null && fallsShort(criterion.levels, now.level)) {
    const first = sinceWhen(judgements, level);
    const missing = answered
      ? null
      : now.whatNext === null
        ? 'no next step'
        : 'no action for its next step';
    if (missing !== null && first < asAt) {
      const text = `${name}: ${level.name.toLowerCase()} since ${formatDate(first)}; ${missing}, ${since(first, asAt)}.`;
      gaps.push({ since: first, text, link });
    }
    const due = now.due?.to ?? null;
    if (due !== null && due < asAt) {
      const text = `${name}: its next step was due on ${formatDate(due)}; it is ${level.name.toLowerCase()} still, ${since(due, asAt)}.`;
      gaps.push({ since: due, text, link });
    }
  }
  if (now.effectiveOn < addMonths(asAt, -12)) {
    const on = now.effectiveOn;
    const text = `${name}: judged last on ${formatDate(on)}, more than a year ago.`;
    gaps.push({ since: on, text, link });
  }
  return gaps;
}

/** Since when it is at this level without a break, through the editions. */
function sinceWhen(judgements: readonly SaidOf<Judgement>[], level: Level): IsoDate {
  const other = judgements.findIndex(
    (one) => levelOf(one.criterion.levels, one.level)?.name !== level.name,
  );
  const run = other === -1 ? judgements : judgements.slice(0, other);
  return run.at(-1)?.effectiveOn ?? judgements[0]?.effectiveOn ?? ('' as IsoDate);
}

const since = (from: IsoDate, asAt: IsoDate): string =>
  countOf(workingDaysBetween(from, asAt), 'working day');

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const unstopped = (words: string): string => words.trim().replace(/\.$/, '');

/** Words as a sentence: with a stop at their end. */
const stopped = (words: string): string =>
  /[.!?…]”?$/.test(words.trim()) ? words.trim() : `${words.trim()}.`;
