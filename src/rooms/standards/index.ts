/** The front door of `standards`: what other rooms may use. */
import './store/tables.ts';

export type {
  EditionState,
  Progress,
  RestKind,
  Result,
  SectionStepKind,
  Whose,
} from './rules/kinds.ts';
export { progresses, restKinds, results } from './rules/kinds.ts';
export type { Level, LevelStanding } from './rules/levels.ts';
export { compareLevels, levelOf, metLevels, ofstedGrades } from './rules/levels.ts';
export type {
  AssessmentRound,
  AssessmentRoundId,
  Criterion,
  Domain,
  DomainId,
  Edition,
  EditionHead,
  Judgement,
  JudgementContent,
  Rest,
  SectionStep,
  Verdict,
} from './rules/picture.ts';
export type { NewEdition, NewJudgement } from './store/append.ts';
export {
  appendEdition,
  appendJudgements,
  appendSectionStep,
  appendVerdicts,
  lockEdition,
} from './store/append.ts';
export {
  criteriaByIds,
  criterionByRef,
  readEdition,
  readEditionHeads,
} from './store/read-editions.ts';
export {
  judgementById,
  judgementVersions,
  readJudgementHistory,
  readJudgements,
  readVerdicts,
} from './store/read-judgements.ts';
export { readRounds, readSectionSteps } from './store/read-sections.ts';
