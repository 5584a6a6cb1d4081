import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manyOf, optionalText, readForm, requiredText, UnexpectedFields } from './forms.ts';

const form = z.strictObject({
  title: requiredText('Enter a title', 20),
  note: optionalText(),
  boards: manyOf(z.enum(['a', 'b'], 'Choose a board from the list')),
});

describe('a form', () => {
  it('gives its values trimmed, with one kind of line end, and nothing for an empty box', () => {
    expect(readForm(form, { title: ' A\r\nB ', note: '  ', boards: 'a' })).toEqual({
      ok: true,
      value: { title: 'A\nB', note: null, boards: ['a'] },
    });
  });

  it('takes one choice, several, or none', () => {
    const boards = (given: unknown) => readForm(form, { title: 'x', boards: given });
    expect(boards(['a', 'b'])).toMatchObject({ value: { boards: ['a', 'b'] } });
    expect(boards(undefined)).toMatchObject({ value: { boards: [] } });
  });

  it('that is wrong says so for each field, and keeps what was typed', () => {
    const typed = { title: '   ', note: '<b>', boards: ['a', 'c'] };
    expect(readForm(form, typed)).toEqual({
      ok: false,
      errors: [
        { field: 'title', text: 'Enter a title' },
        { field: 'boards', text: 'Choose a board from the list' },
      ],
      values: typed,
    });
  });

  it('says how long a text may be', () => {
    expect(readForm(form, { title: 'x'.repeat(21) })).toMatchObject({
      errors: [{ field: 'title', text: 'This has more than 20 characters. Shorten it.' }],
    });
  });

  it('that was left out altogether asks for what it needs', () => {
    expect(readForm(form, {})).toMatchObject({ errors: [{ field: 'title' }] });
  });

  it('with a field that the page does not have was not typed by anybody', () => {
    expect(() => readForm(form, { title: 'x', role: 'admin' })).toThrow(UnexpectedFields);
  });

  it('refuses a character that the database cannot keep', () => {
    expect(readForm(form, { title: 'a\0b' })).toMatchObject({ ok: false });
  });
});
