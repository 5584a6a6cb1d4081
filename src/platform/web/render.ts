import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import nunjucks from 'nunjucks';
import { formatDate, formatInstant, type IsoDate } from '#kernel/dates.ts';
import type { FieldError } from './forms.ts';
import { Html } from './html.ts';

const require = createRequire(import.meta.url);

/**
 * The templates: ours from `src/`, the design systems' macros from their packages. What is
 * put into a gap is escaped; text of a person is never used as a template.
 */
export function templates(): (template: string, context: object) => string {
  const loader = new nunjucks.FileSystemLoader(
    [
      fileURLToPath(new URL('../../', import.meta.url)),
      dirname(require.resolve('govuk-frontend/package.json')) + '/dist',
      dirname(require.resolve('@ministryofjustice/frontend/package.json')),
    ],
    { noCache: false, watch: false },
  );
  const env = new nunjucks.Environment(loader, {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  env.addFilter('date', (date: IsoDate) => formatDate(date));
  env.addFilter('instant', (instant: Date) => formatInstant(instant));
  env.addFilter('count', countOf);
  env.addFilter('errorFor', (errors: readonly FieldError[] | undefined, field: string) => {
    const error = errors?.find((one) => one.field === field);
    return error && { text: error.text };
  });
  env.addFilter('cssText', (text: string) => new nunjucks.runtime.SafeString(cssText(text)));
  env.addFilter('html', (value: unknown) => {
    if (!(value instanceof Html))
      throw new TypeError('Only markup of the html tag passes unescaped.');
    return new nunjucks.runtime.SafeString(value.toString());
  });
  return (template, context) => env.render(template, context);
}

/** "1 action", "31 actions", "1,204 actions"; the plural is given where it is not the word with an s. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

/**
 * Text as a quoted string of CSS, for the margins of a printed page. Whatever is not a plain
 * letter or figure becomes its number, so that it can end neither the string nor the style
 * element; a space too, since one after such a number would be taken for its end.
 */
export function cssText(text: string): string {
  const short = text.length <= 100 ? text : `${text.slice(0, 99)}…`;
  const escaped = Array.from(short.toWellFormed(), (character) =>
    /[A-Za-z0-9]/.test(character)
      ? character
      : `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
  );
  return `"${escaped.join('')}"`;
}
