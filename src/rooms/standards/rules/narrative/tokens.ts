import type { Figure, FigureNote, Section } from './assessment.ts';

/**
 * What stands in curly brackets in the texts: "{children-in-care}" is a figure, with the value of
 * its dated note; "{section 8}" leads to that section. "section 47" without brackets is a text, for
 * the law has sections too.
 */
export type Piece =
  | { kind: 'text'; text: string }
  | {
      kind: 'figure';
      name: string;
      /** What stood when the text was written. */
      note: FigureNote;
      /** What was noted since, where it differs; both are shown. */
      later: FigureNote | null;
    }
  | { kind: 'section'; section: Section }
  | { kind: 'unknown'; token: string };

export interface Known {
  figures: readonly Figure[];
  /** The numbered sections that stand. */
  sections: readonly Section[];
}

/**
 * The words cut into text, figures, references to sections, and tokens that mean nothing.
 * `writtenAt` is when the text was saved: a figure noted after that is shown beside the one before.
 */
export function readWords(words: string, known: Known, writtenAt: Date): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of words.matchAll(/\{([^{}\n]{1,60})\}/g)) {
    const before = words.slice(from, match.index);
    if (before !== '') pieces.push({ kind: 'text', text: before });
    const [token, inner = ''] = match;
    pieces.push(pieceOf(token, inner.trim().toLowerCase(), known, writtenAt));
    from = match.index + token.length;
  }
  const rest = words.slice(from);
  if (rest !== '') pieces.push({ kind: 'text', text: rest });
  return pieces;
}

function pieceOf(token: string, inner: string, known: Known, writtenAt: Date): Piece {
  const number = /^section ([1-9][0-9]{0,2}[a-z]?)$/.exec(inner)?.[1];
  if (number !== undefined) {
    const section = known.sections.find((one) => one.number === number);
    return section === undefined ? { kind: 'unknown', token } : { kind: 'section', section };
  }
  const figure = known.figures.find(({ name }) => name === inner);
  const last = figure?.notes.at(-1);
  if (figure === undefined || last === undefined) return { kind: 'unknown', token };
  const note = figure.notes.findLast((one) => one.recordedAt <= writtenAt) ?? last;
  const differs = note.value !== last.value || note.asAt !== last.asAt;
  return { kind: 'figure', name: figure.name, note, later: differs ? last : null };
}

/** The tokens of these words that name neither a figure nor a section, each once, as typed. */
export function unknownTokens(words: string, known: Known): string[] {
  const pieces = readWords(words, known, new Date(0));
  return [...new Set(pieces.flatMap((piece) => (piece.kind === 'unknown' ? [piece.token] : [])))];
}

/** "{late} is no figure and no section of this assessment. …", for beside the box. */
export function unknownText(tokens: readonly string[]): string {
  const named =
    tokens.length === 1
      ? `${tokens[0] ?? ''} names no figure and no section`
      : `${tokens.slice(0, -1).join(', ')} and ${tokens.at(-1) ?? ''} name no figures and no sections`;
  return `${named} of this assessment. Note the figure first, correct the number, or write it without brackets`;
}

/**
 * The numbers of sections as people write them in a box: "1, 8 and 13", or a line for each with its
 * title. Answers the sections in the order of the document, or the numbers that none has.
 */
export function readSectionNumbers(
  typed: string,
  sections: readonly Section[],
): { ok: true; sections: Section[] } | { ok: false; unknown: string[] } {
  const numbers = typed
    .split(/[,;\n]|\band\b/i)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(
      (part) =>
        /^(?:section\s+)?([0-9]{1,3}[a-z]?)(?=$|[.\s])/i.exec(part)?.[1]?.toLowerCase() ?? part,
    );
  const unknown = numbers.filter((number) => !sections.some((one) => one.number === number));
  if (unknown.length > 0) return { ok: false, unknown: [...new Set(unknown)] };
  return { ok: true, sections: sections.filter((one) => numbers.includes(one.number ?? '')) };
}
