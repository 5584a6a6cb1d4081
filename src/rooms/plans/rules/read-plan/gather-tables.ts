import type { DocumentGrid, GridTable } from '#platform/documents/grid.ts';
import type { Layout } from './find-layouts.ts';
import { addSection, doubtAt, objectiveOf, type Gathered } from './gather.ts';
import { isHeadingParagraph } from './headings.ts';
import { meaningsIn, meaningsOfLine } from './legend.ts';
import { quoted, spoken } from '#platform/documents/tables/lines.ts';
import { placeUnder, type Place } from './place.ts';
import { rowsOf } from './rows.ts';
import { takeParagraphs, takeRowsAbove, takeTitle } from './titles.ts';
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
    gathered.ragMeanings.push(...layout.key.flatMap((line) => meaningsOfLine(line, true)));
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

function walkTable(
  gathered: Gathered,
  place: Place,
  layout: Layout,
  format: DocumentGrid['format'],
): void {
  const { segments, table } = layout;
  const isRepeated = segments.slice(1).some(({ segment }) => segment.above.length > 0);
  for (const [at, { segment, columns }] of segments.entries()) {
    takeRowsAbove(gathered, place, segment.above, {
      hasObjectives: columns.some(({ meaning }) => meaning === 'objective'),
      isTop: at === 0 && format !== 'docx',
      isRepeated,
    });
    const { header, rows: lines } = segment;
    walkRows(gathered, place, rowsOf({ table, header, columns }, lines));
  }
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
  const meanings = lines.flatMap((line) => meaningsOfLine(line, true));
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
