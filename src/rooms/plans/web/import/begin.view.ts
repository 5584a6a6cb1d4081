import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { paths } from '../paths.ts';

export interface BeginInput {
  /** Imports that this person began and has not finished. */
  prepared: readonly { id: string; title: string; fileName: string }[];
  values: FormValues;
  errors?: readonly FieldError[];
  /** The file that came with a form which is shown again: a page cannot keep it. */
  fileName?: string | null;
}

/** The first step of an import: the file, and the day on which its position held. */
export function beginView({ prepared, values, errors = [], fileName = null }: BeginInput) {
  return {
    title: 'Import a plan',
    back: { text: 'Plans', href: paths.plans() },
    cancelHref: paths.plans(),
    prepared: prepared.map((one) => ({ ...one, href: paths.import(one.id) })),
    fileHint: `Excel (.xlsx), Word (.docx) or .csv, 10 MB at most${fileName === null ? '' : `. Choose “${fileName}” once more: it was not kept`}`,
    form: { values, errors },
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  };
}
