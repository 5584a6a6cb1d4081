import { formatDate } from '#kernel/dates.ts';
import {
  addCounts,
  addMovements,
  overdueActions,
  revisedActions,
  type PlanFigures,
  type ReportFigures,
} from './figures.ts';
import { nextMonths } from './bound-numbers.ts';
import type { SectionKey, WrittenWords } from './sections.ts';

/** What the first words depend on beside the figures. */
export interface Purpose {
  forDecision: boolean;
}

/**
 * The system's words for a section, written from the figures, with its numbers as tokens so that
 * they follow the figures when an officer changes the words around them. Honest where nothing
 * happened: "No action was completed". A new line begins a new paragraph.
 */
export function firstWords(key: SectionKey, figures: ReportFigures, purpose: Purpose): string {
  switch (key) {
    case 'summary':
      return join(stands(figures), moved(figures), lateness(), children(figures));
    case 'recommendation':
      return purpose.forDecision
        ? 'Members are asked to agree the next steps in this report.'
        : 'Members are asked to note this report.';
    case 'background':
      return figures.plans.map((plan) => background(plan, figures)).join('\n');
    case 'position':
      return join(`${stands(figures)}\n`, reconciliation(figures), ...severalPlans(figures));
    case 'overdue':
      return overdue(figures);
    case 'claimed':
      return join(
        'Beside the colour that each lead claims, a rule derives one from the facts: late, revised, silent, or complete without evidence.',
        '{Hopeful actions are} claimed to be better than the facts show, and {cautious are} claimed to be worse.',
      );
    case 'children':
      return join(
        'That an action is complete does not show that children are better off.',
        '{Better-off actions have} been shown to leave children better off, and {practice-changed have} been shown to change practice.',
        '{Done actions are} signed off as done and not yet tested; {untested are} accepted as untested, with the reason.',
        '{Not-signed-off actions are} complete by the lead’s word alone.',
      );
    case 'next':
      return `{Due-next actions are} due in the ${nextMonths} months after {as-at}.`;
    case 'conclusion':
      return 'As at {as-at}, {complete are} complete of {actions actions}, and {overdue are} overdue.';
    case 'strategic':
    case 'financial':
    case 'resource':
    case 'legal':
    case 'risk':
    case 'equalities':
    case 'climate':
    case 'security':
      return noneNamed;
  }
}

/** The words of a section as they stand: what somebody wrote, or the system's. */
export function wordsOf(
  key: SectionKey,
  written: WrittenWords,
  figures: ReportFigures,
  purpose: Purpose,
): string {
  return written[key] ?? firstWords(key, figures, purpose);
}

/** What an implication says that nobody has written of: true, and no more than that. */
export const noneNamed = 'None has been named.';

/** "As at 27 November 2014, the plan holds 133 actions: 108 are complete and 25 are in progress." */
function stands(figures: ReportFigures): string {
  const counts = addCounts(figures.plans.map(({ now }) => now));
  const what = figures.plans.length === 1 ? titleOf(figures.plans[0]) : 'the plans together';
  if (counts.actions === 0) return `As at {as-at}, ${what} ${hold(figures)} no actions.`;
  const parts = [
    '{complete are} complete',
    counts.inProgress > 0 && '{in-progress are} in progress',
    counts.notStarted > 0 && '{not-started are} not started',
    counts.notStated > 0 && '{not-stated have} no status',
  ].filter((part) => part !== false);
  return `As at {as-at}, ${what} ${hold(figures)} {actions actions}: ${listed(parts)}.`;
}

function hold(figures: ReportFigures): string {
  return figures.plans.length === 1 ? 'holds' : 'hold';
}

function titleOf(plan: PlanFigures | undefined): string {
  return plan === undefined ? 'the plan' : plain(plan.title);
}

/** A title is a text of the plan: a bracket in it is no token. */
function plain(text: string): string {
  return text.replace(/\{/g, '(').replace(/\}/g, ')');
}

function moved(figures: ReportFigures): string {
  const movement = movementOf(figures);
  if (movement === null) return '';
  const more = [
    movement.reopened > 0 && '{reopened were} reopened',
    movement.withdrawn > 0 && '{withdrawn were} withdrawn',
  ].filter((part) => part !== false);
  return `Since {since}, ${listed(['{completed actions were} completed', '{added were} added', ...more])}.`;
}

function lateness(): string {
  return '{Overdue actions are} overdue, and {revised have} had a date changed.';
}

function children(figures: ReportFigures): string {
  const some = figures.plans.some(({ now }) => now.complete > 0);
  return some ? '{Better-off actions have} been shown to leave children better off.' : '';
}

function background(plan: PlanFigures, figures: ReportFigures): string {
  const counts =
    figures.plans.length === 1 ? '{objectives}' : `{${figures.plans.indexOf(plan) + 1}.objectives}`;
  const noun = plan.objectives.length === 1 ? 'objective' : 'objectives';
  const overseen =
    plan.boards.length === 0 ? '' : `It is overseen by ${listed(plan.boards.map(plain))}.`;
  const sources = plan.sources.slice(0, 6).map(plain);
  const more = plan.sources.length - sources.length;
  const others = more > 0 ? [...sources, `${more} more`] : sources;
  return join(
    `${plain(plan.title)} has ${counts} ${noun}${period(plan)}.`,
    plan.owner === null ? 'It has no owner yet.' : `Its owner is the ${plain(plan.owner)}.`,
    overseen,
    others.length === 0 ? '' : `Its sources are: ${others.join('; ')}.`,
  );
}

function period({ periodFrom, periodTo }: PlanFigures): string {
  if (periodFrom !== null && periodTo !== null) {
    return ` and runs from ${formatDate(periodFrom)} to ${formatDate(periodTo)}`;
  }
  if (periodFrom !== null) return ` and runs from ${formatDate(periodFrom)}`;
  return periodTo === null ? '' : ` and runs to ${formatDate(periodTo)}`;
}

function movementOf(figures: ReportFigures) {
  return addMovements(figures.plans.map(({ movement }) => movement));
}

/** The reconciliation in words: it adds up, so that a member can check it. */
function reconciliation(figures: ReportFigures): string {
  const movement = movementOf(figures);
  if (movement === null || figures.since === null) {
    return 'There is no earlier day with which to compare.';
  }
  return join(
    'On {since}, {opening actions were} outstanding.',
    'Since then {added were} added and {reopened were} reopened; {completed were} completed and {withdrawn were} withdrawn.',
    'That leaves {closing actions} outstanding.',
    '{Better actions are} claimed to be better than then, and {worse are} claimed to be worse.\n',
    movement.leftTable === 0
      ? ''
      : 'The table that members are shown held {shown-then actions} then and holds {shown actions} now: {left-table actions} left it once complete.',
  );
}

function severalPlans(figures: ReportFigures): string[] {
  if (figures.plans.length < 2) return [];
  return figures.plans.map((plan, index) => {
    const of = `${index + 1}.`;
    return `\n${plain(plan.title)}: {${of}actions actions}, of which {${of}complete are} complete and {${of}overdue are} overdue.`;
  });
}

function overdue(figures: ReportFigures): string {
  const actions = figures.plans.flatMap((plan) => plan.actions);
  const late = overdueActions(actions)[0];
  const slipped = revisedActions(actions).some((action) => (action.slippageDays ?? 0) > 0);
  const compared = figures.since !== null && movementOf(figures) !== null;
  const asked = actions.some((action) => action.askedDue !== null && !action.withdrawn);
  return join(
    compared
      ? '{Overdue actions are} overdue; {newly-overdue became} so since {since}.'
      : '{Overdue actions are} overdue.',
    late === undefined ? '' : 'Those below stand with the longest overdue first.',
    compared && (movementOf(figures)?.revised ?? 0) > 0
      ? '{Revised actions have} had a date changed, {newly-revised} of them since {since}.'
      : '{Revised actions have} had a date changed.',
    slipped ? 'The first date that was agreed stands beside the date of now.' : '',
    asked ? 'Dates asked for and not agreed: {not-agreed}.' : '',
  );
}

function join(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** "a, b and c" */
function listed(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
