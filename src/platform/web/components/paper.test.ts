import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  committeePaper,
  markup,
  paperOf,
} from '#platform/documents/write/example-paper.test-help.ts';
import { hostileText } from '#platform/documents/write/hostile-text.test-help.ts';
import { writableText } from '#platform/documents/write/writable-text.ts';
import { escapeText } from '../html.ts';
import { paperHtml } from './paper.ts';

const page = paperHtml(committeePaper.blocks).toString();
const textOf = (markupOf: string) => markupOf.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

it('has headings one below the other, under a page’s own title too', () => {
  const levels = (markupOf: string) => [...markupOf.matchAll(/<h(\d)/g)].map(([, level]) => level);
  expect(levels(page)).toEqual(['1', '2', '2', '2', '3', '2']);
  expect(levels(paperHtml(committeePaper.blocks, { titleLevel: 2 }).toString())[0]).toBe('2');
  const skipping = paperOf([
    { kind: 'heading', level: 3, text: 'First' },
    { kind: 'heading', level: 3, text: 'Second' },
    { kind: 'heading', level: 1, text: ' ' },
  ]);
  expect(levels(paperHtml(skipping.blocks).toString())).toEqual(['2', '3']);
});

it('has the number of each paragraph as text, through the whole paper', () => {
  const numbers = [...page.matchAll(/sl-numbered__number">([^<]+)</g)].map(([, number]) => number);
  expect(numbers).toEqual(['1.', '(a)', '(b)', '2.', '3.']);
});

it('marks figures, struck and strong words, and says of what day the figures are', () => {
  expect(page).toContain('Of <span class="sl-figure">133</span> actions');
  expect(page).toContain('<del>1 March 2014</del> to <strong>1 January 2015</strong>');
  expect(textOf(page)).toContain('Figures marked like this are as at 27 November 2014.');
});

it('has row headers in the cover and where a table says so, and no colour without a word', () => {
  expect(page).toMatch(/<th class="sl-cover__key" scope="row" role="rowheader">Committee<\/th>/);
  expect(page).toMatch(/scope="row"[^>]*>1\.1<\/th>/);
  expect(page).toContain('fill="#FFDF94"');
  expect(page).not.toContain('FF0000');
  expect(page).not.toMatch(/\sstyle=|bgcolor/);
});

it('shows each chart as a picture with words, and its table', () => {
  const pictures = [
    ...page.matchAll(/<img [^>]*src="data:image\/svg\+xml;base64,([^"]+)" alt="([^"]+)"/g),
  ];
  expect(pictures).toHaveLength(2);
  expect(Buffer.from(pictures[0]?.[1] ?? '', 'base64').toString()).toContain('role="img"');
  expect(pictures[0]?.[2]).toContain('108 complete');
  expect(page.match(/<figure/g)).toHaveLength(2);
});

it('escapes whatever people wrote, and leaves nothing out', () => {
  expect(page).toContain(escapeText(markup));
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = paperHtml([{ kind: 'numbered', text: `a${text}z` }]).toString();
      const visible = (words: string) => words.replace(/\s+/g, '');
      const written = visible(escapeText(writableText(`a${text}z`)));
      expect(visible(shown.replace(/<\/?(p|div|ol|li|span)[^>]*>/g, ''))).toContain(written);
    }),
  );
});
