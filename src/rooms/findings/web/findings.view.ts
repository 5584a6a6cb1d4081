import { formatDate, formatMonth, type IsoDate } from '#kernel/dates.ts';
import { emptyState, filterChips } from '#platform/web/components/blocks.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import { wholeOnes, type ReadableFinding } from '../actions/read-register.ts';
import { anyFinding, yearOf, type FindingFilter } from '../rules/filter-findings.ts';
import { findingStates } from '../rules/finding-state.ts';
import { findingTitle, responseInWords } from '../rules/finding-words.ts';
import {
  countOf,
  findingKindName,
  listInWords,
  sentenceCase,
  stateName,
} from '../rules/kind-words.ts';
import { findingKinds } from '../rules/kinds.ts';
import { dayOfSource } from '../rules/picture.ts';
import { filterPanel } from './filter-panel.ts';
import { writeFindingQuery, type FindingList } from './finding-query.ts';
import type { LinkTo } from './linker.ts';
import { buttonLink, registerNavigation, stateTag } from './parts.ts';
import { paths } from './paths.ts';
import { shortWords } from './source.view.ts';

export const findingsPerPage = 50;

export interface FindingsInput {
  /** All that this person may read, in the order of the list. */
  all: readonly ReadableFinding[];
  /** Those of them that fit. */
  found: readonly ReadableFinding[];
  /** Those of the page. */
  shown: readonly ReadableFinding[];
  view: FindingList;
  mayRegister: boolean;
  mayExport: boolean;
  asAt: IsoDate;
  isToday: boolean;
  link: LinkTo;
}

/** The register: every finding that this person may read, filtered by the address. */
export function findingsView(input: FindingsInput) {
  const { all, found, shown, view, mayRegister, isToday, link } = input;
  const pages = Math.max(1, Math.ceil(found.length / findingsPerPage));
  const page = Math.min(view.page, pages);
  return {
    title: 'Findings',
    dated: true,
    wide: true,
    subNavigation: registerNavigation('Findings', link),
    actions: html`${mayRegister && isToday && buttonLink(paths.newSource(), 'Register a source')}${exportMenu(input)}`,
    content:
      all.length === 0
        ? emptyState({
            title: 'No findings yet',
            text: 'What inspections, audits, reviews and others said of your services will be listed here in their own words, each with what you answered and what came of it.',
            ...(mayRegister && isToday
              ? { action: { text: 'Register a source', href: paths.newSource() } }
              : {}),
          })
        : html`<div class="sl-filtered"><div class="sl-filtered__side">${panel(input)}</div>
<div class="sl-filtered__main"><p class="govuk-body sl-count" role="status">${countLine(input)}</p>
${filterChips(chips(input), hrefOf(input, { filter: anyFinding, page: 1 }))}
${
  shown.length === 0
    ? emptyState({
        title: 'No finding fits',
        text: 'Take a filter off, or search for other words.',
        action: {
          text: 'Show every finding',
          href: hrefOf(input, { filter: anyFinding, page: 1 }),
        },
      })
    : html`${table(shown, link)}${pagination(page, pages, (target) => hrefOf(input, { page: target }))}`
}</div></div>`,
  };
}

function exportMenu({ mayExport, view, link }: FindingsInput): Html {
  if (!mayExport) return html``;
  const query = writeFindingQuery({ ...view, page: 1 });
  const href = (format: string) =>
    link(`${paths.exportFindings()}?format=${format}${query === '' ? '' : `&${query}`}`);
  return html`<details class="sl-menu"><summary class="govuk-button govuk-button--secondary">Export</summary><ul class="sl-menu__list"><li><a class="govuk-link" href="${href('xlsx')}">Excel workbook (.xlsx)</a></li><li><a class="govuk-link" href="${href('csv')}">Comma-separated (.csv)</a></li></ul></details>`;
}

/** "12 of 40 findings as at 4 March 2026: 3 open and 9 done." */
function countLine({ all, found, asAt }: FindingsInput): string {
  const counts = findingStates.flatMap((state) => {
    const count = found.filter((one) => stateOf(one) === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  const of =
    found.length === all.length
      ? countOf(all.length, 'finding')
      : `${found.length} of ${countOf(all.length, 'finding')}`;
  return `${of} as at ${formatDate(asAt)}${counts.length === 0 ? '' : `: ${listInWords(counts)}`}.`;
}

const stateOf = (one: ReadableFinding) =>
  one.access === 'whole' ? one.finding.derived.state : one.finding.state;

function table(shown: readonly ReadableFinding[], link: LinkTo): Html {
  return dataTable({
    caption: 'Findings',
    hiddenCaption: true,
    columns: [
      { text: 'Finding', width: 'wide' },
      { text: 'Source' },
      { text: 'Themes' },
      { text: 'Lead' },
      { text: 'Response' },
      { text: 'State' },
    ],
    groups: [{ rows: shown.map((one) => row(one, link)) }],
  });
}

function row(one: ReadableFinding, link: LinkTo): HtmlValue[] {
  const { finding } = one;
  const themes = finding.themes.map(({ name }) => name).join(', ');
  if (one.access === 'derivative') {
    const { kind, wordsToShare, month, state } = one.finding;
    return [
      html`<a class="govuk-link" href="${link(paths.finding(one.finding.id))}">${sentenceCase(findingKindName(kind))}</a>${wordsToShare !== null && html`: ${shortWords(wordsToShare)}`}`,
      html`<span class="sl-quiet">Restricted</span>, ${formatMonth(`${month}-01` as IsoDate)}`,
      themes,
      '',
      '',
      stateTag(state),
    ];
  }
  const { source, words, lead, response, kind, derived } = one.finding;
  return [
    html`<a class="govuk-link" href="${link(paths.finding(finding.id))}">“${shortWords(words)}”</a> <span class="sl-note">${findingTitle(one.finding)}</span>`,
    html`<a class="govuk-link" href="${link(paths.source(source.id))}">${source.title}</a> <span class="sl-note">${formatDate(dayOfSource(source))}</span>`,
    themes,
    lead?.name ?? html`<span class="sl-quiet">No lead</span>`,
    response === null
      ? html`<span class="sl-quiet">${kind === 'strength' ? '' : 'None yet'}</span>`
      : responseInWords(response),
    stateTag(derived.state),
  ];
}

function hrefOf({ view, link }: FindingsInput, change: Partial<FindingList>): string {
  const query = writeFindingQuery({ ...view, ...change });
  return link(`${paths.findings()}${query === '' ? '' : `?${query}`}`);
}

/** What can be chosen, from what this person may read. */
function optionsOf(all: readonly ReadableFinding[]) {
  const whole = wholeOnes(all);
  const sorted = (entries: Iterable<[string, string]>) =>
    [...new Map(entries)]
      .map(([value, words]) => ({ value, words }))
      .sort((a, b) => a.words.localeCompare(b.words, 'en-GB'));
  return {
    sources: sorted(whole.map(({ source }) => [source.id, source.title])),
    themes: sorted(
      all.flatMap(({ finding }) =>
        finding.themes.map(({ id, name }): [string, string] => [id, name]),
      ),
    ),
    areas: sorted(
      all.flatMap(({ finding: { area } }): [string, string][] =>
        area === null ? [] : [[area, area]],
      ),
    ),
    leads: sorted(
      whole.flatMap(({ lead }): [string, string][] =>
        lead === null ? [] : [[lead.id, lead.name]],
      ),
    ),
    years: [...new Set(all.map(yearOf))].sort().reverse(),
  };
}

function chips(input: FindingsInput): { text: string; offHref: string }[] {
  const { filter } = input.view;
  const options = optionsOf(input.all);
  const off = (change: Partial<FindingFilter>) =>
    hrefOf(input, { filter: { ...filter, ...change }, page: 1 });
  const without = <Value>(values: readonly Value[], value: Value) =>
    values.filter((one) => one !== value);
  const named = (list: readonly { value: string; words: string }[], value: string) =>
    list.find((one) => one.value === value)?.words ?? 'another';
  return [
    ...(filter.text === '' ? [] : [{ text: `“${filter.text}”`, offHref: off({ text: '' }) }]),
    ...filter.kinds.map((one) => ({
      text: sentenceCase(findingKindName(one, 2)),
      offHref: off({ kinds: without(filter.kinds, one) }),
    })),
    ...filter.states.map((one) => ({
      text: stateName(one),
      offHref: off({ states: without(filter.states, one) }),
    })),
    ...filter.sources.map((one) => ({
      text: `From ${named(options.sources, one)}`,
      offHref: off({ sources: without(filter.sources, one) }),
    })),
    ...filter.themes.map((one) => ({
      text: one === 'none' ? 'No theme' : `About ${named(options.themes, one)}`,
      offHref: off({ themes: without(filter.themes, one) }),
    })),
    ...filter.areas.map((one) => ({
      text: one,
      offHref: off({ areas: without(filter.areas, one) }),
    })),
    ...filter.leads.map((one) => ({
      text: one === 'none' ? 'No lead' : `Led by ${named(options.leads, one)}`,
      offHref: off({ leads: without(filter.leads, one) }),
    })),
    ...filter.years.map((one) => ({
      text: one,
      offHref: off({ years: without(filter.years, one) }),
    })),
  ];
}

/** The filters that are on, in words; null where none is. */
export function selectionInWords(input: FindingsInput): string | null {
  const on = chips(input).map(({ text }) => text);
  return on.length === 0 ? null : on.join(', ');
}

function panel(input: FindingsInput): Html {
  const { view, all, asAt, isToday } = input;
  const { filter } = view;
  const options = optionsOf(all);
  return filterPanel({
    action: paths.findings(),
    text: filter.text,
    asAt: isToday ? null : asAt,
    groups: [
      {
        name: 'kind',
        legend: 'Kind',
        chosen: filter.kinds,
        options: findingKinds.map((value) => ({
          value,
          words: sentenceCase(findingKindName(value)),
        })),
      },
      {
        name: 'state',
        legend: 'State',
        chosen: filter.states,
        options: findingStates.map((value) => ({ value, words: stateName(value) })),
      },
      {
        name: 'theme',
        legend: 'Theme',
        chosen: filter.themes,
        options: [...options.themes, { value: 'none', words: 'No theme' }],
        folded: true,
      },
      {
        name: 'source',
        legend: 'Source',
        chosen: filter.sources,
        options: options.sources,
        folded: true,
      },
      { name: 'area', legend: 'Area', chosen: filter.areas, options: options.areas, folded: true },
      {
        name: 'lead',
        legend: 'Lead',
        chosen: filter.leads,
        options: [...options.leads, { value: 'none', words: 'No lead' }],
        folded: true,
      },
      {
        name: 'year',
        legend: 'Year',
        chosen: filter.years,
        options: options.years.map((value) => ({ value, words: value })),
        folded: true,
      },
    ],
  });
}
