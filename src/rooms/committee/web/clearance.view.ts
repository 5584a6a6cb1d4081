import { formatDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Refusal } from '#people';
import type { FoundReport, ReportContent } from '../actions/open-report.ts';
import {
  clearanceState,
  whyNotClear,
  type Clearance,
  type NotReady,
  type WhyNotClear,
} from '../rules/clearance.ts';
import { boundFigures, looseNumbers } from '../rules/bound-numbers.ts';
import { noneNamed } from '../rules/first-words.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { Allowed } from './load-report.ts';
import {
  classificationWords,
  clearancesInWords,
  reportCaption,
  reportPage,
  whoAndWhen,
} from './parts.ts';
import { paths } from './paths.ts';
import { openInWords } from './report.view.ts';

export interface ClearanceInput {
  report: FoundReport;
  allowed: Allowed;
  content: ReportContent;
  names: ReadonlyMap<UserId, string>;
  posts: readonly { id: string; name: string }[];
  who: { userId: string; partyIds: readonly string[] };
  open: readonly NotReady[];
  whyNotFinal: readonly Refusal[];
  state: FormState;
}

/** Who is asked to clear the report, what each said, and what is left before it is final. */
export function clearanceView(input: ClearanceInput) {
  const { report, allowed, content, names, posts, who, open, state } = input;
  const { card } = report;
  const isOpen = card.final === null;
  const asked = card.clearances.filter(({ answer }) => answer?.answer !== 'no longer asked');
  return {
    ...reportPage(report, allowed, 'Clearance'),
    lead: clearancesInWords(card.clearances, content.hashes),
    hashes: content.hashes,
    clearances: card.clearances.map((clearance) => {
      const whyNot = whyNotClear(who, clearance, card);
      const stands = asked.includes(clearance);
      return {
        id: clearance.id,
        post: clearance.post,
        state: stateInWords(clearance, content, names),
        words: clearance.answer?.words ?? null,
        action: paths.answerClearance(card.id, clearance.id),
        answer: isOpen && stands && whyNot.length === 0,
        whyNot: isOpen && stands && !whyNot.includes('not asked') ? whyNotInWords(whyNot) : null,
        withdraw: isOpen && stands && allowed.write,
      };
    }),
    ask:
      isOpen && allowed.write
        ? {
            action: paths.clearance(card.id),
            posts: [
              { value: '', text: 'Choose a post' },
              ...posts
                .filter(({ id }) => !asked.some(({ postId }) => postId === id))
                .map(({ id, name }) => ({ value: id, text: name })),
            ],
          }
        : null,
    finalise: isOpen
      ? {
          href: paths.finalise(card.id),
          open: open.map(openInWords),
          whyNot: whyNotFinalInWords(input.whyNotFinal),
        }
      : null,
    errors: state.errors,
    form: state,
  };
}

function stateInWords(
  clearance: Clearance,
  content: ReportContent,
  names: ReadonlyMap<UserId, string>,
): string {
  const { answer } = clearance;
  if (answer === null) return 'Asked, and not answered yet.';
  const who = whoAndWhen(answer.byId as UserId, answer.at, names);
  switch (clearanceState(clearance, content.hashes)) {
    case 'cleared':
      return `Cleared by ${who}. It stands for what the report says now.`;
    case 'words changed':
      return `Cleared by ${who}. The words were changed since, so that it no longer stands.`;
    case 'figures changed':
      return `Cleared by ${who}. A figure changed since, because something was recorded late, so that it no longer stands.`;
    case 'returned':
      return `Returned by ${who}.`;
    case 'no longer asked':
      return `No longer asked, says ${who}.`;
    case 'waits':
      return 'Asked, and not answered yet.';
  }
}

function whyNotInWords(reasons: readonly WhyNotClear[]): string | null {
  if (reasons.includes('wrote it')) {
    return 'You hold this post, and you began this report: somebody else who holds it has to clear it.';
  }
  return reasons.includes('changed it last')
    ? 'You hold this post, and you changed this report last: somebody else who holds it has to clear it.'
    : null;
}

/** Why this person may not make it final, or null. */
export function whyNotFinalInWords(reasons: readonly Refusal[]): string | null {
  if (reasons.length === 0) return null;
  if (reasons.includes('author-is-not-the-approver') || reasons.includes('needs-a-second-person')) {
    return 'It takes two: you wrote it, so that somebody else has to clear it as it stands, or make it final.';
  }
  return 'Your role does not make reports final. Ask somebody whose role does, such as the clerk or the director.';
}

/** The page on which a report is made final, once nothing stands in the way. */
export function finaliseView({ report, content }: Pick<ClearanceInput, 'report' | 'content'>) {
  const { card } = report;
  const bound = boundFigures(content.figures);
  const system = content.words.sections.filter(({ written }) => !written).length;
  const refs = content.figures.plans.flatMap(({ actions }) => actions.map(({ ref }) => ref));
  const loose = content.words.sections
    .filter(({ written }) => written)
    .flatMap(({ words }) => looseNumbers(words, bound, refs).map(({ number }) => number));
  const unnamed = content.words.sections.filter(({ words }) => words === noneNamed);
  return {
    title: 'Make this report final',
    caption: `${card.head.title} · ${reportCaption(report)}`,
    classification: classificationWords(report),
    back: { text: 'Back to clearance', href: paths.clearance(card.id) },
    lead: 'Its words and figures are frozen. Nothing in it can be changed afterwards; a correction is another report that says which it replaces.',
    facts: [
      `Figures as at ${formatDate(content.figures.asAt)}, as they are known now.`,
      clearancesInWords(card.clearances, content.hashes),
      `${system} of ${content.words.sections.length} sections have the system’s words.`,
      ...(unnamed.length > 0 ? [`${unnamed.length} implications say “None has been named.”`] : []),
      ...(loose.length > 0
        ? [`Numbers that follow no figure: ${[...new Set(loose)].join(', ')}.`]
        : []),
    ],
    action: paths.finalise(card.id),
    cancelHref: paths.clearance(card.id),
    hashes: content.hashes,
  };
}
