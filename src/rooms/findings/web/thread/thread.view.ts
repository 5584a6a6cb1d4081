import { html, type Html } from '#platform/web/html.ts';
import { threadFormats, titleOf } from '../../out/thread-paper.ts';
import type { Thread, ThreadEntry, ThreadGap } from '../../rules/thread/thread.ts';
import { threadSentence } from '../../rules/thread/told.ts';
import type { LinkTo } from '../linker.ts';
import { registerNavigation, section, timeOf } from '../parts.ts';
import { threadPaths } from './paths.ts';

/** The whole thread of an item: what is missing first, then what happened, oldest first. */
export function threadView(input: {
  thread: Thread;
  classification: string;
  mayExport: boolean;
  link: LinkTo;
}) {
  const { thread, link } = input;
  const { item } = thread;
  return {
    title: titleOf(thread),
    caption: 'Thread',
    classification: input.classification,
    dated: true,
    subNavigation: registerNavigation(null, link),
    ...(item.link === null ? {} : { back: { text: 'Back to its page', href: link(item.link) } }),
    content: html`<p class="govuk-body-l sl-lead">${threadSentence(thread)}</p>
${thread.gaps.length > 0 && section('gaps', 'What is missing', gapList(thread.gaps, link))}
${section('story', 'What happened', story(thread.entries, link))}
${input.mayExport && exportLinks(thread, link)}`,
  };
}

/** The last of a thread and its gaps, on the page of its item. */
export function threadPanel(thread: Thread, link: LinkTo): Html {
  const { item, entries, gaps } = thread;
  const last = entries.slice(-3);
  const whole = link(threadPaths.thread(item.kind, item.id));
  return section(
    'thread',
    'Its thread',
    html`<p class="govuk-body">${threadSentence(thread)}</p>
${gaps.length > 0 && gapList(gaps.slice(0, 3), link)}
${last.length > 0 && story(last, link)}
<p class="govuk-body"><a class="govuk-link" href="${whole}">See everything about it, from the first day</a></p>`,
  );
}

/** The view of an item's page, with its evidence and its thread at the end. */
export function withThread<View extends { content: Html }>(
  view: View,
  thread: Thread | null,
  link: LinkTo,
  evidence: Html | null = null,
): View {
  const panel = thread !== null && threadPanel(thread, link);
  return { ...view, content: html`${view.content}${evidence}${panel}` };
}

function gapList(gaps: readonly ThreadGap[], link: LinkTo): Html {
  return html`<ul class="govuk-list govuk-list--bullet">${gaps.map(
    (gap) => html`<li class="sl-words">${linked(gap.text, gap.link, link)}</li>`,
  )}</ul>`;
}

function story(entries: readonly ThreadEntry[], link: LinkTo): Html {
  return html`<ol class="sl-timeline">${entries.map(
    (entry) =>
      html`<li class="sl-timeline__entry"><p class="sl-timeline__when">${timeOf(entry.on)}</p><div class="sl-timeline__body"><p class="govuk-body sl-words">${linked(entry.text, entry.link, link)}</p></div></li>`,
  )}</ol>`;
}

/** A sentence, and where to read more of it. */
function linked(text: string, href: string | null, link: LinkTo): Html {
  if (href === null) return html`${text}`;
  return html`${text} <a class="govuk-link sl-no-print" href="${link(href)}">See it<span class="govuk-visually-hidden">: ${text}</span></a>`;
}

const formatNames = { docx: 'Word', pdf: 'PDF', html: 'one web page' } as const;

function exportLinks({ item }: Thread, link: LinkTo): Html {
  const base = threadPaths.exported(item.kind, item.id);
  return html`<p class="govuk-body sl-no-print">Take it out as ${threadFormats.map(
    (format, index) =>
      html`${index > 0 && (index === threadFormats.length - 1 ? ' or ' : ', ')}<a class="govuk-link" href="${link(`${base}?format=${format}`)}" download>${formatNames[format]}</a>`,
  )}.</p>`;
}
