import { html, type Html } from '../html.ts';
import type { TagColour } from './tags.ts';

export interface ProgressPart {
  count: number;
  /** What is counted, after the number: "complete", "in progress". */
  words: string;
  /** How the part is drawn. */
  look: 'complete' | 'under-way' | 'waiting' | TagColour;
}

/**
 * A slim bar drawn from counts, with the counts as words below it: the picture adds nothing
 * that the words do not say, so it is hidden from screen readers. Parts of nothing are left out.
 */
export function progressBar(parts: readonly ProgressPart[]): Html {
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    return html`<div class="sl-progress"><p class="sl-progress__words">Nothing yet</p></div>`;
  }
  let start = 0;
  const bars = shown.map(({ count, look }) => {
    const x = start;
    start += count;
    return html`<rect class="sl-progress__part sl-progress__part--${look}" x="${x}" y="0" width="${count}" height="1"/>`;
  });
  const words = shown.map((part) => `${part.count} ${part.words}`).join(', ');
  return html`<div class="sl-progress">
<svg class="sl-progress__bar" viewBox="0 0 ${total} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">${bars}</svg>
<p class="sl-progress__words">${words}</p>
</div>`;
}
