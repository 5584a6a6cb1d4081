import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import { leadsOf } from '../list-query.ts';
import { planCaption } from '../parts.ts';
import { paths } from '../paths.ts';

export interface BeginSheetInput {
  picture: PlanPicture;
  mayExport: boolean;
  mayBringBack: boolean;
  /** Sheets that this person began to bring back and has not finished. */
  prepared: readonly { id: string; fileName: string }[];
  values: FormValues;
  errors?: readonly FieldError[];
  /** The file that came with a form which is shown again: a page cannot keep it. */
  fileName?: string | null;
}

/** Update sheets of a plan: one to send out, and one that came back. */
export function beginSheetView(input: BeginSheetInput) {
  const { picture, mayExport, mayBringBack, prepared, values, errors = [] } = input;
  const { plan, actions } = picture;
  const open = actions.filter((one) => !one.withdrawn && one.status !== 'complete').length;
  const fileName = input.fileName ?? null;
  return {
    title: 'Update sheets',
    caption: planCaption(plan),
    planTitle: plan.title,
    back: { text: 'Back to the actions', href: paths.actions(plan.slug) },
    exportHref: mayExport ? paths.exportUpdateSheet(plan.slug) : null,
    open,
    leads: [
      { value: '', text: 'Everybody' },
      ...leadsOf(picture).map(({ id, name }) => ({ value: id, text: name })),
      { value: 'none', text: 'Nobody: the actions without a lead' },
    ],
    mayBringBack,
    prepared: prepared.map(({ id, fileName: name }) => ({
      fileName: name,
      href: paths.updateSheetRows(plan.slug, id),
    })),
    fileHint: `The workbook (.xlsx) that was sent out, or a .csv of it, 10 MB at most${fileName === null ? '' : `. Choose “${fileName}” once more: it was not kept`}`,
    form: { values, errors },
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  };
}
