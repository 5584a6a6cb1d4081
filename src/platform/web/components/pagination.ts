import { html, type Html } from '../html.ts';

/**
 * Links to the other pages of a list: the first, the last, and those near this one. Nothing
 * is printed where there is one page. `href` gives the address of a page, counted from 1.
 */
export function pagination(page: number, pages: number, href: (page: number) => string): Html {
  if (pages <= 1) return html``;
  const step = (target: number, rel: 'prev' | 'next', words: string) =>
    html`<div class="govuk-pagination__${rel}"><a class="govuk-link govuk-pagination__link" href="${href(target)}" rel="${rel}"><span class="govuk-pagination__link-title">${words}<span class="govuk-visually-hidden"> page</span></span></a></div>\n`;
  const items = shownPages(page, pages).map((shown) => {
    if (shown === null) {
      return html`<li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>\n`;
    }
    const current = shown === page;
    return html`<li class="govuk-pagination__item${current && ' govuk-pagination__item--current'}"><a class="govuk-link govuk-pagination__link" href="${href(shown)}" aria-label="Page ${shown}"${current && html` aria-current="page"`}>${shown}</a></li>\n`;
  });
  return html`<nav class="govuk-pagination" aria-label="Pages of this list">
${page > 1 && step(page - 1, 'prev', 'Previous')}<ul class="govuk-pagination__list">
${items}</ul>
${page < pages && step(page + 1, 'next', 'Next')}</nav>`;
}

/** The numbers to show, with null for a gap: 1 … 4 5 6 … 12. A gap is never one page alone. */
export function shownPages(page: number, pages: number): (number | null)[] {
  const shown: (number | null)[] = [];
  for (let number = 1; number <= pages; number += 1) {
    const near = Math.abs(number - page) <= 1;
    const end = number === 1 || number === pages;
    const lonelyGap = (number === 2 && page === 4) || (number === pages - 1 && page === pages - 3);
    if (near || end || lonelyGap) shown.push(number);
    else if (shown.at(-1) !== null) shown.push(null);
  }
  return shown;
}
