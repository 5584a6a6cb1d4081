import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../html.ts';
import { pagination, shownPages } from './pagination.ts';
import { progressBar } from './progress-bar.ts';
import { dataTable } from './table.ts';
import { ragTag, statusTag } from './tags.ts';

describe('a tag', () => {
  it('always carries its word', () => {
    const tag = ragTag({ colour: 'amber', name: 'Some delay', meaning: 'With a "plan"' });
    expect(tag.toString()).toBe(
      '<strong class="sl-rag sl-rag--amber" title="With a &quot;plan&quot;">Some delay</strong>',
    );
    expect(statusTag('in progress').toString()).toContain('In progress');
  });
});

describe('a progress bar', () => {
  it('draws each count to scale, one after the other, and says it in words', () => {
    const bar = progressBar([
      { count: 31, words: 'complete', look: 'complete' },
      { count: 0, words: 'late', look: 'red' },
      { count: 15, words: 'in progress', look: 'under-way' },
    ]).toString();
    expect(bar).toContain('viewBox="0 0 46 1"');
    expect(bar).toContain('x="0" y="0" width="31"');
    expect(bar).toContain('x="31" y="0" width="15"');
    expect(bar).toContain('>31 complete, 15 in progress<');
    expect(bar).not.toContain('late');
  });

  it('of nothing draws nothing', () => {
    expect(progressBar([]).toString()).not.toContain('svg');
  });
});

describe('a table', () => {
  const table = dataTable({
    caption: 'Actions',
    columns: [
      { text: 'Ref', sort: { href: '?sort=ref', direction: 'ascending' } },
      { text: 'Change', hiddenHeading: true },
    ],
    groups: [{ heading: '<Objective>', rows: [['1.10', html`<a href="#">Change</a>`]] }],
  }).toString();

  it('names its rows and columns for those who hear it', () => {
    expect(table).toContain('scope="col" role="columnheader" aria-sort="ascending"');
    expect(table).toContain('scope="row" role="rowheader" data-label="Ref">1.10</th>');
    expect(table).toContain('scope="rowgroup" role="rowheader" colspan="2">&lt;Objective&gt;</th>');
  });

  it('gives a card no label for a column whose heading is only heard', () => {
    expect(table).toContain('role="cell"><a href="#">Change</a></td>');
  });
});

describe('the pages of a list', () => {
  it.each([
    [1, 1, [1]],
    [1, 12, [1, 2, null, 12]],
    [4, 12, [1, 2, 3, 4, 5, null, 12]],
    [6, 12, [1, null, 5, 6, 7, null, 12]],
    [9, 12, [1, null, 8, 9, 10, 11, 12]],
  ])('page %i of %i', (page, pages, shown) => {
    expect(shownPages(page, pages)).toEqual(shown);
  });

  it('lead everywhere near, and never leave out one page alone', () => {
    const place = fc
      .integer({ min: 1, max: 60 })
      .chain((pages) => fc.tuple(fc.integer({ min: 1, max: pages }), fc.constant(pages)));
    fc.assert(
      fc.property(place, ([page, pages]) => {
        const shown = shownPages(page, pages);
        for (const near of [1, page - 1, page, page + 1, pages]) {
          if (near >= 1 && near <= pages) expect(shown).toContain(near);
        }
        shown.forEach((number, index) => {
          if (number !== null) return;
          const [before = 0, after = 0] = [shown[index - 1], shown[index + 1]].map((n) => n ?? 0);
          expect(after - before).toBeGreaterThan(2);
        });
      }),
    );
  });

  it('are not printed for one page, and mark the present one', () => {
    expect(pagination(1, 1, String).toString()).toBe('');
    const nav = pagination(2, 3, (page) => `?page=${page}&q=a"b`).toString();
    expect(nav).toContain('aria-label="Page 2" aria-current="page"');
    expect(nav).toContain('href="?page=1&amp;q=a&quot;b" rel="prev"');
  });
});
