import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';
import { disclosePath, takeOutPath } from '#people';
import type { FindingState } from '../rules/finding-state.ts';
import { classificationWords, stateName } from '../rules/kind-words.ts';
import type { Classification, ProgressState } from '../rules/kinds.ts';
import { evidencePaths } from './evidence/paths.ts';
import type { LinkTo } from './linker.ts';
import { paths } from './paths.ts';

export type RegisterPage = 'Findings' | 'Sources' | 'Themes' | 'Evidence';

/** The pages of the register. */
export function registerNavigation(current: RegisterPage | null, link: LinkTo) {
  const pages: { text: RegisterPage; href: string }[] = [
    { text: 'Findings', href: paths.findings() },
    { text: 'Sources', href: paths.sources() },
    { text: 'Themes', href: paths.themes() },
    { text: 'Evidence', href: evidencePaths.list() },
  ];
  return pages.map(({ text, href }) => ({ text, href: link(href), current: text === current }));
}

/** Where a finding or an action stands, always in words. */
export function stateTag(state: FindingState | ProgressState): Html {
  return html`<span class="sl-status sl-status--${looks[state]}">${stateName(state)}</span>`;
}

const looks: Readonly<Record<FindingState | ProgressState, string>> = {
  open: 'not-started',
  planned: 'not-started',
  'in progress': 'in-progress',
  done: 'complete',
  'accepted as untested': 'complete',
  'practice changed': 'complete',
  'better for children': 'complete',
  regressed: 'not-started',
  'no action needed': 'unknown',
  withdrawn: 'unknown',
};

/** How a page is classified, as the layout prints it. */
export const classificationName = (classification: Classification): string =>
  classificationWords[classification].name;

/** A row of a list of facts. */
export function factRow(label: string, value: Html | string | null): Html {
  if (value === null || value === '') return html``;
  return html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;
}

/** Facts, each under its name. */
export const factList = (rows: readonly Html[]): Html =>
  html`<dl class="govuk-summary-list">${rows}</dl>`;

/** A section of a page with a heading of its own. */
export function section(id: string, title: string, content: Html): Html {
  return html`<section class="sl-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}</h2>${content}</section>`;
}

/** A text of several lines, each kept as its own. */
export function lines(text: string): Html {
  return html`${text.split('\n').map((line, index) => html`${index > 0 && html`<br />`}${line}`)}`;
}

/** Words of a source, in quotation marks; `isMain` where they are what the page is about. */
export function quoted(words: string, isMain = false): Html {
  return html`<blockquote class="sl-quote sl-words"><p class="${isMain ? 'govuk-body-l' : 'govuk-body'} govuk-!-margin-bottom-0">“${lines(words)}”</p></blockquote>`;
}

/** A link that looks like a button. */
export function buttonLink(href: string, text: string, isQuiet = false): Html {
  return html`<a class="govuk-button${isQuiet && html` govuk-button--secondary`}" href="${href}" role="button" draggable="false">${text}</a>`;
}

/** The day for machines and in words. */
export const timeOf = (on: IsoDate): Html => html`<time datetime="${on}">${formatDate(on)}</time>`;

/** What is seldom done with a record: taking out a name, giving it out. */
export function otherActs(
  kind: 'source' | 'finding' | 'evidence',
  id: string,
  may: { change: boolean; giveOut: boolean },
): Html {
  return html`${may.change && html`<p class="govuk-body"><a class="govuk-link" href="${takeOutPath(kind, id)}">Take out a name</a></p>`}${may.giveOut && html`<p class="govuk-body"><a class="govuk-link" href="${disclosePath(kind, id)}">Give out everything about it</a></p>`}`;
}
