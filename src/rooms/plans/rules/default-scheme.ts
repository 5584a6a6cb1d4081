import type { RagColour } from './picture.ts';

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
