import { attribute, childOf, childrenOf, type XmlElement } from './xml.ts';

/**
 * The bullets and numbers that Word draws before paragraphs and keeps nowhere in their text.
 * Counts as Word does (ECMA-376 17.9): paragraphs must be asked for in their order.
 */
export class Numbering {
  readonly #lists: ReadonlyMap<string, List>;
  readonly #styles: ReadonlyMap<string, XmlElement>;
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #started = new Set<string>();

  /** Takes the roots of `numbering.xml` and `styles.xml`, where the document has them. */
  constructor(numbering: XmlElement | null, styles: XmlElement | null) {
    this.#lists = readLists(numbering);
    this.#styles = new Map(
      childrenOf(styles, 'style').map((style) => [
        attribute(style.attributes, 'styleId') ?? '',
        style,
      ]),
    );
  }

  /** `•`, or a number as it stands on paper, such as `1.2` or `(a)`; null for a plain paragraph. */
  label(properties: XmlElement | null): string | null {
    const place = this.#placeOf(properties);
    if (place === null) return null;
    const list = this.#lists.get(place.list);
    const level = list?.levels[place.level];
    if (list === undefined || level === undefined) return null;
    if (level.format === 'bullet') return '•';

    const counts = this.#counts.get(list.counted) ?? [];
    this.#counts.set(list.counted, counts);
    if (!this.#started.has(place.list)) {
      this.#started.add(place.list);
      // The first paragraph of a list that starts anew; else it goes on from a sister list.
      list.levels.forEach((one, at) => {
        if (one?.restarts === true) counts[at] = undefined;
      });
    }
    const before = counts[place.level];
    counts[place.level] = before === undefined ? level.start : before + 1;
    counts.length = place.level + 1;
    const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const counted = list.levels[at];
      return written(counts[at] ?? counted?.start ?? 1, level.legal ? 'decimal' : counted?.format);
    });
    return text.trim() === '' ? null : text.trim();
  }

  #placeOf(properties: XmlElement | null): { list: string; level: number } | null {
    const direct = childOf(properties, 'numPr');
    const styleId = valueOf(childOf(properties, 'pStyle'));
    const inherited = styleId === null ? null : this.#ofStyle(styleId);
    const list = valueOf(childOf(direct, 'numId')) ?? inherited?.list;
    // List 0 takes the numbering of the style away.
    if (list === undefined || list === '0') return null;
    const level = valueOf(childOf(direct, 'ilvl'));
    return { list, level: level === null ? (inherited?.level ?? 0) : Number(level) };
  }

  #ofStyle(styleId: string): { list: string; level: number } | null {
    let id: string | null = styleId;
    for (let step = 0; id !== null && step < 20; step += 1) {
      const style: XmlElement | undefined = this.#styles.get(id);
      if (style === undefined) return null;
      const numbering = childOf(childOf(style, 'pPr'), 'numPr');
      const list = valueOf(childOf(numbering, 'numId'));
      if (list !== null) {
        const level = valueOf(childOf(numbering, 'ilvl'));
        const linked = this.#lists.get(list)?.levels.findIndex((one) => one?.style === id);
        return { list, level: level === null ? Math.max(0, linked ?? 0) : Number(level) };
      }
      id = valueOf(childOf(style, 'basedOn'));
    }
    return null;
  }
}

interface Level {
  start: number;
  format: string;
  /** Such as `%1.%2`. */
  text: string;
  /** All its numbers in digits. */
  legal: boolean;
  /** The paragraph style that stands for this level. */
  style: string | null;
  /** The list starts this level anew. */
  restarts: boolean;
}

interface List {
  levels: (Level | undefined)[];
  /** Lists made from one another count on together. */
  counted: string;
}

function valueOf(element: XmlElement | null): string | null {
  return element === null ? null : attribute(element.attributes, 'val');
}

function readLists(numbering: XmlElement | null): Map<string, List> {
  const abstract = new Map<string, (Level | undefined)[]>();
  for (const one of childrenOf(numbering, 'abstractNum')) {
    abstract.set(attribute(one.attributes, 'abstractNumId') ?? '', readLevels(one));
  }
  const lists = new Map<string, List>();
  for (const one of childrenOf(numbering, 'num')) {
    const counted = valueOf(childOf(one, 'abstractNumId')) ?? '';
    const levels = [...(abstract.get(counted) ?? [])];
    for (const override of childrenOf(one, 'lvlOverride')) {
      const at = Number(attribute(override.attributes, 'ilvl') ?? '0');
      if (!(at >= 0 && at <= 8)) continue;
      const level = readLevels(override)[at] ?? levels[at];
      if (level === undefined) continue;
      const start = valueOf(childOf(override, 'startOverride'));
      levels[at] = start === null ? level : { ...level, start: Number(start) || 0, restarts: true };
    }
    lists.set(attribute(one.attributes, 'numId') ?? '', { levels, counted });
  }
  return lists;
}

function readLevels(list: XmlElement): (Level | undefined)[] {
  const levels: (Level | undefined)[] = [];
  for (const level of childrenOf(list, 'lvl')) {
    const at = Number(attribute(level.attributes, 'ilvl') ?? '0');
    if (!(at >= 0 && at <= 8)) continue;
    const legal = childOf(level, 'isLgl');
    levels[at] = {
      start: Number(valueOf(childOf(level, 'start')) ?? '1') || 0,
      format: valueOf(childOf(level, 'numFmt')) ?? 'decimal',
      text: valueOf(childOf(level, 'lvlText')) ?? '',
      legal: legal !== null && valueOf(legal) !== '0' && valueOf(legal) !== 'false',
      style: valueOf(childOf(level, 'pStyle')),
      restarts: false,
    };
  }
  return levels;
}

function written(count: number, format: string | undefined): string {
  switch (format) {
    case 'lowerLetter':
      return letters(count);
    case 'upperLetter':
      return letters(count).toUpperCase();
    case 'lowerRoman':
      return roman(count);
    case 'upperRoman':
      return roman(count).toUpperCase();
    case 'decimalZero':
      return String(count).padStart(2, '0');
    case 'none':
      return '';
    case 'decimal':
    case undefined:
    default:
      return String(count);
  }
}

/** a to z, then aa, bb and so on, as Word has it. */
function letters(count: number): string {
  if (count < 1 || count > 780) return String(count);
  return String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26));
}

const romanSteps: [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count);
  let rest = count;
  let text = '';
  for (const [value, numeral] of romanSteps) {
    for (; rest >= value; rest -= value) text += numeral;
  }
  return text;
}
