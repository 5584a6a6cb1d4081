/** The closed lists of the room; the migrations hold the same words. */

export const progresses = ['not started', 'in progress', 'in review', 'done'] as const;
/** How far the work on a criterion is. */
export type Progress = (typeof progresses)[number];

export const results = [
  'good practice',
  'strength',
  'observation',
  'minor gap',
  'major gap',
] as const;
/** What kind of result a judgement found. */
export type Result = (typeof results)[number];

export const restKinds = ['data', 'audit of practice', 'voice', 'external', 'own word'] as const;
/** On what a judgement rests; 'voice' is that of children, families and adults themselves. */
export type RestKind = (typeof restKinds)[number];

export const editionStates = ['draft', 'in use', 'retired'] as const;
export type EditionState = (typeof editionStates)[number];

/** Whose verdict it is, where it is not the authority's own. */
export type Whose = 'peer' | 'inspection';

/** What became of a criterion of the edition before. */
export type MapRelation = 'same' | 'changed';

export const sectionSteps = ['handed', 'submitted', 'returned', 'signed off', 'unlocked'] as const;
export type SectionStepKind = (typeof sectionSteps)[number];

/** 'domain': of a framework, within a round. 'narrative': of a narrative self-assessment. */
export type SectionKind = 'domain' | 'narrative';
