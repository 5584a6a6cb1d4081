import { formatDate } from '#kernel/dates.ts';
import { filterChips } from '#platform/web/components/blocks.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { ChangedField, ComparedAction } from '../../rules/compare.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { dueInWords } from '../../rules/words.ts';
import { leadNames, lines, shortText, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';
import type { Comparison } from './movement-query.ts';

export const comparedPerPage = 50;

const kindNames: Record<ComparedAction['kind'], string> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
};

const whyWords = {
  new: 'New',
  'brought back': 'Brought back',
  withdrawn: 'Withdrawn',
  'left the table': 'Left the table, complete',
} as const;

/** "Added: new" and so on, in one word for lists and files. */
export function comparedWords({ kind, why }: Pick<ComparedAction, 'kind' | 'why'>): string {
  return why === null ? kindNames[kind] : `${kindNames[kind]}: ${whyWords[why].toLowerCase()}`;
}

/** What differs between two days, side by side: the old value struck through, the new one after it. */
export function comparisonTable(input: {
  picture: PlanPicture;
  compared: readonly ComparedAction[];
  comparison: Comparison;
  hrefOf: (changes: Partial<Comparison>) => string;
  link: LinkTo;
}): Html {
  const { picture, compared, comparison, hrefOf, link } = input;
  const { from, to, show } = comparison;
  const found = compared.filter(({ kind }) => show === 'all' || kind === show);
  const pages = Math.max(1, Math.ceil(found.length / comparedPerPage));
  const page = Math.min(comparison.page, pages);
  const shown = found.slice((page - 1) * comparedPerPage, page * comparedPerPage);
  const count = (kind: ComparedAction['kind']) =>
    compared.filter((one) => one.kind === kind).length;
  return html`<section class="sl-section" aria-labelledby="side-by-side"><h2 class="govuk-heading-m" id="side-by-side">${formatDate(from)} and ${formatDate(to)} side by side</h2>
<p class="govuk-body sl-count" role="status">${
    compared.length === 0
      ? 'Nothing differs between the two days.'
      : `${countOf(compared.length, 'action')} ${compared.length === 1 ? 'differs' : 'differ'}: ${count('added')} added, ${count('removed')} removed, ${count('changed')} changed.`
  }</p>
${
  compared.length > 0 &&
  html`<p class="govuk-body">Show: ${(['all', 'added', 'removed', 'changed'] as const).map(
    (kind, index) =>
      html`${index > 0 && ' · '}${
        kind === show
          ? html`<strong>${kind === 'all' ? 'All' : kindNames[kind]}</strong>`
          : html`<a class="govuk-link" href="${hrefOf({ show: kind })}">${kind === 'all' ? 'All' : kindNames[kind]}</a>`
      }`,
  )}</p>${filterChips(show === 'all' ? [] : [{ text: kindNames[show], offHref: hrefOf({ show: 'all' }) }], hrefOf({ show: 'all' }))}`
}
${
  shown.length > 0 &&
  html`${dataTable({
    caption: `What differs between ${formatDate(from)} and ${formatDate(to)}`,
    hiddenCaption: true,
    columns: [
      { text: 'Action', width: 'wide' },
      { text: 'What' },
      { text: 'Field by field', width: 'wide' },
    ],
    groups: [
      {
        rows: shown.map((one) => [
          html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, one.id))}">${shortText(one.action)}</a>`,
          html`${kindNames[one.kind]}${one.why !== null && html`<br><span class="sl-note">${whyWords[one.why]}</span>`}`,
          one.fields.length > 0
            ? html`<dl class="sl-changes">${one.fields.map(field)}</dl>`
            : html`<span class="sl-note">${leadNames(one.action)} · ${dueInWords(one.action.due)}</span>`,
        ]),
      },
    ],
  })}${pagination(page, pages, (target) => hrefOf({ page: target }))}`
}</section>`;
}

/** Screen readers are told in words what the eye sees struck through. */
function field({ what, before, after }: ChangedField): Html {
  return html`<div><dt>${what}</dt><dd>${
    before !== '' &&
    html`<del><span class="govuk-visually-hidden">Was: </span>${lines(before)}</del> `
  }${
    after === ''
      ? html`<span class="sl-quiet">Nothing</span>`
      : html`<ins><span class="govuk-visually-hidden">Now: </span>${lines(after)}</ins>`
  }</dd></div>`;
}
