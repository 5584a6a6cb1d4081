import { html, type Html } from '../html.ts';

/** The longest word that a column of a table can be asked to hold in one piece, in characters. */
const longestWhole = 30;

/**
 * A name for a cell of a table. A word that is longer than any real one may break every 15
 * characters, so that one name cannot push the other columns off the screen; others stay whole.
 */
export function breakable(text: string): Html {
  const parts = text.split(/(\s+)/u).map((word) => {
    if (word.length <= longestWhole) return word;
    const pieces = word.match(/.{1,15}/gsu) ?? [];
    return html`${pieces.map((piece, at) => html`${at > 0 && html`<wbr />`}${piece}`)}`;
  });
  return html`${parts}`;
}
