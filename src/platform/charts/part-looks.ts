import { chartInk } from './svg.ts';

/** How the parts of a bar are told apart in black and white: by shade and by pattern. */
export interface PartLook {
  fill: string;
  /** The colour of a number on it. */
  on: string;
}

const looks: readonly PartLook[] = [
  { fill: chartInk, on: '#ffffff' },
  { fill: '#c9d6dd', on: chartInk },
  { fill: 'url(#lines)', on: chartInk },
  { fill: '#ffffff', on: chartInk },
  { fill: 'url(#dots)', on: chartInk },
  { fill: '#6d8291', on: '#ffffff' },
];

export function partLook(at: number): PartLook {
  return looks[at % looks.length] ?? { fill: '#ffffff', on: chartInk };
}

export const patterns = `<defs>
<pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/><rect width="1.6" height="6" fill="#6d8291"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#ffffff"/><circle cx="3" cy="3" r="1.2" fill="#6d8291"/></pattern>
</defs>`;
