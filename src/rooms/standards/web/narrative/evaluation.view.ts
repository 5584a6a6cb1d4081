import { formatDate } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { Evaluation } from '../../actions/narrative/evaluate.ts';
import { proseOf } from '../../out/narrative/prose.ts';
import {
  questions,
  type QuestionNumber,
  type Statement,
} from '../../actions/narrative/self-evaluation.ts';
import { buttonLink, count, whoAndWhen } from './parts.ts';
import { paths } from './paths.ts';

interface Input {
  evaluation: Evaluation;
  names: ReadonlyMap<string, string>;
  mayWrite: boolean;
  mayExport: boolean;
  /** Every year that has words, and this one. */
  years: readonly number[];
}

/** The three questions, each with what people say, and what follows from the registers. */
export function evaluationView({ evaluation, names, mayWrite, mayExport, years }: Input) {
  const { year, statements } = evaluation;
  const all = Object.values(statements).flat();
  const weak = all.filter(({ isWeak }) => isWeak).length;
  const others = years.filter((one) => one !== year);
  return {
    title: `Self-evaluation ${year}`,
    dated: true,
    actions: mayExport
      ? html`${buttonLink('Word', `${paths.evaluationExport(year)}?format=docx`, true)} ${buttonLink('PDF', `${paths.evaluationExport(year)}?format=pdf`, true)}`
      : null,
    content: html`<p class="govuk-body-l sl-lead">${
      all.length === 0
        ? 'Nothing follows from the registers yet. Register what was said of you, judge a framework, and this page answers the inspectorate’s three questions from it.'
        : `${count(all.length, 'statement')} ${all.length === 1 ? 'follows' : 'follow'} from the registers; ${weak === 0 ? 'each rests on something of the last year' : `${weak} ${weak === 1 ? 'rests' : 'rest'} on nothing, or on nothing of the last year`}.`
    }</p>
${questions.map((one) => questionPart(evaluation, one, names, mayWrite))}
${others.length > 0 && html`<h2 class="govuk-heading-m">Other years</h2><ul class="govuk-list">${others.map((one) => html`<li><a class="govuk-link" href="${paths.evaluation(one)}">Self-evaluation ${one}</a></li>`)}</ul>`}`,
  };
}

function questionPart(
  { year, statements, words }: Evaluation,
  { number, text, short }: (typeof questions)[number],
  names: ReadonlyMap<string, string>,
  mayWrite: boolean,
): Html {
  const said = words.get(number);
  return html`<section class="sl-section" aria-labelledby="question-${number}">
<h2 class="govuk-heading-l" id="question-${number}">${number}. ${text}</h2>
<div class="sl-measure">${
    said?.words == null
      ? html`<p class="govuk-body sl-quiet">Nobody has added words yet.</p>`
      : html`${proseOf(said.words).map((one) => (one.kind === 'paragraph' ? html`<p class="govuk-body">${one.text}</p>` : html`<ul class="govuk-list govuk-list--bullet">${one.items.map((item) => html`<li>${item}</li>`)}</ul>`))}<p class="govuk-body sl-note">Written by ${whoAndWhen(said.written, names)}.</p>`
  }
${mayWrite && html`<p class="govuk-body"><a class="govuk-link" href="${paths.evaluationWords(year, number)}">${said?.words == null ? 'Add words' : 'Change the words'}<span class="govuk-visually-hidden"> to question ${number}</span></a></p>`}</div>
${statementsTable(short, statements[number])}
</section>`;
}

function statementsTable(short: string, statements: readonly Statement[]): Html {
  if (statements.length === 0) {
    return html`<p class="govuk-body sl-quiet">Nothing follows from the registers yet.</p>`;
  }
  return dataTable({
    caption: `${short}: what follows from the registers`,
    columns: [
      { text: 'Statement', width: 'wide' },
      { text: 'It rests on' },
      { text: 'How old that is' },
    ],
    groups: [
      {
        rows: statements.map((one) => [
          one.text,
          groundsHtml(one),
          html`${one.age}${one.isWeak && html` <strong class="govuk-tag govuk-tag--yellow">Weak</strong>`}`,
        ]),
      },
    ],
  });
}

function groundsHtml({ restsOn, more }: Statement): Html {
  if (restsOn.length === 0) return html`Nothing`;
  const line = (text: string, href: string | null) =>
    href === null ? text : html`<a class="govuk-link" href="${href}">${text}</a>`;
  return html`<ul class="govuk-list govuk-!-margin-bottom-0">${restsOn.map(({ text, href, on }) => html`<li>${line(text, href)}${on !== null && html` <span class="sl-quiet">${formatDate(on)}</span>`}</li>`)}${more > 0 && html`<li>and ${more} more</li>`}</ul>`;
}

/** What a question's form shows beside its box. */
export function questionText(number: QuestionNumber): string {
  return questions[number - 1]?.text ?? '';
}
