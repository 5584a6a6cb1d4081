/** The front door of `findings`: what other rooms may use. */
import './store/tables.ts';

export { sourceKinds, type SourceKind } from './store/tables.ts';
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
