import { stepPage, type ImportStep as Page } from '#platform/web/imports/step-page.ts';
import type { OpenedImport } from '../../actions/import-criteria.ts';
import { paths } from '../paths.ts';
import { importPaths, type ImportStep } from './paths.ts';

export type ShownImport = Pick<OpenedImport, 'standing' | 'draft' | 'edition'>;

const words: Record<ImportStep, string> = {
  columns: 'Columns',
  rows: 'Criteria',
  check: 'Check and import',
};

/** A step of an import of criteria. */
export function criteriaStep(
  { standing }: Pick<ShownImport, 'standing'>,
  step: ImportStep,
  page: Pick<Page<ImportStep>, 'intro' | 'content' | 'buttonText' | 'errors'>,
) {
  return stepPage({
    words,
    step,
    caption: `Import a self-assessment · ${standing.fileName}`,
    wide: step !== 'check',
    version: standing.version,
    hrefOf: (one) => importPaths.step(standing.id, one),
    laterHref: paths.standards(),
    leaveAction: importPaths.step(standing.id, 'leave'),
    ...page,
  });
}
