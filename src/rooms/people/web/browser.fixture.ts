import type { App } from '#platform/web/server.ts';

export type Answer = Awaited<ReturnType<App['inject']>>;

/** A browser without a screen and without kindness: it keeps cookies, and sends what it is told. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#keep(
      await this.#app.inject({ url, headers, cookies: Object.fromEntries(this.cookies) }),
    );
  }

  /** Sends a form exactly as given: the token too must be among the fields. */
  async send(
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.#keep(
      await this.#app.inject({
        method: 'POST',
        url,
        cookies: Object.fromEntries(this.cookies),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(fields).toString(),
      }),
    );
  }

  /** Opens a page and sends a form of it, with the page's token. */
  async fill(page: string, action: string, fields: Record<string, string>): Promise<Answer> {
    return await this.send(action, { _csrf: tokenOf(await this.get(page)), ...fields });
  }

  #keep(answer: Answer): Answer {
    for (const { name, value } of answer.cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}

/** The token of the page's forms. @throws when it has none. */
export function tokenOf(page: Answer): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1];
  if (token === undefined) throw new Error(`No form on the page that answered ${page.statusCode}`);
  return token;
}
