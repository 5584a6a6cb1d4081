import type { GridTable } from '#platform/documents/grid.ts';
import type { ColumnMeaning } from '../reading.ts';
import { isBanded, type Column } from './settle-columns.ts';
import {
  addSection,
  doubtAt,
  objectiveOf,
  type Gathered,
  type GatheredAction,
  type GatheredObjective,
} from './gather.ts';
import {
  aloneIn,
  isNote,
  isNumberedHeading,
  looksLikeHeading,
  namesObjective,
  saysHeading,
} from './headings.ts';
import type { Header } from './find-headers.ts';
import { beginsKey, isKeyEntry, meaningsOfLine } from './legend.ts';
import { flat, quoted, spoken, under, type Line, type Seen } from './lines.ts';
import { readObjectiveCell, takeRef } from './objective-cell.ts';

/** What the rows being walked stand under. */
export interface Place {
  section: string | null;
  /** The objective of the rows above, from their own column. */
  objective: GatheredObjective | null;
  /** A heading that names an objective, where no column does. */
  heading: string | null;
  /** What the objective is called where nothing in the table names it. */
  otherwise: string;
  lastWasHeading: boolean;
  fillOfSection: string | null;
  fillOfHeading: string | null;
}

export function placeUnder(otherwise: string): Place {
  return {
    section: null,
    objective: null,
    heading: null,
    otherwise,
    lastWasHeading: false,
    fillOfSection: null,
    fillOfHeading: null,
  };
}

/** A row or paragraph that is a heading: of a section, or of an objective within one. */
export function takeHeading(
  gathered: Gathered,
  place: Place,
  text: string,
  fill: string | null,
  hasObjectives: boolean,
): void {
  const isObjective = !hasObjectives && isHeadingOfObjective(place, text, fill);
  if (isObjective) {
    place.heading = text;
    place.fillOfHeading = fill;
  } else {
    place.section = flat(text);
    place.heading = null;
    place.fillOfSection = fill;
    addSection(gathered, place.section);
  }
  place.objective = null;
  place.lastWasHeading = true;
}

function isHeadingOfObjective(place: Place, text: string, fill: string | null): boolean {
  if (namesObjective(text)) return true;
  if (place.section === null) return false;
  if (isNumberedHeading(text) && firstWord(text) === firstWord(place.section)) return false;
  const numberOfSection = takeRef(place.section).ref ?? '';
  const number = takeRef(flat(text)).ref ?? '';
  if (/^\d+$/.test(numberOfSection) && number.startsWith(`${numberOfSection}.`)) return true;
  if (fill !== null && fill !== place.fillOfSection && fill === place.fillOfHeading) return true;
  if (!place.lastWasHeading) return false;
  const isSibling =
    (fill !== null && fill === place.fillOfSection) || isShouted(text) === isShouted(place.section);
  return !isSibling || (fill === null && !isShouted(text) && isNumberedHeading(place.section));
}

function firstWord(text: string): string {
  return (
    flat(text)
      .toLowerCase()
      .split(/[^a-z]/)[0] ?? ''
  );
}

function isShouted(text: string): boolean {
  return /\p{L}/u.test(text) && text === text.toUpperCase();
}

/** Goes through the rows under one heading row, gathering what they hold. */
export function walkRows(
  gathered: Gathered,
  place: Place,
  given: { table: GridTable; header: Header; columns: readonly Column[]; rows: readonly Line[] },
): void {
  const { columns, header, rows, table } = given;
  const meanings = new Map(columns.map(({ index, meaning }) => [index, meaning]));
  const hasObjectives = columns.some(({ meaning }) => meaning === 'objective');
  const textColumn = columns.find(({ meaning }) => meaning === 'text')?.index ?? -1;
  const many = numberedTexts(rows, header, textColumn);
  const shouted = mostlyShouted(rows, header, textColumn);
  let inKey = false;
  let last: GatheredAction | null = null;
  /** Rows that have only notes are told together. */
  const noted: Line[] = [];

  const meaningAt = (column: number): ColumnMeaning => meanings.get(column) ?? 'ignored';
  const leaveOut = (line: Line, message: string, severity: 'doubt' | 'error' = 'doubt'): void => {
    const where = spoken(line)[0]?.cell.where ?? table.name;
    gathered.problems.push({ where, severity, message });
  };

  for (const [at, line] of rows.entries()) {
    const own = spoken(line);
    const [first] = own;
    if (first === undefined) continue;
    const cells = under(header.line, line);
    const text = cells.get(textColumn);
    const hasText = text !== undefined && !text.above && text.cell.text !== '';
    const says = (...wanted: ColumnMeaning[]): boolean =>
      [...cells].some(
        ([column, seen]) =>
          wanted.includes(meaningAt(column)) &&
          !seen.above &&
          (seen.cell.text !== '' || seen.cell.date !== null),
      );

    if (inKey && hasText && says('leads', 'due')) inKey = false;
    if (inKey || beginsKey(first.cell.text) || isKeyEntry(line)) {
      inKey ||= beginsKey(first.cell.text);
      gathered.ragMeanings.push(...meaningsOfLine(line));
      noted.push(line);
      continue;
    }
    const alone = aloneIn(line);
    const firstText = flat(first.cell.text);
    if (
      isNote(firstText) &&
      !isNumberedHeading(firstText) &&
      (alone !== null || !hasText || /^\W*(?:sub-?\s?|grand )?totals?\b/i.test(firstText))
    ) {
      noted.push(line);
      continue;
    }
    const next = rows[at + 1];
    const nextGoesOn = next !== undefined && goesOn(next, header, columns);
    const heading = headingOf(line);
    if (heading !== null) {
      if (heading.unsure) {
        const message = `${quoted(heading.text)} is read as a heading: the row holds nothing else.`;
        gathered.problems.push(doubtAt(first.cell.where, message));
      }
      takeHeading(gathered, place, heading.text, first.cell.fill, hasObjectives);
      last = null;
      continue;
    }
    takeSection(cells);
    const objectiveSaid = takeObjective(cells);
    if (hasText || (text?.above === true && says('leads', 'due', 'rag', 'status'))) {
      last = gatherAction(line, cells, text);
      place.lastWasHeading = false;
    } else if (says('leads', 'due', 'rag', 'status') || (last === null && !objectiveSaid)) {
      if (firstText === '' || own.every(({ cell }) => /^[\d.\s]*$/.test(cell.text))) continue;
      const objective = objectiveSaid ? ' The objective is kept.' : '';
      leaveOut(
        line,
        `This row names no action, and is left out: it says ${quoted(own.map(({ cell }) => cell.text).join(', '))}.${objective}`,
        'error',
      );
    } else if (objectiveSaid) {
      place.lastWasHeading = false;
      last = null;
      if (!nextGoesOn)
        leaveOut(
          line,
          `The objective ${quoted(place.objective?.title ?? '')} has no action under it.`,
        );
    } else if (last !== null) {
      last.more.push(
        new Map([...cells].filter(([, seen]) => !seen.above && seen.cell.text !== '')),
      );
      if (text?.above !== true) {
        gathered.problems.push({
          ...doubtAt(
            first.cell.where,
            'This row names no action: what it says is added to the action above.',
          ),
          action: last.textCell.where,
        });
      }
    }

    function headingOf(of: Line): { text: string; unsure: boolean } | null {
      if (alone === null) return numberedHeadingOf(of);
      const { seen, isBand } = alone;
      const words = seen.cell.text;
      const meaning = meaningAt(columnOf(cells, seen));
      if (/^[\d\s.)]*$/.test(words)) return null;
      if (isBand) return { text: words, unsure: false };
      switch (meaning) {
        case 'objective':
          return nextGoesOn ? null : { text: words, unsure: false };
        case 'text': {
          if (saysHeading(words) && !shouted) return { text: words, unsure: false };
          if (hasObjectives && !isFirst(seen)) return null;
          const unsure = looksLikeHeading(words) && isFirst(seen) && restIsFuller(rows, columns);
          return unsure ? { text: words, unsure } : null;
        }
        case 'section':
        case 'ref':
        case 'objectiveRef':
          return looksLikeHeading(words) ? { text: words, unsure: false } : null;
        default:
          return isFirst(seen) && looksLikeHeading(words) ? { text: words, unsure: true } : null;
      }
    }

    /** "1" and "LEADERSHIP" in two cells, and nothing else. */
    function numberedHeadingOf(of: Line): { text: string; unsure: boolean } | null {
      const [number, words, ...more] = spoken(of);
      if (number === undefined || words === undefined || more.length > 0) return null;
      const isNumber = ['ref', 'objectiveRef'].includes(meaningAt(columnOf(cells, number)));
      if (!isNumber || flat(number.cell.text).length > 12) return null;
      const joined = `${flat(number.cell.text)} ${flat(words.cell.text)}`;
      const meaning = meaningAt(columnOf(cells, words));
      if (words.span >= 3 || (meaning === 'text' && saysHeading(words.cell.text) && !shouted)) {
        return { text: joined, unsure: false };
      }
      return meaning === 'objective' && !nextGoesOn && restIsFuller(rows, columns)
        ? { text: joined, unsure: true }
        : null;
    }
  }
  tellNotes();

  function isFirst(seen: Seen): boolean {
    return columns.every(
      ({ index, meaning }) => index >= seen.column || meaning === 'ref' || meaning === 'ignored',
    );
  }

  function takeSection(cells: Map<number, Seen>): void {
    for (const [column, seen] of cells) {
      if (meaningAt(column) !== 'section' || seen.cell.text === '' || isDitto(seen.cell.text))
        continue;
      const section = flat(seen.cell.text);
      if (section === place.section) continue;
      place.section = section;
      place.objective = null;
      place.heading = null;
      addSection(gathered, section);
    }
  }

  /** True where the row itself names an objective. */
  function takeObjective(cells: Map<number, Seen>): boolean {
    const [column] = [...cells]
      .filter(([index]) => meaningAt(index) === 'objective')
      .map(([, seen]) => seen);
    const refSeen = [...cells].find(([index]) => meaningAt(index) === 'objectiveRef')?.[1];
    const words = column?.cell.text ?? '';
    const isNew =
      column !== undefined &&
      words !== '' &&
      !isDitto(words) &&
      (!column.above || place.objective === null);
    if (isNew) {
      const read = readObjectiveCell(words);
      const ref = refSeen === undefined ? '' : trimRef(refSeen.cell.text);
      place.objective = objectiveOf(
        gathered,
        place.section,
        ref === '' ? read.ref : ref,
        ref === '' || read.ref === null || read.ref !== ref ? titleOf(read, ref) : read.title,
      );
      addSources(place.objective, read.sources);
      gathered.problems.push(...read.doubts.map((message) => doubtAt(column.cell.where, message)));
    }
    if (hasObjectives) {
      for (const [index, seen] of cells) {
        if (meaningAt(index) === 'source' && seen.cell.text !== '' && place.objective !== null) {
          addSources(place.objective, [seen.cell.text]);
        }
      }
    }
    return isNew;
  }

  function gatherAction(line: Line, cells: Map<number, Seen>, text: Seen): GatheredAction {
    const own = text.cell.text;
    const refs = [...cells].filter(
      ([index]) =>
        meaningAt(index) === 'ref' ||
        (meaningAt(index) === 'objectiveRef' &&
          place.objective?.ref !== null &&
          trimRef(cells.get(index)?.cell.text ?? '') !== place.objective?.ref),
    );
    const refCell = refs.map(([, seen]) => trimRef(seen.cell.text)).find((ref) => ref !== '');
    const taken = refCell === undefined && many ? takeRef(own) : { ref: null, rest: own };
    const action: GatheredAction = {
      table,
      textCell: text.cell,
      text: taken.rest,
      ref: refCell ?? taken.ref,
      section: place.section,
      objective: place.objective ?? objectiveOfHeading(),
      columns,
      cells,
      more: [],
      bands: bandsOf(line, header, columns),
    };
    gathered.actions.push(action);
    return action;
  }

  /** Where no column names it: the heading above, the section, the table's or the plan's own name. */
  function objectiveOfHeading(): GatheredObjective {
    const read = readObjectiveCell(place.heading ?? place.section ?? place.otherwise);
    const objective = objectiveOf(gathered, place.section, read.ref, read.title);
    addSources(objective, read.sources);
    return objective;
  }

  function tellNotes(): void {
    const [line] = noted;
    const cell = line === undefined ? undefined : spoken(line)[0]?.cell;
    if (cell === undefined) return;
    const rest =
      noted.length === 1
        ? ''
        : ` and ${noted.length - 1} more ${noted.length === 2 ? 'row' : 'rows'}`;
    gathered.problems.push(
      doubtAt(cell.where, `${quoted(cell.text)}${rest} read as a note or a key, not as an action.`),
    );
  }
}

function columnOf(cells: Map<number, Seen>, seen: Seen): number {
  return [...cells].find(([, one]) => one === seen)?.[0] ?? seen.column;
}

function titleOf(read: { ref: string | null; title: string }, ref: string): string {
  // The number stands in a column of its own: one in the words is part of them.
  return ref === '' || read.ref === null ? read.title : `${read.ref} ${read.title}`;
}

function trimRef(text: string): string {
  return flat(text).replace(/[.):\s]+$/, '');
}

function isDitto(text: string): boolean {
  return /^(?:as above|ditto|"|”|''|〃|do\.?|see above|same as above|-\s*"\s*-)$/i.test(flat(text));
}

function addSources(objective: GatheredObjective, cells: readonly string[]): void {
  for (const cell of cells) {
    if (!objective.sourceCells.includes(cell)) objective.sourceCells.push(cell);
  }
}

/** The row below has an action and no objective of its own: it goes on with this one's. */
function goesOn(next: Line, header: Header, columns: readonly Column[]): boolean {
  const cells = under(header.line, next);
  const of = (meaning: ColumnMeaning): Seen | undefined =>
    columns
      .filter((one) => one.meaning === meaning)
      .map(({ index }) => cells.get(index))
      .find((seen) => seen !== undefined);
  const objective = of('objective');
  const text = of('text');
  return (
    (objective === undefined ||
      objective.above ||
      objective.cell.text === '' ||
      isDitto(objective.cell.text)) &&
    text !== undefined &&
    text.cell.text !== ''
  );
}

/** Most other rows of the table say who or when: a row that says neither is of another kind. */
function restIsFuller(rows: readonly Line[], columns: readonly Column[]): boolean {
  const counted = columns.filter(({ meaning }) => meaning === 'leads' || meaning === 'due').length;
  if (counted === 0) return false;
  const full = rows.filter((line) => spoken(line).length >= 3).length;
  const alone = rows.filter((line) => spoken(line).length === 1).length;
  return full > alone;
}

/** The actions of this table carry their numbers in their own words: "1. Write the guide". */
function numberedTexts(rows: readonly Line[], header: Header, textColumn: number): boolean {
  const texts = textsOf(rows, header, textColumn);
  return (
    texts.length > 0 &&
    texts.filter((text) => takeRef(text).ref !== null).length >= texts.length * 0.6
  );
}

function mostlyShouted(rows: readonly Line[], header: Header, textColumn: number): boolean {
  const texts = textsOf(
    rows.filter((line) => spoken(line).length >= 2),
    header,
    textColumn,
  );
  return texts.filter((text) => isShouted(text)).length > texts.length / 2;
}

function textsOf(rows: readonly Line[], header: Header, textColumn: number): string[] {
  return rows
    .map((line) => under(header.line, line).get(textColumn))
    .flatMap((seen) =>
      seen === undefined || seen.above || seen.cell.text === '' ? [] : [seen.cell.text],
    );
}

function bandsOf(line: Line, header: Header, columns: readonly Column[]): Set<string> {
  const bands = new Set<string>();
  for (const { index, ragFills } of columns) {
    if (!ragFills) continue;
    const ofHeader = header.line.seen.find(
      ({ column, span }) => index >= column && index < column + span,
    )?.cell.fill;
    if (ofHeader !== undefined && ofHeader !== null) bands.add(ofHeader);
  }
  for (const { cell } of line.seen) if (isBanded(line, cell.fill)) bands.add(cell.fill ?? '');
  return bands;
}
