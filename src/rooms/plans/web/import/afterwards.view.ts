import { formatDate } from '#kernel/dates.ts';
import { draftOf } from '../../rules/import-draft.ts';
import type { PlanHead } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import type { PlanImport } from '../../store/imports.ts';
import { paths } from '../paths.ts';

type MadeImport = Pick<PlanImport, 'id' | 'fileName' | 'positionOn' | 'reading' | 'choices'>;

/** The end of an import: what was made, and the ways on and back. */
export function doneView(standing: MadeImport, head: Pick<PlanHead, 'title' | 'slug'>) {
  return {
    title: 'The plan is imported',
    caption: head.title,
    told: toldSentence(standing),
    planHref: paths.plan(head.slug),
    settingsHref: paths.settings(head.slug),
    undoHref: paths.undoImport(standing.id),
  };
}

/** Asks before an import is undone. */
export function undoView(standing: MadeImport) {
  return {
    title: 'Undo this import',
    caption: standing.choices.title,
    back: { text: 'Back', href: paths.importStep(standing.id, 'done') },
    fileName: standing.fileName,
  };
}

/** "49 actions under 8 objectives were imported from plan.xlsx, as at 31 January 2026." */
function toldSentence({ reading, choices, fileName, positionOn }: MadeImport): string {
  const draft = draftOf(reading, choices);
  const objectives = draft.objectives.filter((one) => one.actions.length > 0).length;
  const left = draft.leftOut.length;
  return `${countOf(draft.actions.length, 'action')} under ${countOf(objectives, 'objective')} ${draft.actions.length === 1 ? 'was' : 'were'} imported from ${fileName}, as at ${formatDate(positionOn)}.${left > 0 ? ` ${countOf(left, 'row')} ${left === 1 ? 'was' : 'were'} left out.` : ''}`;
}
