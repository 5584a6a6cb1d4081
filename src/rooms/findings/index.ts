/** The front door of `findings`: what other rooms may use. */
import './store/tables.ts';

export {
  answers,
  classifications,
  findingKinds,
  progressStates,
  sourceKinds,
  type Answer,
  type Classification,
  type FindingKind,
  type GradedArea,
  type ItemKindLinked,
  type ProgressState,
  type Relation,
  type SourceKind,
} from './rules/kinds.ts';
export {
  deriveState,
  findingStates,
  type DerivedState,
  type FindingState,
} from './rules/finding-state.ts';
export { stateReasonInWords } from './rules/state-words.ts';
export {
  dayOfSource,
  type FindingPicture,
  type FindingResponse,
  type LinkedAction,
  type SourcePicture,
  type Theme,
  type ThemeRef,
} from './rules/picture.ts';
export {
  accessTo,
  classOf,
  mayWithFinding,
  standingToFinding,
  type FindingAccess,
} from './actions/standing.ts';
export type { ThreadSource } from './actions/thread-source.ts';
export { readThread, type ThreadMeans } from './actions/read-thread.ts';
export type { Thread, ThreadEntry, ThreadGap, ToldItem } from './rules/thread/thread.ts';
export { workingDaysInWords } from './rules/thread/told.ts';
export { loadThread, type LoadedThread, type ThreadDeps } from './web/thread/load-thread.ts';
export { threadPanel } from './web/thread/thread.view.ts';
export { threadPaths } from './web/thread/paths.ts';
export { evidencePaths } from './web/evidence/paths.ts';
export type { KnowsItems } from './actions/knows-items.ts';
export {
  readableFinding,
  readableFindings,
  readableSources,
  wholeOnes,
  type Days,
  type ReadableFinding,
  type ReadableSource,
} from './actions/read-register.ts';
export { openFinding, type OpenedFinding } from './actions/open.ts';
export { findingKindName, stateName } from './rules/kind-words.ts';
export { readFindings, sourceOfFinding, type WhichFindings } from './store/read-findings.ts';
export { readSources } from './store/read-sources.ts';
export { pairsOf, similarFindings, type SimilarFinding } from './store/similar.ts';
export { appendThemes, appendThemeVersion, readThemes, type ThemeContent } from './store/themes.ts';
export {
  appendFindings,
  appendFindingVersions,
  appendPair,
  appendResponse,
  appendSource,
  appendSourceLook,
  appendSourceVersion,
  type FindingContent,
  type SourceContent,
} from './store/append.ts';
export {
  endItemLink,
  linkItems,
  linksOf,
  standingLinksOf,
  type ItemLink,
  type ItemLinkId,
  type ItemRef,
  type NewItemLink,
} from './store/links.ts';
export {
  allProgress,
  lockItem,
  progressHistory,
  progressOf,
  tellProgress,
  type ItemProgress,
  type ToldProgress,
} from './store/progress.ts';
export type { Writing, WrittenFact } from './store/writing.ts';
export {
  endSourceLink,
  findOrAddSources,
  linkSources,
  listSources,
  sourceKey,
  sourcesOf,
  type NewSourceLink,
  type SourceOf,
} from './store/sources.ts';
export {
  addEvidence,
  evidenceByIds,
  filesWithHash,
  readFile,
  storeFile,
  type EvidenceItem,
  type NewEvidence,
  type StoredFile,
} from './store/evidence.ts';
export { readEvidence } from './store/read-evidence.ts';
export type { EvidencePicture } from './rules/evidence.ts';
export type { FindingDeps } from './web/deps.ts';
export { registerFindings } from './web/register.ts';
export { addFinding, respond, type GivenFinding } from './actions/findings.ts';
export { registerSource, type GivenSource } from './actions/sources.ts';
export { sayPair } from './actions/pairs.ts';
export { addTheme } from './actions/themes.ts';
export { evidenceItemKind, findingItemKinds } from './web/record-items.ts';
export type { FrozenBy } from './actions/frozen-by.ts';
