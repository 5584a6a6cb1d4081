import { describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.ts';
import { at, doubts, readGrid, reason, texts } from './test-files.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const answer = (bytes: Uint8Array) => readBytes(bytes, 'plan.csv');
const read = async (bytes: Uint8Array) => readGrid(await answer(bytes));

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(2 + text.length * 2));
  bytes.setUint16(0, 0xfeff, !bigEndian);
  for (let n = 0; n < text.length; n += 1)
    bytes.setUint16(2 + n * 2, text.charCodeAt(n), !bigEndian);
  return new Uint8Array(bytes.buffer);
}

describe('a .csv', () => {
  it('is one table, its cells named as Excel would show them', async () => {
    const grid = await read(utf8('Ref,Action\r\n1.10,"Visit homes,\r\neach ""term"""\r\n'));
    expect(grid.format).toBe('csv');
    expect(texts(grid)).toEqual([
      ['Ref', 'Action'],
      ['1.10', 'Visit homes,\neach "term"'],
    ]);
    expect(at(grid, 'csv!B2').text).toContain('Visit');
    expect(grid.problems).toEqual([]);
  });

  it.each([
    ['commas', 'Ref,Action,Due\n1,a; b,June\n2,c; d,May'],
    ['semicolons', 'Ref;Action;Due\n1;"a; b";June\n2;c, d;May'],
    ['tabs', 'Ref\tAction\tDue\n1\ta, b; c\tJune\n2\td\tMay'],
    ['its own word for it', 'sep=|\nRef|Action|Due\n1|a,b,c,d|June'],
  ])('may be delimited by %s', async (_, text) => {
    const grid = await read(utf8(text));
    expect(grid.tables[0]?.rows.map((row) => row.length)).toEqual(
      grid.tables[0]?.rows.map(() => 3),
    );
    expect(at(grid, text.startsWith('sep') ? 'csv!C3' : 'csv!C2').text).toBe('June');
  });

  it.each([
    ['UTF-8', utf8('Due,£5 – café')],
    ['UTF-8 with its mark', utf8('\ufeffDue,£5 – café')],
    ['UTF-16, little end first', utf16('Due,£5 – café', false)],
    ['UTF-16, big end first', utf16('Due,£5 – café', true)],
  ])('is understood in %s', async (_, bytes) => {
    const grid = await read(bytes);
    expect(texts(grid)).toEqual([['Due', '£5 – café']]);
    expect(grid.problems).toEqual([]);
  });

  it('is read as Windows text when it is nothing else, with a doubt', async () => {
    const grid = await read(new Uint8Array([0xa3, 0x35, 0x20, 0x96, 0x20, 0x92, 0x2c, 0x61]));
    expect(texts(grid)).toEqual([['£5 – ’', 'a']]);
    expect(doubts(grid)).toEqual([expect.stringMatching(/^csv: .*check that pound signs/)]);
  });

  it('keeps the number of a row below empty lines, and makes rows equally long', async () => {
    const grid = await read(utf8('Plan\n\nRef,Action,,,\n1,a\n,,,,\n'));
    expect(texts(grid)).toEqual([
      ['Plan', ''],
      ['', ''],
      ['Ref', 'Action'],
      ['1', 'a'],
    ]);
    expect(at(grid, 'csv!B4').text).toBe('a');
    expect(at(grid, 'csv!B1').text).toBe('');
  });

  it('may have a quotation mark inside a cell', async () => {
    expect(texts(await read(utf8('a,5" pipe\nb,c')))).toEqual([
      ['a', '5" pipe'],
      ['b', 'c'],
    ]);
  });

  it('is refused where a quotation mark is never closed, with the row', async () => {
    expect(reason(await answer(utf8('a,b\nc,d\ne,"f\ng,h\n')))).toContain('row 3');
  });

  it('is refused without a word in it', async () => {
    expect(reason(await answer(utf8(' , \n,,')))).toContain('nothing in the cells');
  });
});
