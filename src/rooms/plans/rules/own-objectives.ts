import type { DocumentGrid } from '#platform/documents/grid.ts';
import { ownObjectiveHeaders, ownSheets } from './own-export.ts';
import { columnPlaces, hasHeaders, OwnRow, type CellText } from './own-row.ts';
import type { ReadObjective } from './reading.ts';

function readObjective(row: OwnRow): ReadObjective {
  return {
    ref: row.textOrNull('objectiveRef'),
    title: row.text('objective'),
    section: row.textOrNull('section'),
    sources: row.lines('objectiveSources'),
  };
}

/**
 * The objectives that the actions name. Their words tell them apart, as a person sees them; the
 * identifier tells which of the sheet of objectives a changed one was.
 */
export class OwnObjectives {
  readonly #byWords = new Map<string, ReadObjective>();
  readonly #wordsById = new Map<string, Set<string>>();

  add(row: OwnRow): void {
    const objective = readObjective(row);
    const words = wordsOf(objective);
    const id = row.text('objectiveId');
    if (!this.#byWords.has(words)) this.#byWords.set(words, objective);
    this.#wordsById.set(id, (this.#wordsById.get(id) ?? new Set()).add(words));
  }

  /** In the order of the sheet of objectives, with those that no action names; then the others. */
  inOrder(listed: ReadonlyMap<string, ReadObjective>): ReadObjective[] {
    const ordered = new Map<string, ReadObjective>();
    for (const [id, objective] of listed) {
      for (const words of this.#wordsById.get(id) ?? [wordsOf(objective)]) {
        ordered.set(words, this.#byWords.get(words) ?? objective);
      }
    }
    for (const [words, objective] of this.#byWords) ordered.set(words, objective);
    return [...ordered.values()];
  }
}

function wordsOf({ section, ref, title }: ReadObjective): string {
  return JSON.stringify([section, ref, title]);
}

/** The sheet of objectives, by identifier: it holds those that have no action yet. */
export function listedObjectives(grid: DocumentGrid, text: CellText): Map<string, ReadObjective> {
  const listed = new Map<string, ReadObjective>();
  const table = grid.tables.find(
    (candidate) =>
      candidate.name === ownSheets.objectives &&
      hasHeaders(candidate, Object.values(ownObjectiveHeaders)),
  );
  if (table === undefined) return listed;
  const at = columnPlaces(table, ownObjectiveHeaders);
  for (const cells of table.rows.slice(1)) {
    const row = new OwnRow(cells, at, text, []);
    const objective = readObjective(row);
    if (objective.title === '' || row.isWithdrawn()) continue;
    listed.set(row.text('objectiveId'), objective);
  }
  return listed;
}
