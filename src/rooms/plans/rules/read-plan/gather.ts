import type { GridCell } from '#platform/documents/grid.ts';
import type { RagMeaning, ReadingProblem } from '../reading.ts';
import type { Seen } from '#platform/documents/tables/lines.ts';
import type { Column } from './settle-columns.ts';

/** An objective as it is gathered, before its sources are split. */
export interface GatheredObjective {
  ref: string | null;
  title: string;
  section: string | null;
  sourceCells: string[];
}

/** Words that a row above the actions says of all of them. */
export interface Inherited {
  meaning: 'leads' | 'outcome' | 'successMeasure';
  cell: GridCell;
}

/** One row that holds an action, with what it stands under. */
export interface GatheredAction {
  /** The cell of its words. */
  textCell: GridCell;
  text: string;
  ref: string | null;
  section: string | null;
  objective: GatheredObjective;
  columns: readonly Column[];
  /** By column; a cell merged over several rows stands in each. */
  cells: ReadonlyMap<number, Seen>;
  /** What a row above says of all the actions under it: "Outcome: …". */
  inherited: readonly Inherited[];
  /** Rows below that only went on with its narrative. */
  more: Map<number, Seen>[];
  /** Backgrounds that are no RAG: of the heading row, or of the row as a whole. */
  bands: Set<string>;
}

/** All that is gathered of a document, in its order. */
export interface Gathered {
  title: string | null;
  sections: string[];
  objectives: GatheredObjective[];
  /** The objectives by section, reference and words, without regard to capitals. */
  known: Map<string, GatheredObjective>;
  actions: GatheredAction[];
  problems: ReadingProblem[];
  ragMeanings: RagMeaning[];
}

export function doubtAt(where: string, message: string): ReadingProblem {
  return { where, severity: 'doubt', message };
}

/** The objective of these words in this section: the one there is, or a new one at the end. */
export function objectiveOf(
  gathered: Gathered,
  section: string | null,
  ref: string | null,
  title: string,
): GatheredObjective {
  const key = `${section ?? ''}\n${ref ?? ''}\n${title}`.toLowerCase().replace(/[^\S\n]+/g, ' ');
  const found = gathered.known.get(key);
  if (found !== undefined) return found;
  const made: GatheredObjective = { ref, title, section, sourceCells: [] };
  gathered.known.set(key, made);
  gathered.objectives.push(made);
  return made;
}

export function addSection(gathered: Gathered, section: string): void {
  if (!gathered.sections.includes(section)) gathered.sections.push(section);
}
