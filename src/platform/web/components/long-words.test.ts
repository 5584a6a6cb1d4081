import { describe, expect, it } from 'vitest';
import { breakable } from './long-words.ts';

describe('a name in a table', () => {
  it('stays whole, and is escaped', () => {
    expect(String(breakable('Councillor Anne <Whitcombe>'))).toBe(
      'Councillor Anne &lt;Whitcombe&gt;',
    );
  });

  it('may break where a word of it is longer than any real one, and loses nothing', () => {
    const name = `Anne ${'🦉'.repeat(20)}${'x'.repeat(40)}`;
    const broken = String(breakable(name));
    expect(broken.split('<wbr />').every((piece) => Array.from(piece).length <= 20)).toBe(true);
    expect(broken.replaceAll('<wbr />', '')).toBe(name);
  });
});
