import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { statusTag } from '#platform/web/components/tags.ts';
import { html, type Html } from '#platform/web/html.ts';
import { daysSinceUpdate } from '../rules/attention.ts';
import { mightEver, recordPaths, type Actor, type RecordsWaiting } from '#people';
import { groupMyActions, type MyAction, type MyGroup } from '../rules/my-actions.ts';
import { countOf, listInWords } from '../rules/position.ts';
import { allowedOn } from './load-plan.ts';
import { ago, claimedTag, dueCell, listExportMenu, shortText, type LinkTo } from './parts.ts';
import { paths } from './paths.ts';

const titles: Record<MyGroup, string> = {
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
  /** What others asked for and needs a second person. */
  waiting: RecordsWaiting;
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
    content: html`${waitingFor(input)}${input.posts.length > 0 && html`<p class="govuk-body">For ${input.posts.join('; ')}.</p>`}
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

function firstSentence(groups: Record<MyGroup, MyAction[]>): string {
  const open =
    groups.overdue.length +
    groups['due this month'].length +
    groups['no update lately'].length +
    groups.later.length;
  if (open === 0) return 'You have no open actions.';
  const parts = [
    groups.overdue.length > 0 && `${groups.overdue.length} overdue`,
    groups['due this month'].length > 0 && `${groups['due this month'].length} due this month`,
    groups['no update lately'].length > 0 &&
      `${groups['no update lately'].length} without a recent update`,
  ].filter((part) => part !== false);
  return `${countOf(open, 'open action')}${parts.length === 0 ? ', none of them pressing' : `: ${listInWords(parts)}`}.`;
}

function card(input: MyWorkInput, { action, picture }: MyAction): Html {
  const { plan } = picture;
  const days = daysSinceUpdate(action, picture.asAt);
  const update = allowedOn(input.actor, picture, input.asAt === input.today).update(action);
  return html`<li class="sl-card"><h3 class="sl-card__title"><a class="govuk-link" href="${input.link(paths.action(plan.slug, action.id))}">${shortText(action, 200)}</a></h3>
<p class="sl-card__row"><span>${dueCell(action)}</span><span>${claimedTag(plan, action.claimedRag)} ${statusTag(action.status)}</span><span>${days === null ? 'No update yet' : html`Last update <time datetime="${action.lastUpdate?.effectiveOn}" title="${action.lastUpdate === null ? '' : formatDate(action.lastUpdate.effectiveOn)}">${ago(days)}</time>`}</span></p>
<p class="sl-note">${plan.title}</p>
${update && html`<a class="govuk-button sl-card__button" href="${paths.update(plan.slug, action.id)}" role="button" draggable="false">Give an update<span class="govuk-visually-hidden"> on ${action.ref}</span></a>`}</li>`;
}

function slug(group: MyGroup): string {
  return group.replaceAll(' ', '-');
}
