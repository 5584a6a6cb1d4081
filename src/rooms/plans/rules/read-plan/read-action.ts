import type { GridCell } from '#platform/documents/grid.ts';
import { findDates, type NearDates } from '#kernel/due/find-dates.ts';
import { readDue, type DueReading } from '#kernel/due/read-due.ts';
import { ragOfFill, readRag } from '../rag.ts';
import type { Due, Rag, ReadAction, ReadingProblem, Status } from '../reading.ts';
import { readStatus, statusOfOpening } from '#kernel/status.ts';
import type { GatheredAction } from './gather.ts';
import { flat, quoted } from '#platform/documents/tables/lines.ts';
import type { Column } from './settle-columns.ts';

/** A cell of an action, with the column it stands in. */
export interface Held {
  column: Column;
  cell: GridCell;
}

/** Where words hold that no column of the table has. */
const noColumn: Column = {
  index: -1,
  heading: '',
  meaning: 'ignored',
  role: null,
  ragFills: false,
  doubt: null,
};

/** The cells of an action that hold this, rows that went on with it included. */
export function heldIn(action: GatheredAction, meaning: Column['meaning']): Held[] {
  const columns = action.columns.filter((column) => column.meaning === meaning);
  if (columns.length === 0) {
    const above = action.inherited.filter((one) => one.meaning === meaning);
    return above.map(({ cell }) => ({ column: noColumn, cell }));
  }
  return columns.flatMap((column) =>
    [action.cells, ...action.more].flatMap((cells) => {
      const cell = cells.get(column.index)?.cell;
      return cell === undefined ? [] : [{ column, cell }];
    }),
  );
}

/** The words of a combined cell of lead and date, told apart line by line. */
export function splitLeadsAndDue(cell: GridCell): { leads: string; due: string } {
  const isDue = (line: string): boolean =>
    findDates(line, {}).length > 0 ||
    /^\W*(?:asap|on-?\s?going|immediate(?:ly)?|tbc)\W*$/i.test(line);
  const lines = cell.text.split(/\n|(?<=\S)\s[-–—|]\s(?=\S)|;/);
  return {
    leads: lines.filter((line) => !isDue(line)).join('\n'),
    due: lines.filter(isDue).join('\n').trim(),
  };
}

/** What an action says of its date: of several date columns, the revised one where it is filled. */
export function dueOf(
  action: GatheredAction,
  near: NearDates,
  above: DueReading | null,
): { reading: DueReading; where: string } {
  const held = [...heldIn(action, 'due')];
  const combined = heldIn(action, 'leads').filter(({ column }) => column.role === 'leadsAndDue');
  const filled = held.filter(({ cell }) => cell.text !== '' || cell.date !== null);
  const revised = filled.filter(({ column }) => column.role === 'revisedDue').at(-1);
  const first = filled.find(({ column }) => column.role !== 'revisedDue');
  const chosen = revised ?? first ?? held[0];
  if (chosen === undefined) {
    const cell = combined[0]?.cell;
    const words = cell === undefined ? '' : splitLeadsAndDue(cell).due;
    return { reading: readDue(words, null, near), where: cell?.where ?? action.textCell.where };
  }
  const { cell } = chosen;
  const { where } = cell;
  if (isDitto(cell.text) && above !== null) {
    const due = { ...above.due, asWritten: cell.text };
    const doubts = [`${quoted(cell.text)} is read as the date of the action above.`];
    return { reading: { ...above, due, doubts }, where };
  }
  const reading = readDue(cell.text, cell.date, { ...near, struck: cell.struck });
  if (chosen !== revised) return { reading, where };
  const before = first === undefined ? null : readDue(first.cell.text, first.cell.date, near).due;
  // A column of revised dates that repeats the first date has revised nothing.
  const moved = before === null || before.to !== reading.due.to;
  return { reading: { ...reading, revised: reading.revised || moved }, where };
}

function isDitto(text: string): boolean {
  return /^(?:(?:same )?as above|ditto|"|”|''|〃|see above)$/i.test(flat(text));
}

interface Told {
  rag: Rag | null;
  ragFrom: 'text' | 'fill' | 'none';
  status: Status | null;
  progress: string | null;
  problems: ReadingProblem[];
}

/** RAG, status and progress, which plans mix in the same columns. */
function tell(action: GatheredAction, dueStatus: { status: Status | null; where: string }): Told {
  const problems: ReadingProblem[] = [];
  const doubt = (where: string, message: string): void => {
    problems.push({ where, severity: 'doubt', message });
  };
  const statuses: { status: Status; where: string }[] = [];
  const narratives: { heading: string; text: string }[] = [];
  let rag: Rag | null = null;
  let ragFrom: Told['ragFrom'] = 'none';
  const fillOf = (cell: GridCell): string | null =>
    cell.fill !== null && action.bands.has(cell.fill) ? null : cell.fill;

  // The newest of several RAG columns stands last.
  for (const { column, cell } of heldIn(action, 'rag').reverse()) {
    const reading = readRag(cell.text, fillOf(cell));
    if (reading.status !== null) statuses.push({ status: reading.status, where: cell.where });
    if (reading.narrative !== null)
      narratives.unshift({ heading: column.heading, text: reading.narrative });
    if (rag !== null) continue;
    ({ rag, ragFrom } = reading);
    for (const message of reading.doubts) doubt(cell.where, message);
  }
  for (const { column, cell } of heldIn(action, 'status')) {
    const { status, narrative, colour, unread } = readStatusCell(column, cell);
    if (status !== null) statuses.push({ status, where: cell.where });
    if (narrative !== null) narratives.push({ heading: column.heading, text: narrative });
    if (colour !== null && rag === null) {
      [rag, ragFrom] = [colour, 'text'];
      for (const message of readRag(cell.text, fillOf(cell)).doubts) doubt(cell.where, message);
    }
    if (unread)
      doubt(
        cell.where,
        `No status could be read from ${quoted(cell.text)}: it is kept as progress.`,
      );
  }
  if (dueStatus.status !== null)
    statuses.push({ status: dueStatus.status, where: dueStatus.where });
  for (const { column, cell } of heldIn(action, 'progress')) {
    if (cell.text === '') continue;
    narratives.push({ heading: column.heading, text: cell.text });
    const whole = readStatus(cell.text);
    const opening = whole ?? statusOfOpening(cell.text);
    if (opening === null) continue;
    if (whole === null && statuses.length === 0) {
      doubt(cell.where, `The progress begins with a status: it is read as “${opening}”.`);
    }
    statuses.push({ status: opening, where: cell.where });
  }
  if (rag === null) {
    const shown = action.columns
      .filter(({ ragFills, meaning }) => ragFills !== false && meaning !== 'rag')
      .map(({ index }) => action.cells.get(index)?.cell)
      .find((cell) => cell !== undefined && fillOf(cell) !== null);
    const colour = ragOfFill(shown?.fill ?? null);
    if (colour === 'unknown')
      doubt(shown?.where ?? '', `The colour of the cell is not red, amber, green or blue.`);
    else if (colour !== null) [rag, ragFrom] = [colour, 'fill'];
  }
  const [first] = statuses;
  const other = statuses.find(({ status }) => status !== first?.status);
  if (first !== undefined && other !== undefined) {
    doubt(
      other.where,
      `The row says “${other.status}” here and “${first.status}” elsewhere: “${first.status}” is taken.`,
    );
  }
  return { rag, ragFrom, status: first?.status ?? null, progress: joined(narratives), problems };
}

/** Plain words that say how an action stands, and none of the three states that are kept. */
const knownOtherwise =
  /^(?:open|outstanding|overdue|delayed?|late|on hold|paused|at risk|off track|behind(?: schedule| target)?|slipp(?:ed|ing)|pending|not (?:yet )?due|n\/?a|tb[cad]|planned|in place|embedded)\.?$/i;

/** "Completed", "Yes" under "Complete?", a day under "Date completed", or a colour. */
function readStatusCell(
  column: Column,
  cell: GridCell,
): { status: Status | null; narrative: string | null; colour: Rag | null; unread: boolean } {
  const none = { status: null, narrative: null, colour: null, unread: false };
  const text = flat(cell.text);
  if (text === '' && cell.date === null) return none;
  if (column.role === 'completedOn') {
    const isDay = cell.date !== null || findDates(text, {}).some(({ span }) => span !== null);
    const status = isDay ? 'complete' : readStatus(text);
    const unread = status === null && !/^(?:n\/?a|tb[cad]|no|-+)$/i.test(text);
    return { ...none, status, narrative: `${column.heading}: ${text}`, unread };
  }
  const whole = readStatus(text);
  if (whole !== null) return { ...none, status: whole };
  if (/complete|closed|achieved|met|done/i.test(column.heading)) {
    if (/^(?:y|yes|✓|✔|☑|x|true)$/i.test(text)) return { ...none, status: 'complete' };
    if (/^(?:n|no|✗|✘|☐|false)$/i.test(text)) return none;
  }
  const { rag, status } = readRag(text, null);
  if (rag !== null && text.length <= 30) return { ...none, status, colour: rag };
  const opening = statusOfOpening(cell.text);
  const narrative = text.length > 40 ? cell.text : `${column.heading}: ${text}`;
  const unread = opening === null && text.length <= 40 && !knownOtherwise.test(text);
  return { ...none, status: opening, narrative, unread };
}

/** Several pieces of progress keep the headings of their columns, so that none is mistaken. */
function joined(narratives: { heading: string; text: string }[]): string | null {
  const [first, ...more] = narratives;
  if (first === undefined) return null;
  const headings = new Set(narratives.map(({ heading }) => heading));
  if (more.length === 0 || headings.size === 1)
    return narratives.map(({ text }) => text).join('\n');
  return narratives
    .map(({ heading, text }) =>
      heading === '' || text.startsWith(`${heading}:`) ? text : `${heading}: ${text}`,
    )
    .join('\n');
}

function wordsOf(action: GatheredAction, meaning: Column['meaning']): string | null {
  const held = heldIn(action, meaning).filter(({ cell }) => cell.text !== '');
  return joined(held.map(({ column, cell }) => ({ heading: column.heading, text: cell.text })));
}

const levels: [NonNullable<ReadAction['priority']>, RegExp][] = [
  ['high', /^(?:high|h|critical|urgent|essential|1|p1)$/i],
  ['medium', /^(?:medium|med|m|2|p2)$/i],
  ['low', /^(?:low|l|desirable|3|p3)$/i],
];

function priorityOf(action: GatheredAction): {
  priority: ReadAction['priority'];
  problems: ReadingProblem[];
} {
  const cell = heldIn(action, 'priority').find(({ cell: one }) => one.text !== '')?.cell;
  if (cell === undefined) return { priority: null, problems: [] };
  const text = flat(cell.text);
  const priority = levels.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  if (/^(?:high|medium|low|h|m|l|[123])$/i.test(text)) return { priority, problems: [] };
  const message =
    priority === null
      ? `No priority could be read from ${quoted(text)}.`
      : `${quoted(text)} is read as ${priority} priority.`;
  return { priority, problems: [{ where: cell.where, severity: 'doubt', message }] };
}

/** Puts together an action; the leads and sources were split with those of the whole plan. */
export function readAction(
  action: GatheredAction,
  read: {
    leads: string[];
    contributors: string[];
    sources: string[];
    due: { reading: DueReading; where: string };
  },
): { action: ReadAction; problems: ReadingProblem[] } {
  const { reading } = read.due;
  const told = tell(action, { status: reading.statusHint, where: read.due.where });
  const { priority, problems } = priorityOf(action);
  const due: Due = reading.due;
  const all: ReadingProblem[] = [
    ...reading.doubts.map((message): ReadingProblem => ({
      where: read.due.where,
      severity: 'doubt',
      message,
    })),
    ...told.problems,
    ...problems,
  ];
  const { where } = action.textCell;
  return {
    action: {
      where,
      section: action.section,
      objectiveRef: action.objective.ref,
      objective: action.objective.title,
      ref: action.ref,
      text: action.text,
      leads: read.leads,
      contributors: read.contributors,
      priority,
      due,
      revised: reading.revised,
      claimedRag: told.rag,
      ragFrom: told.ragFrom,
      status: told.status,
      successMeasure: wordsOf(action, 'successMeasure'),
      outcome: wordsOf(action, 'outcome'),
      progress: told.progress,
      evidence: wordsOf(action, 'evidence'),
      sources: read.sources,
    },
    problems: all.map((problem) => ({ ...problem, action: where })),
  };
}
