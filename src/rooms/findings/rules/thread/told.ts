import { formatDate, formatMonth, type IsoDate } from '#kernel/dates.ts';
import { workingDaysBetween } from '#kernel/working-days.ts';
import type { DerivativeFinding } from '../derivative.ts';
import { countOf, findingKindName, sentenceCase, stateName } from '../kind-words.ts';
import type { Answer, ProgressState } from '../kinds.ts';
import { dayOfSource, type FindingPicture, type SourcePicture } from '../picture.ts';
import type { ThreadEntry, ThreadGap, ToldItem } from './thread.ts';

/** "41 working days" since a day, up to and with another. */
export function workingDaysInWords(since: IsoDate, asAt: IsoDate): string {
  return countOf(workingDaysBetween(since, asAt), 'working day');
}

/** That somebody looked a source through, or changed what is known of it. */
export interface SourceEvent {
  on: IsoDate;
  /** Null where it was looked through. */
  version: number | null;
  withdrawn: boolean;
  words: string | null;
}

/** A version of a finding after its first. */
export interface FindingEvent {
  on: IsoDate;
  withdrawn: boolean;
  reason: string | null;
}

export interface ResponseEvent {
  on: IsoDate;
  answer: Answer;
  reason: string | null;
}

/** How far an action was told to be, from a day on. */
export interface ProgressEvent {
  on: IsoDate;
  state: ProgressState;
  dueOn: IsoDate | null;
  label: string;
  place: string;
  href: string;
}

/** What is told of a source: when it came, and when somebody looked at it again. */
export function toldSource(
  source: SourcePicture,
  events: readonly SourceEvent[],
  link: string,
): ToldItem {
  const name = `“${source.title}”`;
  const by = source.body === null ? '' : ` by ${source.body}`;
  const entry = (on: IsoDate | null, text: string, kind: ThreadEntry['kind'] = 'source') =>
    on === null ? [] : [{ on, kind, text, link }];
  const visit =
    source.visitFrom !== null && source.visitTo !== null && source.visitFrom !== source.visitTo
      ? `Visited from ${formatDate(source.visitFrom)} to ${formatDate(source.visitTo)}${by}: ${name}.`
      : `Visited${by}: ${name}.`;
  const isDated =
    (source.publishedOn ?? source.receivedOn ?? source.visitTo ?? source.visitFrom) !== null;
  return {
    kind: 'source',
    id: source.id,
    name,
    link,
    entries: [
      ...entry(source.visitTo ?? source.visitFrom, visit),
      ...entry(source.publishedOn, `${name} was published${by}.`),
      ...entry(source.receivedOn, `${name} was received.`),
      ...(isDated ? [] : entry(source.addedOn, `${name} was registered.`)),
      ...events.flatMap((event, index) => {
        const why = event.words === null ? '.' : `: ${stopped(event.words)}`;
        if (event.version === null) {
          return entry(event.on, `${name} was looked through again${why}`, 'look');
        }
        const before = events.slice(0, index).findLast(({ version }) => version !== null);
        if ((before?.withdrawn ?? false) === event.withdrawn) return [];
        const act = event.withdrawn ? 'was withdrawn' : 'was brought back';
        return entry(event.on, `${name} ${act}${why}`);
      }),
    ],
    gaps: [],
  };
}

/** What is told of a finding: its own words, what was answered, and what is missing by that day. */
export function toldFinding(
  finding: FindingPicture,
  events: readonly FindingEvent[],
  responses: readonly ResponseEvent[],
  asAt: IsoDate,
  link: string,
): ToldItem {
  const { source } = finding;
  const short = `${findingKindName(finding.kind)}${finding.ref === null ? '' : ` ${finding.ref}`}`;
  const name = `${short} of “${source.title}”`;
  const page = finding.page === null ? '' : ` (page ${finding.page})`;
  const said = dayOfSource(source);
  const first = said < finding.addedOn ? said : finding.addedOn;
  const entries: ThreadEntry[] = [
    {
      on: first,
      kind: 'finding',
      text: `${sentenceCase(name)}${page}: “${finding.words}”`,
      link,
    },
  ];
  let withdrawn = false;
  for (const event of events) {
    const why = event.reason === null ? '.' : `: ${stopped(event.reason)}`;
    const act =
      event.withdrawn === withdrawn
        ? 'was corrected'
        : event.withdrawn
          ? 'was withdrawn'
          : 'was brought back';
    withdrawn = event.withdrawn;
    entries.push({
      on: event.on,
      kind: 'finding',
      text: `${sentenceCase(name)} ${act}${why}`,
      link,
    });
  }
  for (const { on, answer, reason } of responses) {
    const why = reason === null ? '.' : `: ${stopped(reason)}`;
    entries.push({ on, kind: 'response', text: `${sentenceCase(name)} was ${answer}${why}`, link });
  }
  return {
    kind: 'finding',
    id: finding.id,
    name,
    link,
    entries,
    gaps: gapsOf(finding, name, asAt, link),
  };
}

function gapsOf(finding: FindingPicture, name: string, asAt: IsoDate, link: string): ThreadGap[] {
  const { source, response, kind } = finding;
  if (finding.withdrawn || kind === 'strength') return [];
  if (response === null) {
    const since = source.receivedOn ?? source.publishedOn ?? finding.addedOn;
    const came =
      source.receivedOn === null
        ? source.publishedOn === null
          ? 'registered'
          : 'published'
        : 'received';
    if (since >= asAt) return [];
    return [
      {
        since,
        text: `${sentenceCase(name)}: ${came} on ${formatDate(since)}; no response yet, ${workingDaysInWords(since, asAt)}.`,
        link,
      },
    ];
  }
  const hasAction = finding.actions.some(({ state }) => state !== 'withdrawn');
  if (response.answer === 'not accepted' || hasAction || response.on >= asAt) return [];
  return [
    {
      since: response.on,
      text: `${sentenceCase(name)}: ${response.answer} on ${formatDate(response.on)}; no action yet, ${workingDaysInWords(response.on, asAt)}.`,
      link,
    },
  ];
}

/** What may be told of a restricted finding in a thread that everybody reads who reads the item. */
export function toldDerivative(finding: DerivativeFinding, link: string | null): ToldItem {
  const on = `${finding.month}-01` as IsoDate;
  const name = `a restricted ${findingKindName(finding.kind)}`;
  const words = finding.wordsToShare === null ? '.' : `: “${finding.wordsToShare}”`;
  return {
    kind: 'finding',
    id: finding.id,
    name,
    link,
    entries: [
      { on, kind: 'finding', text: `${sentenceCase(name)} of ${formatMonth(on)}${words}`, link },
    ],
    gaps: [],
  };
}

/** What is told of an action: each step of its progress, each move of its date, and what is missing. */
export function toldAction(
  id: string,
  history: readonly ProgressEvent[],
  asAt: IsoDate,
): ToldItem | null {
  const last = history.at(-1);
  if (last === undefined) return null;
  const name = `“${last.label}” (${last.place})`;
  const link = last.href;
  const entries: ThreadEntry[] = [];
  history.forEach((told, index) => {
    const before = history[index - 1];
    const due = told.dueOn === null ? '' : `, due ${formatDate(told.dueOn)}`;
    const add = (text: string) => entries.push({ on: told.on, kind: 'progress', text, link });
    if (before === undefined) add(`${name} was ${firstWords[told.state]}${due}.`);
    else if (before.state !== told.state) add(`${name} ${stateWords[told.state]}.`);
    if (before !== undefined && before.dueOn !== told.dueOn) add(dateMoved(name, before, told));
  });
  return { kind: 'action', id, name, link, entries, gaps: actionGaps(name, history, asAt, link) };
}

function dateMoved(name: string, before: ProgressEvent, told: ProgressEvent): string {
  if (told.dueOn === null) return `${name} no longer has a due date.`;
  if (before.dueOn === null) return `${name} was given a due date: ${formatDate(told.dueOn)}.`;
  return `The due date of ${name} moved from ${formatDate(before.dueOn)} to ${formatDate(told.dueOn)}.`;
}

const firstWords: Readonly<Record<ProgressState, string>> = {
  planned: 'planned',
  'in progress': 'in progress already',
  done: 'done already',
  'practice changed': 'done already, and practice changed',
  'better for children': 'done already, and left children better off',
  'accepted as untested': 'done already, and accepted as untested',
  regressed: 'failing again',
  withdrawn: 'withdrawn',
};

const stateWords: Readonly<Record<ProgressState, string>> = {
  planned: 'is planned, and not started',
  'in progress': 'is in progress',
  done: 'is done',
  'practice changed': 'was shown to have changed practice',
  'better for children': 'was shown to leave children better off',
  'accepted as untested': 'was accepted as untested: nobody will show what it did',
  regressed: 'failed again, and was reopened',
  withdrawn: 'was withdrawn',
};

function actionGaps(
  name: string,
  history: readonly ProgressEvent[],
  asAt: IsoDate,
  link: string,
): ThreadGap[] {
  const last = history.at(-1);
  if (last === undefined) return [];
  const changed = history.findLastIndex(({ state }) => state !== last.state);
  const since = history[changed + 1]?.on ?? last.on;
  const days = (from: IsoDate) => workingDaysInWords(from, asAt);
  const gaps: ThreadGap[] = [];
  const add = (from: IsoDate, text: string) => gaps.push({ since: from, text, link });
  const isOpen = ['planned', 'in progress', 'regressed'].includes(last.state);
  if (isOpen && last.dueOn !== null && last.dueOn < asAt) {
    const word =
      last.on > last.dueOn ? '' : `; nothing was heard of it since ${formatDate(last.on)}`;
    add(
      last.dueOn,
      `${name}: due on ${formatDate(last.dueOn)}, and not done${word}, ${days(last.dueOn)}.`,
    );
  }
  if (last.state === 'done' && since < asAt) {
    add(
      since,
      `${name}: done on ${formatDate(since)}; nobody has shown yet that practice changed, ${days(since)}.`,
    );
  }
  if (last.state === 'practice changed' && since < asAt) {
    add(
      since,
      `${name}: practice changed on ${formatDate(since)}; nobody has shown yet that children are better off, ${days(since)}.`,
    );
  }
  if (last.state === 'regressed' && since < asAt) {
    add(since, `${name}: failed again on ${formatDate(since)}; not done again, ${days(since)}.`);
  }
  return gaps;
}

/** What of a piece of evidence is told. */
export interface EvidenceTold {
  id: string;
  title: string;
  goodUntil: IsoDate | null;
  withdrawn: boolean;
  history: readonly { on: IsoDate; version: number; withdrawn: boolean; reason: string | null }[];
}

export function toldEvidence(evidence: EvidenceTold, asAt: IsoDate, link: string): ToldItem {
  const name = `the evidence “${evidence.title}”`;
  const entries: ThreadEntry[] = [];
  let withdrawn = false;
  for (const { on, version, withdrawn: now, reason } of evidence.history) {
    const why = reason === null ? '.' : `: ${stopped(reason)}`;
    const act = now === withdrawn ? 'was revised' : now ? 'was withdrawn' : 'was brought back';
    if (version > 1 && (now !== withdrawn || reason !== null)) {
      entries.push({ on, kind: 'evidence', text: `${sentenceCase(name)} ${act}${why}`, link });
    }
    withdrawn = now;
  }
  const { goodUntil } = evidence;
  const isOut = goodUntil !== null && goodUntil < asAt && !evidence.withdrawn;
  return {
    kind: 'evidence',
    id: evidence.id,
    name,
    link,
    entries,
    gaps: isOut
      ? [
          {
            since: goodUntil,
            text: `${sentenceCase(name)} is out of date since ${formatDate(goodUntil)}, ${workingDaysInWords(goodUntil, asAt)}.`,
            link,
          },
        ]
      : [],
  };
}

/** What a thread comes to: how much happened, and how many gaps it has. */
export function threadSentence(thread: {
  entries: readonly ThreadEntry[];
  gaps: readonly ThreadGap[];
}): string {
  const [first] = thread.entries;
  const last = thread.entries.at(-1);
  if (first === undefined || last === undefined) return 'Nothing is known of it yet.';
  const span =
    first.on === last.on
      ? `on ${formatDate(first.on)}`
      : `from ${formatDate(first.on)} to ${formatDate(last.on)}`;
  const gaps =
    thread.gaps.length === 0
      ? 'Nothing is missing in it'
      : `${countOf(thread.gaps.length, 'gap')} in it`;
  return `${countOf(thread.entries.length, 'event')} ${span}. ${gaps}.`;
}

/** A kind of event, for the first column of a table. */
export const entryKindName = (kind: ThreadEntry['kind']): string => stateName(kind as never);

/** A person's words at the end of a sentence. */
const stopped = (words: string): string =>
  /[.!?…]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`;
