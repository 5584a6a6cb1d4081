/** The front door of the room: what the floors above it may use. */
import './store/tables.ts';

export type { Due, DuePrecision, Rag, Status } from './rules/reading.ts';
export type { ActionPicture, PlanHead, PlanPicture, RagColour } from './rules/picture.ts';
export { needsAttention, type Attention } from './rules/attention.ts';
export { summarisePlan, type PlanSummary } from './rules/position.ts';
export type { GivenAction, GivenSource } from './actions/change-action.ts';
export { addAction, changeAction, withdrawAction } from './actions/change-action.ts';
export { askForDate, takeDateBack } from './actions/ask-for-date.ts';
export { decideDate, type GivenDecision } from './actions/decide-date.ts';
export { answerForBoard } from './actions/answer-for-board.ts';
export type { BoardAnswerFact, DateDecision, DateRequest } from './rules/date-requests.ts';
export { bySlippage, isForTheBoard, undecidedAt } from './rules/date-requests.ts';
export { askedInWords, movedInWords, notApprovedInWords } from './rules/words.ts';
export type { GivenObjective, GivenPlan } from './actions/change-plan.ts';
export { addObjective, createPlan } from './actions/change-plan.ts';
export type { GivenUpdate } from './actions/give-update.ts';
export type { GivenEvidence } from './actions/keep-evidence.ts';
export { acceptUntested, answerStep, sayStep } from './actions/close-action.ts';
export { giveUpdate } from './actions/give-update.ts';
export { knowsActions } from './actions/knows-actions.ts';
export {
  addAnsweringAction,
  answerFindings,
  endAnswer,
  type AnsweredItem,
  type AnswerFindingsOutcome,
} from './actions/answer-finding.ts';
export { answerJudgement, endJudgementAnswer } from './actions/answer-judgement.ts';
export { judgementPaths } from './web/answering/paths.ts';
export { answerItPanel } from './web/answering/answers-panel.view.ts';
export { sharePlan } from './actions/share-plan.ts';
export { planItemKinds } from './web/record-items.ts';
export { readPlanFor } from './actions/open-plan.ts';
export type { PlanDeps } from './web/deps.ts';
export { registerPlans } from './web/register.ts';
export { exportFormats, exportPlan, type ExportFormat } from './out/index.ts';
export { summarise } from './rules/position.ts';
export { dueInWords, ragName } from './rules/words.ts';
export { standingToPlan } from './rules/assignment.ts';
export type { ClosurePicture, ClosureReached, ClosureStep } from './rules/closure.ts';
export { isEffectUnshown, isSettled } from './rules/closure.ts';
export { reachedName, testInWords } from './rules/closure-words.ts';
export type { DerivedRag, Disagreement, RagReason, RagStanding } from './rules/derived-rag.ts';
export { changesOf, deriveRag, disagreementsOf, reasonInWords } from './rules/derived-rag.ts';
export type { Movement, MovementFacts, TableCount } from './rules/movement.ts';
export { countTable, movementFigures, movementOf } from './rules/movement.ts';
export { movementSentences, type MovementSentence } from './rules/movement-words.ts';
export { suggestedQuestions, type SuggestedQuestion } from './rules/suggested-questions.ts';
export { closeRound, openRound, remindLead, type GivenRound } from './actions/review-round.ts';
export { leaveTable, type GivenLeave } from './actions/leave-table.ts';
export { readMovement, type MovementRead } from './store/read-movement.ts';
export { readRounds } from './store/rounds.ts';
export type { Round } from './rules/rounds.ts';
export type { HistoryFacts } from './store/read-history.ts';
export { readHistory } from './store/read-history.ts';
export { lockPlan } from './store/append.ts';
export { readableToday } from './actions/open-plan.ts';
export {
  findPlanId,
  partiesById,
  readHeads,
  readPicture,
  readPictures,
} from './store/read-picture.ts';
export { importPlanFile, type ImportFileOutcome } from './actions/import-file.ts';
