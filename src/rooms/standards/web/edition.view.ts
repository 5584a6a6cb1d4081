import { formatDate } from '#kernel/dates.ts';
import { filterChips, emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import { isOwnWordAlone, sidesOf } from '../rules/freshness.ts';
import { levelOf } from '../rules/levels.ts';
import type { Criterion, Judgement } from '../rules/picture.ts';
import { countLevels, countsInWords } from '../rules/position.ts';
import { progressNames, restNames, resultNames } from '../rules/words.ts';
import type { EditionFilter } from './edition-filter.ts';
import { isEmpty, matches } from './edition-filter.ts';
import {
  age,
  buttonLink,
  clamped,
  dayField,
  editionCaption,
  editionNavigation,
  levelTag,
  progressTag,
  resultWords,
  type LinkTo,
} from './parts.ts';
import { paths } from './paths.ts';

export interface EditionInput {
  picture: EditionPicture;
  filter: EditionFilter;
  mayChange: boolean;
  mayExport: boolean;
  mayBringBack: boolean;
  /** Where actions are proposed for what falls short; null where this person may not. */
  proposeHref?: string | null;
  link: LinkTo;
}

/** Every criterion of an edition by domain, with what the authority says of it. */
export function editionView(input: EditionInput) {
  const { picture, filter, link } = input;
  const { edition, judgements } = picture;
  const criteria = edition.domains.flatMap((domain) => domain.criteria);
  const shown = edition.domains
    .map((domain) => ({
      ...domain,
      criteria: domain.criteria.filter((one) =>
        matches(filter, one, judgements.get(one.id), edition.levels),
      ),
    }))
    .filter((domain) => domain.criteria.length > 0);
  return {
    title: edition.title,
    caption: editionCaption(edition),
    dated: true,
    wide: true,
    back: { text: 'Standards', href: link(paths.standards()) },
    subNavigation: editionNavigation(edition, 'Criteria', link),
    actions: html`${input.proposeHref != null && buttonLink('Propose actions', input.proposeHref, true)}${input.mayExport && buttonLink('Export to Excel', link(paths.exportEdition(edition.id)), true)}${input.mayBringBack && buttonLink('Bring back from Excel', paths.bringBack(edition.id), true)}`,
    content: html`<p class="govuk-body-l sl-lead">${countsInWords(countLevels(criteria, judgements, edition.levels))}</p>
${edition.note !== null && html`<p class="govuk-body sl-measure">${edition.note}</p>`}
<div class="sl-filtered"><div class="sl-filtered__side">${filters(input)}</div><div class="sl-filtered__main">${chips(input)}
${
  shown.length === 0
    ? emptyState({
        title: 'No criterion matches',
        text: 'Take a filter off to see more.',
        action: { text: 'Clear all filters', href: link(paths.edition(edition.id)) },
      })
    : dataTable({
        caption: 'Criteria and what we say of them',
        hiddenCaption: true,
        rowHeading: 1,
        columns: [
          { text: 'Reference', width: 'narrow' },
          { text: 'Criterion', width: 'wide' },
          { text: 'Level' },
          { text: 'Work' },
          { text: 'Result' },
          { text: 'Rests on' },
          { text: 'Judged' },
        ],
        groups: shown.map((domain) => ({
          heading: html`${domain.ref !== null && `${domain.ref} `}${domain.title}`,
          rows: domain.criteria.map((criterion) =>
            row(input, criterion, judgements.get(criterion.id)),
          ),
        })),
      })
}</div></div>
${settings(input)}`,
  };
}

function row(
  { picture, link }: EditionInput,
  criterion: Criterion,
  judgement: Judgement | undefined,
) {
  const { levels } = picture.edition;
  return [
    criterion.ref,
    html`<a class="govuk-link" href="${link(paths.criterion(criterion.id))}">${shortened(criterion.text)}</a>`,
    levelTag(levels, judgement?.level ?? null),
    judgement === undefined
      ? html`<span class="sl-quiet">Not started</span>`
      : progressTag(judgement.progress),
    resultWords(judgement?.result ?? null),
    judgement === undefined ? '' : restsOn(judgement, picture),
    judgement === undefined ? '' : age(judgement.effectiveOn, picture.asAt),
  ];
}

function restsOn(judgement: Judgement, { edition }: EditionPicture): Html {
  if (isOwnWordAlone(judgement, edition.levels)) {
    return html`<strong class="sl-late">The service’s own word alone</strong>`;
  }
  const sides = sidesOf(judgement);
  return sides.length === 0
    ? html`<span class="sl-quiet">Nothing named</span>`
    : html`${sides.map((kind, index) => html`${index > 0 && html`<br>`}${restNames[kind]}`)}`;
}

function shortened(text: string): string {
  return text.length > 140 ? `${text.slice(0, text.lastIndexOf(' ', 140))} …` : text;
}

function filters({ picture, filter, link }: EditionInput): Html {
  const { edition } = picture;
  const select = (name: keyof EditionFilter, label: string, options: [string, string][]) =>
    html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><select class="govuk-select" id="${name}" name="${name}"><option value="">Any</option>${options.map(
      ([value, words]) =>
        html`<option value="${value}"${filter[name] === value && html` selected`}>${words}</option>`,
    )}</select></div>`;
  return html`<details class="sl-filters"${!isEmpty(filter) && html` open`}><summary class="sl-filters__summary">Filter and search</summary>
<form class="sl-filters__form" method="get" action="${paths.edition(edition.id)}">${dayField(picture.asAt, link)}
<div class="govuk-form-group"><label class="govuk-label" for="q">Words</label><input class="govuk-input" id="q" name="q" type="search" value="${filter.q}"></div>
${select('level', 'Level', [
  ...edition.levels.map(({ key, name }): [string, string] => [key, name]),
  ['none', 'Not judged'],
])}
${select('progress', 'Work', Object.entries(progressNames))}
${select('result', 'Result', Object.entries(resultNames))}
${select('rests', 'Rests on', [['own-word', 'The service’s own word alone']])}
<button class="govuk-button govuk-button--secondary" type="submit">Show</button></form></details>`;
}

/** What is on, each filter as a chip that takes itself off. */
function chips({ picture, filter, link }: EditionInput): Html {
  const { edition } = picture;
  const href = (next: EditionFilter) => {
    const query = new URLSearchParams(
      Object.entries(next).filter(([, value]) => value !== ''),
    ).toString();
    return link(query === '' ? paths.edition(edition.id) : `${paths.edition(edition.id)}?${query}`);
  };
  const on = [
    { name: 'q' as const, text: `“${filter.q}”` },
    {
      name: 'level' as const,
      text:
        filter.level === 'none'
          ? 'Not judged'
          : (levelOf(edition.levels, filter.level)?.name ?? filter.level),
    },
    {
      name: 'progress' as const,
      text: progressNames[filter.progress as keyof typeof progressNames],
    },
    { name: 'result' as const, text: resultNames[filter.result as keyof typeof resultNames] },
    { name: 'rests' as const, text: 'The service’s own word alone' },
  ].filter(({ name }) => filter[name] !== '');
  return filterChips(
    on.map(({ name, text }) => ({ text, offHref: href({ ...filter, [name]: '' }) })),
    href({ q: '', level: '', progress: '', result: '', rests: '' }),
  );
}

function settings({ picture, mayChange }: EditionInput): Html {
  const { edition } = picture;
  const about = [
    edition.publishedOn === null ? null : `Published on ${formatDate(edition.publishedOn)}.`,
    `${edition.state === 'in use' ? 'In use' : edition.state === 'draft' ? 'A draft' : 'Retired'} since ${formatDate(edition.since)}.`,
  ].filter((part) => part !== null);
  return html`<section class="sl-section" aria-labelledby="about"><h2 class="govuk-heading-m" id="about">About this edition</h2>
<p class="govuk-body">${about.join(' ')}</p>
<dl class="govuk-summary-list">${edition.levels.map(
    (level) =>
      html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${levelTag(edition.levels, level.key)}</dt><dd class="govuk-summary-list__value">${level.meaning === null ? `Counts as ${level.countsAs}` : clamped(level.meaning)}</dd></div>`,
  )}</dl>
${mayChange && html`<p class="govuk-body"><a class="govuk-link" href="${paths.editionState(edition.id)}">${edition.state === 'retired' ? 'Take it into use again' : 'Retire this edition'}</a></p>`}</section>`;
}
