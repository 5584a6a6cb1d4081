/** One number that was found, beside the most that it may be. */
export interface Reading {
  what: string;
  found: number;
  unit: 'ms' | 's' | 'MB' | 'times' | 'a second' | '%';
  /** Null where nothing was promised. */
  atMost: number | null;
}

export function readingIsOver({ found, atMost }: Reading): boolean {
  return atMost !== null && found > atMost;
}

export function readingLine(reading: Reading): string {
  const { what, found, unit, atMost } = reading;
  return [
    what.padEnd(78),
    inUnit(found, unit).padStart(14),
    (atMost === null ? 'none' : inUnit(atMost, unit)).padStart(14),
    readingIsOver(reading) ? '  over' : '',
  ].join('');
}

export const readingHeader = ['', 'found', 'target']
  .map((word, column) => (column === 0 ? ''.padEnd(78) : word.padStart(14)))
  .join('');

function inUnit(number: number, unit: Reading['unit']): string {
  const digits = unit === 'times' || unit === '%' || unit === 's' ? 2 : 0;
  const written = number.toLocaleString('en-GB', { maximumFractionDigits: digits });
  return `${written} ${unit}`;
}
