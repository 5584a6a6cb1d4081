import { formatDate, type IsoDate } from '#kernel/dates.ts';
import { inLines, type Block, type Paper } from '#platform/documents/paper-blocks.ts';
import { questions, type Statement } from '../../actions/narrative/self-evaluation.ts';
import type { Evaluation } from '../../actions/narrative/evaluate.ts';
import { proseBlocks } from './prose.ts';

/** The self-evaluation as a paper: each question with what people say, and what it rests on. */
export function evaluationPaper(
  evaluation: Evaluation,
  printing: { authority: string; by: string; at: Date; asAt: IsoDate },
): Paper {
  const title = `Self-evaluation ${evaluation.year}`;
  return {
    head: {
      title,
      author: printing.authority,
      asAt: printing.asAt,
      classification: 'Internal',
      printed: { by: printing.by, at: printing.at },
      orientation: 'portrait',
    },
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'cover',
        rows: [
          [
            { key: 'Local authority', value: printing.authority },
            { key: 'As at', value: formatDate(printing.asAt) },
          ],
        ],
      },
      ...questions.flatMap(({ number, text }) => questionBlocks(evaluation, number, text)),
    ],
  };
}

function questionBlocks(
  { statements, words }: Evaluation,
  number: 1 | 2 | 3,
  text: string,
): Block[] {
  const said = words.get(number);
  const none = { figures: [], sections: [] };
  return [
    { kind: 'heading', level: 1, text: `${number}. ${text}` },
    ...(said?.words == null ? [] : proseBlocks(said.words, none, said.written.at)),
    statements[number].length === 0
      ? { kind: 'text', text: 'Nothing follows from the registers yet.', style: 'quiet' }
      : {
          kind: 'table',
          caption: 'What follows from the registers',
          columns: [
            { header: 'Statement', share: 4 },
            { header: 'It rests on', share: 5 },
            { header: 'How old that is', share: 2 },
          ],
          rowHeader: 0,
          rows: statements[number].map((one) => [one.text, groundsOf(one), one.age]),
        },
  ];
}

function groundsOf({ restsOn, more }: Statement) {
  const lines = restsOn.map(({ text, on }) => (on === null ? text : `${text}, ${formatDate(on)}`));
  return lines.length === 0
    ? 'Nothing'
    : inLines([...lines, ...(more > 0 ? [`and ${more} more`] : [])]);
}
