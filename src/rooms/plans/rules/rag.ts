import type { Rag, Status } from './reading.ts';
import { readStatus, statusOfOpening } from '#kernel/status.ts';

export interface RagReading {
  rag: Rag | null;
  ragFrom: 'text' | 'fill' | 'none';
  /** A status that stands in the cell, such as "Complete". */
  status: Status | null;
  /** Words that are neither colour nor status: a narrative of progress. Null for none. */
  narrative: string | null;
  doubts: string[];
}

/**
 * Reads a cell of a RAG column from its words and its background (six hexadecimal digits, or
 * null). The words win where both say a colour; that they differ is a doubt.
 */
export function readRag(text: string, fill: string | null): RagReading {
  const said = ragOfText(text);
  const shown = ragOfFill(fill);
  const doubts = [...said.doubts];
  if (said.rag !== null) {
    if (shown !== null && shown !== 'unknown' && shown !== said.rag) {
      doubts.push(`The cell says ${said.rag} and is coloured ${shown}: ${said.rag} is taken.`);
    }
    return { ...said, ragFrom: 'text', doubts };
  }
  if (shown === 'unknown') {
    doubts.push(`The colour of the cell (${fill ?? ''}) is not red, amber, green or blue.`);
    return { ...said, ragFrom: 'none', doubts };
  }
  return { ...said, rag: shown, ragFrom: shown === null ? 'none' : 'fill', doubts };
}

/**
 * The colour of a background by its hue; 'unknown' for a colour that is none of the four,
 * such as purple or brown; null for none, white, grey, black and the pale blue of headings.
 */
export function ragOfFill(fill: string | null): Rag | 'unknown' | null {
  const { hue, chroma, lightness } = hueOf(fill);
  if (chroma < 0.06 || lightness > 0.955) return null;
  if (hue >= 345 || hue < 18) return chroma < 0.08 ? null : 'red';
  if (hue < 66) {
    // Brown and tan are dark or dull oranges.
    if (chroma < 0.12 && lightness > 0.8) return null;
    return (lightness < 0.4 && hue < 50) || chroma < 0.3 * (1 - Math.abs(2 * lightness - 1))
      ? 'unknown'
      : 'amber';
  }
  if (hue < 170) return 'green';
  if (hue < 190) return lightness > 0.8 ? null : 'unknown';
  if (hue < 250) return lightness > 0.8 ? null : 'blue';
  return 'unknown';
}

/** Hue in degrees; chroma and lightness from 0 to 1. No fill is white. */
function hueOf(fill: string | null): { hue: number; chroma: number; lightness: number } {
  const digits = fill !== null && /^[0-9a-f]{6}$/i.test(fill) ? fill : 'FFFFFF';
  const [r, g, b] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255) as [
    number,
    number,
    number,
  ];
  const most = Math.max(r, g, b);
  const chroma = most - Math.min(r, g, b);
  const lightness = most - chroma / 2;
  if (chroma === 0) return { hue: 0, chroma, lightness };
  const sixth =
    most === r ? (g - b) / chroma : most === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return { hue: (sixth * 60 + 360) % 360, chroma, lightness };
}

const colourWords: [Rag, RegExp][] = [
  ['red', /\bred\b|🔴|🟥/u],
  ['amber', /\b(?:amber|amb|ambre|yellow|orange)\b|🟠|🟡|🟧|🟨/u],
  ['green', /\b(?:green|grn)\b|🟢|🟩/u],
  ['blue', /\bblue\b|🔵|🟦/u],
];
const letters: Record<string, Rag> = { r: 'red', a: 'amber', g: 'green', b: 'blue' };
/** From the worst: of two colours in one cell the worse is the more careful reading. */
const worstFirst: Rag[] = ['red', 'amber', 'green', 'blue'];

interface TextReading {
  rag: Rag | null;
  status: Status | null;
  narrative: string | null;
  doubts: string[];
}

function ragOfText(text: string): TextReading {
  const words = text.trim().replace(/\s+/g, ' ');
  const none: TextReading = { rag: null, status: null, narrative: null, doubts: [] };
  if (words === '' || /^(?:n\/?a|tb[cad]|none|-+)$/i.test(words)) return none;
  const whole = readStatus(words);
  if (whole !== null) return { ...none, status: whole };
  const { colours, rest } = coloursOf(words);
  if (colours.length === 0) {
    if (words.length > 40 || words.split(' ').length > 5) {
      return { ...none, status: statusOfOpening(text), narrative: text.trim() };
    }
    const doubts =
      statusOfOpening(text) === null ? [`No colour could be read from “${words}”.`] : [];
    return { ...none, status: statusOfOpening(text), narrative: text.trim(), doubts };
  }
  const { rag, doubt } = settle(colours, words);
  const doubts = doubt === null ? [] : [doubt];
  if (/\b(?:yellow|orange)\b/i.test(words) && rag === 'amber') {
    doubts.push(`“${words}” is read as amber.`);
  }
  const status = readStatus(rest);
  const narrative = status === null && rest.length > 0 ? text.trim() : null;
  return { rag, status, narrative, doubts };
}

/**
 * The colours that the words name, in order, and the words besides them. A colour counts where
 * the text opens with it or is short: a narrative may speak of the Green Paper.
 */
function coloursOf(words: string): { colours: Rag[]; rest: string } {
  const small = words.toLowerCase();
  const letter =
    /^(?:b?rag\s*[:-]?\s*)?([ragb](?:\s*(?:->|to|[/\\,→-])\s*[ragb])*)(?:$|\s*[-–—:;,.(←-⇿⬀-⯿▲-◅]\s*(.*)$)/.exec(
      small,
    );
  if (letter?.[1] !== undefined) {
    const named = letter[1].match(/[ragb]/g) ?? [];
    return { colours: named.flatMap((one) => letters[one] ?? []), rest: trimmed(letter[2] ?? '') };
  }
  const found = colourWords
    .flatMap(([rag, pattern]) => {
      const at = pattern.exec(small);
      return at === null ? [] : [{ rag, at: at.index, length: at[0].length }];
    })
    .sort((a, b) => a.at - b.at);
  const first = found[0];
  const opens =
    first !== undefined &&
    /^\W*(?:b?rag\s*(?:rating|status)?\s*[:-]?\s*|now\s+)?$/.test(small.slice(0, first.at)) &&
    /^\s*(?:$|[^\w\s])/.test(small.slice(first.at + first.length));
  if (first === undefined || (!opens && words.length > 40)) return { colours: [], rest: words };
  const near = found.filter(({ at }) => at <= first.at + 25);
  const rest = near.reduceRight(
    (left, { at, length }) => left.slice(0, at) + ' ' + left.slice(at + length),
    words,
  );
  return { colours: near.map(({ rag }) => rag), rest: trimmed(rest) };
}

function trimmed(words: string): string {
  return words
    .replace(
      /\b(?:b?rag(?:\s+(?:rating|status))?|rated|rating|now|was|previously|to|from|light|dark)\b/gi,
      ' ',
    )
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, '')
    .replace(/\s+/g, ' ');
}

/** One colour of several: the newest where the words say how it moved, else the worst. */
function settle(colours: Rag[], words: string): { rag: Rag | null; doubt: string | null } {
  const different = [...new Set(colours)];
  const [first] = different;
  if (first === undefined || different.length === 1) return { rag: first ?? null, doubt: null };
  if (different.length > 2) return { rag: null, doubt: `“${words}” names several colours.` };
  const last = different.at(-1) ?? first;
  const movedOn = /->|=>|[→➔⇒]|\bto\b|\bnow\b/.test(words.toLowerCase());
  const came = /\b(?:previously|formerly|was|from)\b/.exec(words.toLowerCase());
  const worst = worstFirst.find((rag) => different.includes(rag)) ?? first;
  const rag = movedOn ? last : came !== null && came.index > 0 ? first : worst;
  return { rag, doubt: `“${words}” names two colours: ${rag} is taken.` };
}
