/**
 * Leads and sources are kept as written and split where the writer separated them: at new
 * lines, commas, semicolons and slashes; and at "and" or "&" only where both sides are known,
 * that is, stand somewhere in the plan on their own. So "SWs and Managers" is two leads where
 * "SWs" and "Managers" answer for other actions, and "CSC & EH Management Team" stays one.
 *
 * What stands on its own is found once, before anything is split at "and": a part that is only
 * ever seen joined to another is never taken as known, so one pass is enough.
 */
export interface SplitCell {
  parts: string[];
  doubts: string[];
}

/** The leads of each cell of the plan's lead columns, in the order of the cells. */
export function readLeads(cells: readonly string[]): SplitCell[] {
  return splitCells(cells).map(({ parts, doubts }) => {
    const named = parts.filter((part) => !isNobody(part));
    const nobody = parts.filter(isNobody);
    if (nobody.length === 0) return { parts, doubts };
    const words = nobody.map((part) => `“${part}”`).join(' and ');
    return { parts: named, doubts: [...doubts, `${words} is read as no lead.`] };
  });
}

/** The sources of each cell or paragraph, in their order. */
export function readSources(cells: readonly string[]): SplitCell[] {
  return splitCells(cells).map(({ parts, doubts }) => ({
    parts: parts.filter((part) => !/^(?:n\s?\/?\s?a|none|nil)\.?$/i.test(part)),
    doubts,
  }));
}

function isNobody(part: string): boolean {
  return /^(?:n\s?\/?\s?a|t\.?b\.?[cad]\.?|to be (?:confirmed|agreed|advised|decided|appointed)|none|nil|vacant|not applicable|\?+)$/i.test(
    part,
  );
}

function splitCells(cells: readonly string[]): SplitCell[] {
  const units = cells.map(unitsOf);
  const known = new Set(units.flat().map(key));
  return units.map((own) => {
    const parts = own.flatMap((unit) => splitAtAnd(unit, known));
    return { parts: withoutRepeats(parts), doubts: [] };
  });
}

/** A name without regard to capitals, spaces and end points. */
function key(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
}

/**
 * The parts between new lines, commas, semicolons and slashes. A separator inside brackets
 * belongs to the name, as does the slash of "N/A" and of a date or a year.
 */
function unitsOf(cell: string): string[] {
  return cell
    .replace(/\band\s*\/\s*or\b/gi, ';')
    .split('\n')
    .flatMap(unitsOfLine)
    .map(withoutBullet)
    .filter((one) => one !== '');
}

function unitsOfLine(line: string): string[] {
  const units: string[] = [];
  let from = 0;
  let closes = -1;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '(' || line[at] === '[') {
      closes = Math.max(closes, line.indexOf(line[at] === '(' ? ')' : ']', at));
    }
    if (at < closes || !isSeparator(line, at)) continue;
    units.push(line.slice(from, at));
    from = at + 1;
  }
  return [...units, line.slice(from)];
}

function isSeparator(line: string, at: number): boolean {
  const letter = line[at];
  if (letter === ',' || letter === ';') return true;
  if (letter !== '/') return false;
  const around = line.slice(Math.max(0, at - 3), at + 4);
  if (/(?:^|[^\p{L}])n\s?\/\s?a(?:$|[^\p{L}])/iu.test(around)) return false;
  return !(/\d/.test(line[at - 1] ?? '') && /\d/.test(line[at + 1] ?? ''));
}

function withoutBullet(unit: string): string {
  return unit
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s•·▪●◦‣*–—-]+/, '')
    .replace(/^(?:and|&)\s+/i, '')
    .replace(/\s+(?:and|&)$/i, '')
    .trim();
}

/** "A, B and C" where all stand elsewhere: the finest split of which every part is known. */
function splitAtAnd(unit: string, known: ReadonlySet<string>): string[] {
  const words = unit.split(/(\s+and\s+|\s*&\s*)/i);
  // A name with very many "and"s is a sentence, not a list of leads.
  if (words.length < 3 || words.length > 15) return [unit];
  const split = finest(words, known);
  return split !== null && split.length > 1 ? split : [unit];
}

/** `words` alternates between names and the "and" between them. */
function finest(words: string[], known: ReadonlySet<string>): string[] | null {
  for (let end = 1; end <= words.length; end += 2) {
    const first = words.slice(0, end).join('').trim();
    if (!known.has(key(first))) continue;
    if (end === words.length) return [first];
    const rest = finest(words.slice(end + 1), known);
    if (rest !== null) return [first, ...rest];
  }
  return null;
}

function withoutRepeats(parts: string[]): string[] {
  return parts.filter((part, i) => parts.findIndex((other) => key(other) === key(part)) === i);
}
