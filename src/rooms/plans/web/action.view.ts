import type { EvidenceId, UpdateId, UserId } from '#kernel/ids.ts';
import { threadPanel, type EvidenceItem, type Thread } from '#findings';
import { disclosePath, takeOutPath } from '#people';
import { html, type Html } from '#platform/web/html.ts';
import type { HistoryEntry } from '../rules/history.ts';
import type { ActionPicture, PlanPicture, SourceRef } from '../rules/picture.ts';
import { countOf } from '../rules/position.ts';
import { daysSinceUpdate } from '../rules/attention.ts';
import { dueInWords, ragName, sentenceCase, sourceInWords } from '../rules/words.ts';
import type { AnsweredBy } from './answering/answered-by.ts';
import { answersPanel } from './answering/answers-panel.view.ts';
import { changeList } from './changes.view.ts';
import { derivedPanel } from './claims/claims.view.ts';
import {
  closurePanel,
  noClosingRights,
  testValue,
  type ClosingRights,
} from './closure/panel.view.ts';
import type { Allowed } from './load-plan.ts';
import { objectiveName } from './overview.view.ts';
import { ago, claimedTag, dateNotes, dayWithDistance, lines, type LinkTo } from './parts.ts';
import { paths } from './paths.ts';

export interface ActionInput {
  picture: PlanPicture;
  action: ActionPicture;
  allowed: Allowed;
  history: readonly HistoryEntry[];
  names: ReadonlyMap<UserId, string>;
  evidence: ReadonlyMap<EvidenceId, EvidenceItem>;
  link: LinkTo;
  /** What this person may do about its closure; nothing where it is not said. */
  closing?: ClosingRights;
  /** What it answers, so far as this person may read that. */
  answers?: AnsweredBy;
  /** What led to it and what came of it, beyond its own plan. */
  thread?: Thread | null;
  /** Whether this person may give out everything about it. */
  mayGiveOut?: boolean;
}

/** An action with its whole history, told newest first. */
export function actionView(input: ActionInput) {
  const { picture, action, allowed, link } = input;
  const { plan } = picture;
  return {
    title: titleOf(action),
    caption: `${plan.title} · Action ${action.ref}`,
    dated: true,
    back: { text: 'All actions', href: link(paths.actions(plan.slug)) },
    actions: html`${
      allowed.update(action) &&
      html`<a class="govuk-button" href="${paths.update(plan.slug, action.id)}" role="button" draggable="false">Give an update</a>`
    }`,
    content: html`<p class="govuk-body-l sl-lead">${actionSentence(input)}</p>
${longText(action)}
${summaryList(input)}
${input.answers && answersPanel(input.answers, link)}
${threadOf(input)}
${closurePanel({ ...input, may: input.closing ?? noClosingRights })}
${otherActs(input)}
<section class="sl-section" aria-labelledby="history"><h2 class="govuk-heading-m" id="history">What happened</h2>${changeList({ ...input, entries: input.history, oneAction: true, ...correcting(input) })}</section>`,
  };
}

/** Its thread, once something beyond its own plan is in it. */
function threadOf({ thread, link }: ActionInput): Html {
  const isMore = thread?.entries.some(({ kind }) => kind !== 'progress') === true;
  return isMore ? threadPanel(thread, link) : html``;
}

/** A wrong update is corrected by another that says so, by whoever may give one. */
function correcting({ picture, action, allowed }: ActionInput) {
  if (!allowed.update(action)) return {};
  const href = paths.update(picture.plan.slug, action.id);
  return { correctHref: (update: UpdateId) => `${href}?corrects=${update}` };
}

const longestTitle = 180;

/** An action's own words are its title, as far as a title can be read. */
function titleOf(action: ActionPicture): string {
  const first = action.text.split('\n')[0] ?? '';
  return first.length <= longestTitle
    ? first
    : `${first.slice(0, first.lastIndexOf(' ', longestTitle))} …`;
}

function longText(action: ActionPicture): Html {
  return html`${titleOf(action) !== action.text && html`<div class="govuk-body sl-text">${lines(action.text)}</div>`}`;
}

/** "In progress, amber. Due 30 June 2026, 140 days later than first agreed. Last update 12 days ago." */
function actionSentence({ picture, action }: ActionInput): Html {
  const { plan, asAt } = picture;
  if (action.withdrawn) return html`Withdrawn from the plan.`;
  const said = [
    action.status === null ? null : sentenceCase(action.status),
    action.claimedRag === null
      ? null
      : `claimed ${ragName(plan.ragScheme, action.claimedRag).toLowerCase()}`,
  ].filter((part) => part !== null);
  const slipped =
    action.slippageDays !== null && action.slippageDays !== 0
      ? `, ${countOf(Math.abs(action.slippageDays), 'day')} ${action.slippageDays > 0 ? 'later' : 'earlier'} than first agreed`
      : '';
  const due =
    action.due.to === null
      ? action.due.precision === 'none'
        ? 'It has no due date'
        : `Due ${dueInWords(action.due).toLowerCase()}`
      : `Due ${dueInWords(action.due)}${slipped}`;
  const days = daysSinceUpdate(action, asAt);
  const by = action.lastUpdate?.by ?? null;
  return html`${said.length === 0 ? 'Nobody has said how it is going' : said.join(', ')}. ${due}${
    action.daysOverdue > 0 &&
    html`: <strong class="sl-late">${countOf(action.daysOverdue, 'day')} overdue</strong>`
  }. ${days === null ? 'There has been no update yet.' : `Last update ${ago(days)}${by === null ? '' : ` by ${by}`}.`}`;
}

function summaryList(input: ActionInput): Html {
  const { picture, action, allowed, link } = input;
  const { plan, asAt } = picture;
  const objective = picture.objectives.find((one) => one.id === action.objectiveId);
  const change =
    allowed.changePlan && plan.state === 'active' ? paths.changeAction(plan.slug, action.id) : null;
  const moveDate = allowed.update(action) ? paths.due(plan.slug, action.id) : null;
  const rows: { name: string; value: Html; href?: string | null; words?: string }[] = [
    {
      name: 'Objective',
      value: html`${objective !== undefined && html`${objective.section !== null && html`<span class="sl-note">${objective.section}</span><br>`}<a class="govuk-link" href="${link(`${paths.actions(plan.slug)}?objective=${objective.id}`)}">${objectiveName(objective)}</a>`}`,
      href: change,
      words: 'objective',
    },
    { name: 'Lead', value: partyNames(action.leads, 'No lead'), href: change, words: 'lead' },
    {
      name: 'Contributors',
      value: partyNames(action.contributors, 'None named'),
      href: change,
      words: 'contributors',
    },
    {
      name: 'Due',
      value: html`${action.due.precision === 'day' && action.due.to !== null ? dayWithDistance(action.due.to, asAt) : dueInWords(action.due)}${dateNotes(action).map((note) => html`<br><span class="sl-note">${note}</span>`)}${action.dueDateCount > 1 && html`<br><span class="sl-note">First due ${dueInWords(action.firstDue)}</span>`}${action.asked !== null && html`<br><a class="govuk-link" href="${link(paths.dateRequest(plan.slug, action.asked.id))}">See the request</a>`}${action.due.asWritten !== '' && action.due.asWritten !== dueInWords(action.due) && html`<br><span class="sl-note">Written as “${action.due.asWritten}”</span>`}`,
      href: moveDate,
      words: 'due date',
    },
    {
      name: 'Claimed',
      value: html`${claimedTag(plan, action.claimedRag)} ${meaningOf(picture, action)}`,
    },
    {
      name: 'Derived',
      value: derivedPanel(picture, action, link) ?? html`<span class="sl-quiet">Withdrawn</span>`,
    },
    {
      name: 'Priority',
      value: html`${action.priority === null ? html`<span class="sl-quiet">None set</span>` : sentenceCase(action.priority)}`,
      href: change,
      words: 'priority',
    },
    {
      name: 'How we will know',
      value: textOr(action.successMeasure, 'Nothing written yet'),
      href: change,
      words: 'how we will know',
    },
    { name: 'Test', value: testValue(action.test), href: change, words: 'test' },
    {
      name: 'Intended outcome for children',
      value: textOr(action.outcomeForChildren, 'Nothing written yet'),
      href: change,
      words: 'intended outcome',
    },
    {
      name: 'Sources',
      value: sourceList([...(objective?.sources ?? []), ...action.sources]),
      href: change,
      words: 'sources',
    },
  ];
  return html`<dl class="govuk-summary-list sl-summary">${rows.map(
    (row) =>
      html`<div class="govuk-summary-list__row${row.href == null && ' govuk-summary-list__row--no-actions'}"><dt class="govuk-summary-list__key">${row.name}</dt><dd class="govuk-summary-list__value">${row.value}</dd>${
        row.href != null &&
        html`<dd class="govuk-summary-list__actions"><a class="govuk-link" href="${row.href}">Change<span class="govuk-visually-hidden"> ${row.words}</span></a></dd>`
      }</div>`,
  )}</dl>`;
}

function meaningOf({ plan }: PlanPicture, action: ActionPicture): Html {
  const meaning = plan.ragScheme.find((entry) => entry.colour === action.claimedRag)?.meaning;
  return html`${meaning !== undefined && html`<span class="sl-note">${meaning}</span>`}`;
}

function partyNames(parties: ActionPicture['leads'], none: string): Html {
  return parties.length === 0
    ? html`<span class="sl-quiet">${none}</span>`
    : html`${parties.map((party, index) => html`${index > 0 && html`<br>`}${party.name}`)}`;
}

function textOr(text: string | null, none: string): Html {
  return text === null ? html`<span class="sl-quiet">${none}</span>` : lines(text);
}

function sourceList(sources: readonly SourceRef[]): Html {
  if (sources.length === 0) return html`<span class="sl-quiet">None named</span>`;
  return html`<ul class="govuk-list sl-plain">${sources.map((source) => html`<li>${sourceInWords(source)}</li>`)}</ul>`;
}

function otherActs({ picture, action, allowed, mayGiveOut }: ActionInput): Html {
  return html`${withdrawing(picture, action, allowed)}${
    (allowed.changePlan || allowed.update(action)) &&
    html`<p class="govuk-body"><a class="govuk-link" href="${takeOutPath('action', action.id)}">Take out a name</a></p>`
  }${
    mayGiveOut === true &&
    html`<p class="govuk-body"><a class="govuk-link" href="${disclosePath('action', action.id)}">Give out everything about it</a></p>`
  }`;
}

function withdrawing(picture: PlanPicture, action: ActionPicture, allowed: Allowed): Html {
  if (!allowed.changePlan || picture.plan.state !== 'active') return html``;
  return html`<p class="govuk-body"><a class="govuk-link" href="${paths.withdraw(picture.plan.slug, action.id)}">${action.withdrawn ? 'Bring this action back' : 'Withdraw this action'}</a></p>`;
}
