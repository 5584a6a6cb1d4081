import { bandsOf } from './bands.ts';
import {
  doubtAt,
  objectiveOf,
  addSection,
  type Gathered,
  type GatheredAction,
  type GatheredObjective,
} from './gather.ts';
import {
  isLabelAlone,
  isNote,
  isNumberedHeading,
  looksLikeHeading,
  saysHeading,
} from './headings.ts';
import { beginsKey, isKeyEntry, meaningsOfLine } from './legend.ts';
import {
  aloneIn,
  flat,
  quoted,
  spoken,
  type Line,
  type Seen,
} from '#platform/documents/tables/lines.ts';
import { readObjectiveCell, takeRef } from './objective-cell.ts';
import { takeHeading, takeLabelled, type Place } from './place.ts';
import { isDitto, type Row, type Rows } from './rows.ts';

/** Goes through the rows under one heading row, gathering the actions and what they stand under. */
export function walkRows(gathered: Gathered, place: Place, rows: Rows): void {
  let inKey = false;
  let last: GatheredAction | null = null;
  const noted: Line[] = [];
  for (const [at, row] of rows.rows.entries()) {
    const { line } = row;
    const [first] = spoken(line);
    if (first === undefined) continue;
    if (inKey && row.says('text') && row.says('leads', 'due')) inKey = false;
    if (inKey || beginsKey(first.cell.text) || isKeyEntry(line)) {
      inKey ||= beginsKey(first.cell.text);
      gathered.ragMeanings.push(...meaningsOfLine(line, inKey));
      noted.push(line);
      continue;
    }
    if (isNoteRow(row)) {
      noted.push(line);
      continue;
    }
    const next = rows.rows[at + 1] ?? null;
    const heading = headingOf(row, rows, next);
    if (heading !== null) {
      last = null;
      if (takeLabelled(place, first.cell, rows.hasObjectives)) continue;
      if (heading.unsure) {
        const message = `${quoted(heading.text)} is read as a heading: the row holds nothing else.`;
        gathered.problems.push(doubtAt(first.cell.where, message));
      }
      const { fill } = first.cell;
      takeHeading(gathered, place, { text: heading.text, fill, hasObjectives: rows.hasObjectives });
      continue;
    }
    last = takeRow(gathered, place, rows, { row, next, last });
  }
  tellNotes(gathered, noted);
}

/** Takes a row that is neither heading nor note; gives the action to which rows below may add. */
function takeRow(
  gathered: Gathered,
  place: Place,
  rows: Rows,
  { row, next, last }: { row: Row; next: Row | null; last: GatheredAction | null },
): GatheredAction | null {
  const own = spoken(row.line);
  const where = own[0]?.cell.where ?? rows.table.name;
  takeSection(gathered, place, row);
  const isNewObjective = takeObjective(gathered, place, rows, row);
  const struck = row
    .of('text')
    .find(({ above, cell }) => !above && cell.text === '' && cell.struck !== null);
  if (struck !== undefined) {
    const message = `The action ${quoted(struck.cell.struck ?? '')} is struck through, and is left out.`;
    gathered.problems.push(doubtAt(struck.cell.where, message));
    return null;
  }
  const [text] = textsOf(row);
  const isMerged = text?.above === true;
  const isOwn = isMerged && row.says('leads', 'due', 'rag', 'status');
  if (text !== undefined && (!isMerged || isOwn)) {
    place.lastWasHeading = false;
    return gatherAction(gathered, place, rows, row, text);
  }
  if (own.every(({ cell }) => /^[\d.\s]*$/.test(cell.text) && cell.date === null)) return last;
  const saysWhoOrWhen = row.says('due', 'rag', 'status') || (row.says('leads') && isNewObjective);
  if (isNewObjective && !row.says('leads', 'due')) {
    place.lastWasHeading = false;
    tellObjectiveAlone(gathered, place, row, next);
    return null;
  }
  if (saysWhoOrWhen || last === null) {
    const words = quoted(own.map(({ cell }) => cell.text).join(', '));
    const message = `This row names no action, and is left out. It says ${words}.`;
    gathered.problems.push({ where, severity: 'error', message });
    return last;
  }
  last.more.push(
    new Map([...row.cells].filter(([, seen]) => !seen.above && seen.cell.text !== '')),
  );
  if (!isMerged) {
    const message = 'This row names no action: what it says is added to the action above.';
    gathered.problems.push({ ...doubtAt(where, message), action: last.textCell.where });
  }
  return last;
}

/** A row of an objective: that no action follows it, or that it has a RAG or status of its own. */
function tellObjectiveAlone(gathered: Gathered, place: Place, row: Row, next: Row | null): void {
  const [first] = spoken(row.line);
  if (first === undefined) return;
  const stands = row.of('rag', 'status').filter(({ above, cell }) => !above && cell.text !== '');
  const said = stands.map(({ cell }) => quoted(cell.text)).join(' and ');
  const title = quoted(place.objective?.title ?? '');
  const leftOut = `What the row says of it is left out: ${said}.`;
  const isFollowed = next?.goesOn === true;
  const alone = `The objective ${title} has no action under it.`;
  const parts = [...(isFollowed ? [] : [alone]), ...(said === '' ? [] : [leftOut])];
  if (parts.length === 0) return;
  if (isFollowed) parts.unshift(`This row names the objective ${title}.`);
  gathered.problems.push(doubtAt(first.cell.where, parts.join(' ')));
}

function isNoteRow(row: Row): boolean {
  const words = flat(spoken(row.line)[0]?.cell.text ?? '');
  if (!isNote(words) || isNumberedHeading(words)) return false;
  const isTotal = /^\W*(?:sub-?\s?|grand )?totals?\b/i.test(words);
  return aloneIn(row.line) !== null || !row.says('text') || isTotal;
}

interface HeadingRow {
  text: string;
  /** It may also be an action or an objective of which nothing else is said. */
  unsure: boolean;
}

function headingOf(row: Row, rows: Rows, next: Row | null): HeadingRow | null {
  const alone = aloneIn(row.line);
  if (alone === null) return numberedHeadingOf(row, rows, next);
  const { seen, isBand } = alone;
  const { text } = seen.cell;
  if (/^[\d\s.)]*$/.test(text)) return null;
  if (isBand) return { text, unsure: false };
  const isFirst = rows.columns.every(
    ({ index, meaning }) => index >= seen.column || meaning === 'ref' || meaning === 'ignored',
  );
  const meaning = row.meaningOf(seen);
  if (meaning === 'objective') {
    // Long for a heading, or the last of all: perhaps an objective whose action was forgotten.
    const isLong = !saysHeading(text) && flat(text).split(' ').length > 6;
    return next?.goesOn === true ? null : { text, unsure: isLong || next === null };
  }
  if (meaning === 'section' || meaning === 'ref' || meaning === 'objectiveRef') {
    return looksLikeHeading(text) ? { text, unsure: false } : null;
  }
  if (meaning !== 'text') return isFirst && looksLikeHeading(text) ? { text, unsure: true } : null;
  if (saysHeading(text) && !rows.allShouted) return { text, unsure: false };
  const unsure = isFirst && rows.mostlyFull && looksLikeHeading(text);
  return unsure ? { text, unsure } : null;
}

/** "1" and "LEADERSHIP" in two cells, and nothing else. */
function numberedHeadingOf(row: Row, rows: Rows, next: Row | null): HeadingRow | null {
  const [number, words, ...more] = spoken(row.line);
  if (number === undefined || words === undefined || more.length > 0) return null;
  const meaningOfNumber = row.meaningOf(number);
  if (isLabelAlone(number.cell.text) && meaningOfNumber !== 'objective') {
    return { text: `${flat(number.cell.text)}: ${flat(words.cell.text)}`, unsure: false };
  }
  const isNumber = meaningOfNumber === 'ref' || meaningOfNumber === 'objectiveRef';
  if (!isNumber || flat(number.cell.text).length > 12) return null;
  const text = `${flat(number.cell.text)} ${flat(words.cell.text)}`;
  const meaning = row.meaningOf(words);
  if (words.span >= 3) return { text, unsure: false };
  if (meaning === 'text') {
    return saysHeading(words.cell.text) && !rows.allShouted ? { text, unsure: false } : null;
  }
  const isHeading = meaning === 'objective' && next?.goesOn !== true && rows.mostlyFull;
  return isHeading ? { text, unsure: true } : null;
}

function takeSection(gathered: Gathered, place: Place, row: Row): void {
  for (const { cell } of row.of('section')) {
    const section = flat(cell.text);
    if (isDitto(section) || section === place.section) continue;
    place.section = section;
    place.objective = null;
    place.heading = null;
    addSection(gathered, section);
  }
}

/** Takes the objective that the row names, if it names one, and the sources beside it. */
function takeObjective(gathered: Gathered, place: Place, rows: Rows, row: Row): boolean {
  const [seen] = row.of('objective');
  const isNew =
    seen !== undefined && !isDitto(seen.cell.text) && (!seen.above || place.objective === null);
  if (isNew) {
    const { ref, title, sources, doubts } = readObjectiveCell(seen.cell.text);
    const column = row.of('objectiveRef').map(({ cell }) => trimRef(cell.text))[0] ?? '';
    // Where the number stands in a column of its own, another in the words is part of them.
    const words = column === '' || ref === null || ref === column ? title : `${ref} ${title}`;
    place.objective = objectiveOf(gathered, place.section, column === '' ? ref : column, words);
    addSources(place.objective, sources);
    gathered.problems.push(...doubts.map((message) => doubtAt(seen.cell.where, message)));
  }
  if (rows.hasObjectives && place.objective !== null) {
    addSources(
      place.objective,
      row
        .of('source')
        .map(({ cell }) => cell.text)
        .filter((text) => text !== ''),
    );
  }
  return isNew;
}

/** The cells that say what is done: those of this row first, then one that is merged from above. */
function textsOf(row: Row): Seen[] {
  const texts = row
    .of('text')
    .filter(({ cell }) => !/^(?:n\s?\/?\s?a|none|nil|tb[cad]|[-–.]*)$/i.test(flat(cell.text)));
  const own = texts.filter(({ above }) => !above);
  return own.length > 0 ? own : texts.slice(0, 1);
}

function gatherAction(
  gathered: Gathered,
  place: Place,
  rows: Rows,
  row: Row,
  text: Seen,
): GatheredAction {
  const objective = place.objective ?? objectiveOfHeading(gathered, place);
  // Where two columns say what is done, both are its words.
  const words = textsOf(row)
    .map(({ cell }) => cell.text)
    .join('\n');
  // A number beside the objective that is not the objective's own is the action's.
  const refs = [
    ...row.of('ref').map(({ cell }) => trimRef(cell.text)),
    ...row
      .of('objectiveRef')
      .filter(({ above }) => !above)
      .map(({ cell }) => trimRef(cell.text))
      .filter((ref) => ref !== objective.ref),
  ];
  const ref = refs.find((one) => one !== '');
  const taken =
    ref === undefined && rows.numbersInText ? takeRef(words) : { ref: ref ?? null, rest: words };
  const action: GatheredAction = {
    textCell: text.cell,
    text: taken.rest,
    ref: taken.ref,
    section: place.section,
    objective,
    columns: rows.columns,
    cells: row.cells,
    inherited: place.inherited,
    more: [],
    bands: bandsOf(row.line, rows.header, rows.columns),
  };
  gathered.actions.push(action);
  return action;
}

/** Where no column names it: the heading above, the section, the table's or the plan's own name. */
function objectiveOfHeading(gathered: Gathered, place: Place): GatheredObjective {
  const read = readObjectiveCell(place.heading ?? place.section ?? place.otherwise);
  const objective = objectiveOf(gathered, place.section, read.ref, read.title);
  addSources(objective, read.sources);
  return objective;
}

function trimRef(text: string): string {
  return flat(text).replace(/[.):\s]+$/, '');
}

function addSources(objective: GatheredObjective, cells: readonly string[]): void {
  for (const cell of cells) {
    if (!objective.sourceCells.includes(cell)) objective.sourceCells.push(cell);
  }
}

/** Notes and keys under the actions are told once, by the first. */
function tellNotes(gathered: Gathered, noted: readonly Line[]): void {
  const cell = noted.flatMap(spoken)[0]?.cell;
  if (cell === undefined) return;
  const more = noted.length - 1;
  const rest = more === 0 ? 'is' : `and ${more} more ${more === 1 ? 'row' : 'rows'} are`;
  const message = `${quoted(cell.text)} ${rest} read as a note or a key, not as an action.`;
  gathered.problems.push(doubtAt(cell.where, message));
}
