import { readFile } from 'node:fs/promises';
import { formatDate, formatInstant } from '#kernel/dates.ts';
import type { Paper } from '#platform/documents/paper-blocks.ts';
import { html } from '../html.ts';
import { paperHtml } from './paper.ts';

const styles = new URL('./stand-alone-page.css', import.meta.url);

/**
 * The paper as one HTML file that needs nothing else: its styles within, no script, and no link out
 * of it. The same paper gives the same bytes.
 */
export async function standAlonePage({ head, blocks }: Paper): Promise<string> {
  const css = await readFile(styles, 'utf8');
  const status = head.status === undefined ? '' : `${head.status}. `;
  const body = html`<header><p>${status}${head.classification}. Figures as at ${formatDate(head.asAt)}.</p></header>
<main>${paperHtml(blocks)}</main>
<footer><p>Made by ${head.printed.by} on ${formatInstant(head.printed.at)}. ${head.classification}.</p></footer>`;
  const title = html`${head.title}`;
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${title.toString()}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<style>
${css.trim()}
</style>
</head>
<body>
${body.toString()}
</body>
</html>
`;
}
