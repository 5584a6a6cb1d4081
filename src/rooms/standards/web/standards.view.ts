import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import type { ShippedKey } from '../actions/frameworks.ts';
import { countLevels, countsInWords } from '../rules/position.ts';
import { countOf } from '../rules/words.ts';
import { buttonLink, type LinkTo } from './parts.ts';
import { importPaths } from './import/paths.ts';
import { paths as narrativePaths } from './narrative/paths.ts';
import { paths } from './paths.ts';
import { standardsNavigation } from './sub-navigation.ts';

/** A section that is with a post of the reader's. */
export interface MySection {
  title: string;
  within: string;
  href: string;
  /** "handed out", "returned" … */
  state: string;
  dueOn: IsoDate | null;
  comment: string | null;
}

export interface StandardsInput {
  pictures: readonly EditionPicture[];
  mine: readonly MySection[];
  /** Shipped frameworks that are not in use here. */
  offered: readonly { key: ShippedKey; title: string }[];
  /** Loads that this person began and has not finished. */
  prepared: readonly { id: string; title: string }[];
  mayCreate: boolean;
  /** Reads every framework, and not only what is theirs. */
  readsAll: boolean;
  isToday: boolean;
  csrf: string;
  link: LinkTo;
}

/** The room's first page: my sections, then every framework that this person may read. */
export function standardsView(input: StandardsInput) {
  const { pictures, link } = input;
  const create = input.mayCreate && input.isToday;
  const inUse = pictures.filter(({ edition }) => edition.state !== 'retired');
  const retired = pictures.filter(({ edition }) => edition.state === 'retired');
  return {
    title: 'Standards',
    subNavigation: standardsNavigation('Frameworks', link, input.readsAll ? 'all' : 'own'),
    dated: true,
    actions: html`${create && buttonLink('Load a framework', paths.load())}${create && buttonLink('Import a self-assessment', importPaths.begin(), true)}`,
    content: html`${sectionsOfMine(input)}${
      create &&
      input.prepared.map(
        (one) =>
          html`<div class="govuk-inset-text">You began to load “${one.title}” and have not finished. <a class="govuk-link" href="${paths.loading(one.id)}">Go on with it</a></div>`,
      )
    }${
      pictures.length === 0
        ? emptyState({
            title: 'No frameworks yet',
            text: create
              ? 'Start with one of the frameworks below, or load the one by which you are inspected.'
              : 'Frameworks of which a section is handed to your post will stand here.',
          })
        : html`<p class="govuk-body-l sl-lead">${countOf(inUse.length, 'framework')} in use.</p>
<h2 class="govuk-visually-hidden">Frameworks in use</h2>
<ul class="sl-cards sl-cards--plans">${inUse.map((picture) => card(picture, link))}</ul>${
            retired.length > 0 &&
            html`<section class="sl-section" aria-labelledby="retired"><h2 class="govuk-heading-m" id="retired">Retired</h2><ul class="sl-cards sl-cards--plans">${retired.map((picture) => card(picture, link))}</ul></section>`
          }`
    }${create && offers(input)}
<section class="sl-section" aria-labelledby="narrative"><h2 class="govuk-heading-m" id="narrative">In words</h2><ul class="govuk-list"><li><a class="govuk-link" href="${link(narrativePaths.list())}">Self-assessments</a></li>${input.readsAll && html`<li><a class="govuk-link" href="${link(narrativePaths.evaluations())}">Annual self-evaluation</a></li>`}</ul></section>`,
  };
}

function sectionsOfMine({ mine, link }: StandardsInput): Html {
  if (mine.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="mine"><h2 class="govuk-heading-m" id="mine">My sections</h2>
<ul class="govuk-list">${mine.map(
    (one) =>
      html`<li><a class="govuk-link" href="${link(one.href)}">${one.title}</a> <span class="sl-note">${one.within} · ${one.state}${one.dueOn !== null && ` · due ${formatDate(one.dueOn)}`}</span>${one.comment !== null && html`<br><span class="sl-note">“${one.comment}”</span>`}</li>`,
  )}</ul></section>`;
}

function card({ edition, judgements }: EditionPicture, link: LinkTo): Html {
  const criteria = edition.domains.flatMap((domain) => domain.criteria);
  const facts = [`Edition ${edition.label}`, edition.publisher].filter((part) => part !== null);
  return html`<li class="sl-card"><h3 class="sl-card__title"><a class="govuk-link" href="${link(paths.edition(edition.id))}">${edition.title}</a></h3>
<p class="sl-note">${facts.join(' · ')}</p>
<p class="sl-card__facts">${countsInWords(countLevels(criteria, judgements, edition.levels))}</p></li>`;
}

function offers({ offered, csrf }: StandardsInput): Html {
  if (offered.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="offered"><h2 class="govuk-heading-m" id="offered">Frameworks to begin with</h2>
<p class="govuk-body sl-measure">They are short and in Sightline’s own words. Bring your inspectorate’s text as a framework of its own.</p>
${offered.map(
  (
    one,
  ) => html`<form method="post" action="${paths.startShipped()}"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="key" value="${one.key}">
<h3 class="govuk-heading-s">${one.title}</h3>
<div class="govuk-button-group"><button class="govuk-button govuk-button--secondary" type="submit" data-module="govuk-button" data-prevent-double-click="true">Start with this framework<span class="govuk-visually-hidden">: ${one.title}</span></button> <a class="govuk-link" href="${paths.shippedFile(one.key)}">Download it as YAML<span class="govuk-visually-hidden">: ${one.title}</span></a></div></form>`,
)}</section>`;
}
