import { findDates } from '#kernel/due/find-dates.ts';
import { ragOfFill, readRag } from '../rag.ts';
import type { ColumnMeaning } from '../reading.ts';
import { readStatus } from '#kernel/status.ts';
import { fillOfHeading, isBanded } from './bands.ts';
import type { Header } from '#platform/documents/tables/find-headers.ts';
import { meaningOfColumn } from './plan-headings.ts';
import type { HeadingMeaning } from './header-words.ts';
import { flat, spoken, under, type Line, type Seen } from '#platform/documents/tables/lines.ts';

/** A column of a plan, with what it was taken to hold. */
export interface Column {
  /** Counted from 0. */
  index: number;
  heading: string;
  meaning: ColumnMeaning;
  /** What the heading says more finely: a revised date, a date of completion. */
  role: HeadingMeaning | null;
  /** Its backgrounds are a RAG: `row` where rows are coloured from end to end. */
  ragFills: boolean | 'row';
  /** What to ask about the column, such as why it is left out; null for nothing. */
  doubt: string | null;
}

interface Draft {
  index: number;
  heading: string;
  guess: HeadingMeaning | null;
  cells: Seen[];
  texts: string[];
  /** Rows in which the cell is empty or goes on from the row above. */
  goesOn: number;
}

/**
 * Decides what each column holds: by its heading, and by what stands in it where the heading
 * leaves that open or is missing. `rows` are all rows under this heading, in every table.
 */
export function settleColumns(
  header: Header,
  rows: readonly { header: Header; line: Line }[],
): Column[] {
  const drafts = draftColumns(header, rows);
  const meanings = new Map<Draft, HeadingMeaning>();
  const doubts = new Map<Draft, string>();
  for (const draft of drafts) meanings.set(draft, ofHeadingAndCells(draft, drafts));

  const having = (...wanted: HeadingMeaning[]): Draft[] =>
    drafts.filter((draft) => wanted.includes(meanings.get(draft) ?? 'ignored'));
  const set = (draft: Draft | undefined, meaning: HeadingMeaning): void => {
    if (draft !== undefined) meanings.set(draft, meaning);
  };

  settleWhatAndHow(having, set);
  settleTexts(having, set);
  settleObjectives(having, set, doubts);
  settleRefs(having, set);
  settleDates(having, set, doubts);
  if (having('rag').length === 0) {
    set(
      having('status', 'progress').find((draft) => share(draft.texts, isRagWord) >= 0.6),
      'rag',
    );
  }
  const ragFills = columnOfFills(drafts, header, rows, having('rag'));
  const [text] = having('text');
  for (const draft of having('priority').filter(isCounted)) {
    doubts.set(draft, 'The numbers of priority are read so: 1 is high, 2 medium and 3 low.');
  }
  const byRow =
    having('rag').length === 0 && ragFills === undefined && rowsAreRated(rows) ? text : undefined;
  if (byRow !== undefined) {
    doubts.set(byRow, 'The rows are coloured from end to end: their colours are read as the RAG.');
  }
  return drafts.map((draft) => {
    const role = meanings.get(draft) ?? 'ignored';
    const meaning = meaningOf(role);
    const doubt = doubts.get(draft) ?? leftOut(draft, meaning);
    return {
      index: draft.index,
      heading: draft.heading,
      meaning,
      role,
      ragFills: draft === byRow ? 'row' : meaning === 'rag' || draft === ragFills,
      doubt,
    };
  });
}

function draftColumns(header: Header, rows: readonly { header: Header; line: Line }[]): Draft[] {
  const begins = new Set(header.line.seen.map(({ column }) => column));
  const cells = new Map<number, Seen[]>();
  const goesOn = new Map<number, number>();
  for (const { header: own, line } of rows) {
    if (spoken(line).length < 2) continue;
    for (const [column, seen] of under(own.line, line)) {
      if (seen.above || seen.cell.text === '') goesOn.set(column, (goesOn.get(column) ?? 0) + 1);
      if (!seen.above) {
        const own = cells.get(column) ?? [];
        own.push(seen);
        cells.set(column, own);
      }
      if (!seen.above && (seen.cell.text !== '' || seen.cell.fill !== null)) begins.add(column);
    }
  }
  return [...begins]
    .filter(
      (index) =>
        header.words.has(index) ||
        cells.get(index)?.some(({ cell }) => cell.text !== '' || cell.fill !== null) === true,
    )
    .sort((a, b) => a - b)
    .map((index) => {
      const heading = header.words.get(index) ?? '';
      const own = cells.get(index) ?? [];
      const texts = own.map(({ cell }) => flat(cell.text)).filter((text) => text !== '');
      return {
        index,
        heading,
        guess: meaningOfColumn(heading),
        cells: own,
        texts,
        goesOn: goesOn.get(index) ?? 0,
      };
    });
}

/** What the heading says, or, where it says nothing or too little, what the cells are. */
function ofHeadingAndCells(draft: Draft, drafts: readonly Draft[]): HeadingMeaning {
  const at = drafts.indexOf(draft);
  const left = drafts[at - 1];
  const sameHeading = draft.heading !== '' && left?.heading === draft.heading;
  const isProgressLike = (guess: HeadingMeaning | null): boolean =>
    guess === 'rag' || guess === 'status' || guess === 'progress';
  if (sameHeading && isProgressLike(draft.guess)) return hasRag(draft) ? 'rag' : 'progress';
  if (
    draft.heading === '' &&
    left !== undefined &&
    isProgressLike(left.guess) &&
    draft.texts.length > 0
  ) {
    return hasRag(draft) ? 'rag' : 'progress';
  }
  const { guess } = draft;
  if (guess === null) return ofCells(draft, drafts, at);
  if (guess === 'priorityOrObjective') {
    return share(draft.texts, isLevel) >= 0.6 ? 'priority' : 'objective';
  }
  if (guess === 'targetOrDue') {
    if (drafts.some((other) => other.guess === 'due')) return 'successMeasure';
    const dated = draft.cells.filter(({ cell }) => cell.date !== null || isDate(cell.text));
    return dated.length >= draft.texts.length / 2 ? 'due' : 'successMeasure';
  }
  if (guess === 'text' || guess === 'objective') {
    // A summary counts actions; it has none.
    if (isCounted(draft)) {
      return isBesideSame(draft, drafts) ? (guess === 'text' ? 'ref' : 'objectiveRef') : 'ignored';
    }
    // "Action" over two columns: its number and its words.
    const isNumber = isRefs(draft) && isBesideSame(draft, drafts);
    return isNumber ? (guess === 'text' ? 'ref' : 'objectiveRef') : guess;
  }
  if (guess === 'status' && isCounted(draft)) return 'ignored';
  if (guess === 'status' && averageLength(draft) > 60) {
    return share(draft.texts, (text) => readStatus(text) !== null) < 0.3 ? 'progress' : 'status';
  }
  return guess;
}

function isCounted({ texts }: Draft): boolean {
  return share(texts, (text) => /^\d+(?:[.,]\d+)?$/.test(text)) >= 0.8;
}

function isBesideSame(draft: Draft, drafts: readonly Draft[]): boolean {
  return drafts.some((other) => other !== draft && other.heading === draft.heading);
}

/** A column whose heading is missing or unknown. */
function ofCells(draft: Draft, drafts: readonly Draft[], at: number): HeadingMeaning {
  if (hasRag(draft)) return 'rag';
  if (isRefs(draft) && at <= 1) return 'anyRef';
  const noneDue = drafts.every(({ guess }) => guess !== 'due');
  return noneDue && share(draft.texts, isDate) >= 0.7 ? 'due' : 'ignored';
}

type Having = (...wanted: HeadingMeaning[]) => Draft[];
type Setter = (draft: Draft | undefined, meaning: HeadingMeaning) => void;

/** "What" is what is wanted where "How" says what is done; else it is the action. */
function settleWhatAndHow(having: Having, set: Setter): void {
  const [what] = having('what');
  const [how] = having('how');
  const hasText = having('text').length > 0;
  if (what !== undefined) set(what, hasText || how !== undefined ? 'objective' : 'text');
  if (how !== undefined) set(how, hasText ? 'ignored' : 'text');
}

/** One column holds the actions. Where none says so, the nearest to it does. */
function settleTexts(having: Having, set: Setter): void {
  const texts = having('text');
  const [first, second, ...more] = texts;
  if (first === undefined) {
    set(having('objective').at(-1) ?? having('outcome').find(({ index }) => index <= 1), 'text');
    return;
  }
  for (const draft of more) set(draft, 'progress');
  // A response answers a recommendation; without one it answers a question.
  if (/response/i.test(first.heading) && having('objective').length === 0) set(first, 'ignored');
  if (second === undefined) return;
  if (/response/i.test(second.heading)) set(second, 'progress');
  // The first goes on over several rows of the second: it is what they are done for.
  else if (first.goesOn > second.goesOn + 1 && having('objective').length === 0)
    set(first, 'objective');
}

/** The objective stands nearest before the action; one before it names the section. */
function settleObjectives(having: Having, set: Setter, doubts: Map<Draft, string>): void {
  const [text] = having('text');
  const objectives = having('objective');
  if (objectives.length === 0 && text !== undefined) {
    const before = having('outcome').find(({ index, goesOn }) => index < text.index && goesOn > 0);
    set(before, 'objective');
    return;
  }
  const before = objectives.filter(({ index }) => index < (text?.index ?? Infinity));
  // A description that follows the action is of the action.
  const notes = objectives.filter(
    (draft) => /descri|detail/i.test(draft.heading) && !before.includes(draft),
  );
  for (const draft of notes) set(draft, 'progress');
  const chosen = before.at(-1) ?? objectives.find((draft) => !notes.includes(draft));
  for (const draft of objectives) {
    if (draft === chosen || notes.includes(draft)) continue;
    const isSection =
      draft.index < (chosen?.index ?? 0) &&
      averageLength(draft) <= 120 &&
      having('section').length === 0;
    set(draft, isSection ? 'section' : 'ignored');
    if (!isSection)
      doubts.set(draft, `The column “${draft.heading}” is left out: another holds the objectives.`);
  }
}

/** A number belongs to the objective where it stands and goes on with it, else to the action. */
function settleRefs(having: Having, set: Setter): void {
  const [objective] = having('objective');
  const [text] = having('text');
  const refs = having('anyRef');
  for (const ref of refs) {
    const besideText = text !== undefined && ref.index === text.index - 1;
    const besideObjective = objective !== undefined && ref.index === objective.index - 1;
    const goesOnWith = objective !== undefined && ref.goesOn >= objective.goesOn;
    const isObjectives =
      objective !== undefined &&
      !(besideText && !besideObjective) &&
      goesOnWith &&
      ref.index < objective.index;
    set(ref, isObjectives && having('objectiveRef').length === 0 ? 'objectiveRef' : 'ref');
  }
}

function settleDates(having: Having, set: Setter, doubts: Map<Draft, string>): void {
  const [review] = having('reviewDue');
  if (review === undefined) return;
  const hasDue = having('due', 'revisedDue', 'leadsAndDue').length > 0;
  if (!hasDue) return;
  set(review, 'ignored');
  doubts.set(review, `The column “${review.heading}” is left out: another holds the due dates.`);
}

/** What the finer meanings are to whoever reads the mapping. */
const plainly: Record<Exclude<HeadingMeaning, ColumnMeaning>, ColumnMeaning> = {
  anyRef: 'ref',
  priorityOrObjective: 'objective',
  what: 'objective',
  how: 'text',
  targetOrDue: 'due',
  revisedDue: 'due',
  reviewDue: 'due',
  completedOn: 'status',
  leadsAndDue: 'leads',
};

function isFiner(meaning: HeadingMeaning): meaning is keyof typeof plainly {
  return meaning in plainly;
}

function meaningOf(meaning: HeadingMeaning): ColumnMeaning {
  return isFiner(meaning) ? plainly[meaning] : meaning;
}

function leftOut(draft: Draft, meaning: ColumnMeaning): string | null {
  if (meaning !== 'ignored' || draft.texts.length === 0) return null;
  return draft.heading === ''
    ? 'This column has no heading, and what it holds is left out.'
    : `The column “${draft.heading}” is left out: it is not among what a plan here holds.`;
}

/**
 * Where no column says RAG, the one column whose backgrounds are red, amber and green. A colour
 * that the whole row or the heading has too is a band, not a RAG.
 */
function columnOfFills(
  drafts: readonly Draft[],
  header: Header,
  rows: readonly { header: Header; line: Line }[],
  rag: readonly Draft[],
): Draft | undefined {
  if (rag.length > 0) return undefined;
  const rated = drafts
    .map((draft) => {
      let count = 0;
      const seen = new Set<string>();
      for (const { header: own, line } of rows) {
        const cell = under(own.line, line).get(draft.index)?.cell;
        const colour = ragOfFill(cell?.fill ?? null);
        if (
          colour === null ||
          colour === 'unknown' ||
          cell?.fill === fillOfHeading(header, draft.index)
        )
          continue;
        if (isBanded(line, cell?.fill ?? null)) continue;
        count += 1;
        seen.add(colour);
      }
      return { draft, count, colours: seen.size };
    })
    .filter(({ count, colours }) => count >= Math.max(2, rows.length * 0.4) && colours >= 2)
    .sort((a, b) => b.count - a.count);
  return rated[0]?.draft;
}

/** Rows of actions coloured as a whole, in several colours of a RAG: no bands to guide the eye. */
function rowsAreRated(rows: readonly { line: Line }[]): boolean {
  const full = rows.filter(({ line }) => spoken(line).length >= 3);
  const colours = full.flatMap(({ line }) => {
    const fill = line.seen.map(({ cell }) => cell.fill).find((one) => isBanded(line, one));
    const colour = ragOfFill(fill ?? null);
    return colour === null || colour === 'unknown' ? [] : [colour];
  });
  return new Set(colours).size >= 2 && colours.length >= full.length / 2;
}

function hasRag(draft: Draft): boolean {
  const rated = share(draft.cells, ({ cell }) => {
    const colour = ragOfFill(cell.fill);
    return colour !== null && colour !== 'unknown' && cell.text.length <= 20;
  });
  return rated >= 0.5 || (draft.texts.length > 0 && share(draft.texts, isRagWord) >= 0.6);
}

function isRagWord(text: string): boolean {
  return text.length <= 30 && readRag(text, null).rag !== null;
}

function isRefs(draft: Draft): boolean {
  return draft.texts.length > 0 && share(draft.texts, isRefText) >= 0.8;
}

function isRefText(text: string): boolean {
  return /^(?:[A-Za-z]{0,4}[\s.-]?\d{1,3}(?:[.-]\d+)*[a-z]?|[A-Za-z])[.):]?$/.test(text);
}

function isLevel(text: string): boolean {
  return /^(?:high|medium|med|low|h|m|l|critical|urgent|essential|desirable|[123])$/i.test(text);
}

function isDate(text: string): boolean {
  return findDates(text, {}).length > 0 || /^(?:asap|on-?\s?going|immediate(?:ly)?)$/i.test(text);
}

function averageLength(draft: Draft): number {
  return draft.texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, draft.texts.length);
}

function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(holds).length / all.length;
}
