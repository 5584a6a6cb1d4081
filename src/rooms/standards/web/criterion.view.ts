import { formatDate, formatInstant } from '#kernel/dates.ts';
import { dueInWords } from '#kernel/due/due-in-words.ts';
import type { UserId } from '#kernel/ids.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { evidencePaths, threadPaths } from '#findings';
import type { EditionPicture } from '../actions/open-edition.ts';
import { isOwnWordAlone, restAge } from '../rules/freshness.ts';
import type { Level } from '../rules/levels.ts';
import type { Criterion, Domain, Judgement, Rest, Verdict } from '../rules/picture.ts';
import { contestedBy } from '../rules/position.ts';
import { listed, progressNames, restNames, whoseNames, yearOf } from '../rules/words.ts';
import type { AnswerPaths } from './deps.ts';
import {
  buttonLink,
  editionCaption,
  levelTag,
  lines,
  progressTag,
  resultWords,
  type LinkTo,
} from './parts.ts';
import { paths } from './paths.ts';

/** Something of another room that is linked with the criterion, as its page tells it. */
export interface Linked {
  href: string;
  text: string;
  note: string;
}

/** An action that answers a judgement on it. */
export interface LinkedAction extends Linked {
  actionId: string;
  judgementId: Judgement['id'];
}

export interface CriterionInput {
  picture: EditionPicture;
  domain: Domain;
  criterion: Criterion;
  /** Of this criterion and of what it was in the editions before, the newest first. */
  history: readonly (Judgement & { levels: readonly Level[]; edition: string | null })[];
  verdicts: readonly (Verdict & { levels: readonly Level[] })[];
  names: ReadonlyMap<UserId, string>;
  /** The title of the source, evidence or finding on which a judgement rests, by its id. */
  titles: ReadonlyMap<string, string>;
  findings: readonly Linked[];
  evidence: readonly Linked[];
  actions: readonly LinkedAction[];
  mayJudge: boolean;
  /** Whether this person may change all of it: what others said, and what shows it. */
  mayChange: boolean;
  /** How actions come to answer it; null where this person may not say so. */
  answering: AnswerPaths | null;
  csrf: string;
  link: LinkTo;
}

/** A criterion: what it asks, what the authority says of it, on what that rests, what others said. */
export function criterionView(input: CriterionInput) {
  const { picture, domain, criterion, link } = input;
  const { edition } = picture;
  const judgement = picture.judgements.get(criterion.id);
  const locked = picture.sections.get(domain.id)?.locked === true;
  return {
    title: `Criterion ${criterion.ref}`,
    caption: `${edition.title} · ${domain.title}`,
    dated: true,
    back: { text: editionCaption(edition), href: link(paths.edition(edition.id)) },
    actions: html`${input.mayJudge && !locked && buttonLink(judgement === undefined ? 'Judge it' : 'Judge it again', paths.judge(criterion.id))}`,
    content: html`<p class="govuk-body-l sl-lead">${sentence(input, judgement)}</p>
${locked && html`<div class="govuk-inset-text">This section is submitted or signed off, so its judgements are locked.</div>`}
<div class="govuk-body sl-text sl-measure">${lines(criterion.text)}</div>
${descriptors(criterion, edition.levels)}
${judgement !== undefined && standing(input, judgement)}
${rests(input, judgement)}
${answered(input, judgement)}
${verdicts(input, judgement)}
${evidenceOf(input)}
${linkedList('findings', 'Findings that bear on it', input.findings, link)}
${historyOf(input)}
<p class="govuk-body sl-no-print"><a class="govuk-link" href="${link(threadPaths.thread('criterion', criterion.id))}">See its thread: what led here and what came of it</a></p>`,
  };
}

function sentence({ picture }: CriterionInput, judgement: Judgement | undefined): Html {
  const { levels } = picture.edition;
  if (judgement === undefined) return html`Nobody has judged this criterion yet.`;
  const name = levels.find(({ key }) => key === judgement.level)?.name;
  return html`${name === undefined ? 'Not judged' : name}. The work on it is ${progressNames[judgement.progress].toLowerCase()}. Judged on ${formatDate(judgement.effectiveOn)}.${
    isOwnWordAlone(judgement, levels) &&
    html` <strong class="sl-late">It is said to be met on the service’s own word alone.</strong>`
  }`;
}

function descriptors({ descriptors: said }: Criterion, levels: readonly Level[]): Html {
  const shown = levels.flatMap((level) => {
    const words = said[level.key];
    return words === undefined ? [] : [{ level, words }];
  });
  if (shown.length === 0) return html``;
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">What each level looks like</span></summary><div class="govuk-details__text"><dl class="govuk-summary-list">${shown.map(
    ({ level, words }) =>
      html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${level.name}</dt><dd class="govuk-summary-list__value">${lines(words)}</dd></div>`,
  )}</dl></div></details>`;
}

function standing({ picture }: CriterionInput, judgement: Judgement): Html {
  const rows: [string, Html][] = [
    ['Level', levelTag(picture.edition.levels, judgement.level)],
    ['Work on it', progressTag(judgement.progress)],
    ['Kind of result', resultWords(judgement.result)],
    ['How it is met', textOr(judgement.howMet, 'Nobody has said')],
    ['Why not fully', textOr(judgement.whyNot, 'Nothing said')],
    ['What comes next', textOr(judgement.whatNext, 'Nothing planned')],
    ['By when', dueOf(judgement)],
    [
      'Who does it',
      judgement.leads.length === 0
        ? html`<span class="sl-quiet">Nobody named</span>`
        : html`${judgement.leads.map(({ name }, index) => html`${index > 0 && html`<br>`}${name}`)}`,
    ],
  ];
  return html`<section class="sl-section" aria-labelledby="judgement"><h2 class="govuk-heading-m" id="judgement">What we say of it</h2><dl class="govuk-summary-list">${rows.map(
    ([name, value]) =>
      html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${name}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`,
  )}</dl></section>`;
}

function textOr(text: string | null, otherwise: string): Html {
  return text === null ? html`<span class="sl-quiet">${otherwise}</span>` : lines(text);
}

function dueOf({ due }: Judgement): Html {
  if (due === null) return html`<span class="sl-quiet">No date</span>`;
  const words = dueInWords(due);
  return html`${words}${due.asWritten !== words && html`<br><span class="sl-note">Written as “${due.asWritten}”</span>`}`;
}

function rests({ picture, titles }: CriterionInput, judgement: Judgement | undefined): Html {
  if (judgement === undefined) return html``;
  const missing = (['data', 'audit of practice', 'voice', 'external'] as const).filter(
    (kind) => !judgement.restsOn.some((rest) => rest.kind === kind),
  );
  const list =
    judgement.restsOn.length === 0
      ? html`<p class="govuk-body">Nothing is named on which this judgement rests.</p>`
      : html`<ul class="govuk-list govuk-list--bullet">${judgement.restsOn.map((rest) => restLine(rest, picture, titles))}</ul>`;
  return html`<section class="sl-section" aria-labelledby="rests"><h2 class="govuk-heading-m" id="rests">On what it rests</h2>${list}
${missing.length > 0 && html`<p class="sl-note">Not there: ${listed(missing.map((kind) => restNames[kind].toLowerCase()))}.</p>`}</section>`;
}

function restLine(rest: Rest, { asAt }: EditionPicture, titles: ReadonlyMap<string, string>): Html {
  const { words, isOld } = restAge(rest, asAt);
  const named = [rest.evidenceId, rest.sourceId, rest.findingId].flatMap(
    (id) => (id === null ? undefined : titles.get(id)) ?? [],
  );
  return html`<li><strong>${restNames[rest.kind]}</strong>${rest.words !== null && html`: ${lines(rest.words)}`}${named.map((title) => html`, from ${title}`)} <span class="${isOld ? 'sl-late' : 'sl-note'}">(${rest.datedOn !== null && `${formatDate(rest.datedOn)}, `}${words}${isOld && ', older than a year'})</span></li>`;
}

function answered(input: CriterionInput, judgement: Judgement | undefined): Html {
  const { actions, answering, link } = input;
  const add =
    judgement !== undefined &&
    answering !== null &&
    html`<div class="govuk-button-group">${buttonLink('Add an action for this', answering.add(judgement.id), true)}<a class="govuk-link" href="${answering.link(judgement.id)}">Link an action that stands</a></div>`;
  if (actions.length === 0 && add === false) return html``;
  return html`<section class="sl-section" aria-labelledby="actions"><h2 class="govuk-heading-m" id="actions">Actions</h2>
${
  actions.length === 0
    ? html`<p class="govuk-body">No action answers this yet.</p>`
    : html`<ul class="govuk-list">${actions.map(
        ({ href, text, note, judgementId, actionId }) =>
          html`<li><a class="govuk-link" href="${link(href)}">${text}</a> <span class="sl-note">${note}</span>${answering !== null && html` <a class="govuk-link sl-no-print" href="${answering.end(judgementId, actionId)}">Take it off<span class="govuk-visually-hidden">: ${text}</span></a>`}</li>`,
      )}</ul>`
}${add}</section>`;
}

function evidenceOf({ evidence, mayChange, criterion, link }: CriterionInput): Html {
  const add =
    mayChange &&
    html`<p class="govuk-body sl-no-print"><a class="govuk-link" href="${evidencePaths.add(`criterion:${criterion.id}`)}">Add evidence</a></p>`;
  if (evidence.length === 0 && add === false) return html``;
  return html`<section class="sl-section" aria-labelledby="evidence"><h2 class="govuk-heading-m" id="evidence">Evidence</h2>${
    evidence.length === 0
      ? html`<p class="govuk-body">No evidence in the library shows it yet.</p>`
      : itemList(evidence, link)
  }${add}</section>`;
}

function verdicts(input: CriterionInput, judgement: Judgement | undefined): Html {
  const { picture, history, verdicts: said, mayChange, criterion, csrf } = input;
  const years = [
    ...new Set([
      ...history.map(({ effectiveOn }) => yearOf(effectiveOn)),
      ...said.map(({ saidOn }) => yearOf(saidOn)),
    ]),
  ]
    .sort()
    .reverse();
  const add =
    mayChange &&
    html`<p class="govuk-body"><a class="govuk-link" href="${paths.verdict(criterion.id)}">Write down what peers or an inspection said</a></p>`;
  if (said.length === 0 && add === false) return html``;
  const others = (whose: Verdict['whose'], year: string) =>
    said
      .filter((one) => one.whose === whose && yearOf(one.saidOn) === year)
      .map(
        (one) =>
          html`<div>${one.level !== null && levelTag(one.levels, one.level)}${one.words !== null && html` <span>${lines(one.words)}</span>`} <span class="sl-note">${formatDate(one.saidOn)}</span>${mayChange && html` <form method="post" action="${paths.takeVerdictBack(criterion.id)}"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="verdict" value="${one.id}"><details class="sl-more"><summary>Take back<span class="govuk-visually-hidden"> the verdict of ${formatDate(one.saidOn)}</span></summary><div class="govuk-form-group"><label class="govuk-label" for="reason-${one.id}">Why was it wrong?</label><input class="govuk-input" id="reason-${one.id}" name="reason" required></div><button class="govuk-button govuk-button--secondary" type="submit">Take it back</button></details></form>`}</div>`,
      );
  const contested = contestedBy(judgement, said, picture.edition.levels);
  return html`<section class="sl-section" aria-labelledby="verdicts"><h2 class="govuk-heading-m" id="verdicts">Our verdict and theirs</h2>
${contested.length > 0 && html`<p class="govuk-body">${listed(contested.map(({ whose }) => (whose === 'peer' ? 'Peers' : 'An inspection')))} said otherwise than we do.</p>`}
${
  said.length === 0
    ? html`<p class="govuk-body">Nobody outside has said anything on this criterion yet.</p>`
    : dataTable({
        caption: 'Verdicts by year, from April to March',
        columns: [
          { text: 'Year' },
          { text: 'Our own' },
          { text: whoseNames.peer },
          { text: whoseNames.inspection },
        ],
        groups: [
          {
            rows: years.map((year) => {
              const own = history.find(({ effectiveOn }) => yearOf(effectiveOn) === year);
              return [
                year,
                own === undefined
                  ? html`<span class="sl-quiet">None</span>`
                  : levelTag(own.levels, own.level),
                orNone(others('peer', year)),
                orNone(others('inspection', year)),
              ];
            }),
          },
        ],
      })
}${add}</section>`;
}

function orNone(all: readonly Html[]): Html {
  return all.length === 0 ? html`<span class="sl-quiet">None</span>` : html`${all}`;
}

function linkedList(id: string, title: string, all: readonly Linked[], link: LinkTo): Html {
  if (all.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${title}</h2>${itemList(all, link)}</section>`;
}

function itemList(all: readonly Linked[], link: LinkTo): Html {
  return html`<ul class="govuk-list">${all.map(
    ({ href, text, note }) =>
      html`<li><a class="govuk-link" href="${link(href)}">${text}</a> <span class="sl-note">${note}</span></li>`,
  )}</ul>`;
}

function historyOf({ history, names }: CriterionInput): Html {
  if (history.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="history"><h2 class="govuk-heading-m" id="history">What we said before</h2>${timeline(
    history.map((one) => ({
      title: html`${levelTag(one.levels, one.level)} ${progressTag(one.progress)} ${one.result !== null && resultWords(one.result)}${one.edition !== null && html` <span class="sl-note">${one.edition}</span>`}`,
      by: one.by === null ? null : (names.get(one.by) ?? null),
      when: { words: formatDate(one.effectiveOn), iso: one.effectiveOn },
      alsoWhen: `Written down on ${formatInstant(one.recordedAt)}`,
      body: html`${one.howMet !== null && html`<p class="govuk-body">${lines(one.howMet)}</p>`}${one.whyNot !== null && html`<p class="govuk-body"><strong>Why not fully:</strong> ${lines(one.whyNot)}</p>`}${one.whatNext !== null && html`<p class="govuk-body"><strong>Next:</strong> ${lines(one.whatNext)}</p>`}`,
    })),
  )}</section>`;
}
