/** The closed lists of the room; the migrations hold the same words. */

export const sourceKinds = [
  'inspection',
  'case audit',
  'thematic audit',
  'learning review',
  'practice review',
  'survey',
  'complaints',
  'self-assessment',
  'peer challenge',
  'board',
  'committee',
  'legislation',
  'other',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const findingKinds = [
  'strength',
  'area for development',
  'recommendation',
  'key question',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const answers = ['accepted', 'partly accepted', 'not accepted'] as const;
/** What the authority answers to a finding. All but the first give a reason. */
export type Answer = (typeof answers)[number];

export const classifications = ['public', 'internal', 'restricted'] as const;
/** 'public': its body published it. 'internal': for those inside (PLN). 'restricted': FND. */
export type Classification = (typeof classifications)[number];

/** One judgement of a source on one area, in the words of whoever made it. */
export interface GradedArea {
  area: string;
  grade: string;
}

export const linkedKinds = [
  'source',
  'finding',
  'evidence',
  'criterion',
  'judgement',
  'action',
  'section',
] as const;
export type ItemKindLinked = (typeof linkedKinds)[number];

export type Relation = 'answered by' | 'shows' | 'document of' | 'bears on' | 'drawn from';

export const progressStates = [
  'planned',
  'in progress',
  'done',
  'practice changed',
  'better for children',
  'accepted as untested',
  'regressed',
  'withdrawn',
] as const;
/** How far an action is, as its room tells it. */
export type ProgressState = (typeof progressStates)[number];
