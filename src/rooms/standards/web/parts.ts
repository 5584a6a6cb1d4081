import type { FastifyReply, FastifyRequest } from 'fastify';
import { daysBetween, formatDate, type IsoDate } from '#kernel/dates.ts';
import { linkAsAt } from '#platform/web/as-at.ts';
import { ragTag, statusTag, type TagColour } from '#platform/web/components/tags.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { Forbidden, Locked, NotFound, Refused } from '../actions/outcome.ts';
import type { Progress, Result } from '../rules/kinds.ts';
import { levelOf, type Level, type LevelStanding } from '../rules/levels.ts';
import type { EditionHead } from '../rules/picture.ts';
import { ageInWords, progressNames, resultNames } from '../rules/words.ts';
import { paths } from './paths.ts';

/** An address with the day of the page kept. */
export type LinkTo = (href: string) => string;

export function linker(request: FastifyRequest): LinkTo {
  return (href) => linkAsAt(href, request.asAt, request.today);
}

export const earlierDay = {
  title: 'Nothing can be changed on an earlier day',
  text: 'You are looking at how things stood on an earlier day. Go to today to change something.',
};

export const lockedSection = {
  title: 'This section is locked',
  text: 'It was submitted or signed off. Whoever may sign it can return it or unlock it, with a reason.',
};

/** Answers what a deed refused as a whole: hidden and absent look alike. */
export function answerRefusal(
  reply: FastifyReply,
  outcome: NotFound | Forbidden | Locked,
): FastifyReply {
  if (outcome.kind === 'not-found') return reply.notFound();
  return outcome.kind === 'locked' ? reply.problem(409, lockedSection) : reply.problem(403);
}

/** A deed's reasons as they stand beside the fields of a form. */
export function errorsOf(outcome: Refused): FieldError[] {
  return outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text }));
}

const colours: Record<LevelStanding, TagColour> = {
  met: 'green',
  'partly met': 'amber',
  'not met': 'red',
  'not applicable': 'none',
};

/** The level under the name that its framework gives it. */
export function levelTag(levels: readonly Level[], key: string | null): Html {
  const level = levelOf(levels, key);
  if (level === null) return html`<span class="sl-quiet">${key ?? 'Not judged'}</span>`;
  const { name, meaning } = level;
  return ragTag({
    colour: colours[level.countsAs],
    name,
    ...(meaning === null ? {} : { meaning }),
  });
}

export function progressTag(progress: Progress): Html {
  if (progress === 'in review')
    return html`<span class="sl-status sl-status--in-progress">${progressNames[progress]}</span>`;
  return statusTag(progress === 'done' ? 'complete' : progress);
}

export function resultWords(result: Result | null): Html {
  return result === null
    ? html`<span class="sl-quiet">None given</span>`
    : html`${resultNames[result]}`;
}

/** "7 months old", with the day for machines and on hover. */
export function age(day: IsoDate, asAt: IsoDate): Html {
  return html`<time datetime="${day}" title="${formatDate(day)}">${ageInWords(Math.max(0, daysBetween(day, asAt)))}</time>`;
}

/** A text of several lines, each kept as its own. */
export function lines(text: string): Html {
  return html`${text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`)}`;
}

/** The first words of a text, the rest behind "more". */
export function clamped(text: string, longest = 160): Html {
  if (text.length <= longest) return lines(text);
  const cut = text.lastIndexOf(' ', longest);
  const at = cut > longest / 2 ? cut : longest;
  return html`${lines(text.slice(0, at))} <details class="sl-more"><summary>more</summary><span>${lines(text.slice(at).trimStart())}</span></details>`;
}

/** The caption of an edition's pages. */
export function editionCaption(edition: EditionHead): string {
  return [
    edition.state === 'in use' ? 'Framework' : edition.state === 'draft' ? 'Draft' : 'Retired',
    `Edition ${edition.label}`,
    edition.publisher,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The pages of one edition. */
export function editionNavigation(
  edition: EditionHead,
  current: 'Criteria' | 'Position' | 'Compare' | 'Sections',
  link: LinkTo,
) {
  return [
    { text: 'Criteria', href: link(paths.edition(edition.id)) },
    { text: 'Position', href: link(paths.position(edition.id)) },
    { text: 'Compare', href: link(paths.compare(edition.id)) },
    { text: 'Sections', href: link(paths.sections(edition.id)) },
  ].map((item) => ({ ...item, current: item.text === current }));
}

/** The day of the page for a form that is sent by its address, which would drop it. */
export function dayField(asAt: IsoDate, link: LinkTo): Html {
  return html`${link('').includes('as-at=') && html`<input type="hidden" name="as-at" value="${asAt}">`}`;
}

/** A link that looks like a button. */
export function buttonLink(text: string, href: string, secondary = false): Html {
  return html`<a class="govuk-button${secondary ? ' govuk-button--secondary' : ''}" href="${href}" role="button" draggable="false">${text}</a>`;
}
