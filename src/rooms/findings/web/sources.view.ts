import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { emptyState, filterChips } from '#platform/web/components/blocks.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { countOf, sourceKindName, stateName } from '../rules/kind-words.ts';
import { sourceKinds } from '../rules/kinds.ts';
import { dayOfSource } from '../rules/picture.ts';
import { countStates, overallInWords } from '../rules/source-words.ts';
import type { ReadableSource } from '../actions/read-register.ts';
import { filterPanel } from './filter-panel.ts';
import type { LinkTo } from './linker.ts';
import { buttonLink, classificationName, registerNavigation } from './parts.ts';
import { paths } from './paths.ts';
import { writeSourceQuery, type SourceList } from './source-query.ts';

const perPage = 50;

export interface SourcesInput {
  sources: readonly ReadableSource[];
  view: SourceList;
  mayRegister: boolean;
  asAt: IsoDate;
  isToday: boolean;
  link: LinkTo;
}

/** Every source that this person may read, filtered by the address. */
export function sourcesView(input: SourcesInput) {
  const { sources, view, link, mayRegister, isToday } = input;
  const found = sources.filter((one) => fits(one, view));
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(view.page, pages);
  const shown = found.slice((page - 1) * perPage, page * perPage);
  return {
    title: 'Sources',
    caption: 'Findings',
    dated: true,
    wide: true,
    subNavigation: registerNavigation('Sources', link),
    actions: html`${mayRegister && isToday && buttonLink(paths.newSource(), 'Register a source')}`,
    content:
      sources.length === 0
        ? emptyState({
            title: 'No sources yet',
            text: 'Inspection letters, audits, reviews, surveys and all else that was said about your services will be listed here.',
            ...(mayRegister && isToday
              ? { action: { text: 'Register a source', href: paths.newSource() } }
              : {}),
          })
        : html`<div class="sl-filtered"><div class="sl-filtered__side">${panel(input)}</div>
<div class="sl-filtered__main"><p class="govuk-body sl-count" role="status">${countLine(input, found)}</p>
${filterChips(chips(input), hrefOf(input, { kinds: [], years: [], text: '', page: 1 }))}
${
  shown.length === 0
    ? emptyState({ title: 'No source fits', text: 'Take a filter off, or search for other words.' })
    : html`${table(shown, link)}${pagination(page, pages, (target) => hrefOf(input, { page: target }))}`
}</div></div>`,
  };
}

function fits({ source }: ReadableSource, { kinds, years, text }: SourceList): boolean {
  const words = [source.title, source.body, source.reference].join(' ').toLowerCase();
  return (
    (kinds.length === 0 || kinds.includes(source.kind)) &&
    (years.length === 0 || years.includes(dayOfSource(source).slice(0, 4))) &&
    text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.includes(word))
  );
}

function countLine({ sources, asAt }: SourcesInput, found: readonly ReadableSource[]): string {
  const findings = found.flatMap((one) => one.findings).filter(({ withdrawn }) => !withdrawn);
  const waiting = found.filter(({ source }) => source.version === 0).length;
  const of =
    found.length === sources.length
      ? countOf(sources.length, 'source')
      : `${found.length} of ${countOf(sources.length, 'source')}`;
  return `${of} with ${countOf(findings.length, 'finding')} as at ${formatDate(asAt)}.${
    waiting === 0
      ? ''
      : ` ${waiting} of them ${waiting === 1 ? 'was' : 'were'} named by a plan and ${waiting === 1 ? 'is' : 'are'} not registered yet.`
  }`;
}

function table(shown: readonly ReadableSource[], link: LinkTo): Html {
  return dataTable({
    caption: 'Sources',
    hiddenCaption: true,
    columns: [
      { text: 'Source', width: 'wide' },
      { text: 'Kind' },
      { text: 'Date', width: 'narrow' },
      { text: 'Overall judgement' },
      { text: 'Findings' },
    ],
    groups: [{ rows: shown.map((one) => row(one, link)) }],
  });
}

function row({ source, findings }: ReadableSource, link: LinkTo) {
  const standing = findings.filter(({ withdrawn }) => !withdrawn);
  return [
    html`<a class="govuk-link" href="${link(paths.source(source.id))}">${source.title}</a>${
      source.body !== null && html` <span class="sl-note">${source.body}</span>`
    }${source.classification === 'restricted' && html` <strong class="sl-note">${classificationName(source.classification)}</strong>`}${
      source.withdrawn && html` <strong class="sl-note">Withdrawn</strong>`
    }`,
    sourceKindName(source.kind),
    formatDate(dayOfSource(source)),
    source.version === 0
      ? html`<span class="sl-quiet">Not registered yet</span>`
      : overallInWords(source),
    standing.length === 0
      ? html`<span class="sl-quiet">None yet</span>`
      : html`${standing.length}: ${countStates(standing).map(
          ({ state, count }, index) =>
            `${index > 0 ? ', ' : ''}${count} ${stateName(state).toLowerCase()}`,
        )}`,
  ];
}

function hrefOf({ view, link }: SourcesInput, change: Partial<SourceList>): string {
  const query = writeSourceQuery({ ...view, ...change });
  return link(`${paths.sources()}${query === '' ? '' : `?${query}`}`);
}

function chips(input: SourcesInput): { text: string; offHref: string }[] {
  const { kinds, years, text } = input.view;
  const chip = (words: string, change: Partial<SourceList>) => ({
    text: words,
    offHref: hrefOf(input, { ...change, page: 1 }),
  });
  return [
    ...(text === '' ? [] : [chip(`“${text}”`, { text: '' })]),
    ...kinds.map((kind) =>
      chip(sourceKindName(kind), { kinds: kinds.filter((one) => one !== kind) }),
    ),
    ...years.map((year) => chip(year, { years: years.filter((one) => one !== year) })),
  ];
}

function panel({ sources, view, asAt, isToday }: SourcesInput): Html {
  const years = [...new Set(sources.map(({ source }) => dayOfSource(source).slice(0, 4)))];
  const present = new Set(sources.map(({ source }) => source.kind));
  return filterPanel({
    action: paths.sources(),
    text: view.text,
    asAt: isToday ? null : asAt,
    groups: [
      {
        name: 'kind',
        legend: 'Kind',
        chosen: view.kinds,
        options: sourceKinds
          .filter((kind) => present.has(kind))
          .map((kind) => ({ value: kind, words: sourceKindName(kind) })),
      },
      {
        name: 'year',
        legend: 'Year',
        chosen: view.years,
        options: years
          .sort()
          .reverse()
          .map((year) => ({ value: year, words: year })),
        folded: years.length > 8,
      },
    ],
  });
}
