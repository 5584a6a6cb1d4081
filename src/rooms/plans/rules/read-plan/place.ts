import type { GridCell } from '#platform/documents/grid.ts';
import { addSection, type Gathered, type GatheredObjective, type Inherited } from './gather.ts';
import { isNumberedHeading, isShouted, labelled, namesObjective } from './headings.ts';
import { flat } from '#platform/documents/tables/lines.ts';
import { takeRef } from './objective-cell.ts';

/** What the rows being walked stand under. */
export interface Place {
  section: string | null;
  /** The objective of the rows above, from their own column. */
  objective: GatheredObjective | null;
  /** A heading that names an objective, where no column does. */
  heading: string | null;
  /** What the objective is called where nothing in the table names it. */
  otherwise: string;
  /** What rows since the last heading say of all the actions under it. */
  inherited: Inherited[];
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
    inherited: [],
    lastWasHeading: false,
    fillOfSection: null,
    fillOfHeading: null,
  };
}

/**
 * Takes a row or paragraph as a heading of a section, or of an objective within one where no
 * column holds the objectives. `fill` is its background.
 */
export function takeHeading(
  gathered: Gathered,
  place: Place,
  heading: { text: string; fill: string | null; hasObjectives: boolean },
): void {
  const { text, fill, hasObjectives } = heading;
  if (!hasObjectives && isHeadingOfObjective(place, text, fill)) {
    place.heading = text;
    place.fillOfHeading = fill;
  } else {
    place.section = flat(text);
    place.heading = null;
    place.fillOfSection = fill;
    addSection(gathered, place.section);
  }
  place.objective = null;
  place.inherited = [];
  place.lastWasHeading = true;
}

/**
 * Takes a row such as "Outcome: children are seen early" or "Objective: …" for what it says.
 * False where it is none that can be taken.
 */
export function takeLabelled(place: Place, cell: GridCell, hasObjectives: boolean): boolean {
  const said = labelled(cell.text);
  if (said === null) return false;
  const { meaning, words } = said;
  if (meaning === 'leads' || meaning === 'outcome' || meaning === 'successMeasure') {
    place.inherited = [...place.inherited, { meaning, cell: { ...cell, text: words } }];
    return true;
  }
  if (hasObjectives) return false;
  if (meaning === 'source' && place.heading !== null) {
    place.heading = `${place.heading}\nSource: ${words}`;
    return true;
  }
  if (meaning !== 'objective' && meaning !== 'what') return false;
  place.heading = words;
  place.objective = null;
  return true;
}

function isHeadingOfObjective(place: Place, text: string, fill: string | null): boolean {
  if (namesObjective(text)) return true;
  const { section } = place;
  if (section === null) return false;
  const isNumbered = isNumberedHeading(text);
  if (isNumbered && firstWord(text) === firstWord(section)) return false;
  // "1.2 …" under "1 …"
  const number = takeRef(section).ref ?? '';
  if (/^\d+$/.test(number) && (takeRef(flat(text)).ref ?? '').startsWith(`${number}.`)) return true;
  // Drawn as the headings of objectives were drawn before.
  if (fill !== null && fill !== place.fillOfSection && fill === place.fillOfHeading) return true;
  // Two headings running: the second is of a lower kind, unless the first had simply no actions.
  if (!place.lastWasHeading || (fill !== null && fill === place.fillOfSection)) return false;
  if (isShouted(text) !== isShouted(section)) return isShouted(section);
  return isNumberedHeading(section) && !isNumbered;
}

function firstWord(text: string): string {
  return (
    flat(text)
      .toLowerCase()
      .split(/[^a-z]/)[0] ?? ''
  );
}
