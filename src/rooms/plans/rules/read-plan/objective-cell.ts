import { flat, quoted } from '#platform/documents/tables/lines.ts';

/** What stands in the cell of an objective: its reference, its words, and where it comes from. */
export interface ObjectiveCell {
  ref: string | null;
  title: string;
  /** Each as written, not yet split. */
  sources: string[];
  doubts: string[];
}

const sourceLabel =
  /^\(?\s*(?:sources?|origins?|recommendations? from|identified (?:by|from|in|through)|arising from|taken from)\s*(?:[:\-–—]|\bis\b)\s*/i;
/** Who inspects, audits and reviews children's and adults' services, and what they call it. */
const sourceWords =
  /\b(?:ofsted|cqc|hmip?|hmicfrs?|estyn|slac|ilacs|jtai|sif|sbl?rs?|scrs?|lcspr|cspr|sars?|inspect\w+|audits?|peer (?:review|challenge)|(?:case|practice|learning|serious|thematic|independent|annual|external|internal|domestic homicide|child safeguarding practice|safeguarding adults?|deep[\s-]dive) (?:file )?(?:reviews?|audits?)|deep[\s-]dive|surveys?|sef|self[\s-](?:assessment|evaluation)|focused visit|monitoring visit|annual conversation|complaints?|section 11|grade descriptors?|munro|benchmark\w*|lado report|iro report|aldcs|lga|dfe)\b/i;

/**
 * Reads the cell of an objective. A reference is taken off the front of its first line; lines
 * that say "Source: …" or stand in brackets and name an inspection, an audit or a review are
 * its sources, as is such a bracket at the end of the words.
 */
export function readObjectiveCell(text: string): ObjectiveCell {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const sources: string[] = [];
  const doubts: string[] = [];
  const words: string[] = [];
  let inSources = false;
  for (const [at, line] of lines.entries()) {
    const label = sourceLabel.exec(line);
    if (label !== null) {
      inSources = true;
      const rest = withoutBrackets(line.slice(label[0].length));
      if (rest !== '') sources.push(rest);
    } else if (inSources || (at > 0 && isBracketed(line) && namesSource(line))) {
      sources.push(withoutBrackets(line));
    } else if (at > 0 && isBareSource(line)) {
      sources.push(line);
      if (!isPlainSource(line)) {
        doubts.push(`${quoted(line)} is read as a source of the objective.`);
      }
    } else {
      words.push(line);
    }
  }
  if (words.length === 0 && lines.length > 0)
    return { ref: null, title: lines.join('\n'), sources: [], doubts: [] };
  const bracket = /^(.+?)\s*[([]([^()[\]]+)[)\]]\s*\.?$/s.exec(words.at(-1) ?? '');
  if (bracket?.[1] !== undefined && bracket[2] !== undefined && namesSource(bracket[2])) {
    words.splice(-1, 1, bracket[1]);
    sources.unshift(bracket[2].replace(sourceLabel, ''));
  }
  const { ref, rest } = takeRef(words.join('\n'));
  return { ref, title: rest, sources, doubts };
}

function isBracketed(line: string): boolean {
  return /^[([].*[)\]]\.?$/.test(line);
}

function namesSource(words: string): boolean {
  return sourceWords.test(words) || sourceLabel.test(words);
}

/** A short line of its own that names a source and has no verb to make it a sentence. */
function isBareSource(line: string): boolean {
  return (
    line.length <= 80 &&
    namesSource(line) &&
    (/\b(?:19|20)\d\d\b/.test(line) || line.split(/\s+/).length <= 4) &&
    !/[.!?]$/.test(line) &&
    !/\b(?:to|is|are|be|will|should|must|ensure|improve|need|needs|that|has|have)\b/i.test(line)
  );
}

/** "Ofsted SLAC 2012": who looked, and when. */
function isPlainSource(line: string): boolean {
  return sourceWords.exec(line)?.index === 0 && /\b(?:19|20)\d\d(?:\/\d\d)?$/.test(line);
}

function withoutBrackets(line: string): string {
  const inside = /^[([](.*)[)\]]\.?$/s.exec(line)?.[1] ?? line;
  return inside
    .replace(sourceLabel, '')
    .replace(/^\(|(?<!\([^)]*)\)$/g, '')
    .trim();
}

const refForms = [
  // Priority 3 – Leadership; Recommendation 2.1: …
  /^((?:priority|objective|recommendation|rec|outcome|aim|goal|theme|section|standard|area|action|strand|work ?stream|improvement (?:area|priority|theme)|key (?:priority|area|theme)|strategic (?:priority|objective|aim)|(?:key |significant )?areas? (?:of|for) \w+|key finding|finding|ambition|commitment)\.?\s+(?:no\.?\s*)?(?:\d+(?:\.\d+)*[a-z]?|[a-z](?=\s*[:.)\-–—])))\s*[:.)\-–—]*\s*/i,
  // 1.10 Improve …; 2.3.1) …; 1.1a: …
  /^(\d+(?:\.\d+)+[a-z]?)\s*[:.)\-–—]*\s+/i,
  // 1. Improve …; 12) …; 3: …; 4 – …
  /^\(?(\d{1,3}[a-z]?)\s*(?:[.):]|\s[-–—])\s+/i,
  // A1: …; R3 – …; (a) …
  /^\(?([A-Z]{1,4}\d{1,3}(?:\.\d+)*)\s*(?:[.):]|\s[-–—])\s+/,
];

/**
 * Takes a reference off the front of a text. A text that numbers several of its lines has none:
 * those are the steps of a list.
 */
export function takeRef(text: string): { ref: string | null; rest: string } {
  for (const form of refForms) {
    const match = form.exec(text);
    const rest = text.slice(match?.[0].length ?? 0).trim();
    if (match?.[1] === undefined || rest === '') continue;
    const numbered = text.split('\n').filter((line) => form.test(line.trim()));
    if (numbered.length > 1) return { ref: null, rest: text };
    return { ref: flat(match[1]), rest };
  }
  return { ref: null, rest: text };
}
