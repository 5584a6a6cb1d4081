import { unzipSync, strFromU8 } from 'fflate';
import type { SignedIn } from '../app.ts';

export type Answer = Awaited<ReturnType<SignedIn['get']>>;

/** Everything that an answer says, headers too; what is inside a Word or Excel file as well. */
export function wholeText(answer: Answer): string {
  const { headers, rawPayload, body } = answer;
  const isArchive = rawPayload[0] === 0x50 && rawPayload[1] === 0x4b;
  const inside = isArchive
    ? Object.entries(unzipSync(rawPayload)).map(([name, bytes]) => `${name}\n${strFromU8(bytes)}`)
    : [body];
  return [JSON.stringify(headers), ...inside].join('\n');
}

/**
 * The answer without what differs each time: the id of the request, the mark of its scripts, the
 * token of its forms; and without the names that were asked for, where it says them back.
 */
export function masked(answer: Answer, names: readonly string[]): string {
  const { statusCode, headers, body } = answer;
  const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '-';
  const id = String(headers['x-request-id'] ?? '-');
  const kept = Object.entries(headers).filter(
    ([name]) => !['date', 'content-length', 'set-cookie'].includes(name),
  );
  const cookies = answer.cookies.map(({ name }) => name);
  const said = [statusCode, JSON.stringify(kept), cookies, body]
    .join('\n')
    .replaceAll(nonce, 'NONCE')
    .replaceAll(id, 'REQUEST')
    .replace(/(name="_csrf" value=)"[^"]*"/g, '$1"TOKEN"');
  return names.reduce((text, name) => text.replaceAll(name, 'NAME'), said);
}

/** The addresses of this site that a page leads to: its links, and the forms that ask for pages. */
export function linksOf({ headers, body }: Answer): string[] {
  const found = [...body.matchAll(/\shref="([^"]*)"/g)].map(([, href = '']) => href);
  for (const [form, inside = ''] of body.matchAll(/<form\b([^>]*)>/g)) {
    if (!/method="post"/i.test(form)) found.push(/action="([^"]*)"/.exec(inside)?.[1] ?? '');
  }
  if (typeof headers.location === 'string') found.push(headers.location);
  return found
    .map((href) => href.replaceAll('&amp;', '&').replace(/#.*$/, ''))
    .filter(
      (href) => href.startsWith('/') && !href.startsWith('//') && !href.startsWith('/assets/'),
    );
}
