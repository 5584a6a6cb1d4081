import type { OutlineBlock } from '#platform/documents/outline.ts';
import type { DraftRow, NarrativeDraft } from './draft.ts';

type Table = Extract<OutlineBlock, { kind: 'table' }>;

/**
 * Reads one table of parts A and B into the draft: by the words of its header row, and where two
 * kinds have the same header, by the heading that it stands under (`asked`). False where it is of
 * no kind that the form has.
 */
export function readFormTable(table: Table, asked: string, draft: NarrativeDraft): boolean {
  // A table can have a row across its whole width above its header.
  const header = table.rows.findIndex((row) => row.filter((cell) => cell !== '').length >= 2);
  const names = (table.rows[header] ?? []).map((name) =>
    name.toLowerCase().replace(/\s+/g, ' ').trim(),
  );
  const has = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const rows = table.rows
    .map((cells, index) => ({
      cells,
      links: table.links[index] ?? [],
      where: `${table.where} row ${index + 1}`,
    }))
    .slice(header + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const miss = (where: string, cells: readonly string[], why: string) =>
    draft.notUnderstood.push({ where, text: cells.filter((cell) => cell !== '').join(' | '), why });

  const post = has(/^(job title|post|role)\b/);
  if (post >= 0 && (asked === 'people' || has(/\bname\b/) >= 0)) {
    const [name, since] = [has(/\bname\b/), has(/start|since|from|date/)];
    for (const { cells, where } of rows) {
      const title = textAt(cells, post);
      if (title === null) miss(where, cells, 'A person without a post');
      else
        draft.people.push({ post: title, name: textAt(cells, name), since: textAt(cells, since) });
    }
    return true;
  }
  const document = has(/^document\b/);
  if (document >= 0) {
    const [dated, link] = [has(/\bdate\b/), has(/link|website|where/)];
    for (const { cells, links, where } of rows) {
      const title = textAt(cells, document);
      if (title === null) {
        miss(where, cells, 'A document without a title');
        continue;
      }
      const words = textAt(cells, link);
      const url =
        links[0] ?? /https?:\/\/\S+/i.exec(words ?? '')?.[0].replace(/[>).,]+$/, '') ?? null;
      draft.documents.push({
        title,
        dated: textAt(cells, dated),
        url,
        words: url === null ? words : null,
      });
    }
    return true;
  }
  const kind = rowKind(names[0] ?? '', asked);
  if (kind !== null) {
    const [reference, dated] = [has(/reference|section|further information/), has(/\bdates?\b/)];
    for (const { cells, where } of rows) {
      const text = textAt(cells, 0);
      if (text === null) {
        miss(where, cells, 'A row without words');
        continue;
      }
      const { label, words } = kind === 'proud' ? { label: null, words: text } : labelled(text);
      const row: DraftRow = { label, words, dated: null, sections: [] };
      for (const at of new Set([reference, dated].filter((one) => one > 0))) {
        const { sections, rest } = references(cells[at] ?? '');
        row.sections.push(...sections.filter((number) => !row.sections.includes(number)));
        if (rest.length === 0) continue;
        if (at === dated) row.dated = rest.join(', ').slice(0, 200);
        else miss(where, rest, 'A reference that names no number of a section');
      }
      draft[listOf[kind]].push(row);
    }
    return true;
  }
  if (has(/^title\b|^inspection\b|^review\b/) === 0 && has(/outcome|judgement|grade/) > 0) {
    const [dated, outcome] = [has(/\bdate\b/), has(/outcome|judgement|grade/)];
    for (const { cells, where } of rows) {
      const title = textAt(cells, 0);
      if (title === null) miss(where, cells, 'An inspection without a title');
      else
        draft.inspections.push({
          title,
          dated: textAt(cells, dated),
          outcome: textAt(cells, outcome),
        });
    }
    return true;
  }
  return false;
}

const listOf = {
  proud: 'proud',
  improve: 'improve',
  risk: 'risks',
  innovation: 'innovations',
} as const;
type Kind = keyof typeof listOf;

function rowKind(first: string, asked: string): Kind | null {
  if (/^areas? (for|to) (improve|development)/.test(first)) return 'improve';
  if (/^risk/.test(first)) return 'risk';
  if (/^(strength|outcome)/.test(first)) return asked === 'improve' ? 'improve' : 'proud';
  if (/^(title and description|innovation|pilot)/.test(first)) return 'innovation';
  return null;
}

function textAt(cells: readonly string[], at: number): string | null {
  const text = at < 0 ? '' : (cells[at] ?? '').trim();
  return text === '' ? null : text;
}

/** A short first line of several names the rest. */
function labelled(text: string): { label: string | null; words: string } {
  const [first = '', ...rest] = text.split('\n').map((line) => line.trim());
  const words = rest.filter((line) => line !== '').join('\n');
  return words === '' || first.length > 80 ? { label: null, words: text } : { label: first, words };
}

/** Lines such as "8. Early help" give the number; the rest are dates, or words. */
function references(text: string): { sections: string[]; rest: string[] } {
  const sections: string[] = [];
  const rest: string[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const numbers = [
      ...line.matchAll(/(?:^|[;,]\s*|\bsections?\s+|\s)([1-9]\d{0,2}[a-z]?)\.(?=\s)/gi),
    ].map(([, number = '']) => number.toLowerCase());
    const named = [...line.matchAll(/\bsection\s+([1-9]\d{0,2}[a-z]?)\b/gi)].map(
      ([, number = '']) => number.toLowerCase(),
    );
    const found = numbers.length > 0 ? numbers : named;
    if (found.length > 0) sections.push(...found);
    else if (/^[1-9]\d{0,2}(\s*(,|and)\s*[1-9]\d{0,2})*$/.test(line))
      sections.push(...(line.match(/\d+/g) ?? []));
    else rest.push(line);
  }
  return { sections, rest };
}
