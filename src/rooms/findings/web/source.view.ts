import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import { html, type Html } from '#platform/web/html.ts';
import { findingTitle, placeInWords, responseInWords } from '../rules/finding-words.ts';
import {
  classificationWords,
  findingKindName,
  sentenceCase,
  sourceKindName,
} from '../rules/kind-words.ts';
import { findingKinds } from '../rules/kinds.ts';
import type { FindingPicture, SourcePicture } from '../rules/picture.ts';
import { datesInWords, overallInWords, sourceSentence } from '../rules/source-words.ts';
import type { SourceFact } from '../store/read-history.ts';
import { importPaths } from './import/paths.ts';
import type { LinkTo } from './linker.ts';
import type { Allowed } from './load.ts';
import {
  buttonLink,
  classificationName,
  factList,
  factRow,
  lines,
  otherActs,
  registerNavigation,
  section,
  stateTag,
} from './parts.ts';
import { paths } from './paths.ts';

export interface SourceInput {
  source: SourcePicture;
  findings: readonly FindingPicture[];
  allowed: Allowed;
  more: { history: readonly SourceFact[]; names: ReadonlyMap<UserId, string> };
  mayGiveOut: boolean;
  asAt: IsoDate;
  link: LinkTo;
}

/** A source: what it comes to, what it judged, and its findings in order, grouped by kind. */
export function sourceView(input: SourceInput) {
  const { source, findings, link } = input;
  return {
    title: source.title,
    caption: [sourceKindName(source.kind), source.body].filter((part) => part !== null).join(' · '),
    classification: classificationName(source.classification),
    dated: true,
    wide: true,
    subNavigation: registerNavigation('Sources', link),
    actions: actionsOf(input),
    content: html`<p class="govuk-body-l sl-lead">${leadOf(source, findings)}</p>
${about(source)}
${findings.length === 0 ? noFindings(input) : html`${findingKinds.map((kind) => kindSection(input, kind))}`}
${historySection(input)}
${otherActs('source', source.id, { change: input.allowed.change, giveOut: input.mayGiveOut })}`,
  };
}

function leadOf(source: SourcePicture, findings: readonly FindingPicture[]): string {
  if (source.withdrawn)
    return 'This source was withdrawn: it stays to be read, and is counted nowhere.';
  if (source.version === 0) return 'A plan named this source. Nobody has registered it here yet.';
  return sourceSentence(findings);
}

function actionsOf({ source, allowed }: SourceInput): Html {
  const { id } = source;
  const isNew = source.version === 0;
  return html`${allowed.change && isNew && buttonLink(paths.changeSource(id), 'Register this source')}${
    allowed.add && !isNew && buttonLink(paths.newFinding(id), 'Add a finding')
  }${allowed.add && !isNew && buttonLink(importPaths.begin(id), 'Import findings', true)}${allowed.change && !isNew && buttonLink(paths.lookAtSource(id), 'I looked through it again', true)}${
    allowed.change && !isNew && buttonLink(paths.changeSource(id), 'Change', true)
  }${
    allowed.withdraw &&
    !isNew &&
    buttonLink(paths.withdrawSource(id), source.withdrawn ? 'Bring back' : 'Withdraw', true)
  }`;
}

function about(source: SourcePicture): Html {
  const grades =
    source.grades.length === 0
      ? null
      : html`<ul class="govuk-list">${source.grades.map(({ area, grade }) => html`<li>${area}: “${grade}”</li>`)}</ul>`;
  const { name, meaning } = classificationWords[source.classification];
  return factList([
    factRow('Overall judgement', source.version === 0 ? null : overallInWords(source)),
    factRow('Judgements by area', grades),
    ...datesInWords(source).map(({ label, words }) => factRow(label, words)),
    factRow('Reference', source.reference),
    factRow('In short', source.summary === null ? null : lines(source.summary)),
    factRow('Who may read it', `${name}. ${meaning}`),
    factRow('Last looked at', formatDate(source.lookedOn)),
  ]);
}

function noFindings({ source, allowed }: SourceInput): Html {
  return emptyState({
    title: 'No findings yet',
    text: 'What this source says will stand here in its own words: strengths, areas for development, recommendations, key questions.',
    ...(allowed.add && source.version > 0
      ? { action: { text: 'Add a finding', href: paths.newFinding(source.id) } }
      : {}),
  });
}

function kindSection({ source, findings, link }: SourceInput, kind: FindingPicture['kind']): Html {
  const shown = findings.filter((one) => one.kind === kind);
  if (shown.length === 0) return html``;
  const title = sentenceCase(findingKindName(kind, 2));
  const table = dataTable({
    caption: `${title} of ${source.title}`,
    hiddenCaption: true,
    columns: [
      { text: 'Number', width: 'narrow' },
      { text: 'In its own words', width: 'wide' },
      { text: 'Response' },
      { text: 'Lead' },
      { text: 'State' },
    ],
    groups: [
      {
        rows: shown.map((finding) => [
          finding.ref ?? '',
          html`<a class="govuk-link" href="${link(paths.finding(finding.id))}">“${shortWords(finding.words)}”</a>${placeNote(finding)}`,
          finding.response === null
            ? html`<span class="sl-quiet">${kind === 'strength' ? '' : 'None yet'}</span>`
            : responseInWords(finding.response),
          finding.lead?.name ?? html`<span class="sl-quiet">No lead</span>`,
          stateTag(finding.derived.state),
        ]),
      },
    ],
    rowHeading: 1,
  });
  return section(`kind-${kind.replaceAll(' ', '-')}`, `${title} (${shown.length})`, table);
}

function placeNote(finding: FindingPicture): Html {
  const place = placeInWords(finding);
  return html`${place !== null && html` <span class="sl-note">${place}</span>`}`;
}

/** The first words of a finding, for links and lists. */
export function shortWords(words: string, longest = 180): string {
  const first = words.replaceAll('\n', ' ');
  if (first.length <= longest) return first;
  const cut = first.lastIndexOf(' ', longest);
  return `${first.slice(0, cut > longest / 2 ? cut : longest)} …`;
}

/** "Recommendation 2: “Make sure that …”" */
export const findingLine = (finding: FindingPicture): string =>
  `${findingTitle(finding)}: “${shortWords(finding.words, 110)}”`;

function historySection({ more: { history, names } }: SourceInput): Html {
  if (history.length === 0) return html``;
  const entries = history.toReversed().map((fact) => ({
    title:
      fact.version === null
        ? 'Looked through again'
        : fact.version === 1
          ? 'Registered'
          : fact.withdrawn
            ? 'Withdrawn'
            : 'Changed',
    by: fact.by === null ? null : (names.get(fact.by) ?? null),
    when: { words: formatDate(fact.on), iso: fact.on },
    ...(fact.words === null ? {} : { body: html`<p class="govuk-body">${fact.words}</p>` }),
  }));
  return section('history', 'History', timeline(entries));
}
