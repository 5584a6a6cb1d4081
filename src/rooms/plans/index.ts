/** The front door of the room: what the floors above it may use. */
import './store/tables.ts';

export type { Due, DuePrecision, Rag, Status } from './rules/reading.ts';
export type { ActionPicture, PlanHead, PlanPicture, RagColour } from './rules/picture.ts';
export { needsAttention, type Attention } from './rules/attention.ts';
export { summarisePlan, type PlanSummary } from './rules/position.ts';
export type { GivenAction, GivenSource } from './actions/change-action.ts';
export { addAction, changeAction, changeDueDate, withdrawAction } from './actions/change-action.ts';
export type { GivenObjective, GivenPlan } from './actions/change-plan.ts';
export { addObjective, createPlan } from './actions/change-plan.ts';
export type { GivenEvidence, GivenUpdate } from './actions/give-update.ts';
export { giveUpdate } from './actions/give-update.ts';
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
export { isSettled } from './rules/closure.ts';
export type { DerivedRag, Disagreement, RagReason, RagStanding } from './rules/derived-rag.ts';
export { changesOf, deriveRag, disagreementsOf, reasonInWords } from './rules/derived-rag.ts';
export type { Movement, MovementFacts, TableCount } from './rules/movement.ts';
export { countTable, movementFigures, movementOf } from './rules/movement.ts';
export { movementSentences, type MovementSentence } from './rules/movement-words.ts';
export { suggestedQuestions, type SuggestedQuestion } from './rules/suggested-questions.ts';
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
