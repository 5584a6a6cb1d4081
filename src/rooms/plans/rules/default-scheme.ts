import type { RagColour } from './picture.ts';
import type { Rag } from './reading.ts';

/** The meanings offered to a new plan, to be changed in the council's own words. */
export const defaultScheme: readonly RagColour[] = [
  {
    colour: 'red',
    name: 'Red',
    meaning: 'Off track, or at risk of not being done',
    standsFor: 'off track',
  },
  {
    colour: 'amber',
    name: 'Amber',
    meaning: 'In progress, with some delay or risk',
    standsFor: 'at risk',
  },
  { colour: 'green', name: 'Green', meaning: 'In progress and on track', standsFor: 'on track' },
  { colour: 'blue', name: 'Blue', meaning: 'Complete', standsFor: 'complete' },
];

/** The name of a colour in this plan's own scheme; its plain name where the scheme has none. */
export function schemeName(scheme: readonly RagColour[], colour: Rag): string {
  const own = scheme.find((entry) => entry.colour === colour)?.name;
  return own ?? colour.charAt(0).toUpperCase() + colour.slice(1);
}
