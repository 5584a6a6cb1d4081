import { filterChips } from '#platform/web/components/blocks.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { areas, severities, type Area, type Severity } from '../../rules/checks/check.ts';
import { checks, type CheckResult } from '../../rules/checks/index.ts';
import { filterChecks, type CheckFilter } from '../../rules/checks/told.ts';
import type { LinkTo } from '../parts.ts';
import { standardsNavigation } from '../sub-navigation.ts';
import { checksPath } from './paths.ts';

const severityNames: Readonly<Record<Severity, string>> = {
  high: 'Look at first',
  medium: 'Look at next',
  low: 'When there is time',
};
const areaNames: Readonly<Record<Area, string>> = {
  standards: 'Criteria',
  sections: 'Sections',
  findings: 'Findings',
  sources: 'Sources and evidence',
  actions: 'Actions',
  challenges: 'Peer challenges',
};
/** Of each check, while several are shown. */
const shownOfEach = 5;
/** Of one check, on a page. */
const shownOnAPage = 100;

export interface ChecksInput {
  /** Of all checks, as far as this person may know of it. */
  results: readonly CheckResult[];
  filter: CheckFilter;
  page: number;
  link: LinkTo;
}

/** The address of these checks. */
function checksHref(filter: Partial<CheckFilter>, page = 1): string {
  const chosen = Object.entries(filter).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  const query = new URLSearchParams([...chosen, ...(page > 1 ? [['page', String(page)]] : [])]);
  return query.size === 0 ? checksPath : `${checksPath}?${query.toString()}`;
}

/** What is missing or weak: counts first, then each check with what it found. */
export function checksView({ results, filter, page, link }: ChecksInput) {
  const shown = filterChecks(results, filter)
    .filter(({ hits }) => hits.length > 0)
    .sort((a, b) => severities.indexOf(a.check.severity) - severities.indexOf(b.check.severity));
  const total = shown.reduce((sum, { hits }) => sum + hits.length, 0);
  const one = filter.check === null ? null : (shown[0] ?? null);
  return {
    title: 'What is missing or weak',
    subNavigation: standardsNavigation('Checks', link),
    dated: true,
    content: html`<p class="govuk-body-l sl-lead">${lead(shown.length, total, filter)}</p>
      ${filterChips(chips(filter, link), link(checksPath))}
      ${one === null ? grouped(shown, filter, link) : single(one, page, filter, link)}`,
  };
}

function lead(found: number, total: number, filter: CheckFilter): string {
  const some = filter.severity !== null || filter.area !== null || filter.check !== null;
  if (total === 0) {
    return some
      ? 'Nothing of what you chose is missing or weak.'
      : `Nothing is missing or weak, as far as ${checks.length} checks can tell.`;
  }
  const things = total === 1 ? 'One thing is' : `${total.toLocaleString('en-GB')} things are`;
  return `${things} missing or weak, found by ${found} of ${checks.length} checks.`;
}

function chips(filter: CheckFilter, link: LinkTo) {
  const off = (part: keyof CheckFilter) => link(checksHref({ ...filter, [part]: null }));
  const check = checks.find(({ name }) => name === filter.check);
  return [
    ...(filter.severity === null
      ? []
      : [{ text: severityNames[filter.severity], offHref: off('severity') }]),
    ...(filter.area === null ? [] : [{ text: areaNames[filter.area], offHref: off('area') }]),
    ...(check === undefined ? [] : [{ text: check.title, offHref: off('check') }]),
  ];
}

function grouped(shown: readonly CheckResult[], filter: CheckFilter, link: LinkTo): Html {
  if (shown.length === 0) return html``;
  return html`${choices(filter, link)}${counts(shown, filter, link)}
    ${shown.map(({ check, hits }) => {
      const rest = hits.length - shownOfEach;
      return html`<section class="sl-section" aria-labelledby="${check.name}">
<h2 class="govuk-heading-m" id="${check.name}">${check.title}</h2>
<p class="govuk-body sl-measure">${check.why}</p>
${hitList(hits.slice(0, shownOfEach))}
${rest > 0 && html`<p class="govuk-body"><a class="govuk-link" href="${link(checksHref({ ...filter, check: check.name }))}">All ${hits.length.toLocaleString('en-GB')}<span class="govuk-visually-hidden">: ${check.title}</span></a></p>`}
</section>`;
    })}`;
}

/** How many of each, before what they are. */
function counts(shown: readonly CheckResult[], filter: CheckFilter, link: LinkTo): Html {
  const groups = severities.flatMap((severity) => {
    const rows = shown
      .filter(({ check }) => check.severity === severity)
      .map(({ check, hits }) => [
        html`<a class="govuk-link" href="${link(checksHref({ ...filter, check: check.name }))}">${check.title}</a>`,
        areaNames[check.area],
        hits.length.toLocaleString('en-GB'),
      ]);
    return rows.length === 0 ? [] : [{ heading: severityNames[severity], rows }];
  });
  return dataTable({
    caption: 'How many of each',
    hiddenCaption: true,
    columns: [{ text: 'Check', width: 'wide' }, { text: 'Of' }, { text: 'Found', numeric: true }],
    groups,
  });
}

function choices(filter: CheckFilter, link: LinkTo): Html {
  const choice = (href: string, text: string) =>
    html`<li><a class="govuk-link" href="${link(href)}">${text}</a></li>`;
  return html`<details class="govuk-details sl-no-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Show only some</span></summary>
<div class="govuk-details__text"><ul class="govuk-list">
${severities.map((severity) => choice(checksHref({ ...filter, severity }), severityNames[severity]))}
${areas.map((area) => choice(checksHref({ ...filter, area }), areaNames[area]))}
</ul></div></details>`;
}

function single(
  { check, hits }: CheckResult,
  page: number,
  filter: CheckFilter,
  link: LinkTo,
): Html {
  const pages = Math.max(1, Math.ceil(hits.length / shownOnAPage));
  const at = Math.min(page, pages);
  const from = (at - 1) * shownOnAPage;
  return html`<p class="govuk-body sl-measure">${check.why}</p>
    ${hitList(hits.slice(from, from + shownOnAPage))}
    ${pagination(at, pages, (to) => link(checksHref(filter, to)))}`;
}

/** Each leads to a form, which is always of today. */
function hitList(hits: CheckResult['hits']): Html {
  return html`<ul class="govuk-list govuk-list--bullet sl-measure">${hits.map(
    (hit) => html`<li><a class="govuk-link" href="${hit.link}">${hit.text}</a></li>`,
  )}</ul>`;
}
