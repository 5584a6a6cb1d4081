import type { DocumentGrid, GridTable } from '#platform/documents/grid.ts';
import type { Layout } from './find-layouts.ts';
import { addSection, doubtAt, objectiveOf, type Gathered } from './gather.ts';
import { aloneIn, isHeadingParagraph, isNote, isNumberedHeading, saysHeading } from './headings.ts';
import { beginsKey, isKeyEntry, meaningsIn, meaningsOfLine } from './legend.ts';
import { flat, quoted, spoken, type Line } from './lines.ts';
import { placeUnder, takeHeading, type Place } from './place.ts';
import { rowsOf } from './rows.ts';
import { walkRows } from './walk.ts';

/** Goes through the tables of a document, gathering titles, sections, objectives and actions. */
export function gatherTables(
  format: DocumentGrid['format'],
  tables: readonly GridTable[],
  layouts: readonly Layout[],
): Gathered {
  const gathered: Gathered = {
    title: null,
    sections: [],
    objectives: [],
    actions: [],
    problems: [],
    ragMeanings: [],
  };
  const plans = layouts.filter(({ segments }) => segments.length > 0);
  let place = placeUnder('Actions');
  /** Headings in tables of one cell, as some documents draw them. */
  let boxed: string[] = [];
  for (const layout of layouts) {
    const { table } = layout;
    gathered.ragMeanings.push(...table.before.flatMap(meaningsIn));
    if (layout.segments.length === 0) {
      const box = boxOf(layout);
      if (box !== null) boxed = [...boxed, ...table.before, box];
      else leaveTableOut(gathered, layout, tables.length);
      continue;
    }
    if (format !== 'docx') place = placeUnder(gathered.title ?? 'Actions');
    takeParagraphs(gathered, place, [...boxed, ...table.before], hasObjectives(layout));
    boxed = [];
    const first = gathered.actions.length;
    walkTable(gathered, place, layout, format);
    if (format === 'xlsx' && plans.length > 1) sectionBySheet(gathered, first, table.name);
  }
  return gathered;
}

function hasObjectives({ columns }: Layout): boolean {
  return columns.some(({ meaning }) => meaning === 'objective');
}

function boxOf({ lines, table }: Layout): string | null {
  const cells = lines.flatMap(spoken);
  const [only] = cells;
  const isSmall = cells.length === 1 && table.rows.length <= 2;
  return isSmall && only !== undefined && isHeadingParagraph(only.cell.text)
    ? only.cell.text
    : null;
}

/** What stands above a table in a Word document: the title of the plan, headings, a key. */
function takeParagraphs(
  gathered: Gathered,
  place: Place,
  before: readonly string[],
  objectives: boolean,
): void {
  const headings = before.filter((text) => isHeadingParagraph(text) && !beginsKey(text));
  const numbered = headings.filter((text) => isNumberedHeading(text));
  const title = headings.find((text) => !isNumberedHeading(text));
  if (gathered.title === null && title !== undefined) {
    gathered.title = flat(title);
    place.otherwise = gathered.title;
  }
  const others = headings.filter((text) => flat(text) !== gathered.title);
  const taken = numbered.length > 0 ? numbered : others.slice(-1);
  place.lastWasHeading = false;
  for (const text of taken)
    takeHeading(gathered, place, { text, fill: null, hasObjectives: objectives });
}

function walkTable(
  gathered: Gathered,
  place: Place,
  layout: Layout,
  format: DocumentGrid['format'],
): void {
  const { segments, table } = layout;
  const isRepeated = segments.slice(1).some(({ segment }) => segment.above.length > 0);
  for (const [at, { segment, columns }] of segments.entries()) {
    const objectives = columns.some(({ meaning }) => meaning === 'objective');
    takeRowsAbove(gathered, place, segment.above, {
      objectives,
      isFirst: at === 0,
      isRepeated,
      format,
    });
    const { header, rows: lines } = segment;
    walkRows(gathered, place, rowsOf({ table, header, columns, lines }));
  }
}

/** Rows above a heading row: the title and notes of a sheet, or the heading of what follows. */
function takeRowsAbove(
  gathered: Gathered,
  place: Place,
  above: readonly Line[],
  given: {
    objectives: boolean;
    isFirst: boolean;
    isRepeated: boolean;
    format: DocumentGrid['format'];
  },
): void {
  for (const line of above) {
    gathered.ragMeanings.push(...meaningsOfLine(line));
    if (isKeyEntry(line)) continue;
    const words = headingWords(line);
    if (words === null || isNote(words) || beginsKey(words)) continue;
    if (given.isFirst && gathered.title === null && !isNumberedHeading(words)) {
      gathered.title = flat(words);
      place.otherwise = gathered.title;
      continue;
    }
    const isHeading =
      !given.isFirst ||
      given.isRepeated ||
      isNumberedHeading(words) ||
      given.format === 'docx' ||
      saysHeading(words);
    if (!isHeading || flat(words) === gathered.title) continue;
    const fill = spoken(line)[0]?.cell.fill ?? null;
    takeHeading(gathered, place, { text: words, fill, hasObjectives: given.objectives });
  }
}

/** The words of a row of one cell, or of a label and its words: "Priority 1" and "Leadership". */
function headingWords(line: Line): string | null {
  const alone = aloneIn(line);
  if (alone !== null) return alone.seen.cell.text;
  const [label, words, ...more] = spoken(line);
  if (label === undefined || words === undefined || more.length > 0) return null;
  const name = flat(label.cell.text).replace(/[:\s]+$/, '');
  if (isNumberedHeading(name)) return `${name}: ${words.cell.text}`;
  return /^(?:priority|objective|recommendation|theme|aim|goal|area(?: for improvement)?|outcome|section)$/i.test(
    name,
  )
    ? words.cell.text
    : null;
}

/** In a workbook of several plans, a sheet that names no sections is one, by its name. */
function sectionBySheet(gathered: Gathered, first: number, sheet: string): void {
  const own = gathered.actions.slice(first);
  if (own.length === 0 || own.some(({ section }) => section !== null)) return;
  addSection(gathered, sheet);
  for (const action of own) {
    const { objective } = action;
    action.section = sheet;
    const isShared = gathered.actions.some(
      (other) => other.objective === objective && !own.includes(other),
    );
    if (!isShared) objective.section = sheet;
    else action.objective = objectiveOf(gathered, sheet, objective.ref, objective.title);
  }
}

/** A table that is no plan: a key, a list of contacts, a page to be signed. */
function leaveTableOut(gathered: Gathered, { lines, table }: Layout, tables: number): void {
  const meanings = lines.flatMap(meaningsOfLine);
  const words = lines.flatMap(spoken)[0]?.cell;
  if (words === undefined) return;
  if (meanings.length >= 2) {
    gathered.ragMeanings.push(...meanings);
    gathered.problems.push(
      doubtAt(words.where, `${nameOf(table)} is read as the key to the colours, not as actions.`),
    );
    return;
  }
  if (tables === 1) return;
  gathered.problems.push(
    doubtAt(
      words.where,
      `${nameOf(table)} is left out: it has no headings of a plan. It begins ${quoted(words.text)}.`,
    ),
  );
}

function nameOf({ name }: GridTable): string {
  return /^table \d+$/.test(name) ? `T${name.slice(1)}` : `The sheet ${name}`;
}
