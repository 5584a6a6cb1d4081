import { addMonths, formatDate, type IsoDate } from '#kernel/dates.ts';
import {
  addCounts,
  addMovements,
  dueNext,
  type ActionFigures,
  type Counts,
  type MovementFigures,
  type Reached,
  type ReportFigures,
} from './figures.ts';

/**
 * Numbers bound to the report's day. In the words of a section a figure stands as a short token in
 * curly brackets: "{overdue}" is the number, "{overdue actions}" the number with its noun, and
 * "{overdue actions are}" with its verb, each in the singular and plural that the number asks for.
 * A capital first letter begins a sentence. Of several plans, "{2.overdue}" is of the second alone.
 */
export interface BoundFigure {
  /** As it is written between the brackets, without noun and verb. */
  name: string;
  /** A number, or a day in words. */
  value: number | string;
  /** What it counts, for the list beside the box. */
  meaning: string;
}

/** A piece of a section's words. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'figure'; token: string; text: string }
  | { kind: 'unknown'; token: string };

const verbs = new Map([
  ['are', 'is'],
  ['were', 'was'],
  ['have', 'has'],
  ['had', 'had'],
  ['do', 'does'],
  ['need', 'needs'],
  ['show', 'shows'],
  ['became', 'became'],
]);

/** How far ahead "next" reaches: what is promised in these months is named. */
export const nextMonths = 3;

/** The last day of what is named as next. */
export function nextUntil(asAt: IsoDate): IsoDate {
  return addMonths(asAt, nextMonths);
}

/** Every figure that a report's words may hold; the whole's first, then each plan's where several. */
export function boundFigures(figures: ReportFigures): BoundFigure[] {
  const days: BoundFigure[] = [
    { name: 'as-at', value: formatDate(figures.asAt), meaning: 'the day of the figures' },
    ...(figures.since === null
      ? []
      : [
          {
            name: 'since',
            value: formatDate(figures.since),
            meaning: 'the day with which the report compares',
          },
        ]),
  ];
  const plans = figures.plans;
  const whole = numbers(
    addCounts(plans.map(({ now }) => now)),
    addMovements(plans.map(({ movement }) => movement)),
    plans.flatMap(({ then }) => then ?? []),
    plans.flatMap(({ actions }) => actions),
    plans.reduce((sum, plan) => sum + plan.objectives.length, 0),
    figures.asAt,
  );
  if (plans.length < 2) return [...days, ...whole];
  return [
    ...days,
    { name: 'plans', value: plans.length, meaning: 'plans in this report' },
    ...whole,
    ...plans.flatMap((plan, index) =>
      numbers(
        plan.now,
        plan.movement,
        plan.then === null ? [] : [plan.then],
        plan.actions,
        plan.objectives.length,
        figures.asAt,
      ).map((one) => ({
        ...one,
        name: `${index + 1}.${one.name}`,
        meaning: `${one.meaning}, of ${plan.title}`,
      })),
    ),
  ];
}

function numbers(
  now: Counts,
  movement: MovementFigures | null,
  then: readonly Counts[],
  all: readonly ActionFigures[],
  objectives: number,
  asAt: IsoDate,
): BoundFigure[] {
  const actions = all.filter(({ withdrawn }) => !withdrawn);
  const count = (test: (action: ActionFigures) => boolean) => actions.filter(test).length;
  const reached = (state: Reached) => count((action) => action.reached === state);
  const list: [string, number, string][] = [
    ['actions', now.actions, 'actions in the plan'],
    ['objectives', objectives, 'objectives'],
    ['complete', now.complete, 'actions that are complete'],
    ['outstanding', now.outstanding, 'actions still to be done'],
    ['in-progress', now.inProgress, 'actions in progress'],
    ['not-started', now.notStarted, 'actions not started'],
    ['not-stated', now.notStated, 'actions that do not say how far they are'],
    ['overdue', now.overdue, 'actions past their date'],
    ['revised', now.revised, 'actions whose date was ever changed'],
    ['not-agreed', count(({ askedDue }) => askedDue !== null), 'dates asked for and not agreed'],
    ['without-date', now.withoutDate, 'actions without a date to be held to'],
    ['without-lead', now.withoutLead, 'actions without a lead'],
    ['hopeful', count((one) => one.disagreement === 'more hopeful'), 'claims better than derived'],
    ['cautious', count((one) => one.disagreement === 'more cautious'), 'claims worse than derived'],
    ['done', reached('done'), 'actions signed off as done and not yet tested'],
    ['practice-changed', reached('practice changed'), 'actions that changed practice'],
    ['better-off', reached('children better off'), 'actions that left children better off'],
    ['untested', reached('accepted as untested'), 'actions accepted as untested'],
    [
      'not-signed-off',
      count((one) => one.status === 'complete' && one.reached === 'none'),
      'complete actions that nobody has signed off',
    ],
    [
      'due-next',
      dueNext(actions, asAt, nextUntil(asAt)).length,
      `outstanding actions due in the next ${nextMonths} months`,
    ],
    ['shown', now.shown, 'actions in the table that members are shown'],
  ];
  if (movement !== null) {
    list.push(
      ['opening', movement.opening, 'outstanding at the beginning'],
      ['added', movement.added, 'actions added since then'],
      ['reopened', movement.reopened, 'actions reopened since then'],
      ['completed', movement.completed, 'actions completed since then'],
      ['withdrawn', movement.withdrawn, 'actions withdrawn since then'],
      ['closing', movement.closing, 'outstanding at the end'],
      ['newly-revised', movement.revised, 'actions whose date changed since then'],
      ['newly-overdue', movement.newlyOverdue, 'actions that became overdue since then'],
      ['better', movement.better, 'claims that became better'],
      ['worse', movement.worse, 'claims that became worse'],
      ['left-table', movement.leftTable, 'completed actions that left the table since then'],
      ['shown-then', addCounts(then).shown, 'actions in that table at the beginning'],
    );
  }
  return list.map(([name, value, meaning]) => ({ name, value, meaning }));
}

/** The words cut into text, figures with their values, and tokens that mean nothing. */
export function readWords(words: string, bound: readonly BoundFigure[]): Piece[] {
  const byName = new Map(bound.map((one) => [one.name, one.value]));
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of words.matchAll(/\{([^{}\n]{1,60})\}/g)) {
    const before = words.slice(from, match.index);
    if (before !== '') pieces.push({ kind: 'text', text: before });
    const [token, inner = ''] = match;
    const text = valueOf(inner, byName);
    pieces.push(text === null ? { kind: 'unknown', token } : { kind: 'figure', token, text });
    from = match.index + token.length;
  }
  const rest = words.slice(from);
  if (rest !== '') pieces.push({ kind: 'text', text: rest });
  return pieces;
}

/** The text for what stands between the brackets, or null where it names no figure. */
function valueOf(inner: string, byName: ReadonlyMap<string, number | string>): string | null {
  const [first = '', ...after] = inner.trim().split(/ +/);
  const name = byName.has(first) ? first : first.toLowerCase();
  const value = byName.get(name);
  if (value === undefined) return null;
  const capital = first !== name;
  if (typeof value === 'string') return after.length === 0 ? value : null;
  const [noun, verb] = after[0] === 'actions' ? after : [undefined, ...after];
  if (after.length > (noun === undefined ? 1 : 2)) return null;
  const singular = verb === undefined ? undefined : verbs.get(verb);
  if (verb !== undefined && singular === undefined) return null;
  const text = inWords(
    value,
    noun !== undefined,
    verb === undefined ? null : [singular ?? '', verb],
  );
  return capital ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

/** "25", "no actions", "1 action is", "none is": British English, singular and plural as they are. */
function inWords(
  value: number,
  noun: boolean,
  verb: readonly [singular: string, plural: string] | null,
): string {
  const number = value.toLocaleString('en-GB');
  if (verb === null) {
    if (!noun) return number;
    if (value === 0) return 'no actions';
    return `${number} ${value === 1 ? 'action' : 'actions'}`;
  }
  const [singular, plural] = verb;
  if (value === 0) return `${noun ? 'no action' : 'none'} ${singular}`;
  const counted = noun ? `${number} ${value === 1 ? 'action' : 'actions'}` : number;
  return `${counted} ${value === 1 ? singular : plural}`;
}

/** The tokens of these words that name no figure, each once, as they were typed. */
export function unknownTokens(words: string, bound: readonly BoundFigure[]): string[] {
  const pieces = readWords(words, bound);
  return [...new Set(pieces.flatMap((piece) => (piece.kind === 'unknown' ? [piece.token] : [])))];
}

/** A number typed by hand, and the figures that have this value now. */
export interface LooseNumber {
  number: string;
  sameAs: string[];
}

const months =
  'January|February|March|April|May|June|July|August|September|October|November|December';
const dateLike = new RegExp(
  `\\b\\d{1,2}(?:st|nd|rd|th)? (?:${months})(?: \\d{4})?|(?:${months}) \\d{4}|\\b(?:19|20)\\d\\d(?:[-/–](?:\\d\\d){1,2})?\\b`,
  'g',
);

/**
 * The numbers in these words that follow no figure: a date, a year and the reference of an action
 * are none. A gentle list: a number may well be the officer's own.
 */
export function looseNumbers(
  words: string,
  bound: readonly BoundFigure[],
  references: readonly string[] = [],
): LooseNumber[] {
  const typed = readWords(words, bound)
    .flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []))
    .join(' ')
    .replace(dateLike, ' ');
  const known = new Set(references);
  const found = [...new Set(typed.match(/\d+(?:[.,]\d+)*/g) ?? [])].filter(
    (number) => !known.has(number),
  );
  return found.map((number) => ({
    number,
    sameAs: bound
      .filter(
        ({ value }) => typeof value === 'number' && String(value) === number.replace(/,/g, ''),
      )
      .map(({ name }) => name),
  }));
}
