import type { DocumentOutline, OutlineBlock } from '#platform/documents/outline.ts';
import type { PointKind } from './assessment.ts';
import type { DraftSection, NarrativeDraft } from './draft.ts';
import { fitDraft } from './fit-draft.ts';
import { readFormTable } from './read-form-table.ts';

/**
 * Reads the narrative form from a Word document: part A (key people, key documents, the local
 * area), part B (what we are proud of, what to improve, risks, innovation), part C (numbered
 * sections with a summary, strengths and areas for development). It never guesses in silence: what
 * it does not know, or knows only half, is listed with where it stands.
 */
export function readNarrativeForm(outline: DocumentOutline): NarrativeDraft {
  const draft: NarrativeDraft = {
    title: null,
    period: null,
    contact: null,
    introduction: '',
    people: [],
    documents: [],
    area: '',
    proud: [],
    improve: [],
    risks: [],
    innovations: [],
    sections: [],
    closing: '',
    inspections: [],
    notUnderstood: outline.problems.map(({ where, message }) => ({
      where,
      text: message,
      why: 'Of the file itself',
    })),
  };
  const reader = new FormReader(draft);
  for (const block of outline.blocks) reader.take(block);
  reader.end();
  return fitDraft(draft);
}

type Paragraph = Extract<OutlineBlock, { kind: 'paragraph' }>;

/** Where in the document the reader is. */
type Place =
  | { in: 'front' }
  | { in: 'introduction' }
  /** A part of which only tables are wanted: its paragraphs are the form's own guidance. */
  | { in: 'tables'; asked: string }
  | { in: 'area' }
  | { in: 'part C' }
  | { in: 'section'; section: DraftSection; under: 'summary' | PointKind; firstOf: boolean }
  | { in: 'closing' };

const guidance = /^\[?\s*hover (?:here|over)\b|^\[?insert (?:text|here)\b/i;
const year = /\b(20\d\d)\s?[/–-]\s?(?:20)?(\d\d)\b/;

class FormReader {
  readonly #draft: NarrativeDraft;
  #place: Place = { in: 'front' };
  readonly #front: Paragraph[] = [];

  constructor(draft: NarrativeDraft) {
    this.#draft = draft;
  }

  take(block: OutlineBlock): void {
    if (block.kind === 'table') {
      const before = this.#draft.notUnderstood.length;
      const known = readFormTable(
        block,
        this.#place.in === 'tables' ? this.#place.asked : '',
        this.#draft,
      );
      if (!known && this.#draft.notUnderstood.length === before) {
        const text = block.rows
          .map((row) => row.filter((cell) => cell !== '').join(' | '))
          .join('\n');
        this.#miss(
          block.where,
          text,
          'A table of no kind that the form has; copy what is wanted of it by hand',
        );
      }
      return;
    }
    if (guidance.test(block.text)) return;
    if (!this.#moves(block)) this.#keep(block);
  }

  end(): void {
    const { title, period, contact } = readFront(this.#front);
    this.#draft.title = title;
    this.#draft.period = period;
    this.#draft.contact = contact;
    for (const section of this.#draft.sections) section.summary = section.summary.trim();
    const seen = new Set<string>();
    for (const { number, title: named } of this.#draft.sections) {
      if (seen.has(number)) this.#miss(`section ${number}`, named, 'Two sections have this number');
      seen.add(number);
    }
  }

  /** Whether the paragraph is a heading that leads to another place of the form. */
  #moves(block: Paragraph): boolean {
    const text = block.text.replace(/\s+/g, ' ').trim();
    const plain = text.toLowerCase().replace(/[’']/g, "'").replace(/[:.]$/, '');
    const short = text.length <= 120;
    if (!short) return false;
    if (/^part a\b/.test(plain)) return this.#go({ in: 'tables', asked: 'people' });
    if (/^part b\b/.test(plain)) return this.#go({ in: 'tables', asked: '' });
    if (/^part c\b/.test(plain)) return this.#go({ in: 'part C' });
    if (plain === 'introduction') return this.#go({ in: 'introduction' });
    if (/^(final words|closing words|conclusion)$/.test(plain)) return this.#go({ in: 'closing' });
    const { place } = this;
    if (place.in === 'part C' || place.in === 'section') {
      const section = sectionHeading(block);
      if (section !== null) {
        this.#draft.sections.push(section);
        return this.#go({ in: 'section', section, under: 'summary', firstOf: true });
      }
      return place.in === 'section' && this.#movesWithin(place, plain);
    }
    if (place.in === 'front' || place.in === 'introduction') return false;
    const asked = askedBy(withoutNumber(plain));
    if (asked === null) return false;
    return this.#go(asked === 'area' ? { in: 'area' } : { in: 'tables', asked });
  }

  get place(): Place {
    return this.#place;
  }

  #go(place: Place): true {
    this.#place = place;
    return true;
  }

  #movesWithin(place: Extract<Place, { in: 'section' }>, plain: string): boolean {
    const under =
      plain === 'summary'
        ? 'summary'
        : /^strengths?( and outcomes?)?$/.test(plain)
          ? 'strength'
          : /^areas? for (development|improvement)( [–-].*)?$/.test(plain)
            ? 'area for development'
            : null;
    return under !== null && this.#go({ ...place, under, firstOf: true });
  }

  #keep(block: Paragraph): void {
    const place = this.#place;
    const line = block.label === '' ? block.text : `${block.label} ${block.text}`;
    switch (place.in) {
      case 'front':
        this.#front.push(block);
        break;
      case 'introduction':
        this.#draft.introduction = add(this.#draft.introduction, line);
        break;
      case 'area':
        this.#draft.area = add(this.#draft.area, line);
        break;
      case 'closing':
        this.#draft.closing = add(this.#draft.closing, line);
        break;
      case 'tables':
        // What the form says of itself is long; a heading is short, and so is a stray answer.
        this.#miss(
          block.where,
          line,
          'Words outside the tables of parts A and B; the form has no place for them',
        );
        break;
      case 'part C':
        this.#miss(block.where, line, 'Words before the first section of part C');
        break;
      case 'section':
        this.#keepInSection(place, block, line);
        break;
    }
  }

  #keepInSection(place: Extract<Place, { in: 'section' }>, block: Paragraph, line: string): void {
    const { section, under } = place;
    if (under === 'summary') {
      section.summary = add(section.summary, line);
      return;
    }
    const item = listItem(block);
    const last = section.points.at(-1);
    if (item?.main === true || (item !== null && place.firstOf)) {
      section.points.push({ kind: under, words: item.words });
      if (!place.firstOf && item.first) {
        const why = `A list that begins anew in section ${section.number}: taken as further points, and it may be notes`;
        this.#miss(block.where, line, why);
      }
      // Bullets alone make a list of their own; below numbers they are parts.
      this.#go({ ...place, firstOf: item.main ? false : true });
      return;
    }
    if (item !== null && last?.kind === under) {
      last.words = `${last.words}\n• ${item.words}`;
      return;
    }
    if (block.heading !== null || isSubheading(block.text)) {
      // Some sections have parts, each with strengths and areas of its own.
      section.summary = add(section.summary, block.text);
      this.#go({ ...place, under: 'summary' });
      return;
    }
    if (last?.kind === under && !place.firstOf) {
      last.words = `${last.words}\n${line}`;
      this.#miss(
        block.where,
        line,
        `Taken as the end of the point before it, in section ${section.number}`,
      );
      return;
    }
    section.summary = add(section.summary, line);
    this.#miss(
      block.where,
      line,
      `Words before the first point of a list, added to the summary of section ${section.number}`,
    );
  }

  #miss(where: string, text: string, why: string): void {
    this.#draft.notUnderstood.push({ where, text, why });
  }
}

const add = (text: string, line: string): string => (text === '' ? line : `${text}\n${line}`);

/** What a heading of part A or B asks for. */
function askedBy(heading: string): string | null {
  if (/^key (personnel|people)|^people in key posts/.test(heading)) return 'people';
  if (/^key documents/.test(heading)) return 'documents';
  if (/^about the (local )?(authority|area)|^the local area/.test(heading)) return 'area';
  if (/proud of/.test(heading)) return 'proud';
  if (/^summary of (reviews|inspections)|inspections/.test(heading)) return 'inspections';
  if (/(outcomes|areas).*(need to|to) improve/.test(heading)) return 'improve';
  if (/\brisks?\b/.test(heading)) return 'risk';
  if (/innovation|good practice/.test(heading)) return 'innovation';
  if (/^looking forward/.test(heading)) return '';
  return null;
}

const withoutNumber = (text: string): string =>
  text.replace(/^(?:\d+(?:\.\d+)*\.?|[a-z]\))\s+/, '');

/**
 * "11. CHILDREN LOOKED AFTER", or a numbered heading by its style. An item of a list is neither:
 * it has small letters and no heading's style.
 */
function sectionHeading(block: Paragraph): DraftSection | null {
  const line =
    block.label === '' || block.label === '•' ? block.text : `${block.label} ${block.text}`;
  const match = /^(?:section\s+)?([1-9]\d{0,2}[a-z]?)[.:)]?\s+(\S.*)$/i.exec(
    line.replace(/\s+/g, ' ').trim(),
  );
  const [, number, title] = match ?? [];
  if (number === undefined || title === undefined || title.length > 300) return null;
  const letters = title.replace(/\([^)]*\)/g, '').replace(/[^\p{L}]/gu, '');
  const inCapitals = letters.length >= 3 && letters === letters.toUpperCase();
  if (block.heading === null && !inCapitals) return null;
  return {
    number: number.toLowerCase(),
    title: inCapitals ? sentenceCase(title) : title,
    summary: '',
    points: [],
  };
}

/** Capitals throughout are hard to read: "LEADERSHIP AND GOVERNANCE" becomes "Leadership and governance". */
function sentenceCase(title: string): string {
  const words = title.split(' ');
  // What is short and stands alone, or in brackets as it was written, is an abbreviation.
  if (words.length === 1 && title.length <= 5) return title;
  let inBrackets = false;
  const lowered = words.map((word) => {
    if (word.startsWith('(') && word !== word.toUpperCase()) inBrackets = true;
    const kept = inBrackets ? word : word.toLowerCase();
    if (word.endsWith(')')) inBrackets = false;
    return kept;
  });
  const joined = lowered.join(' ');
  return joined.slice(0, 1).toUpperCase() + joined.slice(1);
}

/** A point of a list; `main` where it has a number, `first` where that is 1. */
function listItem(block: Paragraph): { main: boolean; first: boolean; words: string } | null {
  const typed = /^(?:(\d{1,3})[.)]|[•▪●*–-])\s+(\S[\s\S]*)$/.exec(block.text);
  if (block.label === '') {
    const [, number, words] = typed ?? [];
    if (words === undefined) return null;
    return { main: number !== undefined, first: number === '1', words };
  }
  const number = /^(\d+)[.)]?$/.exec(block.label)?.[1];
  return { main: number !== undefined, first: number === '1', words: block.text };
}

/** A short line without an end: the name of a part of the section. */
function isSubheading(text: string): boolean {
  return (
    text.length <= 80 &&
    !/[.;:,?!]$/.test(text) &&
    /^\p{Lu}/u.test(text) &&
    text.split(' ').length <= 8
  );
}

/** The title, the year and whom to ask, from what stands before the introduction. */
function readFront(
  front: readonly Paragraph[],
): Pick<NarrativeDraft, 'title' | 'period' | 'contact'> {
  const lines = front
    .flatMap(({ text }) => text.split('\n'))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const named = lines.map((line) => /^([\p{L} -]{3,60}):\s*(.*)$/u.exec(line));
  const title =
    lines.find((line) => /self[ -]?assessment/i.test(line) && !line.includes(':')) ?? null;
  const years = lines.map((line) => year.exec(line)).find((match) => match !== null);
  const asked = named.flatMap((match) => {
    const [, label = '', value = ''] = match ?? [];
    return /contact|telephone|phone|e-?mail/i.test(label) && value !== '' ? [value.trim()] : [];
  });
  return {
    title: title === null ? null : title === title.toUpperCase() ? sentenceCase(title) : title,
    period: years?.[1] === undefined || years[2] === undefined ? null : `${years[1]}/${years[2]}`,
    contact: asked.length === 0 ? null : asked.join(', '),
  };
}
