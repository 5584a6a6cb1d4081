import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import { positionSentences, whatContestedMeans } from '../out/position-paper.ts';
import type { Level } from '../rules/levels.ts';
import type { Judgement } from '../rules/picture.ts';
import type { DomainPosition, Move, Moved } from '../rules/position.ts';
import { listed } from '../rules/words.ts';
import {
  clamped,
  dayField,
  editionCaption,
  editionNavigation,
  levelTag,
  progressTag,
  type LinkTo,
} from './parts.ts';
import { paths } from './paths.ts';

export interface PositionPageInput {
  picture: EditionPicture;
  positions: readonly DomainPosition[];
  from: IsoDate;
  mayExport: boolean;
  link: LinkTo;
}

/** Where the authority stands, domain by domain, on one page. */
export function positionView({ picture, positions, from, mayExport, link }: PositionPageInput) {
  const { edition, asAt } = picture;
  const exported = `${paths.exportPosition(edition.id)}?from=${from}`;
  const [levels = '', moved = ''] = positionSentences({ picture, positions, from });
  return {
    title: edition.title,
    caption: editionCaption(edition),
    dated: true,
    wide: true,
    back: { text: 'Standards', href: link(paths.standards()) },
    subNavigation: editionNavigation(edition, 'Position', link),
    actions: html`${
      mayExport &&
      html`<details class="sl-menu"><summary class="govuk-button govuk-button--secondary">Export</summary><ul class="sl-menu__list"><li><a class="govuk-link" href="${link(`${exported}&format=docx`)}">Word document (.docx)</a></li><li><a class="govuk-link" href="${link(`${exported}&format=pdf`)}">PDF</a></li></ul></details>`
    }`,
    content: html`<p class="govuk-body-l sl-lead">${levels}</p><p class="govuk-body">${moved}</p>
${dataTable({
  caption: 'Position by domain',
  hiddenCaption: true,
  columns: [
    { text: 'Domain', width: 'wide' },
    ...edition.levels.map(({ name }) => ({ text: name, numeric: true })),
    { text: 'Not judged', numeric: true },
    { text: 'Moved up', numeric: true },
    { text: 'Moved down', numeric: true },
    { text: 'Contested', numeric: true },
  ],
  groups: [
    {
      rows: positions.map(({ domain, counts, up, down, contested }) => [
        html`${domain.ref !== null && `${domain.ref} `}${domain.title}`,
        ...counts.byLevel.map(({ count }) => count),
        counts.notJudged,
        up,
        down,
        contested,
      ]),
    },
  ],
})}
<p class="sl-note">${whatContestedMeans}</p>
${daysForm(paths.position(edition.id), [{ name: 'from', label: 'Count what moved since', day: from }], asAt, link, 'Count again')}`,
  };
}

const moveWords: Record<Exclude<Move, 'same'>, string> = {
  up: 'Moved up',
  down: 'Moved down',
  judged: 'Became judged',
  'no longer judged': 'No longer judged',
  'other words': 'Said otherwise, at the same level',
};

export interface CompareInput {
  picture: EditionPicture;
  moves: readonly Moved[];
  from: IsoDate;
  to: IsoDate;
  link: LinkTo;
}

/** What moved between two days, and why. */
export function compareView({ picture, moves, from, to, link }: CompareInput) {
  const { edition, asAt } = picture;
  const of = (move: Move) => moves.filter((one) => one.move === move);
  const counts = [
    `${of('up').length} moved up`,
    `${of('down').length} down`,
    `${of('judged').length} became judged`,
    `${of('same').length} are as they were`,
  ];
  const kinds = Object.keys(moveWords) as (keyof typeof moveWords)[];
  const groups = kinds.flatMap((move) => {
    const rows = of(move);
    return rows.length === 0 ? [] : [{ heading: moveWords[move], rows: rows.map(row) }];
  });
  function row({ criterion, from: was, to: is }: Moved) {
    return [
      html`<a class="govuk-link" href="${link(paths.criterion(criterion.id))}">${criterion.ref} ${criterion.text}</a>`,
      said(edition.levels, was),
      said(edition.levels, is),
      why(is),
    ];
  }
  return {
    title: edition.title,
    caption: editionCaption(edition),
    wide: true,
    back: { text: 'Standards', href: link(paths.standards()) },
    subNavigation: editionNavigation(edition, 'Compare', link),
    content: html`<p class="govuk-body-l sl-lead">Between ${formatDate(from)} and ${formatDate(to)}: ${listed(counts)}.</p>
${daysForm(
  paths.compare(edition.id),
  [
    { name: 'from', label: 'From', day: from },
    { name: 'to', label: 'To', day: to },
  ],
  asAt,
  link,
  'Compare',
)}
${
  groups.length === 0
    ? html`<p class="govuk-body">Nothing differs between the two days.</p>`
    : dataTable({
        caption: 'What moved, and why',
        hiddenCaption: true,
        columns: [
          { text: 'Criterion', width: 'wide' },
          { text: formatDate(from) },
          { text: formatDate(to) },
          { text: 'Why', width: 'wide' },
        ],
        groups,
      })
}`,
  };
}

function said(levels: readonly Level[], judgement: Judgement | null): Html {
  if (judgement === null) return levelTag(levels, null);
  return html`${levelTag(levels, judgement.level)}<br>${progressTag(judgement.progress)}`;
}

function why(judgement: Judgement | null): Html {
  if (judgement === null) return html`<span class="sl-quiet">Nobody has judged it</span>`;
  const words = [judgement.howMet, judgement.whyNot].filter((text) => text !== null).join('\n');
  return html`${words === '' ? html`<span class="sl-quiet">No reason was given</span>` : clamped(words, 240)}<br><span class="sl-note">Judged on ${formatDate(judgement.effectiveOn)}</span>`;
}

function daysForm(
  action: string,
  boxes: readonly { name: string; label: string; day: IsoDate }[],
  asAt: IsoDate,
  link: LinkTo,
  button: string,
): Html {
  return html`<form method="get" action="${action}">${dayField(asAt, link)}${boxes.map(
    ({ name, label, day }) =>
      html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label><input class="govuk-input govuk-input--width-10" id="${name}" name="${name}" value="${formatDate(day)}"></div>`,
  )}<button class="govuk-button govuk-button--secondary" type="submit">${button}</button></form>`;
}
