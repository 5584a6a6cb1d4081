let seal: (markup: string) => Html;

/**
 * Markup that was made by the `html` tag, and by nothing else: text can never become it by
 * a cast or a concatenation that the type checker lets through.
 */
export class Html {
  readonly #markup: string;

  /** Only for the tag below: everywhere else write html`…`. */
  private constructor(markup: string) {
    this.#markup = markup;
  }

  static {
    seal = (markup) => new Html(markup);
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a gap: text and numbers are escaped, Html is kept, nothing prints nothing. */
export type HtmlValue =
  Html | string | number | bigint | null | undefined | false | readonly HtmlValue[];

/**
 * Markup with its gaps escaped: html`<td>${action.text}</td>`. Lists are joined without
 * commas. A gap is safe as text and inside a double-quoted attribute; for the address of a
 * link that a person typed, use `safeHref` first.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let markup = parts[0] ?? '';
  values.forEach((value, gap) => {
    markup += render(value) + (parts[gap + 1] ?? '');
  });
  return seal(markup);
}

/** Text with the five characters that mean something in markup replaced. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => replacements[character] ?? '');
}

/** The address if it is plain http or https, else null: never script, data or a relative surprise. */
export function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

const replacements: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(render).join('');
  return escapeText(String(value));
}
