import { html, type Html } from '../html.ts';

/** What a list says when it holds nothing: what will be here, and how to begin. */
export function emptyState(empty: {
  title: string;
  text: string;
  action?: { text: string; href: string };
}): Html {
  const { action } = empty;
  const button =
    action &&
    html`<a class="govuk-button" href="${action.href}" role="button" draggable="false" data-module="govuk-button">${action.text}</a>`;
  return html`<div class="sl-empty">
<h2 class="govuk-heading-m">${empty.title}</h2>
<p class="govuk-body">${empty.text}</p>
${button}
</div>`;
}

/** What is on: each filter as a chip that takes itself off. Nothing is printed when none is. */
export function filterChips(
  chips: readonly { text: string; offHref: string }[],
  clearHref: string,
): Html {
  if (chips.length === 0) return html``;
  const items = chips.map(
    (chip) =>
      html`<li><a class="sl-chip" href="${chip.offHref}"><span class="govuk-visually-hidden">Remove filter: </span>${chip.text}<span class="sl-chip__cross" aria-hidden="true">×</span></a></li>\n`,
  );
  return html`<div class="sl-chips"><h2 class="govuk-visually-hidden">Filters that are on</h2>
<ul class="sl-chips__list">
${items}<li><a class="govuk-link sl-chips__clear" href="${clearHref}">Clear all</a></li>
</ul></div>`;
}

/** Material that may be wider than the screen: it scrolls by itself, by keyboard too. */
export function scrollRegion(label: string, content: Html): Html {
  return html`<div class="sl-scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}
