import { html, type Html } from '#platform/web/html.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { statusTag } from '#platform/web/components/tags.ts';
import {
  claimedStanding,
  deriveRag,
  disagreementsOf,
  reasonInWords,
  type DerivedRag,
  type Disagreement,
} from '../../rules/derived-rag.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { ragRuleInWords, ragRuleSince } from '../../rules/rag-rule-words.ts';
import { ragName, sentenceCase } from '../../rules/words.ts';
import type { Allowed } from '../load-plan.ts';
import {
  claimedTag,
  leadCell,
  listExportMenu,
  planCaption,
  planNavigation,
  shortText,
  type LinkTo,
} from '../parts.ts';
import { paths } from '../paths.ts';

export interface ClaimsInput {
  picture: PlanPicture;
  allowed: Allowed;
  link: LinkTo;
}

/** What the leads claim beside what the facts bear out, with the rule in words. */
export function claimsView({ picture, allowed, link }: ClaimsInput) {
  const { plan } = picture;
  return {
    title: plan.title,
    caption: planCaption(plan),
    dated: true,
    subNavigation: planNavigation(plan, 'Claims', allowed, link),
    actions: html`${allowed.export && listExportMenu(link(paths.exportClaims(plan.slug)))}`,
    content: html`${picture.actions.length === 0 ? nothingYet() : compared(picture, link)}${ruleSection(picture, allowed)}`,
  };
}

function nothingYet(): Html {
  return html`<p class="govuk-body-l sl-lead">There is no action yet, so there is nothing to compare.</p>`;
}

function compared(picture: PlanPicture, link: LinkTo): Html {
  const found = disagreementsOf(picture);
  const hopeful = found.filter(({ claim }) => claim === 'more hopeful');
  const cautious = found.filter(({ claim }) => claim === 'more cautious');
  return html`<p class="govuk-body-l sl-lead">${claimsSentence(picture)}</p>
<p class="govuk-body sl-measure">A lead claims a colour. Beside it stands the colour that the dates, updates and evidence bear out. Neither changes the other.</p>
${group('hopeful', 'Claims more hopeful than the facts', hopeful, picture, link)}${group('cautious', 'Claims more cautious than the facts', cautious, picture, link)}`;
}

/** "Of 46 claims, 38 agree with the facts. 6 are more hopeful and 2 more cautious." */
export function claimsSentence(picture: PlanPicture): string {
  const found = disagreementsOf(picture);
  const claims = picture.actions.filter(
    (action) => !action.withdrawn && claimedStanding(action, picture.plan.ragScheme) !== null,
  ).length;
  if (claims === 0) return 'Nobody has claimed anything of these actions yet.';
  if (found.length === 0) {
    return claims === 1
      ? 'The one claim agrees with the facts.'
      : `All ${claims} claims agree with the facts.`;
  }
  const hopeful = found.filter(({ claim }) => claim === 'more hopeful').length;
  const agree = claims - found.length;
  const cautious = found.length - hopeful;
  return `Of ${countOf(claims, 'claim')}, ${agree} ${agree === 1 ? 'agrees' : 'agree'} with the facts. ${hopeful} ${hopeful === 1 ? 'is' : 'are'} more hopeful than the facts, and ${cautious} more cautious.`;
}

function group(
  id: string,
  title: string,
  found: readonly Disagreement[],
  picture: PlanPicture,
  link: LinkTo,
): Html {
  if (found.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}: ${countOf(found.length, 'action')}</h2>
${dataTable({
  caption: title,
  hiddenCaption: true,
  columns: [
    { text: 'Action', width: 'wide' },
    { text: 'Lead' },
    { text: 'Claimed' },
    { text: 'Derived' },
    { text: 'Why' },
  ],
  groups: [
    {
      rows: found.map(({ action, derived }) => [
        html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, action.id))}">${shortText(action)}</a>`,
        leadCell(action),
        html`${claimedTag(picture.plan, action.claimedRag)} ${statusTag(action.status)}`,
        derivedTag(picture, derived),
        reasonList(derived, action),
      ]),
    },
  ],
})}</section>`;
}

/** The derived colour under its name in this plan, and what it stands for. */
export function derivedTag({ plan }: PlanPicture, derived: DerivedRag): Html {
  return html`${claimedTag(plan, derived.colour)}<br><span class="sl-note">${sentenceCase(derived.standing)}</span>`;
}

export function reasonList(derived: DerivedRag, action: ActionPicture): Html {
  return html`<ul class="govuk-list sl-plain govuk-!-font-size-16">${derived.reasons.map(
    (reason) => html`<li>${sentenceCase(reasonInWords(reason, action))}</li>`,
  )}</ul>`;
}

/** The derived colour of an action, for its own page. Null for a withdrawn one. */
export function derivedPanel(
  picture: PlanPicture,
  action: ActionPicture,
  link: LinkTo,
): Html | null {
  const derived = deriveRag(action, picture);
  if (derived === null) return null;
  return html`${derivedTag(picture, derived)}${reasonList(derived, action)}<a class="govuk-link" href="${link(`${paths.claims(picture.plan.slug)}#rule`)}">How this is derived</a>`;
}

/** Where the facts bear out another colour than the claim: its name, to stand beside the claim. */
export function otherThanClaimed(picture: PlanPicture, action: ActionPicture): string | null {
  const derived = deriveRag(action, picture);
  const claimed = claimedStanding(action, picture.plan.ragScheme);
  if (derived === null || claimed === null || claimed === derived.standing) return null;
  const { ragScheme } = picture.plan;
  const same = ['on track', 'not started'];
  if (same.includes(claimed) && same.includes(derived.standing)) return null;
  return `Derived: ${ragName(ragScheme, derived.colour).toLowerCase()}, ${derived.standing}`;
}

function ruleSection({ plan }: PlanPicture, allowed: Allowed): Html {
  return html`<section class="sl-section" aria-labelledby="rule"><h2 class="govuk-heading-m" id="rule">How the derived colour is reckoned</h2>
<ol class="govuk-list govuk-list--number sl-measure">${ragRuleInWords(plan).map((line) => html`<li>${line}</li>`)}</ol>
<p class="govuk-body sl-measure">${ragRuleSince(plan)}</p>${
    allowed.changePlan &&
    plan.state === 'active' &&
    html`<p class="govuk-body"><a class="govuk-link" href="${paths.ragRule(plan.slug)}">Change these figures</a></p>`
  }</section>`;
}
