import { meaningOfHeading, type HeadingMeaning } from './header-words.ts';
import { flat } from '#platform/documents/tables/lines.ts';

/** Rows that stand between the actions: headings of sections and objectives, notes and totals. */

const withNumber =
  /^(?:priority|objective|recommendation|theme|section|work ?stream|work ?strand|strand|area|part|pillar|domain|outcome|aim|goal|standard|chapter|improvement (?:area|priority|theme)|key (?:priority|area|theme)|strategic (?:priority|objective|aim)|(?:key |significant )?areas? (?:of|for) \w+(?: \w+)?|significant weakness|key finding|finding|ambition|commitment)\s*(?:no\.?\s*)?(?:\d+(?:\.\d+)*|[A-Z]\b|[ivx]{1,4}\b|one|two|three|four|five|six)\b/i;
const ofObjective =
  /^(?:objective|recommendation|outcome|aim|goal|standard|action area|strategic objective)s?\b/i;
const notes =
  /^\W*(?:(?:key|legend|notes?|nb|n\.b\.?|author|version|contact|last updated|last reviewed|updated|date)\s*(?:[:=]|$|\d)|note that\b|(?:sub-?\s?|grand )?totals?\b|prepared by\b|produced by\b|completed by:|(?:last )?(?:updated|reviewed) (?:by|on|in|at)?\b.*\d{2}|reviewed by\b|signed\b|signature\b|page \d+|glossary\b|acronyms?\b|abbreviations\b|for (?:more|further) information\b|end of (?:plan|document|table)\b|please (?:note|add|see)\b|number of actions\b|overall (?:rag|progress|status)\b|\*)/i;

/** Words that say they are a heading: "Priority 1: Leadership", "THRESHOLDS". */
export function saysHeading(text: string): boolean {
  const words = flat(text);
  if (words.length > 200) return false;
  return withNumber.test(words) || isShouted(words);
}

/** "Priority 1", "Theme two": numbered, so that it is a heading even in running text. */
export function isNumberedHeading(text: string): boolean {
  return withNumber.test(flat(text)) && flat(text).length <= 250;
}

/** "Objective 2" or "Theme A:" and no more: its words stand beside it. */
export function isLabelAlone(text: string): boolean {
  const words = flat(text).replace(/[:.\s]+$/, '');
  return withNumber.exec(words)?.[0].length === words.length;
}

/** "Objective 2: …" names an objective rather than a section of several. */
export function namesObjective(text: string): boolean {
  return ofObjective.test(flat(text));
}

/** All in capitals, and no sentence. */
export function isShouted(text: string): boolean {
  const words = flat(text);
  return (
    (words.match(/\p{L}/gu) ?? []).length >= 3 &&
    words === words.toUpperCase() &&
    !/[.!?]$/.test(words)
  );
}

/** Short, on one line, and no sentence: what a heading looks like. */
export function looksLikeHeading(text: string): boolean {
  const words = flat(text);
  return (
    saysHeading(words) ||
    (!text.includes('\n') &&
      words.length <= 120 &&
      words.split(' ').length <= 16 &&
      !/[.;]$/.test(words))
  );
}

const label =
  /^(?:\w+\s){0,2}(?:leads?|owner|sponsor|officers?|author|date|version|status|chair|contact|director|manager|updated|reviewed|sources?|period|approved|rag|baseline|governance|success measures?|measures?|evidence|outcomes?)\b[^:]{0,30}:/i;

/**
 * A row such as "Outcome: children are seen early", which says something of all actions under
 * it. Null for a numbered heading and for what has no such label.
 */
export function labelled(text: string): { meaning: HeadingMeaning; words: string } | null {
  const parts = /^([^:\n]{3,80}):\s*(\S.*)$/s.exec(text.trim());
  if (parts?.[1] === undefined || parts[2] === undefined || isNumberedHeading(text)) return null;
  const meaning = meaningOfHeading(parts[1]);
  return meaning === null ? null : { meaning, words: parts[2].trim() };
}

/** A paragraph above a table that is its heading: short, no sentence, and not "Lead: …". */
export function isHeadingParagraph(text: string): boolean {
  const isListed = /^[•·\-–]/.test(text);
  return looksLikeHeading(text) && !isNote(text) && !isListed && !label.test(text);
}

/** A note, a total, a signature: nothing to do. */
export function isNote(text: string): boolean {
  return notes.test(flat(text));
}
