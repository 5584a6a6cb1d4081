import type { ActionPicture, ObjectivePicture, PlanPicture } from '../rules/picture.ts';
import { countOf, summarise, summarySentence } from '../rules/position.ts';

export interface ExportInput {
  picture: PlanPicture;
  /** The list on the screen, in its order; absent means everything. */
  actions?: readonly ActionPicture[];
  /** The filter in words, such as "Overdue, led by Early Help Lead"; null where there is none. */
  selection: string | null;
  exportedBy: string;
  exportedAt: Date;
  authorityName: string;
  classification: 'Internal';
}

export interface Export {
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** An action with the objective that it serves. */
export interface ExportRow {
  action: ActionPicture;
  objective: ObjectivePicture;
}

/** Whether the export shows less than the whole plan. */
export function isSelection(input: ExportInput): boolean {
  return input.actions !== undefined || input.selection !== null;
}

/** The actions to show: the list on the screen in its own order, else all in plan order. */
export function exportRows(input: ExportInput): ExportRow[] {
  const objectives = new Map(input.picture.objectives.map((one) => [one.id, one]));
  return (input.actions ?? input.picture.actions).map((action) => {
    const objective = objectives.get(action.objectiveId);
    if (objective === undefined) {
      throw new Error(`Action ${action.id} names an objective that its plan does not have`);
    }
    return { action, objective };
  });
}

/** The objectives to show: of a selection only those that have an action in it. */
export function exportObjectives(input: ExportInput): ObjectivePicture[] {
  if (!isSelection(input)) return input.picture.objectives;
  const used = new Set(exportRows(input).map(({ objective }) => objective.id));
  return input.picture.objectives.filter((objective) => used.has(objective.id));
}

/** "12 of 49 actions: Overdue, led by Early Help Lead", or "All 49 actions, and 2 withdrawn". */
export function whatIsShown(input: ExportInput): string {
  const shown = summarise(input.actions ?? input.picture.actions);
  const all = summarise(input.picture.actions);
  const withdrawn = shown.withdrawn === 0 ? '' : `, and ${shown.withdrawn} withdrawn`;
  if (!isSelection(input)) return `All ${countOf(all.actions, 'action')}${withdrawn}`;
  const words = input.selection === null ? '' : `: ${input.selection}`;
  return `${shown.actions.toLocaleString('en-GB')} of ${countOf(all.actions, 'action')}${withdrawn}${words}`;
}

/** The figures of what is shown, in a sentence. */
export function figures(input: ExportInput): string {
  return summarySentence(summarise(input.actions ?? input.picture.actions));
}
