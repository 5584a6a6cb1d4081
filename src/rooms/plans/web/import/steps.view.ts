import type { FieldError } from '#platform/web/forms.ts';
import type { Html } from '#platform/web/html.ts';
import { stepPage, stepTemplate } from '#platform/web/imports/step-page.ts';
import type { PlanImport } from '../../store/imports.ts';
import { paths } from '../paths.ts';

export { stepTemplate };

const stepWords = {
  columns: 'Columns',
  colours: 'Colours',
  rows: 'Rows',
  check: 'Check and import',
} as const;
type Step = keyof typeof stepWords;

/** The part of a prepared import that every step shows. */
export type ShownImport = Pick<PlanImport, 'id' | 'fileName' | 'version'>;

export interface StepPage {
  intro: Html;
  content: Html;
  buttonText: string;
  errors?: readonly FieldError[];
}

/** A step of an import: where it stands among the others, and one form. */
export function stepView(standing: ShownImport, step: Step, page: StepPage) {
  return stepPage({
    words: stepWords,
    step,
    caption: `Import a plan · ${standing.fileName}`,
    wide: step === 'columns' || step === 'rows',
    version: standing.version,
    hrefOf: (one) => paths.importStep(standing.id, one),
    laterHref: paths.plans(),
    leaveAction: paths.importStep(standing.id, 'leave'),
    ...page,
  });
}
