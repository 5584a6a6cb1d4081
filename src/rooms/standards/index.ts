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
export {
  findEdition,
  readCriterionFor,
  readEditionFor,
  readEditionsFor,
  standingToDomain,
  standingToEdition,
  type EditionPicture,
} from './actions/open-edition.ts';
export {
  actionsOfCriteria,
  mayAnswer,
  openJudgement,
  readJudgementFor,
  type AnsweringAction,
  type FoundJudgement,
} from './actions/open-judgement.ts';
export { fallsShort } from './rules/levels.ts';
export { judge, type GivenJudgement, type JudgeOutcome } from './actions/judge.ts';
export { startShipped, shippedReading, type ShippedKey } from './actions/frameworks.ts';
export {
  contestedBy,
  countLevels,
  countsInWords,
  movesBetween,
  positionByDomain,
} from './rules/position.ts';
export { isOwnWordAlone, oldAfterDays, restAge } from './rules/freshness.ts';
export { runChecks } from './rules/checks/index.ts';
export { printedChecks } from './rules/checks/told.ts';
export { readCheckGround } from './store/read-check-ground.ts';
export { standardsThreads } from './web/thread-source.ts';
export { standardsItemKinds } from './web/record-items.ts';
export type { AnswerPaths, StandardsDeps } from './web/deps.ts';
export { paths as standardsPaths } from './web/paths.ts';
export { registerStandards } from './web/register.ts';
export { openRound as openAssessmentRound, takeStep } from './actions/sections.ts';
export { sayVerdict } from './actions/say-verdict.ts';
export {
  importCriteriaFile,
  type ImportCriteriaFileOutcome,
} from './actions/import-criteria-file.ts';
export { frozenPoint } from './actions/narrative/frozen-point.ts';
