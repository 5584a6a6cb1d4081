import type { FindingState } from './finding-state.ts';
import type { Answer, Classification, FindingKind, ProgressState, SourceKind } from './kinds.ts';

const sourceKindNames: Readonly<Record<SourceKind, string>> = {
  inspection: 'Inspection',
  'case audit': 'Case audit',
  'thematic audit': 'Thematic audit',
  'learning review': 'Learning review',
  'practice review': 'Child safeguarding practice review',
  survey: 'Survey',
  complaints: 'Theme of complaints',
  'self-assessment': 'Self-assessment',
  'peer challenge': 'Peer challenge',
  board: 'Board',
  committee: 'Committee',
  legislation: 'Legislation or guidance',
  other: 'Something else',
};

/** "Child safeguarding practice review" */
export const sourceKindName = (kind: SourceKind): string => sourceKindNames[kind];

/** What helps to choose a kind of source, where its name does not say enough. */
export const sourceKindHints: Partial<Readonly<Record<SourceKind, string>>> = {
  inspection: 'Ofsted, the Care Quality Commission, HM Inspectorate of Probation, area SEND',
  'practice review': 'Called a serious case review before 2018',
  board: 'What a partnership or an improvement board asked for',
  committee: 'What members asked for',
};

const findingKindNames: Readonly<Record<FindingKind, readonly [one: string, many: string]>> = {
  strength: ['strength', 'strengths'],
  'area for development': ['area for development', 'areas for development'],
  recommendation: ['recommendation', 'recommendations'],
  'key question': ['key question', 'key questions'],
};

/** "recommendation", or "recommendations" for any other number than one. */
export function findingKindName(kind: FindingKind, count = 1): string {
  return findingKindNames[kind][count === 1 ? 0 : 1];
}

/** What each classification means, in words. */
export const classificationWords: Readonly<
  Record<Classification, { name: string; meaning: string }>
> = {
  public: { name: 'Public', meaning: 'Its body published it, so anybody can read it' },
  internal: { name: 'Internal', meaning: 'For those who read plans and their findings here' },
  restricted: {
    name: 'Restricted',
    meaning:
      'For few, such as findings from case files. Others see its kind, themes, area and state, and the words that you write to be shared',
  },
};

/** "Better for children" */
export const stateName = (state: FindingState | ProgressState): string => sentenceCase(state);

/** "Partly accepted" */
export const answerName = (answer: Answer): string => sentenceCase(answer);

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "3 recommendations" */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** "a, b and c" */
export function listInWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
