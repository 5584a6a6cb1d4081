import type { FieldError } from '#platform/web/forms.ts';
import type { Html } from '#platform/web/html.ts';
import type { PlanImport } from '../../store/imports.ts';
import { paths } from '../paths.ts';

export const stepTemplate = 'rooms/plans/web/import/steps.njk';

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
  const order = Object.keys(stepWords) as Step[];
  const here = order.indexOf(step);
  const errors = page.errors ?? [];
  return {
    title: stepWords[step],
    caption: `Import a plan · ${standing.fileName}`,
    wide: step === 'columns' || step === 'rows',
    steps: order.map((one, index) => ({
      text: stepWords[one],
      current: one === step,
      href: index < here ? paths.importStep(standing.id, one) : null,
    })),
    version: standing.version,
    intro: page.intro,
    content: page.content,
    buttonText: page.buttonText,
    laterHref: paths.plans(),
    leaveAction: paths.importStep(standing.id, 'leave'),
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  };
}
