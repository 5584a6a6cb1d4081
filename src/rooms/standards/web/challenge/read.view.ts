import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { kindNames } from '../../rules/challenge/pack-columns.ts';
import {
  asksForAnswer,
  phaseOf,
  progressInWords,
  type Challenge,
  type ChallengeItem,
  type ChallengePhase,
} from '../../rules/challenge/picture.ts';
import { levelName, type ReadSection, type SharedCriterion } from '../../rules/challenge/shared.ts';
import { decisionName, judgementLines } from '../../rules/challenge/words.ts';
import { buttonLink, lines, type LinkTo } from '../parts.ts';
import { standardsNavigation } from '../sub-navigation.ts';
import type { Allowed } from './ground.ts';
import { challengePaths as paths } from './paths.ts';

const phaseWords: Readonly<Record<ChallengePhase, string>> = {
  withdrawn: 'Withdrawn',
  'not open yet': 'Not open yet',
  open: 'Open',
  closed: 'Closed',
};

/** The challenges that this person may know of. */
export function challengesView(input: {
  challenges: readonly Challenge[];
  asAt: IsoDate;
  maySetUp: boolean;
  guest: boolean;
  link: LinkTo;
}) {
  const { challenges, asAt, maySetUp, guest, link } = input;
  const open = challenges.filter((one) => phaseOf(one, asAt) === 'open').length;
  const start = { text: 'Set up a challenge', href: paths.setUp() };
  const lead = `${challenges.length === 1 ? 'One challenge' : `${challenges.length} challenges`}; ${open === 0 ? 'none' : open} ${open === 1 ? 'is' : 'are'} open.`;
  const rows = challenges.map((one) => [
    html`<a class="govuk-link" href="${link(paths.challenge(one.id))}">${one.title}</a>`,
    one.reviewers,
    `${formatDate(one.opensOn)} to ${formatDate(one.closesOn)}`,
    phaseWords[phaseOf(one, asAt)],
    progressInWords(one.items),
  ]);
  return {
    title: 'Peer challenges',
    subNavigation: standardsNavigation('Peer challenges', link, guest ? 'guest' : 'all'),
    dated: true,
    wide: true,
    actions: maySetUp && challenges.length > 0 ? buttonLink(start.text, start.href) : null,
    content:
      challenges.length === 0
        ? emptyState({
            title: guest ? 'Nothing is shared with you' : 'No peer challenges yet',
            text: guest
              ? 'What a council shares with you stands here, from its first day to its last.'
              : 'Another authority reads what you choose to share, says strengths, questions and challenges, and you answer each. Each challenge will stand here.',
            ...(maySetUp ? { action: start } : {}),
          })
        : html`<p class="govuk-body-l sl-lead">${lead}</p>
            ${dataTable({
              caption: 'Peer challenges',
              hiddenCaption: true,
              columns: [
                { text: 'Challenge', width: 'wide' },
                { text: 'Reviewers' },
                { text: 'Open' },
                { text: 'State' },
                { text: 'Answered' },
              ],
              groups: [{ rows }],
            })}`,
  };
}

/** One challenge: what is shared, what was said, and what was answered. */
export function challengeView(input: {
  challenge: Challenge;
  sections: readonly ReadSection[];
  allowed: Allowed;
  /** How many guests read it today. */
  guests: number;
  asAt: IsoDate;
  link: LinkTo;
}) {
  const { challenge, sections, allowed, asAt, link } = input;
  const phase = phaseOf(challenge, asAt);
  const { id } = challenge;
  return {
    title: challenge.title,
    caption: `Peer challenge by ${challenge.reviewers}`,
    back: { text: 'Back to peer challenges', href: link(paths.list()) },
    dated: true,
    wide: true,
    actions: allowed.change ? buttonLink('Change', paths.change(id), true) : null,
    content: html`<p class="govuk-body-l sl-lead">${progressInWords(challenge.items)}</p>
      <p class="govuk-body">${standing(challenge, phase, input.guests, allowed)}</p>
      ${challenge.asked !== null && html`<div class="govuk-inset-text sl-words">${lines(challenge.asked)}</div>`}
      ${allowed.guest && html`<p class="govuk-body sl-measure">You read what is shared with you here. To say something, fill in the Word document that you were sent, or write to whoever shared this with you: they write your words in as you give them.</p>`}
      ${nextStep(input, phase)}
      <section class="sl-section" aria-labelledby="shared"><h2 class="govuk-heading-m" id="shared">What is shared</h2>
      ${sharedTable(challenge, sections, link)}</section>
      ${said(challenge, sections, allowed)}`,
  };
}

function standing(
  challenge: Challenge,
  phase: ChallengePhase,
  guests: number,
  allowed: Allowed,
): string {
  const from = formatDate(challenge.opensOn);
  const to = formatDate(challenge.closesOn);
  const when = {
    withdrawn: `Withdrawn: ${challenge.reason ?? ''}`,
    'not open yet': `Opens on ${from} and closes on ${to}.`,
    open: `Open from ${from} to ${to}.`,
    closed: `Closed on ${to}.`,
  }[phase];
  const position = `The position shown is that of ${formatDate(challenge.positionOn)}.`;
  if (allowed.guest) return `${when} ${position}`;
  const read =
    guests === 0
      ? 'Nobody reads it as a guest today.'
      : `${guests} ${guests === 1 ? 'guest reads' : 'guests read'} it today.`;
  return `${when} ${position} ${read}`;
}

/** The next steps of those who run it. */
function nextStep(
  { challenge, allowed }: { challenge: Challenge; allowed: Allowed },
  phase: ChallengePhase,
): Html | false {
  if (allowed.guest || phase === 'withdrawn') return false;
  const { id } = challenge;
  return html`<div class="govuk-button-group sl-no-print">
    ${(allowed.export || allowed.change) && buttonLink('Word pack: send out, bring back', paths.packs(id))}
    ${allowed.share && buttonLink('Share with a guest', paths.guests(id), true)}
    ${allowed.withdraw && html`<a class="govuk-link" href="${paths.withdraw(id)}">Withdraw this challenge</a>`}
  </div>`;
}

function sharedTable(challenge: Challenge, sections: readonly ReadSection[], link: LinkTo): Html {
  const groups = [...Map.groupBy(sections, ({ within }) => within)].map(([heading, some]) => ({
    heading,
    rows: some.map((section) => {
      const own = challenge.items.filter(({ sectionId }) => sectionId === section.id);
      const asked = own.filter(asksForAnswer).length;
      const judged = section.criteria.filter(({ judgement }) => judgement !== null).length;
      return [
        html`<a class="govuk-link" href="${link(paths.section(challenge.id, section.id))}">${section.title}</a>`,
        section.kind === 'domain'
          ? `${section.criteria.length} criteria, ${judged} judged`
          : `${section.points.length} strengths and areas for development`,
        String(asked),
        String(own.length - asked),
      ];
    }),
  }));
  return dataTable({
    caption: 'What is shared',
    hiddenCaption: true,
    columns: [
      { text: 'Section', width: 'wide' },
      { text: 'Holds' },
      { text: 'Said', numeric: true },
      { text: 'Verdicts', numeric: true },
    ],
    groups,
  });
}

function said(challenge: Challenge, sections: readonly ReadSection[], allowed: Allowed): Html {
  const parts = sections.flatMap((section) => {
    const items = challenge.items.filter(({ sectionId }) => sectionId === section.id);
    return items.length === 0
      ? []
      : [
          html`<h3 class="govuk-heading-s">${section.title}</h3>${saidTable(challenge, section, items, allowed)}`,
        ];
  });
  // What was said of a section that is shared no more is not lost.
  const orphans = challenge.items.filter(
    ({ sectionId }) => !sections.some(({ id }) => id === sectionId),
  );
  return html`<section class="sl-section" aria-labelledby="said"><h2 class="govuk-heading-m" id="said">What was said and answered</h2>
    ${parts}
    ${orphans.length > 0 && html`<h3 class="govuk-heading-s">Of what is no longer shared</h3>${saidTable(challenge, null, orphans, allowed)}`}
    ${challenge.items.length === 0 && html`<p class="govuk-body">Strengths, questions and challenges of the reviewers will stand here, each beside your answer.</p>`}
  </section>`;
}

/** What was said and what was answered, side by side. */
export function saidTable(
  challenge: Challenge,
  section: ReadSection | null,
  items: readonly ChallengeItem[],
  allowed: Allowed,
): Html {
  const rows = items.map((item) => [
    html`${kindNames[item.kind]}${about(section, item)}`,
    html`<div class="sl-words">${item.kind === 'verdict' && html`<strong>${verdictName(section, item)}</strong><br>`}${lines(item.words ?? '')}</div><span class="govuk-body-s">${item.saidBy ?? 'The reviewers'}, ${formatDate(item.saidOn)}</span>`,
    answerCell(challenge, item, allowed),
  ]);
  return dataTable({
    caption: 'What was said and answered',
    hiddenCaption: true,
    columns: [{ text: 'Kind', width: 'narrow' }, { text: 'Their words' }, { text: 'Our answer' }],
    groups: [{ rows }],
  });
}

const verdictName = (section: ReadSection | null, item: ChallengeItem): string =>
  item.level === null
    ? 'In words alone'
    : section === null
      ? item.level
      : levelName(section, item.level);

function about(section: ReadSection | null, { criterionId }: ChallengeItem): string {
  const criterion = section?.criteria.find(({ id }) => id === criterionId);
  return criterion === undefined ? '' : `, ${criterion.ref}`;
}

function answerCell(challenge: Challenge, item: ChallengeItem, allowed: Allowed): Html {
  const last = item.answers.at(-1);
  const href = paths.item(challenge.id, item.id);
  const link = (text: string) =>
    allowed.change &&
    html` <a class="govuk-link sl-no-print" href="${href}">${text}<span class="govuk-visually-hidden"> ${(item.words ?? '').slice(0, 60)}</span></a>`;
  if (item.kind === 'verdict') return html`A verdict stands for itself.${link('Open')}`;
  if (last === undefined) return html`No answer yet.${link('Answer')}`;
  return html`<strong>${decisionName(last.decision)}</strong>, ${formatDate(last.on)}<div class="sl-words">${lines(last.words ?? '')}</div>
    ${item.findingId !== null && !allowed.guest && html`<a class="govuk-link" href="/findings/${item.findingId}">It is a finding</a>.`}${link('Change')}`;
}

/** One shared section, exactly as reviewers read it; and what they said of it. */
export function sectionView(input: {
  challenge: Challenge;
  section: ReadSection;
  next: ReadSection | null;
  allowed: Allowed;
  link: LinkTo;
}) {
  const { challenge, section, next, allowed, link } = input;
  const items = challenge.items.filter(({ sectionId }) => sectionId === section.id);
  return {
    title: section.title,
    caption: section.within,
    back: { text: `Back to ${challenge.title}`, href: link(paths.challenge(challenge.id)) },
    dated: true,
    classification: `Shared with ${challenge.reviewers}`,
    actions:
      allowed.change && !challenge.withdrawn
        ? buttonLink('Write in what they said', paths.say(challenge.id, section.id), true)
        : null,
    content: html`<p class="govuk-body-l sl-lead">${sectionLead(section, challenge)}</p>
      ${section.text !== '' && html`<div class="govuk-body sl-measure sl-words">${lines(section.text)}</div>`}
      ${[...Map.groupBy(section.points, ({ kind }) => kind)].map(
        ([
          kind,
          points,
        ]) => html`<h2 class="govuk-heading-m">${kind === 'strength' ? 'Strengths' : 'Areas for development'}</h2>
        <ul class="govuk-list govuk-list--bullet sl-measure">${points.map(({ words }) => html`<li>${lines(words)}</li>`)}</ul>`,
      )}
      ${section.criteria.map((criterion) => criterionPart(section, criterion))}
      <section class="sl-section" aria-labelledby="said"><h2 class="govuk-heading-m" id="said">What was said of this section</h2>
      ${items.length === 0 ? html`<p class="govuk-body">Nothing yet.</p>` : saidTable(challenge, section, items, allowed)}</section>
      ${next !== null && html`<p class="govuk-body sl-no-print">Next: <a class="govuk-link" href="${link(paths.section(challenge.id, next.id))}">${next.title}</a></p>`}`,
  };
}

function sectionLead(section: ReadSection, { positionOn }: Challenge): string {
  const on = `as it stood on ${formatDate(positionOn)}`;
  if (section.kind === 'narrative') return `The self-assessment of this section, ${on}.`;
  const counts = section.levels
    .map(({ key, name }) => ({
      name,
      count: section.criteria.filter(({ judgement }) => judgement?.level === key).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name.toLowerCase()}`);
  const judged = counts.length === 0 ? 'none judged' : counts.join(', ');
  return `${section.criteria.length === 1 ? 'One criterion' : `${section.criteria.length} criteria`}: ${judged}, ${on}.`;
}

function criterionPart(section: ReadSection, criterion: SharedCriterion): Html {
  const { judgement } = criterion;
  const heading = html`<h2 class="govuk-heading-s govuk-!-margin-top-6">${criterion.ref} ${criterion.text}</h2>`;
  if (judgement === null) return html`${heading}<p class="govuk-body">Not judged yet.</p>`;
  const rows = judgementLines(section, judgement).map(
    ([key, words]) =>
      html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${lines(words)}</dd></div>`,
  );
  return html`${heading}<dl class="govuk-summary-list">${rows}</dl>`;
}
