import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { Block, Paper } from '#platform/documents/paper-blocks.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import { countLevels, countsInWords, type DomainPosition } from '../rules/position.ts';
import { countOf } from '../rules/words.ts';

export interface PositionInput {
  picture: EditionPicture;
  positions: readonly DomainPosition[];
  /** Since when what moved is counted. */
  from: IsoDate;
  authorityName: string;
  printed: { by: string; at: Date };
}

/** Where the authority stands against a framework, domain by domain, on one page for members. */
export function positionPaper(input: PositionInput): Paper {
  const { picture, positions, authorityName, printed } = input;
  const { edition, asAt } = picture;
  const title = `Where we stand: ${edition.title}`;
  return {
    head: {
      title,
      author: printed.by,
      asAt,
      classification: 'Internal',
      printed,
      orientation: 'landscape',
    },
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `${authorityName}. Edition ${edition.label}. Position on ${formatDate(asAt)}.`,
        style: 'quiet',
      },
      ...positionSentences(input).map((text): Block => ({ kind: 'text', text })),
      {
        kind: 'table',
        columns: [
          { header: 'Domain', share: 34 },
          ...edition.levels.map(({ name }) => ({ header: name, share: 10, numeric: true })),
          { header: 'Not judged', share: 10, numeric: true },
          { header: 'Moved up', share: 8, numeric: true },
          { header: 'Moved down', share: 8, numeric: true },
          { header: 'Contested', share: 8, numeric: true },
        ],
        rowHeader: 0,
        rows: positions.map(({ domain, counts, up, down, contested }) => [
          domain.title,
          ...counts.byLevel.map(({ count }) => String(count)),
          String(counts.notJudged),
          String(up),
          String(down),
          String(contested),
        ]),
      },
      { kind: 'text', text: whatContestedMeans, style: 'quiet' },
    ],
  };
}

/** What "contested" says, under every table that counts it. */
export const whatContestedMeans =
  'Contested: what we say differs from the latest that peers or an inspection said of the same criterion.';

/** The position in sentences: the levels, then what moved and what is contested. */
export function positionSentences({
  picture,
  positions,
  from,
}: Pick<PositionInput, 'picture' | 'positions' | 'from'>): string[] {
  const { edition, judgements } = picture;
  const criteria = edition.domains.flatMap((domain) => domain.criteria);
  const sum = (of: (position: DomainPosition) => number) =>
    positions.reduce((total, one) => total + of(one), 0);
  return [
    countsInWords(countLevels(criteria, judgements, edition.levels)),
    `Since ${formatDate(from)}, ${countOf(
      sum(({ up }) => up),
      'criterion has',
      'criteria have',
    )} moved up and ${sum(({ down }) => down)} down. ${countOf(
      sum(({ contested }) => contested),
      'criterion is',
      'criteria are',
    )} contested.`,
  ];
}
