import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameBoxes, namesIn } from '#platform/web/names.ts';
import { sourceRows, takeSources } from './sources.ts';

describe('names, one in each box', () => {
  it('are split at lines and semicolons, and said once', () => {
    expect(namesIn(['Head of  Fieldwork ', '', 'Police; Health\r\nhead of fieldwork'])).toEqual([
      'Head of Fieldwork',
      'Police',
      'Health',
    ]);
  });

  it('keep their commas, which stand inside the names of posts', () => {
    expect(namesIn(['Service Manager, Children in Care'])).toEqual([
      'Service Manager, Children in Care',
    ]);
  });

  it('always leave a box that is free', () => {
    expect(nameBoxes(undefined)).toEqual(['', '', '']);
    expect(nameBoxes('A')).toEqual(['A', '', '']);
    expect(nameBoxes(['A', 'B', 'C'])).toEqual(['A', 'B', 'C', '']);
  });
});

describe('sources, one in each row', () => {
  it('are taken out of the form, and empty rows left', () => {
    const taken = takeSources({
      title: 'Kept',
      'source-1-title': ' Ofsted  inspection ',
      'source-1-words': 'Visits\r\nare late',
      'source-1-page': '',
      'source-3-title': 'Survey',
    });
    expect(taken).toEqual({
      rest: { title: 'Kept' },
      sources: [
        { title: 'Ofsted inspection', words: 'Visits\nare late', page: null },
        { title: 'Survey', words: null, page: null },
      ],
      errors: [],
    });
  });

  it('ask for a title where there are words or a page', () => {
    expect(takeSources({ 'source-2-page': '4' }).errors).toEqual([
      { field: 'source-2-title', text: 'Enter the title of the source that these words come from' },
    ]);
  });

  it('show five rows, or one more than is filled', () => {
    expect(sourceRows({})).toHaveLength(5);
    expect(sourceRows({ 'source-7-title': 'Seventh' })).toHaveLength(8);
  });

  it('never lose what was typed into a row', () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.stringMatching(/^[a-z]{1,9}$/));
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const form = Object.fromEntries(rows.map(([n, title]) => [`source-${n}-title`, title]));
        const titles = takeSources(form).sources.map((one) => one.title);
        expect(titles.sort()).toEqual(Object.values(form).sort());
      }),
    );
  });
});
