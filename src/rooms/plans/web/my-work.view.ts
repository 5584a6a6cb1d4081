import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { statusTag } from '#platform/web/components/tags.ts';
import { html, type Html } from '#platform/web/html.ts';
import { daysSinceUpdate } from '../rules/attention.ts';
import { mightEver, recordPaths, type Actor, type RecordsWaiting } from '#people';
import type { WaitingDate } from '../actions/date-deciders.ts';
import { dueInSentence } from '../rules/words.ts';
import { waitsWords } from './closure/panel.view.ts';
import { groupMyActions, type MyAction, type MyGroup } from '../rules/my-actions.ts';
import { countOf, listInWords } from '../rules/position.ts';
import { askedForWords } from '../rules/reminder.ts';
import { allowedOn } from './load-plan.ts';
import { ago, claimedTag, dueCell, listExportMenu, shortText, type LinkTo } from './parts.ts';
import { paths } from './paths.ts';

const titles: Record<MyGroup, string> = {
  'asked for': 'Asked for in a review round',
  overdue: 'Overdue',
  'due this month': 'Due this month',
  'no update lately': 'No update lately',
  later: 'Later',
  'done lately': 'Done in the last 30 days',
};

export interface MyWorkInput {
  actor: Actor;
  mine: readonly MyAction[];
  posts: readonly string[];
  /** Where the handover sheet of each of them stands. */
  sheets?: readonly { name: string; href: string }[];
  /** What others asked for and needs a second person. */
  waiting: RecordsWaiting;
  /** The dates on which this person decides. */
  dates: readonly WaitingDate[];
  /** The actions with a step of closure that this person may sign off. */
  signOffs?: readonly MyAction[];
  mayExport: boolean;
  today: IsoDate;
  asAt: IsoDate;
  link: LinkTo;
}

/** What a person leads or contributes to, in the order of their day; each card is enough to answer from. */
export function myWorkView(input: MyWorkInput) {
  const groups = groupMyActions(input.mine, input.asAt);
  const shown = (Object.keys(titles) as MyGroup[]).filter((group) => groups[group].length > 0);
  return {
    title: 'My work',
    dated: true,
    actions: html`${input.mayExport && input.mine.length > 0 && listExportMenu(input.link(paths.exportMyWork()))}`,
    content: html`${waitingFor(input)}${datesToDecide(input)}${toSignOff(input)}${input.posts.length > 0 && html`<p class="govuk-body">For ${input.posts.join('; ')}.${(input.sheets ?? []).map(({ name, href }) => html` <a class="govuk-link" href="${input.link(href)}">Handover sheet<span class="govuk-visually-hidden"> of ${name}</span></a>`)}</p>`}
<p class="govuk-body-l sl-lead">${firstSentence(groups)}</p>
${
  shown.length === 0
    ? emptyState({
        title: 'Nothing to do here',
        text:
          input.posts.length === 0
            ? 'You hold no post yet, so no action is yours. Your administrator gives posts.'
            : 'Actions that your post leads or contributes to will stand here, the most urgent first.',
        // An administrator reads no plans: a link there would lead nowhere.
        ...(mightEver(input.actor, 'R', 'PLN')
          ? { action: { text: 'See the plans', href: input.link(paths.plans()) } }
          : {}),
      })
    : shown.map(
        (
          group,
        ) => html`<section class="sl-section" aria-labelledby="${slug(group)}"><h2 class="govuk-heading-m" id="${slug(group)}">${titles[group]} <span class="sl-note">${groups[group].length}</span></h2>
<ul class="sl-cards">${groups[group].map((one) => card(input, one))}</ul></section>`,
      )
}`,
  };
}

/** The dates that somebody asked for and this person decides on. */
function datesToDecide({ dates, link }: MyWorkInput): Html {
  if (dates.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="dates"><h2 class="govuk-heading-m" id="dates">${countOf(dates.length, 'date waits', 'dates wait')} for your decision</h2>
<ul class="govuk-list govuk-list--spaced">${dates.map(
    ({ picture, action, asked }) =>
      html`<li><a class="govuk-link" href="${link(paths.dateRequest(picture.plan.slug, asked.id))}">${shortText(action, 120)}</a><br><span class="sl-note">Due ${dueInSentence(action.due)}, asked for ${dueInSentence(asked.due)}. ${picture.plan.title}</span></li>`,
  )}</ul></section>`;
}

/** What stands still until somebody else than its asker agrees. */
function waitingFor({ waiting }: MyWorkInput): Html {
  const lines = [
    {
      count: waiting.names,
      words: countOf(waiting.names, 'name to take out', 'names to take out'),
      href: recordPaths.names,
    },
    {
      count: waiting.disposals,
      words: countOf(waiting.disposals, 'plan to dispose of', 'plans to dispose of'),
      href: recordPaths.disposal,
    },
  ].filter(({ count }) => count > 0);
  if (lines.length === 0) return html``;
  return html`<div class="govuk-inset-text">${lines.map(
    ({ words, href }) =>
      html`<p><a class="govuk-link" href="${href}">${words}</a>: somebody asked, and a second person has to answer.</p>`,
  )}</div>`;
}

/** What others say was reached, and somebody who did not do the work looks at. */
function toSignOff({ signOffs = [], link }: MyWorkInput): Html {
  if (signOffs.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="sign-offs"><h2 class="govuk-heading-m" id="sign-offs">${countOf(signOffs.length, 'action waits', 'actions wait')} for a sign-off</h2>
<ul class="govuk-list govuk-list--spaced">${signOffs.map(
    ({ picture, action }) =>
      html`<li><a class="govuk-link" href="${link(paths.verifyClosure(picture.plan.slug, action.id))}">${shortText(action, 120)}</a><br><span class="sl-note">Somebody says ${waitsWords(action) ?? 'it was closed'}. ${picture.plan.title}</span></li>`,
  )}</ul></section>`;
}

function firstSentence(groups: Record<MyGroup, MyAction[]>): string {
  const open =
    groups['asked for'].length +
    groups.overdue.length +
    groups['due this month'].length +
    groups['no update lately'].length +
    groups.later.length;
  if (open === 0) return 'You have no open actions.';
  const parts = [
    groups['asked for'].length > 0 && `${groups['asked for'].length} asked for in a review round`,
    groups.overdue.length > 0 && `${groups.overdue.length} overdue`,
    groups['due this month'].length > 0 && `${groups['due this month'].length} due this month`,
    groups['no update lately'].length > 0 &&
      `${groups['no update lately'].length} without a recent update`,
  ].filter((part) => part !== false);
  return `${countOf(open, 'open action')}${parts.length === 0 ? ', none of them pressing' : `: ${listInWords(parts)}`}.`;
}

function card(input: MyWorkInput, { action, picture, askedFor = null }: MyAction): Html {
  const { plan } = picture;
  const days = daysSinceUpdate(action, picture.asAt);
  const update = allowedOn(input.actor, picture, input.asAt === input.today).update(action);
  return html`<li class="sl-card"><h3 class="sl-card__title"><a class="govuk-link" href="${input.link(paths.action(plan.slug, action.id))}">${shortText(action, 200)}</a></h3>
<p class="sl-card__row"><span>${dueCell(action)}</span><span>${claimedTag(plan, action.claimedRag)} ${statusTag(action.status)}</span><span>${days === null ? 'No update yet' : html`Last update <time datetime="${action.lastUpdate?.effectiveOn}" title="${action.lastUpdate === null ? '' : formatDate(action.lastUpdate.effectiveOn)}">${ago(days)}</time>`}</span></p>
${askedFor !== null && html`<p class="govuk-body"><strong>${askedForWords(askedFor.round, askedFor.remindedOn)}</strong></p>`}<p class="sl-note">${plan.title}</p>
${update && html`<a class="govuk-button sl-card__button" href="${paths.update(plan.slug, action.id)}" role="button" draggable="false">Give an update<span class="govuk-visually-hidden"> on ${action.ref}</span></a>`}</li>`;
}

function slug(group: MyGroup): string {
  return group.replaceAll(' ', '-');
}
