/** Everything of which records are given out: the items of the rooms, and what one person wrote. */
export const givenOutKinds = [
  'plan',
  'action',
  'report',
  'source',
  'finding',
  'evidence',
  'framework',
  'criterion',
  'assessment',
  'challenge',
  'person',
] as const;
export type GivenOutKind = (typeof givenOutKinds)[number];

export const givenOutNames: Readonly<Record<Exclude<GivenOutKind, 'person'>, string>> = {
  plan: 'A plan',
  action: 'An action',
  report: 'A report',
  source: 'A source',
  finding: 'A finding',
  evidence: 'A piece of evidence',
  framework: 'A framework',
  criterion: 'A criterion',
  assessment: 'A self-assessment',
  challenge: 'A peer challenge',
};
