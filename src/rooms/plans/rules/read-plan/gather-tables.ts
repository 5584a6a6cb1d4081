import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import type { Layout } from './find-layouts.ts';
import { addSection, doubtAt, objectiveOf, type Gathered } from './gather.ts';
import { aloneIn, isHeadingParagraph, isNote, isNumberedHeading, saysHeading } from './headings.ts';
import { beginsKey, isKeyEntry, meaningsIn, meaningsOfLine } from './legend.ts';
import { flat, quoted, spoken, type Line } from './lines.ts';
import { meaningOfHeading } from './header-words.ts';
import { placeUnder, takeHeading, takeLabelled, type Place } from './place.ts';
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
    known: new Map(),
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
      else {
        takeTitle(gathered, place, table.before);
        leaveTableOut(gathered, layout, tables.length);
      }
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

/** The first heading of a document that does not number a part of it is the plan's title. */
function takeTitle(gathered: Gathered, place: Place, before: readonly string[]): void {
  const title = before.find((text) => isHeadingOf(text) && !isNumberedHeading(text));
  if (gathered.title !== null || title === undefined) return;
  gathered.title = flat(title);
  place.otherwise = gathered.title;
}

function isHeadingOf(text: string): boolean {
  return isHeadingParagraph(text) && !beginsKey(text);
}

/** What stands above a table in a Word document: the title of the plan, headings, a key. */
function takeParagraphs(
  gathered: Gathered,
  place: Place,
  before: readonly string[],
  hasObjectives: boolean,
): void {
  takeTitle(gathered, place, before);
  const headings = before.filter((text) => isHeadingOf(text) && flat(text) !== gathered.title);
  const numbered = headings.filter((text) => isNumberedHeading(text));
  place.lastWasHeading = false;
  for (const text of numbered.length > 0 ? numbered : headings.slice(-1)) {
    takeHeading(gathered, place, { text, fill: null, hasObjectives });
  }
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
    walkRows(gathered, place, rowsOf({ table, header, columns }, lines));
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
    const cell = headingCell(line);
    if (cell === null || isNote(cell.text) || beginsKey(cell.text)) continue;
    const words = cell.text;
    const isTitle = given.isFirst && gathered.title === null && !isNumberedHeading(words);
    if (takeLabelled(place, cell, given.objectives)) continue;
    if (isTitle) {
      takeTitle(gathered, place, [words]);
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

/** A row of one cell, or of a label and its words: "Priority 1" and "Leadership". */
function headingCell(line: Line): GridCell | null {
  const alone = aloneIn(line);
  if (alone !== null) return alone.seen.cell;
  const [label, words, ...more] = spoken(line);
  if (label === undefined || words === undefined || more.length > 0) return null;
  const name = flat(label.cell.text).replace(/[:\s]+$/, '');
  if (!isNumberedHeading(name) && meaningOfHeading(name) === null) return null;
  return { ...words.cell, text: `${name}: ${words.cell.text}` };
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
