import { formatDate } from '#kernel/dates.ts';
import type { PartyId, UserId } from '#kernel/ids.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { countOf, isOpen, listInWords } from '../../rules/position.ts';
import { reminderText } from '../../rules/reminder.ts';
import { byLead, remindedOn, type OfLead, type Round, roundName } from '../../rules/rounds.ts';
import { dueInWords } from '../../rules/words.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { Allowed } from '../load-plan.ts';
import {
  agoCell,
  dueCell,
  leadCell,
  listExportMenu,
  planCaption,
  planNavigation,
  shortText,
  type LinkTo,
} from '../parts.ts';
import { paths } from '../paths.ts';
import type { StandingRound } from './load-round.ts';

export interface RoundsInput {
  picture: PlanPicture;
  allowed: Allowed;
  /** The newest first. */
  rounds: readonly Round[];
  /** The round that is open, and who has answered it. */
  open: StandingRound | null;
  names: ReadonlyMap<UserId, string>;
  link: LinkTo;
}

/** The review rounds of a plan: the one that is open, and those that were closed. */
export function roundsView(input: RoundsInput) {
  const { picture, allowed, rounds, open, link } = input;
  const { plan } = picture;
  const mayOpen = allowed.changePlan && plan.state === 'active' && open === null;
  return {
    title: `Review rounds of ${plan.title}`,
    caption: planCaption(plan),
    dated: true,
    subNavigation: planNavigation(plan, 'Movement', allowed, link),
    actions: html`${mayOpen && html`<a class="govuk-button" href="${paths.newRound(plan.slug)}" role="button" draggable="false">Open a round</a>`}${allowed.export && rounds.length > 0 && listExportMenu(link(paths.exportRounds(plan.slug)))}`,
    content:
      rounds.length === 0
        ? emptyState({
            title: 'No review round yet',
            text: 'In a round, every lead is asked for an update by a day. You see what is missing, remind, and close it; two closed rounds can be compared.',
            ...(mayOpen
              ? { action: { text: 'Open a round', href: paths.newRound(plan.slug) } }
              : {}),
          })
        : html`${open !== null && openRoundNote(open, link)}${roundsTable(input)}`,
  };
}

/** "The November 2014 round is open: …", where a page leads to it. */
export function openRoundNote({ round, picture, standing }: StandingRound, link: LinkTo): Html {
  return html`<div class="govuk-inset-text"><p class="govuk-body">${roundSentence({ round, picture, standing })} <a class="govuk-link" href="${link(paths.round(picture.plan.slug, round.id))}">See whose updates are missing</a>.</p></div>`;
}

/** "The November 2014 round asks for updates by 28 November 2014. 9 of 12 actions have one; 3 are missing." */
export function roundSentence({ round, standing }: StandingRound): string {
  const { given, missing } = standing;
  const all = given.length + missing.length;
  const asked =
    round.close === null
      ? `The ${roundName(round.name)} asks for updates by ${formatDate(round.askedBy)}.`
      : `The ${roundName(round.name)} asked for updates by ${formatDate(round.askedBy)}, and was closed on ${formatDate(round.close.on)}.`;
  if (all === 0) return `${asked} No action was open when it began.`;
  const have = round.close === null ? (given.length === 1 ? 'has' : 'have') : 'had';
  const rest =
    missing.length === 0
      ? 'none is missing'
      : `${missing.length} ${round.close === null ? (missing.length === 1 ? 'is' : 'are') : missing.length === 1 ? 'was' : 'were'} missing`;
  return `${asked} ${given.length} of ${countOf(all, 'action')} ${have} one; ${rest}.`;
}

function roundsTable({ picture, rounds, names, link }: RoundsInput): Html {
  const { slug } = picture.plan;
  return dataTable({
    caption: 'Review rounds, the newest first',
    hiddenCaption: true,
    columns: [
      { text: 'Round' },
      { text: 'Opened' },
      { text: 'Asked by' },
      { text: 'Closed' },
      { text: 'What moved' },
    ],
    groups: [
      {
        rows: rounds.map((round, index) => {
          const before = rounds.slice(index + 1).find(({ close }) => close !== null);
          return [
            html`<a class="govuk-link" href="${link(paths.round(slug, round.id))}">${round.name}</a>`,
            formatDate(round.openedOn),
            formatDate(round.askedBy),
            round.close === null
              ? 'Open'
              : html`${formatDate(round.close.on)}${round.close.by !== null && html`<br><span class="sl-note">${names.get(round.close.by) ?? ''}</span>`}`,
            before === undefined || round.close === null
              ? html`<span class="sl-quiet">–</span>`
              : html`<a class="govuk-link" href="${link(`${paths.movement(slug)}?from=${before.id}&to=${round.id}`)}">Since ${before.name}<span class="govuk-visually-hidden">, to ${round.name}</span></a>`,
          ];
        }),
      },
    ],
  });
}

export interface RoundInput extends StandingRound {
  allowed: Allowed;
  /** What this person may do today: an older day shows no button. */
  mayWrite: boolean;
  /** The round that was closed before it, with which to compare. */
  before: Round | null;
  holders: (partyId: PartyId) => string[];
  names: ReadonlyMap<UserId, string>;
  /** Complete actions that are still on the plan's table. */
  completeOnTable: number;
  csrf: string | null;
  /** Where updates are given, for an e-mail. */
  address: string;
  link: LinkTo;
}

/** One round: what is missing, by lead, and what was given. */
export function roundView(input: RoundInput) {
  const { round, picture, allowed, mayWrite, link } = input;
  const { plan } = picture;
  const { slug } = plan;
  return {
    title: roundName(round.name),
    caption: planCaption(plan),
    dated: true,
    subNavigation: planNavigation(plan, 'Movement', allowed, link),
    back: { text: 'Review rounds', href: link(paths.rounds(slug)) },
    actions: html`${mayWrite && round.close === null && html`<a class="govuk-button" href="${paths.closeRound(slug, round.id)}" role="button" draggable="false">Close the round</a>`}${allowed.export && listExportMenu(link(paths.exportRound(slug, round.id)))}`,
    content: html`<p class="govuk-body-l sl-lead">${roundSentence(input)}</p>
${round.close !== null && closed(input)}
${missingSections(input)}
${notAgreed(input)}
${givenList(input)}`,
  };
}

function closed({
  round,
  picture,
  before,
  mayWrite,
  completeOnTable,
  names,
  link,
}: RoundInput): Html {
  const { close } = round;
  if (close === null) return html``;
  const { slug } = picture.plan;
  const by = close.by === null ? null : (names.get(close.by) ?? null);
  return html`<div class="govuk-inset-text">${close.note !== null && html`<p class="govuk-body sl-words">${close.note}</p>`}<p class="govuk-body">Closed on ${formatDate(close.on)}${by !== null && ` by ${by}`}. ${
    before !== null &&
    html`<a class="govuk-link" href="${link(`${paths.movement(slug)}?from=${before.id}&to=${round.id}`)}">What moved since the ${roundName(before.name)}</a>. `
  }<a class="govuk-link" href="${link(`${paths.movement(slug)}?from=${round.id}`)}">What has moved since</a>.</p>${
    mayWrite &&
    completeOnTable > 0 &&
    html`<p class="govuk-body">${countOf(completeOnTable, 'complete action')} still ${completeOnTable === 1 ? 'stands' : 'stand'} on the plan’s table. <a class="govuk-link" href="${paths.table(slug)}">Choose which leave it</a>.</p>`
  }</div>`;
}

function missingSections(input: RoundInput): Html {
  const { standing, round } = input;
  const groups = byLead(standing.missing);
  const heading = round.close === null ? 'Still missing' : 'Missing at the close';
  return html`<section class="sl-section" aria-labelledby="missing"><h2 class="govuk-heading-m" id="missing">${heading} <span class="sl-note">${standing.missing.length}</span></h2>${
    groups.length === 0
      ? html`<p class="govuk-body">Every action that the round asks for has an update.</p>`
      : groups.map((group, index) => missingOf(input, group, index))
  }</section>`;
}

function missingOf(input: RoundInput, { lead, actions }: OfLead, index: number): Html {
  const { round, picture, holders, mayWrite, csrf, address, link } = input;
  const { slug } = picture.plan;
  const held = lead === null ? [] : holders(lead.id);
  const reminded = remindedOn(round, lead?.id ?? null);
  const name = lead?.name ?? 'No lead';
  const open = round.close === null;
  return html`<h3 class="govuk-heading-s">${name}</h3>
<p class="govuk-body sl-note">${lead === null ? 'Nobody leads these actions: name a lead first.' : held.length === 0 ? 'Nobody holds it today.' : `Held by ${listInWords(held)}.`}${reminded !== null && ` Reminded on ${formatDate(reminded)}.`}</p>
${actionsTable(input, actions, `Missing from ${name}`)}
${
  open &&
  mayWrite &&
  lead !== null &&
  html`<form method="post" action="${paths.remind(slug, round.id)}"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="party" value="${lead.id}"><button class="govuk-button govuk-button--secondary" type="submit">${reminded === null ? 'Remind' : 'Remind again'}<span class="govuk-visually-hidden"> ${name}</span></button></form>
<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Words for an e-mail<span class="govuk-visually-hidden"> to ${name}</span></span></summary><div class="govuk-details__text"><p class="govuk-body">Sightline sends no e-mail. “Remind” shows in My work of those who answer for it. Copy these words to write to them as well.</p><label class="govuk-label" for="words-${index}">Words to copy</label><textarea class="govuk-textarea" id="words-${index}" rows="10" readonly>${reminderText({ planTitle: picture.plan.title, round, lead: held.length === 0 ? name : listInWords(held), actions, address })}</textarea></div></details>`
}${open && lead === null && html`<p class="govuk-body"><a class="govuk-link" href="${link(`${paths.actions(slug)}?lead=none`)}">See the actions without a lead</a></p>`}`;
}

function actionsTable(
  { picture, link }: Pick<RoundInput, 'picture' | 'link'>,
  actions: readonly ActionPicture[],
  caption: string,
): Html {
  return dataTable({
    caption,
    hiddenCaption: true,
    columns: [{ text: 'Action', width: 'wide' }, { text: 'Due' }, { text: 'Last update' }],
    groups: [
      {
        rows: actions.map((action) => [
          html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, action.id))}">${shortText(action)}</a>`,
          dueCell(action),
          agoCell(action.lastUpdate?.effectiveOn ?? null, picture.asAt),
        ]),
      },
    ],
  });
}

/** Dates that were asked for and that nobody had decided: reported as changed, not agreed. */
function notAgreed({ picture, round, link }: RoundInput): Html {
  const asked = picture.actions.filter((action) => isOpen(action) && action.asked !== null);
  if (asked.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="not-agreed"><h2 class="govuk-heading-m" id="not-agreed">Changed, not agreed <span class="sl-note">${asked.length}</span></h2>
<p class="govuk-body sl-measure">Another date was asked for and ${round.close === null ? 'is' : 'was'} not decided${round.close !== null && ' when the round closed'}. The date that was agreed holds.</p>
${dataTable({
  caption: 'Dates changed, not agreed',
  hiddenCaption: true,
  columns: [
    { text: 'Action', width: 'wide' },
    { text: 'Lead' },
    { text: 'Agreed' },
    { text: 'Asked for' },
  ],
  groups: [
    {
      rows: asked.map((action) => [
        html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, action.id))}">${shortText(action)}</a>`,
        leadCell(action),
        dueInWords(action.due),
        action.asked === null ? '' : dueInWords(action.asked.due),
      ]),
    },
  ],
})}</section>`;
}

function givenList(input: RoundInput): Html {
  const { given } = input.standing;
  if (given.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="given"><h2 class="govuk-heading-m" id="given">Given <span class="sl-note">${given.length}</span></h2>${actionsTable(input, given, 'Updates given')}</section>`;
}

/** The form that opens a round. */
export function roundFormView(state: FormState, { plan }: PlanPicture) {
  return {
    title: 'Open a review round',
    caption: plan.title,
    back: { text: 'Review rounds', href: paths.rounds(plan.slug) },
    action: paths.newRound(plan.slug),
    cancelHref: paths.rounds(plan.slug),
    errors: state.errors,
    form: state,
  };
}

/** The page that closes it. */
export function closeRoundView(state: FormState, standing: StandingRound) {
  const { round, picture } = standing;
  const { slug } = picture.plan;
  const asked = picture.actions.filter((action) => isOpen(action) && action.asked !== null).length;
  return {
    title: `Close the ${roundName(round.name)}`,
    caption: picture.plan.title,
    back: { text: 'Back to the round', href: paths.round(slug, round.id) },
    standing: roundSentence(standing),
    asked:
      asked === 0
        ? null
        : `Another date was asked for on ${countOf(asked, 'action')} and is not decided: ${asked === 1 ? 'it is' : 'they are'} reported as “changed, not agreed”.`,
    action: paths.closeRound(slug, round.id),
    cancelHref: paths.round(slug, round.id),
    errors: state.errors,
    form: state,
  };
}
