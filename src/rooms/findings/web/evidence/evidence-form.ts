import { z } from 'zod';
import { checkKeptFile } from '#platform/documents/kept-file.ts';
import {
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormReading,
} from '#platform/web/forms.ts';
import { safeHref } from '#platform/web/html.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import type { GivenEvidenceContent } from '../../actions/evidence.ts';
import { classifications } from '../../rules/kinds.ts';

const fields = {
  version: z.string().max(20).optional(),
  title: requiredText('Say what it is and what it shows', 2000),
  link: optionalText(2000),
  file: uploadedFile.optional(),
  'good-day': dateBox,
  'good-month': dateBox,
  'good-year': dateBox,
  classification: z.enum(classifications, 'Choose who may read it'),
  page: optionalText(40),
};
const addForm = z.strictObject({ ...fields, submission_id: z.string().max(40).optional() });
const reviseForm = z.strictObject({
  ...fields,
  reason: requiredText('Say why it is revised', 2000),
});

export type EvidenceReading =
  | { ok: true; value: GivenEvidenceContent & { page: string | null; reason: string } }
  | { ok: false; errors: FieldError[] };

/** Reads the form of a new piece of evidence, or of a newer state of one. */
export function readEvidenceForm(body: unknown, isNew: boolean): EvidenceReading {
  const form: FormReading<z.output<typeof addForm> & { reason?: string }> = isNew
    ? readForm(addForm, body)
    : readForm(reviseForm, body);
  const good = readDateFields(typedValues(body), 'good');
  const errors: FieldError[] = [...(form.ok ? [] : form.errors), ...(good.ok ? [] : [good.error])];
  if (!form.ok) return { ok: false, errors };
  const { title, link, file, classification, page } = form.value;
  if (link !== null && (!/^https?:\/\//i.test(link) || safeHref(link) === null)) {
    errors.push({ field: 'link', text: 'A link begins with https:// or http://' });
  }
  if (link !== null && file !== undefined) {
    errors.push({ field: 'file', text: 'Give a link or a file, and add the other one by itself' });
  }
  const kept = file === undefined ? null : checkKeptFile(file.bytes, file.fileName);
  if (kept !== null && 'refused' in kept) errors.push({ field: 'file', text: kept.refused });
  if (errors.length > 0 || !good.ok || (kept !== null && 'refused' in kept)) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    value: {
      title,
      url: link,
      file: kept === null || file === undefined ? null : { ...kept, bytes: file.bytes },
      goodUntil: good.date,
      classification,
      page,
      reason: form.value.reason ?? '',
    },
  };
}
