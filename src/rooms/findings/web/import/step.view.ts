import { stepPage, type ImportStep as Page } from '#platform/web/imports/step-page.ts';
import { classificationName } from '../parts.ts';
import { paths } from '../paths.ts';
import type { StandingImport } from './ground.ts';
import { importPaths, type ImportStep } from './paths.ts';

/** A step of an import of findings. A list that was pasted has no columns. */
export function findingsStep(
  { source, standing }: StandingImport,
  step: ImportStep,
  page: Pick<Page<ImportStep>, 'intro' | 'content' | 'buttonText' | 'errors'>,
) {
  const words = {
    ...(standing.fileId === null ? {} : { columns: 'Columns' }),
    rows: 'Findings',
    check: 'Check and import',
  } as Record<ImportStep, string>;
  return {
    ...stepPage({
      words,
      step,
      caption: `${source.title} · ${standing.fileName ?? 'A pasted list'}`,
      wide: step !== 'check',
      version: standing.version,
      hrefOf: (one) => importPaths.step(source.id, standing.id, one),
      laterHref: paths.source(source.id),
      leaveAction: importPaths.step(source.id, standing.id, 'leave'),
      ...page,
    }),
    classification: classificationName(source.classification),
  };
}
