import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node as YamlPart,
} from 'yaml';
import type { DocumentRefusal } from '../grid.ts';
import type { YamlNode } from '../tables/yaml-node.ts';

/** The largest YAML file that is read, in bytes: a framework of 500 criteria has some 200,000. */
export const largestYaml = 512 * 1024;

/**
 * Reads a YAML file of a stranger: texts, lists and maps alone. Tags, anchors and aliases are
 * refused, and so is a key that stands twice; nothing becomes a number or a date by itself.
 */
export function readYaml(bytes: Uint8Array): { root: YamlNode } | DocumentRefusal {
  if (bytes.length > largestYaml) return refuse('This file is too large: 512 KB at most.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('This file is not text in UTF-8. Save it again as UTF-8.');
  }
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    // Without the check for equal keys, which takes the square of their number: it is made below.
    document = parseDocument(text, { lineCounter: lines, schema: 'failsafe', uniqueKeys: false });
  } catch (error) {
    if (error instanceof RangeError) return refuse('This file is nested too deeply.');
    throw error;
  }
  const [fault] = document.errors;
  if (fault !== undefined) {
    const line = fault.linePos?.[0].line ?? 1;
    return refuse(
      `Line ${line} cannot be read as YAML. Look at how it is set in, and at its quotation marks.`,
    );
  }
  if (document.contents === null) return refuse('This file is empty.');
  try {
    return { root: nodeOf(document.contents, lines, 0) };
  } catch (error) {
    if (error instanceof Refused) return refuse(error.message);
    throw error;
  }
}

const refuse = (refused: string): DocumentRefusal => ({ refused });

class Refused extends Error {}

const deepest = 20;

function nodeOf(part: YamlPart, lines: LineCounter, depth: number): YamlNode {
  const line = lineOf(part, lines);
  if (depth > deepest) throw new Refused(`Line ${line} is nested too deeply.`);
  if (isScalar(part)) {
    plainOrRefused(part, line);
    if (typeof part.value === 'string' && !isKeepable(part.value)) {
      throw new Refused(`Line ${line} holds a character that cannot be kept.`);
    }
    return { kind: 'text', line, text: typeof part.value === 'string' ? part.value : '' };
  }
  if (isSeq<YamlPart>(part)) {
    plainOrRefused(part, line);
    return { kind: 'list', line, items: part.items.map((item) => nodeOf(item, lines, depth + 1)) };
  }
  if (isMap<YamlPart, YamlPart | null>(part)) {
    plainOrRefused(part, line);
    const seen = new Set<string>();
    const entries = part.items.map(({ key, value }) => {
      if (!isScalar(key) || typeof key.value !== 'string') {
        throw new Refused(`Line ${line} has a key that is no text.`);
      }
      const keyLine = lineOf(key, lines);
      if (seen.has(key.value)) throw new Refused(`Line ${keyLine} says “${key.value}” twice.`);
      seen.add(key.value);
      const node: YamlNode =
        value === null
          ? { kind: 'text', line: keyLine, text: '' }
          : nodeOf(value, lines, depth + 1);
      return { key: key.value, line: keyLine, value: node };
    });
    return { kind: 'map', line, entries };
  }
  throw new Refused(`Line ${line} refers to another place of the file, which is not read.`);
}

const plainTags = new Set(['str', 'seq', 'map'].map((name) => `tag:yaml.org,2002:${name}`));

/** Whether the database can hold it: an escape can write what no text file can. */
function isKeepable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function plainOrRefused(
  part: { tag?: string | undefined; anchor?: string | undefined },
  line: number,
) {
  if (part.anchor !== undefined)
    throw new Refused(`Line ${line} has an anchor, which is not read.`);
  if (part.tag !== undefined && !plainTags.has(part.tag)) {
    throw new Refused(`Line ${line} has a tag, which is not read.`);
  }
}

function lineOf(part: YamlPart, lines: LineCounter): number {
  return part.range == null ? 1 : lines.linePos(part.range[0]).line;
}
