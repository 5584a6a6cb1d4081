import { formatDate } from '#kernel/dates.ts';
import { countOf } from '#platform/web/render.ts';
import { paths } from '../paths.ts';
import { importPaths } from './paths.ts';
import type { ShownImport } from './step.view.ts';

/** The end of an import: what was judged, and the ways on and back. */
export function doneView({ edition, standing }: Pick<ShownImport, 'edition' | 'standing'>) {
  const { length } = standing.made;
  return {
    title: 'The self-assessment is imported',
    caption: edition?.title ?? standing.fileName,
    told: `${countOf(length, 'criterion', 'criteria')} ${length === 1 ? 'was' : 'were'} judged from ${standing.fileName}, as at ${formatDate(standing.positionOn)}. Say next on what each rests.`,
    editionHref:
      standing.editionId === null ? paths.standards() : paths.edition(standing.editionId),
    undoHref: importPaths.step(standing.id, 'undo'),
  };
}

/** Asks before an import is undone. */
export function undoView({ edition, standing }: Pick<ShownImport, 'edition' | 'standing'>) {
  const isMade = standing.choices.made !== null;
  return {
    title: 'Undo this import',
    caption: edition?.title ?? standing.fileName,
    back: { text: 'Back', href: importPaths.step(standing.id, 'done') },
    told: `${isMade ? 'The framework that was made of the table will be retired.' : 'What was said of each criterion before will hold again.'} This can be done only while nobody has written on any of them since. The log keeps that they were imported and that this was undone.`,
    undoHref: null,
  };
}
