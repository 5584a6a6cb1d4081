import fc from 'fast-check';

/** Bits of text that break careless writers: formulas, markup, controls, half characters, scripts. */
export const nastyBits = [
  '=1+1',
  '@SUM(A1)',
  '+44 20',
  '-',
  '%',
  '|',
  '"',
  "'",
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '\u0000',
  '\u0007',
  '\u000B',
  '\u001F',
  '\u0085',
  '\u2028',
  '\uFFFE',
  '\uFFFF',
  '\uFEFF',
  '\u00A0',
  '\uD83D',
  '\uDE00',
  '😀',
  '👩‍👧',
  'مرحبا',
  'שלום',
  '<b>',
  ']]>',
  '&amp;',
  '&',
  '_x0041_',
  '_x005F_',
  '#N/A',
  '#REF!',
  'TRUE',
  '1.10',
  '01/02/2026',
  '• one',
  '${x}',
  '{{ y }}',
  'Yes',
  'and',
] as const;

/** A text of such bits and of plain words, in any order. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...nastyBits),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('visits ', 'review ', 'Early Help '),
    ),
    { maxLength: 8 },
  )
  .map((bits) => bits.join(''));
