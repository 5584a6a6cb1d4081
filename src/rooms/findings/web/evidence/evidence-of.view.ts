import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { EvidenceOf } from '../../actions/evidence-of.ts';
import { isOutOfDate } from '../../rules/evidence.ts';
import type { LinkTo } from '../linker.ts';
import { section } from '../parts.ts';
import { evidencePaths } from './paths.ts';

export interface EvidenceOfInput {
  item: { kind: 'source' | 'finding'; id: string };
  evidence: readonly EvidenceOf[];
  /** Whether this person may add to it, on the day of the page. */
  mayAdd: boolean;
  asAt: IsoDate;
  link: LinkTo;
}

/** On the page of a source or a finding: what is a document of it, what shows it, and what is out of date. */
export function evidenceSection({ item, evidence, mayAdd, asAt, link }: EvidenceOfInput): Html {
  const isSource = item.kind === 'source';
  const target = `${item.kind}:${item.id}`;
  const none = isSource
    ? 'Nothing yet. The report itself, and what shows what it says, will stand here.'
    : 'Nothing yet. What shows that this finding is so, or is answered, will stand here.';
  const list =
    evidence.length === 0
      ? html`<p class="govuk-body">${none}</p>`
      : html`<ul class="govuk-list govuk-list--bullet">${evidence.map((one) => entry(one, asAt, link))}</ul>`;
  const add =
    mayAdd &&
    html`<p class="govuk-body sl-no-print"><a class="govuk-link" href="${evidencePaths.add(target)}">${isSource ? 'Add a document' : 'Add evidence'}</a> or <a class="govuk-link" href="${evidencePaths.use(target)}">use evidence that is here already</a></p>`;
  return section('evidence', isSource ? 'Documents and evidence' : 'Evidence', html`${list}${add}`);
}

function entry({ one, use }: EvidenceOf, asAt: IsoDate, link: LinkTo): Html {
  const { evidence, restricted } = one;
  // Of restricted evidence only that it is there: its reading would have to be logged.
  const title = restricted ? 'A restricted piece of evidence' : evidence.title;
  const page = use.page === null ? '' : `, page ${use.page}`;
  return html`<li class="sl-words"><a class="govuk-link" href="${link(evidencePaths.one(evidence.id))}">${title}</a>${page}${!restricted && standing(evidence, asAt)}</li>`;
}

function standing(evidence: EvidenceOf['one']['evidence'], asAt: IsoDate): Html {
  if (evidence.withdrawn) return html` <strong class="sl-late">Withdrawn</strong>`;
  if (evidence.goodUntil === null) return html``;
  return isOutOfDate(evidence, asAt)
    ? html` <strong class="sl-late">Out of date since ${formatDate(evidence.goodUntil)}</strong>`
    : html` <span class="sl-note">Good until ${formatDate(evidence.goodUntil)}</span>`;
}
