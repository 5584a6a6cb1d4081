import type { FindingKind } from '../kinds.ts';
import type { FindingsReading, ReadFinding } from './reading.ts';
import { kindIn } from './words-of-cells.ts';

/** How a point of a list begins: its number or bullet, and its words. */
const numbered =
  /^\s*(?:((?:recommendation|rec|finding|question|r|q)\s*\d{1,3}(?:\.\d{1,3})*)\s*[.):–—-]?|\(?(\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]|(\d{1,2}(?:\.\d{1,3})+))\s+(\S.*)$/i;
const bulleted = /^\s*[•·▪●◦‣*–—-]\s+(\S.*)$/;

interface Point {
  line: number;
  ref: string | null;
  lines: string[];
}

/**
 * Splits a list that somebody pasted. Where lines begin with numbers, letters or bullets, each of
 * them begins a point and the lines between go on from it; else blank lines divide the points;
 * else each line is one. A line that names a kind of finding says it of the points under it.
 */
export function splitList(text: string, kind: FindingKind): FindingsReading {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const isMarked = lines.some((line) => markOf(line) !== null);
  const hasBlanks = blocksIn(lines) > 1;
  const findings: ReadFinding[] = [];
  const problems: FindingsReading['problems'] = [];
  let under = kind;
  let point: Point | null = null;
  let blankAbove = true;
  const end = (): void => {
    if (point !== null) findings.push(findingOf(point, under));
    point = null;
  };
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') {
      if (!isMarked) end();
      blankAbove = true;
      continue;
    }
    const heading = kindIn(line);
    const mark = markOf(line);
    if (heading !== null && mark === null) {
      end();
      under = heading;
    } else if (mark !== null) {
      end();
      point = { line: at + 1, ref: mark.ref, lines: [mark.words] };
    } else if (point === null || (!isMarked && !hasBlanks)) {
      end();
      point = { line: at + 1, ref: null, lines: [line.trim()] };
      if (isMarked) problems.push(unmarked(at + 1));
    } else {
      const held: Point = point;
      // A paragraph of its own within a point stays one.
      held.lines.push(blankAbove ? `\n${line.trim()}` : line.trim());
    }
    blankAbove = false;
  }
  end();
  return { columns: [], findings, problems };
}

function markOf(line: string): { ref: string | null; words: string } | null {
  const number = numbered.exec(line);
  if (number?.[4] !== undefined) {
    const [, named, marked, dotted] = number;
    return { ref: (named ?? marked ?? dotted ?? '').replace(/\s+/g, ' '), words: number[4].trim() };
  }
  const words = bulleted.exec(line)?.[1];
  return words === undefined ? null : { ref: null, words: words.trim() };
}

function blocksIn(lines: readonly string[]): number {
  return lines.filter((line, at) => line.trim() !== '' && (lines[at - 1] ?? '').trim() === '')
    .length;
}

function unmarked(line: number): FindingsReading['problems'][number] {
  const where = `line ${line}`;
  const message =
    'This line stands before the first number or bullet: leave it out if it is no finding.';
  return { where, severity: 'doubt', message, finding: where };
}

/** Lines that were broken to fit a page are one again; paragraphs stay. */
function findingOf({ line, ref, lines }: Point, kind: FindingKind): ReadFinding {
  const words = lines.reduce((all, one) => {
    if (one.startsWith('\n')) return `${all}${one}`;
    return /\p{L}-$/u.test(all) ? `${all}${one}` : `${all} ${one}`;
  });
  return {
    ...{ where: `line ${line}`, kind, ref, words },
    ...{ page: null, paragraph: null, area: null, answer: null, reason: null },
    ...{ lead: null, reportsTo: null, themes: [] },
  };
}
