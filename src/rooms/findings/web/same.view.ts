import { formatDate } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { Alike } from '../actions/surroundings.ts';
import { findingTitle, placeInWords } from '../rules/finding-words.ts';
import { likenessInWords } from '../rules/groups.ts';
import { countOf } from '../rules/kind-words.ts';
import { dayOfSource, type FindingPicture, type LinkedAction } from '../rules/picture.ts';
import type { LinkTo } from './linker.ts';
import { buttonLink, classificationName, lines, quoted, section, stateTag } from './parts.ts';
import { paths } from './paths.ts';

/** The others of a finding's group, and the actions of the group that could answer more of it. */
export interface Togetherness {
  others: readonly FindingPicture[];
  /** Each action with the findings of the group that it could answer too, and this person may change. */
  offers: readonly { action: LinkedAction; findings: readonly FindingPicture[] }[];
}

interface Around {
  finding: FindingPicture;
  csrf: string | null;
}

/** Findings of other sources that say the same, each with its own words and reporting line. */
export function groupSection(
  { others, offers }: Togetherness,
  { finding, csrf, link, mayAnswer }: Around & { link: LinkTo; mayAnswer: boolean },
): Html {
  if (others.length === 0) return html``;
  const items = others.map(
    (other) => html`<li>${quoted(other.words)}
<p class="govuk-body"><a class="govuk-link" href="${link(paths.finding(other.id))}">${findingTitle(other)}</a>, ${other.source.title}, ${formatDate(dayOfSource(other.source))}. ${stateTag(other.derived.state)} ${other.reportsTo === null ? 'Reported to nobody yet.' : `Reported to ${other.reportsTo.name}.`}</p></li>`,
  );
  return section(
    'same',
    'These say the same',
    html`<ul class="govuk-list">${items}</ul>${mayAnswer && offers.map((offer, index) => offerForm(offer, index + 1, { finding, csrf }))}`,
  );
}

function offerForm(
  { action, findings }: Togetherness['offers'][number],
  number: number,
  { finding, csrf }: Around,
): Html {
  const name = `together-${number}`;
  return html`<form class="sl-measure" method="post" action="${paths.answerTogether(finding.id)}">
<input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="action" value="${action.id}">
<fieldset class="govuk-fieldset govuk-!-margin-bottom-4"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Which of them does “${action.label}” answer too?</legend>
<div class="govuk-checkboxes govuk-checkboxes--small">${findings.map(
    (one, index) =>
      html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name}-${index}" name="finding" value="${one.id}" checked><label class="govuk-label govuk-checkboxes__label" for="${name}-${index}">${findingTitle(one)}, ${one.source.title}</label></div>`,
  )}</div></fieldset>
<button class="govuk-button govuk-button--secondary" type="submit">Answer these with it too</button></form>`;
}

/** Findings that may say the same, side by side with this one, and the two answers. */
export function alikePanel(alike: readonly Alike[], { finding, csrf }: Around): Html {
  if (alike.length === 0) return html``;
  return section(
    'alike',
    'These may say the same',
    html`<p class="govuk-body sl-measure">Findings that say the same can be answered by one action. Each keeps its own words and its own reporting line.</p>
${alike.map((one) => besides(one, finding, csrf))}`,
  );
}

function besides(
  { finding: other, likeness }: Alike,
  finding: FindingPicture,
  csrf: string | null,
): Html {
  const about = (one: FindingPicture) =>
    html`<p class="govuk-body sl-quiet govuk-!-margin-bottom-1">${[findingTitle(one), one.source.title, placeInWords(one)].filter((part) => part !== null).join(', ')}</p><div class="sl-quote sl-words">“${lines(one.words)}”</div>`;
  return html`<form class="sl-quiet-form" method="post" action="${paths.same(finding.id)}">
<h3 class="govuk-heading-s">${likenessInWords(likeness)}</h3>
<div class="sl-side-by-side"><div>${about(finding)}</div><div>${about(other)}</div></div>
<input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="other" value="${other.id}">
<div class="govuk-button-group"><button class="govuk-button govuk-button--secondary" type="submit" name="verdict" value="same">They say the same<span class="govuk-visually-hidden"> as ${findingTitle(other)}, ${other.source.title}</span></button>
<button class="govuk-button govuk-button--secondary" type="submit" name="verdict" value="different">They do not<span class="govuk-visually-hidden"> say the same as ${findingTitle(other)}, ${other.source.title}</span></button></div></form>`;
}

/** After a finding was added: what may say the same, and the way on. */
export function sameView(alike: readonly Alike[], { finding, csrf }: Around, mayAdd: boolean) {
  const href = paths.finding(finding.id);
  return {
    title: 'These may say the same',
    caption: `${finding.source.title} · ${findingTitle(finding)}`,
    classification: classificationName(finding.source.classification),
    back: { text: 'Back to the finding', href },
    actions: html``,
    content: html`<p class="govuk-body-l sl-lead">${
      alike.length === 0
        ? 'Nothing else that you may change says nearly the same.'
        : `${countOf(alike.length, 'finding')} ${alike.length === 1 ? 'is' : 'are'} said in nearly the same words.`
    }</p>
${alikePanel(alike, { finding, csrf })}
<div class="govuk-button-group">${mayAdd && buttonLink(`${paths.newFinding(finding.source.id)}?after=${finding.id}`, 'Add another finding')}<a class="govuk-link" href="${href}">Go to the finding</a></div>`,
  };
}
