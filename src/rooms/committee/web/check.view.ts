import { formatDate, formatInstant } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { MovementSentence, SuggestedQuestion } from '#plans';
import type { FoundReport } from '../actions/open-report.ts';
import type { ComparedFigure, Correction, NamedAction } from '../rules/compare.ts';
import type { Allowed } from './load-report.ts';
import { lines, reportPage } from './parts.ts';

/** Whether the paper can be made again from the facts, and what was corrected since. */
export function checkView(given: {
  report: FoundReport;
  allowed: Allowed;
  asAt: Parameters<typeof formatDate>[0];
  knownAt: Date;
  /** Whether the plans of the report are still kept, whole. */
  plansAreThere: boolean;
  /** The figures read again as they were known then are those of the paper. */
  same: boolean;
  /** Titles of plans that this person may not read today. */
  closed: readonly string[];
  differing: readonly ComparedFigure[];
  corrections: readonly Correction[];
}) {
  const { report, allowed, asAt, knownAt, same, closed, differing, corrections } = given;
  const day = formatDate(asAt);
  const first = !given.plansAreThere
    ? 'The plans of this report are no longer all kept, so that its figures cannot be counted again. The paper itself is as it was.'
    : same
      ? `The figures were counted again from the facts of the plans, as at ${day} and as they were known on ${formatInstant(knownAt)}: they are those of the paper.`
      : `Counted again from the facts as at ${day}, and as they were known on ${formatInstant(knownAt)}, the figures are not those of the paper. Something was taken out of the plans since, or the way of counting changed.`;
  return {
    ...reportPage(report, allowed, 'Check the figures'),
    content: html`<p class="govuk-body-l sl-lead">${first}</p>
      <section class="sl-section" aria-labelledby="later">
        <h2 class="govuk-heading-m" id="later">Recorded later for that day</h2>
        ${closed.length > 0 && html`<p class="govuk-inset-text">What was recorded later in ${closed.join(' and ')} is not open to you.</p>`}
        ${
          !given.plansAreThere || closed.length === report.card.planIds.length
            ? null
            : corrections.length === 0 && differing.length === 0
              ? html`<p class="govuk-body">Nothing was recorded since that changes how things stood on ${day}.</p>`
              : html`<p class="govuk-body sl-measure">Facts were recorded after the paper was made final that say something else of ${day}. The paper stays as it was; this is what it would say now.</p>
                  ${differing.length > 0 && figuresTable('Figures that would differ', differing, 'In the paper', 'By what is known now')}
                  ${corrections.length > 0 && correctionsTable(corrections)}`
        }
      </section>`,
  };
}

function figuresTable(
  caption: string,
  figures: readonly ComparedFigure[],
  said: string,
  now: string,
): Html {
  return dataTable({
    caption,
    columns: [{ text: 'Figure' }, { text: said, numeric: true }, { text: now, numeric: true }],
    groups: [{ rows: figures.map((one) => [sentence(one.meaning), one.said, one.now]) }],
  });
}

function correctionsTable(corrections: readonly Correction[]): Html {
  return dataTable({
    caption: 'Actions of which it would say something else',
    columns: [{ text: 'Action' }, { text: 'In the paper' }, { text: 'By what is known now' }],
    groups: [
      {
        rows: corrections.map(({ ref, changes }) => [
          ref,
          html`${changes.map(({ what, said }) => html`<p class="govuk-!-margin-0">${what}: <del>${said === '' ? 'nothing' : said}</del></p>`)}`,
          html`${changes.map(({ what, now }) => html`<p class="govuk-!-margin-0">${what}: ${now === '' ? 'nothing' : now}</p>`)}`,
        ]),
      },
    ],
  });
}

/** What members were told by a paper, beside what is so now. */
export function toldView(given: {
  report: FoundReport;
  allowed: Allowed;
  asAt: Parameters<typeof formatDate>[0];
  today: Parameters<typeof formatDate>[0];
  figures: readonly ComparedFigure[];
  actions: readonly NamedAction[];
  /** What moved since, plan by plan, for those plans that this person may read. */
  since: readonly {
    title: string;
    sentences: readonly MovementSentence[];
    questions: readonly SuggestedQuestion[];
  }[];
  /** Titles of plans that this person may not read today. */
  closed: readonly string[];
}) {
  const { report, allowed, asAt, today, figures, actions, since, closed } = given;
  const several = since.length > 1;
  return {
    ...reportPage(report, allowed, 'You were told'),
    content: html`<p class="govuk-body-l sl-lead">What the paper said of ${formatDate(asAt)}, beside what is so today, ${formatDate(today)}.</p>
${closed.length > 0 && html`<p class="govuk-inset-text">What is so now in ${closed.join(' and ')} is not open to you.</p>`}
${since.map(
  ({ title, sentences }) =>
    html`<section class="sl-section"><h2 class="govuk-heading-m">Since that paper${several && `: ${title}`}</h2>
${sentences.length === 0 ? html`<p class="govuk-body">Nothing moved.</p>` : html`<ul class="govuk-list govuk-list--bullet sl-measure">${sentences.map(({ text }) => html`<li>${text}</li>`)}</ul>`}</section>`,
)}
${figures.length > 0 && html`<section class="sl-section">${figuresTable('Figures, then and now', figures, 'You were told', 'Now')}</section>`}
<section class="sl-section"><h2 class="govuk-heading-m">Actions that the paper named</h2>
${actions.length === 0 ? html`<p class="govuk-body">It named no action as overdue, as given another date, or as due next.</p>` : actions.map((action) => named(action, several))}</section>
${since.map(({ title, questions }) => questionList(questions, several ? `: ${title}` : ''))}`,
  };
}

function named({ plan, ref, text, said, now }: NamedAction, several: boolean): Html {
  return html`<h3 class="govuk-heading-s">${ref} ${text.split('\n')[0] ?? ''}</h3>
${several && html`<p class="sl-note">${plan}</p>`}
<div class="sl-side-by-side"><div><p class="govuk-body sl-quiet govuk-!-margin-bottom-1">You were told</p><div class="sl-quote">${said.map((one) => html`<p class="govuk-!-margin-0">${one}</p>`)}</div></div>
<div><p class="govuk-body sl-quiet govuk-!-margin-bottom-1">Now</p><div class="sl-quote">${now.map((one) => html`<p class="govuk-!-margin-0">${lines(one)}</p>`)}</div></div></div>`;
}

function questionList(questions: readonly SuggestedQuestion[], of: string): Html | null {
  if (questions.length === 0) return null;
  return html`<section class="sl-section"><h2 class="govuk-heading-m">Questions that you might ask${of}</h2>
<ul class="govuk-list govuk-list--bullet sl-measure">${questions.map(({ question, why }) => html`<li>${question} <span class="sl-note">${why}</span></li>`)}</ul></section>`;
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
