import { formatInstant } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { countOf } from '#platform/web/render.ts';
import type { Shell } from '#platform/web/shell.ts';
import {
  endOf,
  hoursToChoose,
  stateOf,
  type EmergencyOpening,
  type EmergencyState,
} from '../rules/emergency.ts';
import { emergencyPath, emergencyPaths } from './emergency.paths.ts';
import type { ShownForm } from './shared.ts';

type Names = ReadonlyMap<UserId, string>;

/** The name of a user, or "somebody". */
const nameOf = (id: UserId | null, names: Names): string =>
  (id !== null && names.get(id)) || 'somebody';

/** What follows a person over every page: their own opening, what waits for them, and all others. */
export function emergencyAlerts(
  openings: readonly EmergencyOpening[],
  names: Names,
  viewer: UserId,
  now: Date,
): Shell['alerts'] {
  return openings.flatMap((opening) => {
    const text = alertText(opening, names, opening.askedBy === viewer, stateOf(opening, now));
    if (text === null) return [];
    const what = stateOf(opening, now) === 'waits' ? 'Answer this request' : 'Emergency opening';
    const href = emergencyPath(opening.id);
    return [{ text, link: { text: what, href } }];
  });
}

function alertText(
  opening: EmergencyOpening,
  names: Names,
  own: boolean,
  state: EmergencyState,
): string | null {
  const who = nameOf(opening.askedBy, names);
  const end = endOf(opening);
  const time = end === null ? '' : formatInstant(end);
  const reads = countOf(opening.reads, 'page');
  if (state === 'open') {
    return own
      ? `You are reading under an emergency opening until ${time}. Every page that you read is logged.`
      : `${who} can read all plans until ${time}. ${nameOf(opening.decidedBy, names)} agreed. Reason: ${ended(opening.reason)} Read so far: ${reads}.`;
  }
  if (state === 'ended') {
    return own
      ? `Your emergency opening ended on ${time}. You read ${reads}.`
      : `${who} could read all plans until ${time}. Reason: ${ended(opening.reason)} Read: ${reads}.`;
  }
  return state === 'waits' && !own
    ? `${who} asks to read all plans for ${countOf(opening.hours, 'hour')}. Reason: ${ended(opening.reason)}`
    : null;
}

/** The text with a full stop at its end. */
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const states: Record<EmergencyState, { text: string; colour: string }> = {
  waits: { text: 'Waiting', colour: 'yellow' },
  lapsed: { text: 'Not answered', colour: 'grey' },
  refused: { text: 'Refused', colour: 'grey' },
  'taken-back': { text: 'Taken back', colour: 'grey' },
  open: { text: 'Open now', colour: 'red' },
  ended: { text: 'Ended', colour: 'blue' },
};

/** All openings, the newest first. */
export function openingsView(input: {
  openings: readonly EmergencyOpening[];
  names: Names;
  now: Date;
  mayAsk: boolean;
  subNavigation: { text: string; href: string; current: boolean }[];
}) {
  const { openings, names, now, mayAsk, subNavigation } = input;
  return {
    title: 'Emergency openings',
    subNavigation,
    askHref: mayAsk ? emergencyPaths.ask : null,
    openings: openings.map((opening) => ({
      href: emergencyPath(opening.id),
      who: nameOf(opening.askedBy, names),
      asked: formatInstant(opening.askedAt),
      state: states[stateOf(opening, now)],
      reason: opening.reason,
      reads: opening.until === null ? null : countOf(opening.reads, 'page'),
    })),
  };
}

/** The form on which an administrator asks. */
export function askToOpenView(form: ShownForm) {
  return {
    title: 'Ask for an emergency opening',
    back: { text: 'Emergency openings', href: emergencyPaths.all },
    form,
    errors: form.errors,
    hours: hoursToChoose.map((hours) => ({ value: String(hours), text: countOf(hours, 'hour') })),
    action: emergencyPaths.ask,
  };
}

/** One opening: what was asked, what became of it, and what this person can do about it. */
export function openingView(
  opening: EmergencyOpening,
  names: Names,
  viewer: { userId: UserId; seesLog: boolean },
  now: Date,
) {
  const state = stateOf(opening, now);
  const own = opening.askedBy === viewer.userId;
  const end = endOf(opening);
  const rows = [
    row('Who', nameOf(opening.askedBy, names)),
    row('Asked on', formatInstant(opening.askedAt)),
    row('For how long', countOf(opening.hours, 'hour')),
    row('Why', opening.reason),
    state === 'refused' && row('Refused by', decidedBy(opening, names)),
    opening.until !== null && row('Agreed by', decidedBy(opening, names)),
    state === 'open' && end !== null && row('Ends by itself on', formatInstant(end)),
    state === 'ended' && end !== null && row('Ended on', endedBy(opening, end, names)),
    opening.until !== null && row('Read', countOf(opening.reads, 'page')),
  ];
  return {
    title: 'Emergency opening',
    back: { text: 'Emergency openings', href: emergencyPaths.all },
    state: states[state],
    rows: rows.filter((one) => one !== false),
    mayAgree: state === 'waits' && !own,
    mayTakeBack: state === 'waits' && own,
    mayEnd: state === 'open',
    who: nameOf(opening.askedBy, names),
    hours: countOf(opening.hours, 'hour'),
    logHref: viewer.seesLog && opening.until !== null ? `/log?item=${opening.id}` : null,
    action: emergencyPath(opening.id),
  };
}

const row = (key: string, value: string) => ({ key, value });

function decidedBy({ decidedBy, decidedAt }: EmergencyOpening, names: Names): string {
  const on = decidedAt === null ? '' : `, ${formatInstant(decidedAt)}`;
  return `${nameOf(decidedBy, names)}${on}`;
}

function endedBy({ endedBy }: EmergencyOpening, end: Date, names: Names): string {
  return `${formatInstant(end)}, ${endedBy === null ? 'by itself' : `by ${nameOf(endedBy, names)}`}`;
}
