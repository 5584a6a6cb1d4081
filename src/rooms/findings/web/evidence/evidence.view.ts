import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, safeHref, type Html } from '#platform/web/html.ts';
import { keyIn, type FormState } from '#platform/web/form-state.ts';
import type { ReadableEvidence, EvidenceUse } from '../../actions/read-evidence.ts';
import { isOutOfDate, type EvidencePicture, type EvidenceVersion } from '../../rules/evidence.ts';
import { classificationWords, countOf } from '../../rules/kind-words.ts';
import { classifications, type Classification } from '../../rules/kinds.ts';
import { filterPanel } from '../filter-panel.ts';
import type { LinkTo } from '../linker.ts';
import {
  buttonLink,
  classificationName,
  factList,
  factRow,
  lines,
  otherActs,
  registerNavigation,
  section,
  timeOf,
} from '../parts.ts';
import { evidencePaths } from './paths.ts';

export const evidenceStates = ['in use', 'out of date', 'used nowhere', 'withdrawn'] as const;
export type EvidenceState = (typeof evidenceStates)[number];
const kindNames = { file: 'File', link: 'Link', note: 'Note' } as const;
export const evidenceKinds = ['file', 'link', 'note'] as const;

export interface EvidenceList {
  text: string;
  kinds: readonly string[];
  states: readonly string[];
}

/** How a piece of evidence stands on a day: one word for the list and its filter. */
export function stateOf(
  { evidence, uses, hasHidden }: ReadableEvidence,
  asAt: IsoDate,
): EvidenceState {
  if (evidence.withdrawn) return 'withdrawn';
  if (isOutOfDate(evidence, asAt)) return 'out of date';
  return uses.length === 0 && !hasHidden ? 'used nowhere' : 'in use';
}

const mostShown = 200;

/** The library: every piece that this person may read and that is not restricted. */
export function evidenceListView(input: {
  all: readonly ReadableEvidence[];
  view: EvidenceList;
  mayAdd: boolean;
  asAt: IsoDate;
  isToday: boolean;
  link: LinkTo;
}) {
  const { view, asAt, link } = input;
  const all = input.all.filter(({ restricted }) => !restricted);
  const restricted = input.all.length - all.length;
  const found = all.filter((one) => fits(one, view, asAt));
  const add = input.mayAdd && input.isToday;
  return {
    title: 'Evidence',
    caption: 'Findings',
    dated: true,
    wide: true,
    subNavigation: registerNavigation('Evidence', link),
    actions: html`${add && buttonLink(evidencePaths.add(), 'Add evidence')}`,
    content:
      all.length === 0
        ? emptyState({
            title: 'No evidence yet',
            text: 'Files, links and notes that show what was done will be listed here, with everything that each of them shows.',
            ...(add ? { action: { text: 'Add evidence', href: evidencePaths.add() } } : {}),
          })
        : html`<p class="govuk-body-l sl-lead">${librarySentence(all, restricted, asAt)}</p>
<div class="sl-filtered"><div class="sl-filtered__side">${filterPanel({
            action: evidencePaths.list(),
            text: view.text,
            asAt: input.isToday ? null : asAt,
            groups: [
              {
                name: 'state',
                legend: 'How it stands',
                chosen: view.states,
                options: evidenceStates.map((value) => ({ value, words: upper(value) })),
              },
              {
                name: 'kind',
                legend: 'What it is',
                chosen: view.kinds,
                options: evidenceKinds.map((value) => ({ value, words: kindNames[value] })),
              },
            ],
          })}</div>
<div class="sl-filtered__main">${
            found.length === 0
              ? emptyState({
                  title: 'No evidence fits',
                  text: 'Take a filter off, or search for other words.',
                })
              : listTable(found.slice(0, mostShown), asAt, link)
          }${found.length > mostShown && html`<p class="govuk-body">The first ${mostShown} of ${found.length} are shown. Search for the others.</p>`}</div></div>`,
  };
}

function librarySentence(
  all: readonly ReadableEvidence[],
  restricted: number,
  asAt: IsoDate,
): string {
  const count = (state: EvidenceState) => all.filter((one) => stateOf(one, asAt) === state).length;
  const out = count('out of date');
  const nowhere = count('used nowhere');
  return `${countOf(all.length, 'piece')} of evidence: ${out === 0 ? 'none is' : out === 1 ? '1 is' : `${out} are`} out of date, and ${nowhere === 0 ? 'none is' : nowhere === 1 ? '1 is' : `${nowhere} are`} used nowhere.${restricted === 0 ? '' : ` ${restricted} more ${restricted === 1 ? 'is' : 'are'} restricted, and ${restricted === 1 ? 'is' : 'are'} opened from what ${restricted === 1 ? 'it shows' : 'they show'}.`}`;
}

function fits(
  one: ReadableEvidence,
  { text, kinds, states }: EvidenceList,
  asAt: IsoDate,
): boolean {
  const { evidence, uses } = one;
  const words = [evidence.title, evidence.file?.name, evidence.url, ...uses.map(({ name }) => name)]
    .join(' ')
    .toLowerCase();
  return (
    (kinds.length === 0 || kinds.includes(evidence.kind)) &&
    (states.length === 0 || states.includes(stateOf(one, asAt))) &&
    text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.includes(word))
  );
}

function listTable(found: readonly ReadableEvidence[], asAt: IsoDate, link: LinkTo): Html {
  return dataTable({
    caption: 'Evidence',
    columns: [
      { text: 'What it is', width: 'wide' },
      { text: 'Shows' },
      { text: 'Added' },
      { text: 'Good until' },
      { text: 'How it stands' },
    ],
    groups: [
      {
        rows: found.map((one) => {
          const { evidence, uses } = one;
          return [
            html`<a class="govuk-link" href="${link(evidencePaths.one(evidence.id))}">${evidence.title}</a> <span class="sl-note">${kindNames[evidence.kind]}</span>`,
            html`${usesShort(uses)}`,
            timeOf(evidence.addedOn),
            html`${evidence.goodUntil === null ? 'Nobody said' : timeOf(evidence.goodUntil)}`,
            upper(stateOf(one, asAt)),
          ];
        }),
      },
    ],
  });
}

function usesShort(uses: readonly EvidenceUse[]): Html {
  const [first] = uses;
  if (first === undefined) return html`<span class="sl-quiet">Nothing</span>`;
  return html`${first.name}${uses.length > 1 && html` <span class="sl-note">and ${uses.length - 1} more</span>`}`;
}

/** A piece of evidence: what it is, where it is used, and what it was before. */
export function evidenceView(input: {
  one: ReadableEvidence;
  mayChange: boolean;
  mayWithdraw: boolean;
  mayGiveOut: boolean;
  csrf: string;
  asAt: IsoDate;
  link: LinkTo;
}) {
  const { one, mayChange, link, asAt } = input;
  const { evidence } = one;
  return {
    title: evidence.title.length > 180 ? `${evidence.title.slice(0, 179)}…` : evidence.title,
    caption: `Evidence · ${kindNames[evidence.kind]}`,
    classification: classificationName(evidence.classification),
    dated: true,
    subNavigation: registerNavigation('Evidence', link),
    back: { text: 'All evidence', href: link(evidencePaths.list()) },
    actions: html`${mayChange && !evidence.withdrawn && buttonLink(evidencePaths.revise(evidence.id), 'Revise')}${
      input.mayWithdraw &&
      buttonLink(
        evidencePaths.withdraw(evidence.id),
        evidence.withdrawn ? 'Bring back' : 'Withdraw',
        true,
      )
    }`,
    content: html`<p class="govuk-body-l sl-lead">${oneSentence(one, asAt)}</p>
${evidence.title.length > 180 && html`<div class="govuk-body sl-words">${lines(evidence.title)}</div>`}
${factList([
  factRow('Where it is', whereItIs(evidence, link)),
  ...(evidence.file === null
    ? []
    : [factRow('SHA-256', html`<code class="sl-words">${evidence.file.sha256}</code>`)]),
  factRow(
    'Good until',
    evidence.goodUntil === null ? 'Nobody said' : formatDate(evidence.goodUntil),
  ),
  factRow('Added', formatDate(evidence.addedOn)),
])}
${section('uses', 'What it shows', usesList(input))}
${one.history.length > 1 && section('states', 'What it was before', historyList(one, link))}
${otherActs('evidence', evidence.id, { change: mayChange, giveOut: input.mayGiveOut })}`,
  };
}

function oneSentence(one: ReadableEvidence, asAt: IsoDate): string {
  const { evidence, uses, hasHidden } = one;
  if (evidence.withdrawn) return 'It was withdrawn: it shows nothing any more.';
  const shows = `It shows ${countOf(uses.length, 'thing')}${hasHidden ? ' that you may read, and others' : ''}`;
  if (evidence.goodUntil === null) return `${shows}. Nobody said how long it is good for.`;
  return isOutOfDate(evidence, asAt)
    ? `${shows}, and is out of date since ${formatDate(evidence.goodUntil)}.`
    : `${shows}, and is good until ${formatDate(evidence.goodUntil)}.`;
}

function whereItIs(evidence: EvidencePicture, link: LinkTo): Html {
  const { file, url } = evidence;
  if (file !== null) {
    return html`<a class="govuk-link" href="${link(evidencePaths.file(evidence.id))}" download>${file.name}</a> <span class="sl-note">${sizeInWords(file.sizeBytes)}</span>`;
  }
  if (url === null)
    return html`<span class="sl-quiet">It is a note: there is nothing to open.</span>`;
  const href = safeHref(url);
  return href === null
    ? html`${url}`
    : html`<a class="govuk-link sl-words" href="${href}" rel="noreferrer noopener">${url}</a>`;
}

function usesList({ one, mayChange, csrf, link }: Parameters<typeof evidenceView>[0]): Html {
  const { evidence, uses, hasHidden } = one;
  const hidden =
    hasHidden && html`<p class="govuk-body sl-quiet">It shows more than you may read.</p>`;
  if (uses.length === 0) {
    return html`<p class="govuk-body">${hasHidden ? '' : 'Nothing yet. Open a source or a finding, and add this evidence there.'}</p>${hidden}`;
  }
  return html`<ul class="govuk-list govuk-list--spaced">${uses.map(
    (use) =>
      html`<li>${use.link === null ? use.name : html`<a class="govuk-link" href="${link(use.link)}">${use.name}</a>`}${use.page !== null && html`, page ${use.page}`}${use.relation === 'document of' && html` <span class="sl-note">its document</span>`}${
        mayChange &&
        use.kind !== 'action' &&
        html`<form method="post" action="${evidencePaths.endUse(evidence.id, use.linkId)}"><input type="hidden" name="_csrf" value="${csrf}"><button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit">It no longer shows this<span class="govuk-visually-hidden">: ${use.name}</span></button></form>`
      }</li>`,
  )}</ul>${hidden}`;
}

function historyList({ evidence, history }: ReadableEvidence, link: LinkTo): Html {
  return html`<ol class="sl-timeline">${history
    .toReversed()
    .map(
      (state) =>
        html`<li class="sl-timeline__entry"><p class="sl-timeline__when">${timeOf(state.on)}</p><div class="sl-timeline__body"><p class="govuk-body sl-words">${stateWords(state)}${
          state.file !== null &&
          html` <a class="govuk-link" href="${link(evidencePaths.file(evidence.id, state.version))}" download>${state.file.name}</a>`
        }</p></div></li>`,
    )}</ol>`;
}

function stateWords(state: EvidenceVersion): string {
  const good = state.goodUntil === null ? '' : ` Good until ${formatDate(state.goodUntil)}.`;
  const why = state.reason === null ? '' : ` ${state.reason}`;
  return `${state.withdrawn ? 'Withdrawn' : state.version === 1 ? 'Added' : 'Revised'}: “${state.title}”.${good}${why}`;
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en-GB')} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Add evidence, or revise it. */
export function evidenceFormView(
  state: FormState,
  about: {
    evidence: EvidencePicture | null;
    target: { key: string; name: string; href: string } | null;
    classes: readonly Classification[];
    fileHint: string;
  },
) {
  const { evidence, target } = about;
  const back =
    evidence === null ? (target?.href ?? evidencePaths.list()) : evidencePaths.one(evidence.id);
  return {
    title: evidence === null ? 'Add evidence' : 'Revise this evidence',
    caption: target === null ? 'Evidence' : `For ${target.name}`,
    back: { text: 'Back', href: back },
    cancelHref: back,
    action: evidence === null ? evidencePaths.add(target?.key) : evidencePaths.revise(evidence.id),
    version: evidence?.version ?? null,
    submissionId: evidence === null ? keyIn<'submission'>(state.values) : null,
    isRevision: evidence !== null,
    asksLink: evidence === null || evidence.kind === 'link',
    asksFile: evidence === null || evidence.kind === 'file',
    asksPage: target !== null,
    useHref: target === null ? null : evidencePaths.use(target.key),
    fileHint: about.fileHint,
    classes: classifications
      .filter((one) => about.classes.includes(one))
      .map((value) => ({
        value,
        text: classificationWords[value].name,
        hint: { text: classificationWords[value].meaning },
      })),
    errors: state.errors,
    form: state,
    saveText: evidence === null ? 'Add this evidence' : 'Save',
  };
}

/** Evidence that stands, chosen to show something else too. */
export function useEvidenceView(
  state: FormState,
  target: { key: string; name: string; href: string },
  found: readonly ReadableEvidence[],
  words: string,
) {
  return {
    title: 'Use evidence that stands',
    caption: `For ${target.name}`,
    back: { text: 'Back', href: target.href },
    cancelHref: target.href,
    searchAction: '/findings/evidence/use',
    target: target.key,
    search: { values: { words }, errors: [] },
    action: `${evidencePaths.use(target.key)}${words === '' ? '' : `&words=${encodeURIComponent(words)}`}`,
    addHref: evidencePaths.add(target.key),
    lead:
      found.length === 0
        ? 'No evidence that you may read has these words.'
        : `${countOf(found.length, 'piece')} of evidence to choose from${found.length > 50 ? '. The first 50 are shown: search for others' : ''}.`,
    items: found.slice(0, 50).map(({ evidence, uses }) => ({
      value: evidence.id,
      text: evidence.title.slice(0, 200),
      hint: {
        text: `${kindNames[evidence.kind]}, added on ${formatDate(evidence.addedOn)}. It shows ${countOf(uses.length, 'thing')}.`,
      },
    })),
    errors: state.errors,
    form: state,
  };
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
