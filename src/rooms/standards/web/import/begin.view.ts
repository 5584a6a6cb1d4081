import type { FormState } from '#platform/web/form-state.ts';
import type { EditionHead } from '../../rules/picture.ts';
import type { CriteriaImport } from '../../store/criteria-imports.ts';
import { paths } from '../paths.ts';
import { importPaths } from './paths.ts';

export interface BeginInput {
  prepared: readonly Pick<CriteriaImport, 'id' | 'fileName'>[];
  /** The editions in use. */
  editions: readonly Pick<EditionHead, 'id' | 'title' | 'label'>[];
  state: FormState;
  /** The file that came with a form which is shown again: a page cannot keep it. */
  fileName: string | null;
}

/** The first step of an import of criteria. */
export function beginView({ prepared, editions, state, fileName }: BeginInput) {
  return {
    title: 'Import a self-assessment',
    back: { text: 'Standards', href: paths.standards() },
    prepared: prepared.map((one) => ({ ...one, href: importPaths.one(one.id) })),
    editions: [
      { value: '', text: 'A new one, made of the criteria in the table' },
      ...editions.map(({ id, label, title }) => ({ value: id, text: `${title}, ${label}` })),
    ],
    fileHint: `A table with one criterion in each row: Excel (.xlsx), Word (.docx) or .csv, 10 MB at most${fileName === null ? '' : `. Choose “${fileName}” once more: it was not kept`}`,
    form: state,
    ...(state.errors.length === 0 ? {} : { errors: state.errors }),
  };
}
