/** Why a form could not be taken when it came. */
export type WhyKept = 'signed-out' | 'signed-in-again' | 'proof';

/** A form as it was sent, without its token and without a file's bytes. */
export interface KeptForm {
  why: WhyKept;
  /** Where it was sent to, within this site. */
  address: string;
  fields: readonly (readonly [name: string, value: string])[];
  /** The boxes whose file was not kept: it has to be chosen again. */
  files: readonly string[];
}

/** The longest that is kept, in characters: as much as the largest form may have. */
const longest = 1024 * 1024;

/** A form that holds one of these is never kept: passwords and codes are typed anew. */
const secret = /password|passphrase|secret|^(code|current|again)$/i;

/**
 * What to keep of a form's body; null where nothing may be kept, because it holds a password or
 * is too long.
 */
export function keepableForm(body: unknown, address: string, why: WhyKept): KeptForm | null {
  if (body === undefined || body === null) return { why, address, fields: [], files: [] };
  if (typeof body !== 'object') return null;
  const fields: [string, string][] = [];
  const files: string[] = [];
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    if (secret.test(name)) return null;
    for (const one of [value].flat()) {
      if (typeof one === 'string') fields.push([name, one]);
      else files.push(name);
    }
  }
  const length = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return length > longest ? null : { why, address, fields, files };
}

/** Fields that hold nothing which a person typed: numbers of rows, versions, steps. */
const technicalName = /^(id|version|seen|step|back|selected|corrects|submission(_id)?|.*-asked)$/;
const technicalValue = /^([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,})$/;

export interface ShownField {
  label: string;
  value: string;
}

/** The fields that a person typed or chose, under their names as words. */
export function shownFields(form: KeptForm): ShownField[] {
  const typed = form.fields.filter(
    ([name, value]) =>
      value.trim() !== '' && !technicalName.test(name) && !technicalValue.test(value),
  );
  return [...Map.groupBy(typed, ([name]) => name)].map(([name, pairs]) => ({
    label: inWords(name),
    value: pairs.map(([, value]) => value).join('\n'),
  }));
}

function inWords(name: string): string {
  const words = name.replaceAll(/[-_.[\]]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
