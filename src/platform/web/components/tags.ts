import { html, type Html } from '../html.ts';

export type TagColour = 'red' | 'amber' | 'green' | 'blue' | 'none';

/**
 * A colour of a plan's scheme, always with its word: "Amber", or what the plan calls it. What
 * the colour means there, if given, is one hover away here and printed in the legend.
 */
export function ragTag(tag: { colour: TagColour; name: string; meaning?: string }): Html {
  const meaning = tag.meaning !== undefined && html` title="${tag.meaning}"`;
  return html`<strong class="sl-rag sl-rag--${tag.colour}"${meaning}>${tag.name}</strong>`;
}

export type StatusWord = 'not started' | 'in progress' | 'complete';

/** How far a thing has come, in words; quieter than a colour, which is a judgement. */
export function statusTag(status: StatusWord | null): Html {
  const [kind, words] = statusWords[status ?? 'unknown'];
  return html`<span class="sl-status sl-status--${kind}">${words}</span>`;
}

const statusWords = {
  'not started': ['not-started', 'Not started'],
  'in progress': ['in-progress', 'In progress'],
  complete: ['complete', 'Complete'],
  unknown: ['unknown', 'Not said'],
} as const satisfies Record<StatusWord | 'unknown', readonly [string, string]>;

/** What each colour means in one plan: the legend that stands on its pages and its prints. */
export function ragLegend(
  scheme: readonly { colour: TagColour; name: string; meaning: string }[],
): Html {
  const entries = scheme.map(
    ({ colour, name, meaning }) =>
      html`<div class="sl-legend__entry"><dt>${ragTag({ colour, name })}</dt><dd>${meaning}</dd></div>\n`,
  );
  return html`<dl class="sl-legend">\n${entries}</dl>`;
}
