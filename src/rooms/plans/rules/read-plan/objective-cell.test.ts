import { describe, expect, it } from 'vitest';
import { readObjectiveCell, takeRef } from './objective-cell.ts';

describe('the cell of an objective', () => {
  it('is its words where there is nothing else', () => {
    expect(readObjectiveCell('Help arrives in time')).toEqual({
      ref: null,
      title: 'Help arrives in time',
      sources: [],
      doubts: [],
    });
  });

  it.each([
    ['Help arrives in time\nSource: Ofsted 2012', ['Ofsted 2012']],
    ['Help arrives in time\n(Ofsted SLAC 2012; SBLR 2014)', ['Ofsted SLAC 2012; SBLR 2014']],
    ['Help arrives in time (Ofsted SLAC 2012)', ['Ofsted SLAC 2012']],
    ['Help arrives in time (Source: Staff survey 2014)', ['Staff survey 2014']],
    [
      'Help arrives in time\nSources:\nOfsted 2012\nCase audit 2014',
      ['Ofsted 2012', 'Case audit 2014'],
    ],
    ['Help arrives in time\nSource – Deep dive audit, page 4', ['Deep dive audit, page 4']],
    ['Help arrives in time\n[Peer review 2019]', ['Peer review 2019']],
    [
      'Help arrives in time\nOfsted SLAC 2012\nCase file audit 2014',
      ['Ofsted SLAC 2012', 'Case file audit 2014'],
    ],
  ])('%j has the sources %j', (text, sources) => {
    const cell = readObjectiveCell(text);
    expect(cell.title).toBe('Help arrives in time');
    expect(cell.sources).toEqual(sources);
    expect(cell.doubts).toEqual([]);
  });

  it('asks about a source without a label or a year', () => {
    const cell = readObjectiveCell('Help arrives in time\nStaff survey findings');
    expect(cell.sources).toEqual(['Staff survey findings']);
    expect(cell.doubts).toHaveLength(1);
  });

  it.each([
    'Help arrives in time (within 45 days)',
    'Audits are done every month\nand their findings are used',
    'Ofsted recommended that help arrives in time',
  ])('takes no source from %j', (text) => {
    expect(readObjectiveCell(text)).toMatchObject({ title: text, sources: [] });
  });
});

describe('a reference', () => {
  it.each([
    ['1.10 Improve recording', '1.10', 'Improve recording'],
    ['1.10. Improve recording', '1.10', 'Improve recording'],
    ['1. Improve recording', '1', 'Improve recording'],
    ['12) Improve recording', '12', 'Improve recording'],
    ['3 – Improve recording', '3', 'Improve recording'],
    ['Priority 3 – Improve recording', 'Priority 3', 'Improve recording'],
    ['Priority 3: Improve recording', 'Priority 3', 'Improve recording'],
    ['Recommendation 2.1 Improve recording', 'Recommendation 2.1', 'Improve recording'],
    ['A1: Improve recording', 'A1', 'Improve recording'],
  ])('is taken off the front of %j', (text, ref, rest) => {
    expect(takeRef(text)).toEqual({ ref, rest });
  });

  it.each([
    'Improve recording',
    '12 monthly audits are held',
    '100% of plans are reviewed',
    '1. Write the guide\n2. Send it to everybody',
    '1.',
    'Priority 3',
    'Area teams meet monthly',
  ])('is none in %j', (text) => {
    expect(takeRef(text)).toEqual({ ref: null, rest: text });
  });
});
