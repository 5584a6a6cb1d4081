import { formatDate, formatInstant } from '#kernel/dates.ts';
import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import { proseOf } from '../../out/narrative/prose.ts';
import {
  numbered,
  sectionName,
  type Assessment,
  type Section,
  type Written,
} from '../../rules/narrative/assessment.ts';
import type { SectionState } from '../../rules/narrative/section-state.ts';
import { readWords, type Known } from '../../rules/narrative/tokens.ts';
import { paths } from './paths.ts';

type Page = 'Document' | 'Figures' | 'Title and year';

/** What every page of an assessment gives to the layout. */
export function assessmentPage(assessment: Assessment, page: Page | null, mayChange: boolean) {
  const { id } = assessment;
  const items: { text: Page; href: string }[] = [
    { text: 'Document', href: paths.assessment(id) },
    { text: 'Figures', href: paths.figures(id) },
    ...(mayChange ? [{ text: 'Title and year', href: paths.settings(id) } as const] : []),
  ];
  return {
    title: assessment.title,
    caption: `Self-assessment ${assessment.period}`,
    back: { text: 'All self-assessments', href: paths.list() },
    subNavigation: items.map((item) => ({ ...item, current: item.text === page })),
  };
}

/** What texts of an assessment can name in curly brackets. */
export function knownIn(assessment: Pick<Assessment, 'figures' | 'sections'>): Known {
  return { figures: assessment.figures, sections: numbered(assessment) };
}

/** A text with its figures marked and dated, and its references as links. */
export function wordsHtml(assessment: Assessment, words: string, writtenAt: Date): Html {
  const line = (text: string) => inlineHtml(assessment, text, writtenAt);
  return html`${proseOf(words).map((one) =>
    one.kind === 'paragraph'
      ? html`<p class="govuk-body">${line(one.text)}</p>`
      : html`<ul class="govuk-list govuk-list--bullet">${one.items.map((item) => html`<li>${line(item)}</li>`)}</ul>`,
  )}`;
}

function inlineHtml(assessment: Assessment, text: string, writtenAt: Date): HtmlValue[] {
  return readWords(text, knownIn(assessment), writtenAt).map((piece) => {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'section':
        return html`section ${sectionLink(assessment, piece.section)}`;
      case 'figure': {
        const { note, later } = piece;
        return html`<span class="sl-figure">${note.value}</span> <span class="sl-quiet">(${formatDate(note.asAt)}${later !== null && html`; ${later.value} on ${formatDate(later.asAt)}`})</span>`;
      }
      case 'unknown':
        return html`<mark>${piece.token}</mark> <span class="sl-quiet">(no figure or section of this name)</span>`;
    }
  });
}

/** "8. Early help", as a link to the section. */
export function sectionLink(assessment: Pick<Assessment, 'id'>, section: Section): Html {
  return html`<a class="govuk-link" href="${paths.section(assessment.id, section.id)}">${sectionName(section)}</a>`;
}

/** "Robin Fenwick on 4 March 2026 at 10.00am" */
export function whoAndWhen(
  { by, at }: Pick<Written, 'by' | 'at'>,
  names: ReadonlyMap<string, string>,
): string {
  return `${(by === null ? null : names.get(by)) ?? 'somebody who left'} on ${formatInstant(at)}`;
}

/** "Handed out to the Head of early help, by 30 June 2026" */
export function stateInWords(state: SectionState, names: ReadonlyMap<string, string>): string {
  const post = state.postId === null ? null : (names.get(state.postId) ?? 'a post');
  const due = state.dueOn === null ? '' : `, by ${formatDate(state.dueOn)}`;
  switch (state.state) {
    case 'nobody’s':
      return 'Not handed out';
    case 'handed out':
      return `Handed out to ${post ?? 'a post'}${due}`;
    case 'submitted':
      return 'Submitted, waits to be signed off';
    case 'returned':
      return `Returned to ${post ?? 'its writer'}`;
    case 'signed off':
      return 'Signed off and locked';
    case 'opened again':
      return 'Opened again';
  }
}

/** Said of what came from last year until somebody has looked at it. */
export function copiedNote(looked: boolean): Html | null {
  return looked
    ? null
    : html`<strong class="govuk-tag govuk-tag--yellow">Copied, not yet looked at</strong>`;
}

/** A link that looks like a button. */
export function buttonLink(text: string, href: string, secondary = false): Html {
  return html`<a class="govuk-button${secondary && ' govuk-button--secondary'}" href="${href}" role="button" draggable="false" data-module="govuk-button">${text}</a>`;
}

/** "no section", "1 section", "12 sections" */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number === 0 ? 'no' : number} ${number === 1 ? one : many}`;
}
