import { html, type Html, type HtmlValue } from '../html.ts';

export interface TimelineEntry {
  /** What happened, as a sentence without a full stop: "Update given: amber". */
  title: HtmlValue;
  /** Who, or null where nobody is known. */
  by: string | null;
  /** The day or instant in words, and for machines. */
  when: { words: string; iso: string };
  /** Where the two times differ: "Written down on 6 March 2026". */
  alsoWhen?: string;
  body?: HtmlValue;
}

/** What happened, newest first if the list is, as an ordered list. */
export function timeline(entries: readonly TimelineEntry[]): Html {
  return html`<ol class="sl-timeline">\n${entries.map(timelineEntry)}</ol>`;
}

function timelineEntry({ title, by, when, alsoWhen, body }: TimelineEntry): Html {
  const who = by !== null && `, by ${by}`;
  const also = alsoWhen !== undefined && `. ${alsoWhen}`;
  return html`<li class="sl-timeline__entry">
<p class="sl-timeline__title">${title}</p>
<p class="sl-timeline__when"><time datetime="${when.iso}">${when.words}</time>${who}${also}</p>
${body !== undefined && html`<div class="sl-timeline__body">${body}</div>\n`}</li>\n`;
}
