import { html, type Html } from '#platform/web/html.ts';
import type { FindingPicture } from '#findings';
import { toldFinding } from './answered-finding.ts';
import type { LinkTo } from '../parts.ts';
import { answeringPaths } from './paths.ts';

/** What an action answers: the words of each finding, its page, and to whom it is reported. */
export function answersPanel(findings: readonly FindingPicture[], link: LinkTo): Html {
  if (findings.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="answers"><h2 class="govuk-heading-m" id="answers">What this answers</h2>${findings.map(
    (finding) => {
      const { kind, source, where, words, href } = toldFinding(finding);
      return html`<div class="sl-answered">${
        words !== null &&
        html`<blockquote class="sl-quote sl-words govuk-!-margin-bottom-1">“${words}”</blockquote>`
      }<p class="govuk-body"><a class="govuk-link" href="${link(href)}">A ${kind}</a> of ${source}${where}. ${
        finding.reportsTo === null
          ? 'Nobody is named to whom it is reported.'
          : `Reported to ${finding.reportsTo.name}.`
      }</p></div>`;
    },
  )}</section>`;
}

/** Below the actions that answer a finding: how another one comes to answer it. */
export function answerItPanel(findingId: string): Html {
  return html`<p class="govuk-button-group"><a class="govuk-button govuk-button--secondary" href="${answeringPaths.linkFinding(findingId)}" role="button" draggable="false">Answer it with an action that stands</a><a class="govuk-link" href="${answeringPaths.newForFinding(findingId)}">Answer it with a new action</a></p>`;
}
