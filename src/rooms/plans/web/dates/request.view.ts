import { daysBetween, formatDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Deciding } from '../../actions/date-deciders.ts';
import type { DateRequest } from '../../rules/date-requests.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf, listInWords } from '../../rules/position.ts';
import type { Due } from '../../rules/reading.ts';
import { capacityInWords, type WhyNotDecide } from '../../rules/who-decides.ts';
import { dueInWords, nthDate, sentenceCase } from '../../rules/words.ts';
import { datesSoFar, type DueHistory } from '../edit/due.view.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { shortText, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';

export interface RequestInput {
  picture: PlanPicture;
  action: ActionPicture;
  request: DateRequest;
  history: DueHistory;
  deciding: Deciding;
  /** Whether anything can be changed: not on an earlier day, and not in an archived plan. */
  writable: boolean;
  isMine: boolean;
  link: LinkTo;
}

/** One date that was asked for: what it would mean, who decides on it, and what became of it. */
export function requestView(state: FormState, input: RequestInput) {
  const { picture, action, request, deciding, writable, link } = input;
  const { slug } = picture.plan;
  const href = link(paths.action(slug, action.id));
  const open = request.decision === null;
  const { verdict } = deciding;
  return {
    title: open ? 'A date waits for an answer' : 'A date that was asked for',
    caption: picture.plan.title,
    dated: true,
    back: { text: 'Dates', href: link(paths.dates(slug)) },
    about: shortText(action),
    aboutHref: href,
    rows: factsOf(input),
    dates: datesSoFar(input.history),
    answer: answerOf(input),
    decides: open && writable && verdict.kind === 'may',
    withdrawn: action.withdrawn,
    whyNot: open && verdict.kind === 'may not' ? verdict.reasons.map((why) => whyNot[why]) : [],
    whoCan: open ? whoCan(deciding) : null,
    takeBack: open && writable && input.isMine ? paths.takeDateBack(slug, request.id) : null,
    action: paths.dateRequest(slug, request.id),
    cancelHref: link(paths.dates(slug)),
    form: state,
    errors: state.errors,
  };
}

function factsOf({ action, request, history }: RequestInput): { name: string; text: string }[] {
  const by = request.by === null ? null : (history.names.get(request.by) ?? null);
  const { lastUpdate } = action;
  const open = request.decision === null;
  return [
    { name: 'Date now', text: dueInWords(action.due) },
    { name: 'Asked for', text: dueInWords(request.due) },
    ...(open ? [{ name: 'How far', text: howFar(action, request.due) }] : []),
    { name: 'Why', text: request.reason },
    { name: 'Effect on children', text: request.effectOnChildren },
    {
      name: 'Asked by',
      text: `${by ?? 'Somebody'} on ${formatDate(request.effectiveOn)}`,
    },
    {
      name: 'Last update of the action',
      text:
        lastUpdate === null
          ? 'There has been none'
          : `${formatDate(lastUpdate.effectiveOn)}${lastUpdate.by === null ? '' : `, ${lastUpdate.by}`}: ${lastUpdate.whatChanged}`,
    },
  ];
}

/** "41 days later than now, 133 days later than first. It would be its 3rd date." */
export function howFar(
  action: Pick<ActionPicture, 'due' | 'firstDue' | 'dueDateCount'>,
  due: Due,
): string {
  const parts = [
    distance(action.due, due, 'the date now'),
    action.dueDateCount > 1 ? distance(action.firstDue, due, 'the first') : null,
  ].filter((part) => part !== null);
  const far = parts.length === 0 ? '' : `${sentenceCase(parts.join(', '))}. `;
  const nth =
    action.firstDue.precision === 'none' ? 'first date' : nthDate(action.dueDateCount + 1);
  return `${far}It would be its ${nth}.`;
}

function distance(from: Due, to: Due, what: string): string | null {
  if (from.to === null || to.to === null) return null;
  const days = daysBetween(from.to, to.to);
  if (days === 0) return `the same day as ${what}`;
  return `${countOf(Math.abs(days), 'day')} ${days > 0 ? 'later' : 'earlier'} than ${what}`;
}

function answerOf({
  request,
  history,
}: RequestInput): { text: string; words: string | null } | null {
  const { decision } = request;
  if (decision === null) return null;
  const by = decision.by === null ? null : (history.names.get(decision.by) ?? null);
  const who = by === null ? '' : `, ${by}`;
  const as = decision.outcome === 'taken back' ? '' : ` ${capacityInWords[decision.capacity]}`;
  return {
    text: `${sentenceCase(decision.outcome)}${as} on ${formatDate(decision.effectiveOn)}${who}.`,
    words: decision.reason,
  };
}

const whyNot: Record<WhyNotDecide, string> = {
  'asked for it': 'You asked for this date, and nobody decides on what they asked for.',
  'role may not approve': 'Your role does not let you approve anything in this plan.',
  'no owner': 'The plan names no owner.',
  'not the owner': 'You do not hold the post that owns the plan, and do not act in it.',
  'owner asked for it':
    'The post that owns the plan asked for it, so the post above it decides, or the chair of a board that oversees the plan.',
};

/** Who decides on it, in a sentence that also says what to do where nobody does. */
export function whoCan({ posts, boards }: Pick<Deciding, 'posts' | 'boards'>): string {
  const who = [
    ...posts.map((post) => `whoever holds the post ${post.name}, or acts in it`),
    ...(boards.length === 0 ? [] : [`the chair of ${listOr(boards.map((board) => board.name))}`]),
  ];
  return who.length === 0
    ? 'Nobody can decide on it yet. The plan can name an owner and a board on its settings page; an administrator says to which post the owner’s post answers.'
    : `It is for ${who.join('; or for ')}.`;
}

function listOr(names: readonly string[]): string {
  return listInWords(names).replace(/ and (?=[^,]*$)/, names.length > 1 ? ' or ' : ' and ');
}

/** The names that the page shows. */
export function namedIn(request: DateRequest): UserId[] {
  return [request.by, request.decision?.by ?? null].flatMap((id) => id ?? []);
}
