import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ragOfFill, readRag } from './rag.ts';
import type { Rag, Status } from './reading.ts';

describe('a background', () => {
  const fills: [string, Rag | 'unknown' | null][] = [
    ['FF0000', 'red'],
    ['C00000', 'red'],
    ['FFC7CE', 'red'],
    ['F2DCDB', 'red'],
    ['FFC000', 'amber'],
    ['FFBF00', 'amber'],
    ['FFFF00', 'amber'],
    ['FFEB9C', 'amber'],
    ['FFA500', 'amber'],
    ['F79646', 'amber'],
    ['ED7D31', 'amber'],
    ['FFF2CC', 'amber'],
    ['00B050', 'green'],
    ['92D050', 'green'],
    ['C6EFCE', 'green'],
    ['E2EFDA', 'green'],
    ['008000', 'green'],
    ['00FF00', 'green'],
    ['70AD47', 'green'],
    ['0070C0', 'blue'],
    ['00B0F0', 'blue'],
    ['0000FF', 'blue'],
    ['4F81BD', 'blue'],
    ['DCE6F1', null],
    ['D9E1F2', null],
    ['BDD7EE', null],
    ['FFFFFF', null],
    ['F2F2F2', null],
    ['BFBFBF', null],
    ['000000', null],
    ['EEECE1', null],
    ['7030A0', 'unknown'],
    ['CCC0DA', 'unknown'],
    ['FF66CC', 'unknown'],
    ['984806', 'unknown'],
    ['948A54', 'unknown'],
  ];
  it.each(fills)('%s is %s', (fill, rag) => {
    expect(ragOfFill(fill)).toBe(rag);
  });

  it('is nothing where there is none', () => {
    expect(ragOfFill(null)).toBeNull();
    expect(readRag('', null)).toMatchObject({ rag: null, ragFrom: 'none', doubts: [] });
  });

  it('is a doubt where it is none of the four colours', () => {
    expect(readRag('', '7030A0')).toMatchObject({ rag: null, ragFrom: 'none' });
    expect(readRag('', '7030A0').doubts).toHaveLength(1);
  });
});

describe('a colour in words', () => {
  const plain: [string, Rag, Status | null][] = [
    ['Green', 'green', null],
    ['AMBER', 'amber', null],
    [' red ', 'red', null],
    ['R', 'red', null],
    ['a', 'amber', null],
    ['G', 'green', null],
    ['B', 'blue', null],
    ['grn', 'green', null],
    ['G – on track', 'green', 'in progress'],
    ['Green - complete', 'green', 'complete'],
    ['Amber (in progress)', 'amber', 'in progress'],
    ['BRAG blue', 'blue', null],
    ['RAG: Red', 'red', null],
    ['🟢', 'green', null],
    ['G ↑', 'green', null],
    ['A ⬇', 'amber', null],
    ['Green ↗', 'green', null],
  ];
  it.each(plain)('%j is %s', (text, rag, status) => {
    expect(readRag(text, null)).toMatchObject({ rag, ragFrom: 'text', status, doubts: [] });
  });

  const doubtful: [string, Rag | null][] = [
    ['Amber/Green', 'amber'],
    ['A/G', 'amber'],
    ['Red -> Amber', 'amber'],
    ['R → A', 'amber'],
    ['A -> R', 'red'],
    ['Red to amber', 'amber'],
    ['Green (previously amber)', 'green'],
    ['Yellow', 'amber'],
    ['Red / Amber / Green', null],
    ['Purple', null],
    ['On hold', null],
  ];
  it.each(doubtful)('%j is %s, with a doubt', (text, rag) => {
    const reading = readRag(text, null);
    expect(reading.rag).toBe(rag);
    expect(reading.doubts).not.toEqual([]);
  });

  it('is not found in a narrative that only mentions one', () => {
    const text = 'The council answered the Green Paper on early help and waits for the reply.';
    expect(readRag(text, null)).toMatchObject({ rag: null, narrative: text, doubts: [] });
    expect(readRag(text, 'FFC000')).toMatchObject({
      rag: 'amber',
      ragFrom: 'fill',
      narrative: text,
    });
  });

  it('keeps the narrative that follows it', () => {
    expect(readRag('Amber: two of four sessions were held', null)).toMatchObject({
      rag: 'amber',
      narrative: 'Amber: two of four sessions were held',
    });
  });
});

describe('words and background together', () => {
  it('agree without a doubt', () => {
    expect(readRag('Green', '92D050')).toMatchObject({ rag: 'green', ragFrom: 'text', doubts: [] });
  });

  it('differ: the words win, with a doubt', () => {
    const reading = readRag('Green', 'FF0000');
    expect(reading).toMatchObject({ rag: 'green', ragFrom: 'text' });
    expect(reading.doubts.join(' ')).toContain('red');
  });

  it('say a status and a colour', () => {
    expect(readRag('Complete', '00B050')).toMatchObject({
      rag: 'green',
      ragFrom: 'fill',
      status: 'complete',
      narrative: null,
      doubts: [],
    });
  });

  it('always give a reading, whatever the cell holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string({ maxLength: 6 })), (text, fill) => {
        const reading = readRag(text, fill);
        expect(reading.rag === null).toBe(reading.ragFrom === 'none');
      }),
    );
  });
});
