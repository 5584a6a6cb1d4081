import { formatDate } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';
import { levelOf, type FoundJudgement } from '#standards';
import type { Answered } from './answered.ts';
import type { AnsweredBy } from './answered-by.ts';
import { toldFinding } from './answered-finding.ts';
import { toldJudgement } from './answered-judgement.ts';
import type { LinkTo } from '../parts.ts';
import { answeringPaths } from './paths.ts';

/**
 * What an action answers: the words of each finding, its page, and to whom it is reported; what each
 * criterion asks, and what was said of it.
 */
export function answersPanel({ findings, judgements }: AnsweredBy, link: LinkTo): Html {
  if (findings.length + judgements.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="answers"><h2 class="govuk-heading-m" id="answers">What this answers</h2>${findings.map(
    (finding) =>
      answered(
        toldFinding(finding),
        finding.reportsTo === null
          ? 'Nobody is named to whom it is reported.'
          : `Reported to ${finding.reportsTo.name}.`,
        link,
      ),
  )}${judgements.map((found) => answered(toldJudgement(found), judgedInWords(found), link))}</section>`;
}

function answered(
  { kind, source, where, words, href }: Answered,
  note: string,
  link: LinkTo,
): Html {
  return html`<div class="sl-answered">${
    words !== null &&
    html`<blockquote class="sl-quote sl-words govuk-!-margin-bottom-1">“${words}”</blockquote>`
  }<p class="govuk-body"><a class="govuk-link" href="${link(href)}">A ${kind}</a> of ${source}${where}. ${note}</p></div>`;
}

/** "Judged partially met on 3 June 2020." */
function judgedInWords({ judgement, picture }: FoundJudgement): string {
  const level = levelOf(picture.edition.levels, judgement.level)?.name.toLowerCase();
  const on = formatDate(judgement.effectiveOn);
  return level === undefined ? `Looked at on ${on}.` : `Judged ${level} on ${on}.`;
}

/** Below the actions that answer a finding: how another one comes to answer it. */
export function answerItPanel(findingId: string): Html {
  return html`<p class="govuk-button-group"><a class="govuk-button govuk-button--secondary" href="${answeringPaths.linkFinding(findingId)}" role="button" draggable="false">Answer it with an action that stands</a><a class="govuk-link" href="${answeringPaths.newForFinding(findingId)}">Answer it with a new action</a></p>`;
}
