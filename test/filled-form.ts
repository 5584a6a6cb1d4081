/** What a browser sends of a form: each name with its values. */
export type FilledForm = Record<string, string | string[]>;

/**
 * The page's form as a browser without scripts would send it untouched: hidden fields, what
 * stands in the boxes, what is ticked and chosen. The token is left out: whoever posts adds it.
 */
export function filledForm(page: { body: string }): FilledForm {
  const main = /<main[\s\S]*<\/main>/.exec(page.body)?.[0] ?? '';
  const form = /<form[^>]*method="post"[\s\S]*?<\/form>/.exec(main)?.[0];
  if (form === undefined) throw new Error('The page has no form');
  const sent: [string, string][] = [];
  for (const [, tag = ''] of form.matchAll(/<input\b([^>]*)>/g)) {
    const isChoice = ['checkbox', 'radio'].includes(attribute(tag, 'type') ?? '');
    if (isChoice && !/\schecked\b/.test(tag)) continue;
    if (attribute(tag, 'type') === 'file') continue;
    sent.push([attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? (isChoice ? 'on' : '')]);
  }
  for (const [, tag = '', text = ''] of form.matchAll(
    /<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g,
  )) {
    sent.push([attribute(tag, 'name') ?? '', plain(text.replace(/^\n/, ''))]);
  }
  for (const [, tag = '', inside = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => option);
    const chosen = options.find((option) => /\sselected\b/.test(option)) ?? options[0] ?? '';
    sent.push([attribute(tag, 'name') ?? '', attribute(chosen, 'value') ?? '']);
  }
  const byName = Map.groupBy(sent, ([name]) => name);
  byName.delete('_csrf');
  byName.delete('');
  return Object.fromEntries(
    [...byName].map(([name, pairs]) => {
      const values = pairs.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The name of the box with this label. */
export function boxLabelled({ body }: { body: string }, label: string): string {
  const labels = [...body.matchAll(/<label\b([^>]*)>([\s\S]*?)<\/label>/g)];
  const found = labels.find(([, , inside = '']) => textOf(inside) === label);
  const id = attribute(found?.[1] ?? '', 'for');
  const tags = [...body.matchAll(/<(?:input|select|textarea)\b([^>]*)>/g)];
  const tag = tags.find(([, inside = '']) => attribute(inside, 'id') === id)?.[1];
  const name = attribute(tag ?? '', 'name');
  if (id === null || name === null) throw new Error(`The page has no box labelled ${label}`);
  return name;
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : plain(value);
}

function textOf(markup: string): string {
  return plain(markup.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function plain(text: string): string {
  const marks: Record<string, string> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };
  return text.replace(/&(quot|#39|lt|gt|amp);/g, (_, mark: string) => marks[mark] ?? '');
}
