import { formatDate, formatInstant } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { FoundReport } from '../actions/open-report.ts';
import { clearanceState, type Clearance, type ContentHashes } from '../rules/clearance.ts';
import type { Allowed } from './load-report.ts';
import { paths } from './paths.ts';

/** "Report for members · Safeguarding Sub-Committee · 27 November 2014" */
export function reportCaption({ card }: FoundReport): string {
  const { committee, meetingOn } = card.head;
  const kind = {
    members: 'Report for members',
    board: 'Report for a board',
    operational: 'Operational report',
  };
  return [kind[card.depth], committee, meetingOn === null ? null : formatDate(meetingOn)]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The class of what is on the screen, in words. */
export function classificationWords({ card, cls }: FoundReport): string {
  if (cls === 'DRF') return 'Draft';
  if (cls === 'PLN') return 'Public paper, not published here';
  const { paragraphs } = card.head;
  const named = `${paragraphs.length === 1 ? 'paragraph' : 'paragraphs'} ${paragraphs.join(', ')}`;
  return `${card.final === null ? 'Exempt draft' : 'Exempt'}, ${named}`;
}

type Page = 'Paper' | 'Words' | 'Comments' | 'Clearance' | 'Check the figures' | 'You were told';

/** The pages of one report, as far as this person may open them. */
export function reportNavigation(report: FoundReport, allowed: Allowed, current: Page) {
  const { id } = report.card;
  const items: { text: Page; href: string }[] = [
    { text: 'Paper', href: paths.report(id) },
    ...(allowed.draft
      ? ([
          { text: 'Words', href: paths.words(id) },
          { text: 'Comments', href: paths.comments(id) },
          { text: 'Clearance', href: paths.clearance(id) },
        ] as const)
      : []),
    ...(report.ties.isFinal
      ? ([
          { text: 'Check the figures', href: paths.check(id) },
          { text: 'You were told', href: paths.told(id) },
        ] as const)
      : []),
  ];
  return items.map((item) => ({ ...item, current: item.text === current }));
}

/** What every page of a report gives to the layout. */
export function reportPage(report: FoundReport, allowed: Allowed, current: Page) {
  return {
    title: report.card.head.title,
    caption: reportCaption(report),
    classification: classificationWords(report),
    subNavigation: reportNavigation(report, allowed, current),
  };
}

/** "2 of 3 clearances stand." */
export function clearancesInWords(clearances: readonly Clearance[], hashes: ContentHashes): string {
  const states = clearances
    .map((one) => clearanceState(one, hashes))
    .filter((state) => state !== 'no longer asked');
  if (states.length === 0) return 'Nobody was asked to clear it.';
  const stand = states.filter((state) => state === 'cleared').length;
  if (stand === states.length) {
    return states.length === 1 ? 'The one clearance stands.' : `All ${stand} clearances stand.`;
  }
  return `${stand} of ${states.length} ${states.length === 1 ? 'clearance stands' : 'clearances stand'}.`;
}

/** "Robin Fenwick on 4 March 2026 at 10.00am" */
export function whoAndWhen(
  by: UserId | null,
  at: Date,
  names: ReadonlyMap<UserId, string>,
): string {
  const who = by === null ? null : names.get(by);
  return `${who ?? 'somebody who left'} on ${formatInstant(at)}`;
}

/** A text of several lines, each kept as its own. */
export function lines(text: string): Html {
  return html`${text.split('\n').map((line, index) => html`${index > 0 && html`<br />`}${line}`)}`;
}

/** A link that looks like a button. */
export function buttonLink(text: string, href: string, secondary = false): Html {
  return html`<a class="govuk-button${secondary && ' govuk-button--secondary'}" href="${href}" role="button" draggable="false" data-module="govuk-button">${text}</a>`;
}
