import { formatDate, formatMonth, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { timeline, type TimelineEntry } from '#platform/web/components/timeline.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { Alike } from '../actions/surroundings.ts';
import type { DerivativeFinding } from '../rules/derivative.ts';
import {
  findingSentence,
  findingTitle,
  placeInWords,
  responseInWords,
} from '../rules/finding-words.ts';
import {
  classificationWords,
  findingKindName,
  listInWords,
  sentenceCase,
} from '../rules/kind-words.ts';
import type { FindingPicture, LinkedAction } from '../rules/picture.ts';
import type { Recurrence } from '../rules/recurrence.ts';
import { stateReasonInWords } from '../rules/state-words.ts';
import type { FindingVersionFact, PairFact, ResponseFact } from '../store/read-history.ts';
import type { LinkTo } from './linker.ts';
import type { Allowed } from './load.ts';
import {
  buttonLink,
  classificationName,
  factList,
  factRow,
  lines,
  otherActs,
  quoted,
  registerNavigation,
  section,
  stateTag,
  timeOf,
} from './parts.ts';
import { paths } from './paths.ts';
import { alikePanel, groupSection, type Togetherness } from './same.view.ts';

/** What a finding's page shows beside the finding itself. */
export interface AroundFinding {
  siblings: readonly FindingPicture[];
  recurrence: readonly Recurrence[];
  together: Togetherness;
  alike: readonly Alike[];
  history: {
    versions: readonly FindingVersionFact[];
    responses: readonly ResponseFact[];
    pairs: readonly PairFact[];
    names: ReadonlyMap<UserId, string>;
  };
}

export interface FindingInput {
  finding: FindingPicture;
  allowed: Allowed;
  around: AroundFinding;
  /** How another action comes to answer it, from the room above; none where it is not offered. */
  answerIt: Html | null;
  mayGiveOut: boolean;
  csrf: string | null;
  asAt: IsoDate;
  link: LinkTo;
}

/** A finding, whole. */
export function findingView(input: FindingInput) {
  const { finding, around, allowed, link, csrf } = input;
  const { source } = finding;
  const place = placeInWords(finding);
  return {
    title: findingTitle(finding),
    caption: source.title,
    classification: classificationName(source.classification),
    dated: true,
    back: { text: 'Back to the source', href: link(paths.source(source.id)) },
    subNavigation: registerNavigation(null, link),
    actions: actionsOf(input),
    content: html`<p class="govuk-body-l sl-lead">${findingSentence(finding, around.siblings)}</p>
${quoted(finding.words, true)}
<p class="govuk-body sl-quiet"><a class="govuk-link" href="${link(paths.source(source.id))}">${source.title}</a>${place !== null && html`, ${place}`}</p>
${facts(input)}
${groupSection(around.together, { finding, csrf, link, mayAnswer: allowed.change })}
${actionsSection(input)}
${alikePanel(around.alike, { finding, csrf })}
${historySection(input)}
${otherActs('finding', finding.id, { change: allowed.change, giveOut: input.mayGiveOut })}`,
  };
}

function actionsOf({ finding, allowed }: FindingInput): Html {
  const { id, kind, response, withdrawn } = finding;
  const needsAnswer = kind !== 'strength' && response === null;
  return html`${
    allowed.change &&
    !withdrawn &&
    buttonLink(
      paths.response(id),
      response === null ? 'Respond' : 'Change the response',
      !needsAnswer,
    )
  }${allowed.change && buttonLink(paths.changeFinding(id), 'Correct', true)}${
    allowed.withdraw &&
    buttonLink(paths.withdrawFinding(id), withdrawn ? 'Bring back' : 'Withdraw', true)
  }`;
}

function facts({ finding, around, link }: FindingInput): Html {
  const { response, source } = finding;
  const said =
    response === null
      ? html`<span class="sl-quiet">${finding.kind === 'strength' ? 'A strength needs none' : 'None yet'}</span>`
      : html`${responseInWords(response)}${response.reason !== null && html`<br />${lines(response.reason)}`}`;
  return factList([
    factRow(
      'State',
      html`${stateTag(finding.derived.state)}<br />${stateReasonInWords(finding.derived.reason)}`,
    ),
    factRow('Response', said),
    factRow('Lead post', finding.lead?.name ?? html`<span class="sl-quiet">None</span>`),
    factRow(
      'Reported to',
      finding.reportsTo?.name ?? html`<span class="sl-quiet">Nobody yet</span>`,
    ),
    factRow('Area', finding.area),
    factRow('Themes', themeList(around.recurrence, link)),
    factRow('Who may read it', classificationWords[source.classification].name),
    source.classification === 'restricted'
      ? factRow(
          'What others read of it',
          finding.wordsToShare === null
            ? html`<span class="sl-quiet">No words: its kind, themes, area, state and month alone</span>`
            : lines(finding.wordsToShare),
        )
      : html``,
  ]);
}

function themeList(recurrence: readonly Recurrence[], link: LinkTo): Html | null {
  if (recurrence.length === 0) return null;
  return html`<ul class="govuk-list">${recurrence.map(
    ({ id, name, earlierYears }) =>
      html`<li><a class="govuk-link" href="${link(paths.theme(id))}">${name}</a>${
        earlierYears.length > 0 &&
        html`: not the first time, also said in ${listInWords(earlierYears)}`
      }</li>`,
  )}</ul>`;
}

function actionsSection({ finding, answerIt, allowed, link }: FindingInput): Html {
  if (finding.actions.length === 0 && answerIt === null) return html``;
  const table =
    finding.actions.length === 0
      ? html`<p class="govuk-body">No action answers it yet.</p>`
      : actionTable(finding.actions, link);
  return section('actions', 'Actions that answer it', html`${table}${allowed.change && answerIt}`);
}

function actionTable(actions: readonly LinkedAction[], link: LinkTo): Html {
  return dataTable({
    caption: 'Actions that answer it',
    hiddenCaption: true,
    columns: [
      { text: 'Action', width: 'wide' },
      { text: 'Where' },
      { text: 'State' },
      { text: 'Due', width: 'narrow' },
    ],
    groups: [
      {
        rows: actions.map(({ href, label, place, state, since, dueOn }) => [
          html`<a class="govuk-link" href="${link(href)}">${label}</a>`,
          place,
          html`${stateTag(state)}<br /><span class="sl-note">since ${timeOf(since)}</span>`,
          dueOn === null ? html`<span class="sl-quiet">No date</span>` : timeOf(dueOn),
        ]),
      },
    ],
  });
}

function historySection({ around: { history } }: FindingInput): Html {
  const { versions, responses, pairs, names } = history;
  const entry = (
    fact: { on: IsoDate; at: Date; by: UserId | null },
    title: string,
    body: Html | null,
  ): TimelineEntry & { at: Date } => ({
    at: fact.at,
    title,
    by: fact.by === null ? null : (names.get(fact.by) ?? null),
    when: { words: formatDate(fact.on), iso: fact.on },
    ...(body === null ? {} : { body }),
  });
  const all = [
    ...versions.map((one, index) => {
      const before = versions[index - 1];
      const was =
        before !== undefined && before.words !== one.words
          ? html`<p class="govuk-body">It said before:</p>${quoted(before.words)}`
          : null;
      const title =
        before === undefined
          ? 'Added'
          : one.withdrawn !== before.withdrawn
            ? one.withdrawn
              ? 'Withdrawn'
              : 'Brought back'
            : 'Corrected';
      const why = one.reason === null ? null : html`<p class="govuk-body">${one.reason}</p>`;
      return entry(one, title, why === null && was === null ? null : html`${why}${was}`);
    }),
    ...responses.map((one) =>
      entry(
        one,
        `Response: ${one.answer}`,
        one.reason === null ? null : html`<p class="govuk-body">${lines(one.reason)}</p>`,
      ),
    ),
    ...pairs.map((one) =>
      entry(
        one,
        one.verdict === 'same'
          ? 'Said to say the same as another finding'
          : 'Said not to say the same as another finding',
        null,
      ),
    ),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return section('history', 'History', timeline(all));
}

/** What those see of a restricted finding who may not read the whole. */
export function derivativeView(finding: DerivativeFinding, link: LinkTo) {
  const kind = sentenceCase(findingKindName(finding.kind));
  return {
    title: kind,
    caption: 'Findings',
    classification: classificationName('restricted'),
    dated: true,
    back: { text: 'Back to the findings', href: link(paths.findings()) },
    subNavigation: registerNavigation(null, link),
    actions: html``,
    content: html`<p class="govuk-body-l sl-lead">${kind} of ${formatMonth(`${finding.month}-01` as IsoDate)}, ${finding.state}. Its source is restricted: you see what may be shared of it.</p>
${finding.wordsToShare !== null && html`<p class="govuk-body sl-words">${lines(finding.wordsToShare)}</p>`}
${factList([
  factRow('State', stateTag(finding.state)),
  factRow('Area', finding.area),
  factRow(
    'Themes',
    finding.themes.length === 0 ? null : listInWords(finding.themes.map(({ name }) => name)),
  ),
])}`,
  };
}
