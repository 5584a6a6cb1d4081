import type { GridCell } from '#platform/documents/grid.ts';
import type { Gathered } from './gather.ts';
import { meaningOfHeading } from './header-words.ts';
import {
  isHeadingParagraph,
  isNote,
  isNumberedHeading,
  labelled,
  saysHeading,
} from './headings.ts';
import { beginsKey, isKeyEntry, meaningsOfLine } from './legend.ts';
import { aloneIn, flat, spoken, type Line } from '#platform/documents/tables/lines.ts';
import { takeRef } from './objective-cell.ts';
import { takeHeading, takeLabelled, type Place } from './place.ts';

/** What stands above a table or a heading row: the title of the plan, headings, notes, a key. */

const ofPlan =
  /\b(?:plans?|actions?|log|tracker|strategy|programme|response|improvement|schedule)\b/i;

/**
 * Takes the title of the plan from lines above its first table: the first that speaks of a plan,
 * else the first. A heading with a number names a part and no whole.
 */
export function takeTitle(gathered: Gathered, place: Place, lines: readonly string[]): void {
  if (gathered.title !== null) return;
  const whole = lines.filter((text) => isHeading(text) && takeRef(flat(text)).ref === null);
  const title = whole.find((text) => ofPlan.test(text)) ?? whole[0];
  if (title === undefined) return;
  gathered.title = flat(title);
  place.otherwise = gathered.title;
}

function isHeading(text: string): boolean {
  return isHeadingParagraph(text) && !isNumberedHeading(text) && !beginsKey(text);
}

/** "Action plan" above a table says what the table is, and names no part of the plan. */
function saysOnlyPlan(text: string): boolean {
  return /^(?:(?:the|our|detailed|full|current|improvement|delivery|implementation|action) )*(?:action|improvement|delivery|implementation)? ?(?:plan|log|tracker|table)$/i.test(
    flat(text),
  );
}

/** Takes the paragraphs above a table in a Word document, nearest last. */
export function takeParagraphs(
  gathered: Gathered,
  place: Place,
  before: readonly string[],
  hasObjectives: boolean,
): void {
  takeTitle(gathered, place, before);
  const numbered = before.filter((text) => isNumberedHeading(text));
  const afterTitle = before.slice(before.findIndex((text) => flat(text) === gathered.title) + 1);
  const last = afterTitle.filter((text) => isHeading(text) && !saysOnlyPlan(text)).slice(-1);
  place.lastWasHeading = false;
  for (const text of numbered.length > 0 ? numbered : last) {
    takeHeading(gathered, place, { text, fill: null, hasObjectives });
  }
}

/** Takes the rows between the top of a table, or the actions before, and a heading row. */
export function takeRowsAbove(
  gathered: Gathered,
  place: Place,
  above: readonly Line[],
  given: {
    hasObjectives: boolean;
    /** Nothing but titles can stand above the first heading row of a sheet… */
    isTop: boolean;
    /** …unless each heading row has such a row above it. */
    isRepeated: boolean;
  },
): void {
  for (const line of above) gathered.ragMeanings.push(...meaningsOfLine(line, false));
  const cells = above
    .filter((line) => !isKeyEntry(line))
    .map(headingCell)
    .filter((cell) => cell !== null && !isNote(cell.text) && !beginsKey(cell.text))
    .filter((cell) => cell !== null);
  if (given.isTop) {
    takeTitle(
      gathered,
      place,
      cells.map(({ text }) => text).filter((text) => labelled(text) === null),
    );
  }
  const headings = cells.filter(({ text }) => labelled(text) === null);
  if (headings.length === 0 && cells.length > 0) beginForm(place, cells, given.hasObjectives);
  for (const cell of cells) {
    const { fill, text } = cell;
    if (flat(text) === gathered.title || takeLabelled(place, cell, given.hasObjectives)) continue;
    // Of several lines at the top the nearest is the heading; those before it are notes.
    const isNearest = cell === headings.at(-1);
    const isHeadingHere =
      !given.isTop ||
      (given.isRepeated && isNearest) ||
      isNumberedHeading(text) ||
      saysHeading(text);
    if (isHeadingHere)
      takeHeading(gathered, place, { text, fill, hasObjectives: given.hasObjectives });
  }
}

/**
 * A box of particulars above the actions, "Outcome: …" and "Source: …", begins what it speaks of
 * anew. Where nothing else names what the actions are for, the outcome does.
 */
function beginForm(place: Place, cells: readonly GridCell[], hasObjectives: boolean): void {
  place.inherited = [];
  if (hasObjectives || place.section !== null) return;
  const said = cells.map(({ text }) => labelled(text));
  const outcome = said.find((one) => one?.meaning === 'outcome');
  if (outcome === undefined || said.some((one) => one?.meaning === 'objective')) return;
  place.heading = outcome?.words ?? null;
  place.objective = null;
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
