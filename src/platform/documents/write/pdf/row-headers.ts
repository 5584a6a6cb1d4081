/** Which cells of a table's rows are row headers: each row's cells are counted from 0. */
export type RowHeaders = 'none' | 'even' | { column: number };

interface Element {
  start: number;
  end: number;
  type: string;
  kids: number[];
}

/**
 * The PDF with the row headers of its tables marked as such (PDF/UA-1, ISO 14289-1, 7.5). Typst
 * 0.14 marks the header row only; so the structure elements of these cells, which it writes
 * uncompressed, are changed in place from TD to TH with the scope Row. No byte is moved, so that
 * every offset in the file stays right.
 *
 * `tables` are the tables in the order in which they stand. It throws where the file has others:
 * that is a fault of ours, never of the words in it.
 */
export function markRowHeaders(pdf: Uint8Array, tables: readonly RowHeaders[]): Uint8Array {
  const bytes = Buffer.from(pdf);
  const elements = structure(bytes.toString('latin1'));
  const found = tablesOf(elements);
  if (found.length !== tables.length) {
    throw new Error(`The PDF has ${found.length} tables, not ${tables.length}`);
  }
  found.forEach((table, at) => {
    const headers = tables[at] ?? 'none';
    if (headers === 'none') return;
    for (const cells of bodyRows(elements, table)) {
      cells.forEach((cell, column) => {
        if (headers === 'even' ? column % 2 === 0 : column === headers.column) mark(bytes, cell);
      });
    }
  });
  return new Uint8Array(bytes);
}

function structure(text: string): Map<number, Element> {
  const elements = new Map<number, Element>();
  for (const match of text.matchAll(/\n(\d+) 0 obj\n<<\n {2}\/Type \/StructElem\n/g)) {
    const end = text.indexOf('\nendobj', match.index);
    const body = text.slice(match.index, end);
    const type = /\n {2}\/S \/(\w+)\n/.exec(body)?.[1] ?? '';
    const kids = /\n {2}\/K \[([^\]]*)\]/.exec(body)?.[1] ?? '';
    elements.set(Number(match[1]), {
      start: match.index,
      end,
      type,
      kids: [...kids.matchAll(/(\d+) 0 R/g)].map(([, kid]) => Number(kid)),
    });
  }
  return elements;
}

function tablesOf(elements: Map<number, Element>): Element[] {
  const found: Element[] = [];
  const visit = (element: Element | undefined): void => {
    if (element?.type === 'Table') found.push(element);
    else for (const kid of element?.kids ?? []) visit(elements.get(kid));
  };
  visit([...elements.values()].find(({ type }) => type === 'Document'));
  return found;
}

function bodyRows(elements: Map<number, Element>, table: Element): Element[][] {
  const kidsOf = ({ kids }: Element) => kids.flatMap((kid) => elements.get(kid) ?? []);
  return kidsOf(table)
    .flatMap((part) => (part.type === 'TR' ? [part] : part.type === 'TBody' ? kidsOf(part) : []))
    .map((row) => kidsOf(row).filter(({ type }) => type === 'TD'));
}

const scope = '/Scope /Row';

function mark(bytes: Buffer, { start, end }: Element): void {
  const before = bytes.toString('latin1', start, end);
  const after = before
    .replace('/S /TD\n', '/S /TH\n')
    .replace(/\/Headers \[[^\]]*\]/, (headers) => scope.padEnd(headers.length));
  if (after.length !== before.length || !after.includes(scope)) {
    throw new Error('A cell of the PDF is not written as Typst 0.14 writes it');
  }
  bytes.write(after, start, 'latin1');
}
