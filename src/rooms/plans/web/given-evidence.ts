import type { z } from 'zod';
import { checkKeptFile } from '#platform/documents/kept-file.ts';
import { optionalText, type FieldError } from '#platform/web/forms.ts';
import { safeHref } from '#platform/web/html.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import type { GivenEvidence } from '../actions/keep-evidence.ts';

/** The boxes of "What shows it?" (evidence.njk), for the schema of a form that has them. */
export const evidenceFields = {
  link: optionalText(2000),
  note: optionalText(2000),
  file: uploadedFile.optional(),
};

type EvidenceFields = z.output<z.ZodObject<typeof evidenceFields>>;

/** What these boxes hold, and what is wrong with it. */
export function readEvidence(value: EvidenceFields): {
  given: GivenEvidence[];
  errors: FieldError[];
} {
  const given: GivenEvidence[] = [];
  const errors: FieldError[] = [];
  if (value.link !== null) {
    if (/^https?:\/\//i.test(value.link) && safeHref(value.link) !== null) {
      given.push({ kind: 'link', title: value.link, url: value.link });
    } else {
      errors.push({ field: 'link', text: 'A link begins with https:// or http://' });
    }
  }
  if (value.note !== null) given.push({ kind: 'note', title: value.note });
  if (value.file !== undefined) {
    const kept = checkKeptFile(value.file.bytes, value.file.fileName);
    if ('refused' in kept) {
      errors.push({ field: 'file', text: kept.refused });
    } else {
      const file = { ...kept, bytes: value.file.bytes };
      given.push({ kind: 'file', title: kept.name, file });
    }
  }
  return { given, errors };
}
