import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { GivenSource } from '../../actions/change-action.ts';
import type { SourceRef } from '../../rules/picture.ts';

/** One row of the boxes that ask where something comes from. */
export interface SourceRow {
  number: number;
  title: string;
  words: string;
  page: string;
}

const rowsOffered = 5;
const field = /^source-\d{1,2}-(?:title|words|page)$/;
const longest = { title: 300, words: 4000, page: 60 } as const;

/**
 * Takes the rows of sources out of a form: `source-1-title`, `source-1-words`, `source-1-page`
 * and so on. An empty row is no source; words without a title are asked about.
 */
export function takeSources(body: unknown): {
  rest: Record<string, unknown>;
  sources: GivenSource[];
  errors: FieldError[];
} {
  const rest: Record<string, unknown> = {};
  const values: FormValues = {};
  for (const [name, value] of Object.entries(body ?? {}) as [string, unknown][]) {
    if (!field.test(name)) rest[name] = value;
    else if (typeof value === 'string') values[name] = value;
  }
  const sources: GivenSource[] = [];
  const errors: FieldError[] = [];
  for (const { number, title, words, page } of sourceRows(values)) {
    const typed = { title: tidy(title), words: tidy(words), page: tidy(page) };
    for (const part of ['title', 'words', 'page'] as const) {
      if (typed[part].length > longest[part]) {
        const text = `This has more than ${longest[part].toLocaleString('en-GB')} characters. Shorten it.`;
        errors.push({ field: `source-${number}-${part}`, text });
      }
    }
    if (typed.title !== '') {
      const { words, page } = typed;
      sources.push({
        title: typed.title.replace(/\s+/g, ' '),
        words: words === '' ? null : words,
        page: page === '' ? null : page,
      });
    } else if (typed.words !== '' || typed.page !== '') {
      errors.push({
        field: `source-${number}-title`,
        text: 'Enter the title of the source that these words come from',
      });
    }
  }
  return { rest, sources, errors };
}

/** The rows to show for what was typed: five, or one more than is filled. */
export function sourceRows(values: FormValues): SourceRow[] {
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const numbers = Object.keys(values)
    .filter((name) => field.test(name) && textOf(name).trim() !== '')
    .map((name) => Number(name.split('-')[1]));
  const count = Math.max(rowsOffered, ...numbers.map((number) => number + 1));
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return {
      number,
      title: textOf(`source-${number}-title`),
      words: textOf(`source-${number}-words`),
      page: textOf(`source-${number}-page`),
    };
  });
}

/** What stands, as the boxes show it. */
export function sourceValues(sources: readonly SourceRef[]): FormValues {
  return Object.fromEntries(
    sources.flatMap((source, index) => [
      [`source-${index + 1}-title`, source.title],
      [`source-${index + 1}-words`, source.words ?? ''],
      [`source-${index + 1}-page`, source.page ?? ''],
    ]),
  );
}

function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim();
}
