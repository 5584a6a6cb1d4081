import { formatDate } from '#kernel/dates.ts';
import type { Block, Run, Words } from '#platform/documents/paper-blocks.ts';
import { sectionName } from '../../rules/narrative/assessment.ts';
import { readWords, type Known } from '../../rules/narrative/tokens.ts';

/** A piece of a text that somebody wrote: a paragraph, or bullets that stand together. */
export type Prose = { kind: 'paragraph'; text: string } | { kind: 'bullets'; items: string[] };

/** Each line is a paragraph; lines that begin with a bullet or a dash stand together as a list. */
export function proseOf(words: string): Prose[] {
  const found: Prose[] = [];
  for (const line of words.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const item = /^[•▪●–*-]\s+(\S.*)$/.exec(line)?.[1];
    const last = found.at(-1);
    if (item === undefined) found.push({ kind: 'paragraph', text: line });
    else if (last?.kind === 'bullets') last.items.push(item);
    else found.push({ kind: 'bullets', items: [item] });
  }
  return found;
}

/**
 * The words with their figures in place, each marked, with its day; where a later value was noted
 * since the words were saved, both. A reference to a section is said with its title.
 */
export function runsOf(words: string, known: Known, writtenAt: Date): Run[] {
  return readWords(words, known, writtenAt).flatMap((piece): Run[] => {
    switch (piece.kind) {
      case 'text':
        return [{ text: piece.text }];
      case 'unknown':
        return [{ text: piece.token }];
      case 'section':
        return [{ text: `section ${sectionName(piece.section)}` }];
      case 'figure': {
        const { note, later } = piece;
        const since = later === null ? '' : `; ${later.value} on ${formatDate(later.asAt)}`;
        return [
          { text: note.value, figure: true },
          { text: ` (${formatDate(note.asAt)}${since})`, quiet: true },
        ];
      }
    }
  });
}

/** A text as blocks of a paper. */
export function proseBlocks(words: string, known: Known, writtenAt: Date): Block[] {
  const runs = (text: string): Words => runsOf(text, known, writtenAt);
  return proseOf(words).map((one) =>
    one.kind === 'paragraph'
      ? { kind: 'text', text: runs(one.text) }
      : { kind: 'bullets', items: one.items.map(runs) },
  );
}
