import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, safeHref } from './html.ts';
import { cssText } from './render.ts';

describe('the html tag', () => {
  it('escapes text and keeps its own markup', () => {
    const cell = html`<td title="${'a "b"'}">${'<script>'} & ${html`<b>${'1 < 2'}</b>`}</td>`;
    expect(cell.toString()).toBe(
      '<td title="a &quot;b&quot;">&lt;script&gt; & <b>1 &lt; 2</b></td>',
    );
  });

  it('joins lists, and prints nothing for nothing', () => {
    const items = (['a', null, 'b', undefined, false, 0] as const).map(
      (item) => html`<i>${item}</i>`,
    );
    expect(html`${items}${[]}`.toString()).toBe('<i>a</i><i></i><i>b</i><i></i><i></i><i>0</i>');
  });

  it('lets no text become markup, wherever it stands', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^["'<>&/=a-z ]*(<script>|" onload=|' x='|<!--|<\/td>)["'<>&/=a-z ]*$/),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const inside = html`<p>${text}</p>`.toString().slice(3, -4);
        const quoted = html`<p title="${text}">`.toString().slice(10, -2);
        expect(inside).not.toMatch(/[<>]/);
        expect(quoted).not.toMatch(/["<>]/);
        // Read back, it is the text again: nothing was lost.
        expect(unescape(inside)).toBe(text);
        expect(unescape(quoted)).toBe(text);
      }),
    );
  });
});

describe('the address of a link that somebody typed', () => {
  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '/plans',
    'minutes of the board',
  ])('is not linked when it is %s', (address) => {
    expect(safeHref(address)).toBeNull();
  });

  it('is kept when it is plain http or https', () => {
    expect(safeHref('https://saltmarsh.example/minutes?a=1')).toBe(
      'https://saltmarsh.example/minutes?a=1',
    );
  });
});

describe('text in the margins of a printed page', () => {
  it('can end neither its string nor the style element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cssText(text)).toMatch(/^"([A-Za-z0-9]|\\[0-9a-f]{6})*"$/);
      }),
    );
    expect(cssText('A</style>')).toBe('"A\\00003c\\00002fstyle\\00003e"');
    // CSS takes a plain space after a number for the end of the number.
    expect(cssText('· 1')).toBe('"\\0000b7\\0000201"');
  });
});

function unescape(markup: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (whole, name: string) => entities[name] ?? whole,
  );
}
